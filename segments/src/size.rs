//! How large a company is, by head count.

words! {
    /// Head count, in bands.
    SizeBand, "size band":
    /// 1 to 4 people.
    From1To4 = "1-4",
    /// 5 to 9 people.
    From5To9 = "5-9",
    /// 10 to 24 people.
    From10To24 = "10-24",
    /// 25 to 49 people.
    From25To49 = "25-49",
    /// 50 to 99 people.
    From50To99 = "50-99",
    /// 100 to 249 people.
    From100To249 = "100-249",
    /// 250 to 500 people.
    From250To500 = "250-500",
    /// More than 500 people.
    Over500 = "over-500",
}

words! {
    /// Size bands, taken together.
    Class, "class":
    /// 1 to 99 people.
    Small = "small",
    /// 100 to 500 people.
    Midmarket = "midmarket",
    /// More than 500 people.
    NotSmb = "not-smb",
}

impl SizeBand {
    /// The band of a head count. Nobody at all is no band.
    pub fn of(employees: i32) -> Option<Self> {
        Self::ALL.iter().copied().find(|band| {
            let (from, to) = band.bounds();
            from <= employees && to.is_none_or(|to| employees <= to)
        })
    }

    /// The smallest and the largest head count in the band, both inside it.
    pub const fn bounds(self) -> (i32, Option<i32>) {
        match self {
            Self::From1To4 => (1, Some(4)),
            Self::From5To9 => (5, Some(9)),
            Self::From10To24 => (10, Some(24)),
            Self::From25To49 => (25, Some(49)),
            Self::From50To99 => (50, Some(99)),
            Self::From100To249 => (100, Some(249)),
            Self::From250To500 => (250, Some(500)),
            Self::Over500 => (501, None),
        }
    }

    /// The class it belongs to.
    pub const fn class(self) -> Class {
        match self {
            Self::From1To4 | Self::From5To9 | Self::From10To24 | Self::From25To49 | Self::From50To99 => {
                Class::Small
            }
            Self::From100To249 | Self::From250To500 => Class::Midmarket,
            Self::Over500 => Class::NotSmb,
        }
    }
}

impl Class {
    /// The class of a head count.
    pub fn of(employees: i32) -> Option<Self> {
        SizeBand::of(employees).map(SizeBand::class)
    }

    /// The smallest and the largest head count in the class, both inside it.
    pub const fn bounds(self) -> (i32, Option<i32>) {
        match self {
            Self::Small => (1, Some(99)),
            Self::Midmarket => (100, Some(500)),
            Self::NotSmb => (501, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, SizeBand};

    #[test]
    fn every_head_count_from_one_has_one_band_and_its_class_agrees() {
        for employees in 1..=600 {
            let bands: Vec<_> = SizeBand::ALL
                .iter()
                .filter(|band| {
                    band.bounds().0 <= employees && band.bounds().1.is_none_or(|to| employees <= to)
                })
                .collect();
            assert_eq!(bands.len(), 1, "{employees}");
            let class = Class::of(employees).expect("it has a band");
            let (from, to) = class.bounds();
            assert!(from <= employees && to.is_none_or(|to| employees <= to), "{employees} {class}");
        }
        assert_eq!(SizeBand::of(0), None);
        assert_eq!("over 500".parse(), Ok(SizeBand::Over500));
        assert_eq!("10–24".parse(), Ok(SizeBand::From10To24));
    }
}
