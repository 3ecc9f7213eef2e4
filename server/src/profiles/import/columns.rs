//! Which column of a file holds which field.

use std::collections::BTreeMap;

use segments::nearest;

/// A file may have this many columns.
pub const MAX_COLUMNS: usize = 200;

/// A field of a kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Whether every row needs it.
    pub needed: bool,
}

/// A field that every row needs.
pub const fn needed(name: &'static str) -> Field {
    Field { name, needed: true }
}

/// A field that may be empty or absent.
pub const fn optional(name: &'static str) -> Field {
    Field { name, needed: false }
}

/// The columns of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Names as the file has them.
    pub header: Vec<String>,
    /// Where each field stands.
    pub places: BTreeMap<&'static str, usize>,
    /// Columns that are kept as traits.
    pub traits: Vec<(String, usize)>,
    /// What a person should look at.
    pub remarks: Vec<String>,
}

/// Why a header is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// There is no first line.
    #[error("the file is empty; its first line should name the columns")]
    Empty,
    /// Too many.
    #[error("the file has {0} columns; 200 is the most")]
    TooMany(usize),
    /// Twice the same.
    #[error("the column `{0}` stands twice in the first line")]
    Twice(String),
    /// A field that every row needs.
    #[error("the column `{field}` is missing{}; the columns of the file are: {}", near(.nearest.as_deref(), .field), .header.join(", "))]
    Missing {
        /// The field.
        field: &'static str,
        /// What it may be called here.
        nearest: Option<String>,
        /// The columns of the file.
        header: Vec<String>,
    },
    /// `--map` names a field that is none.
    #[error("--map: there is no field called `{written}`{}; the fields are: {}", did_you_mean(*.nearest), .fields.join(", "))]
    UnknownField {
        /// What was written.
        written: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
        /// Every field.
        fields: Vec<&'static str>,
    },
    /// `--map` names a column that the file does not have.
    #[error("--map: the file has no column called `{written}`{}; its columns are: {}", did_you_mean(.nearest.as_deref()), .header.join(", "))]
    UnknownColumn {
        /// What was written.
        written: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// The columns of the file.
        header: Vec<String>,
    },
}

fn near(nearest: Option<&str>, field: &str) -> String {
    nearest.map(|name| format!(" (is it `{name}`? then say --map {field}={name})")).unwrap_or_default()
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default()
}

impl Columns {
    /// Reads a header under a mapping from field to column.
    pub fn read(
        fields: &[Field],
        keeps_traits: bool,
        header: &[String],
        map: &BTreeMap<String, String>,
    ) -> Result<Self, HeaderError> {
        if header.iter().all(String::is_empty) {
            return Err(HeaderError::Empty);
        }
        if header.len() > MAX_COLUMNS {
            return Err(HeaderError::TooMany(header.len()));
        }
        if let Some((_, name)) = header
            .iter()
            .enumerate()
            .find(|(place, name)| !name.is_empty() && header[..*place].iter().any(|other| same(other, name)))
        {
            return Err(HeaderError::Twice(name.clone()));
        }
        let mut places = mapped(fields, header, map)?;
        for field in fields.iter().filter(|field| !places.contains_key(field.name)).collect::<Vec<_>>() {
            if let Some(place) = header.iter().position(|name| same(name, field.name)) {
                places.insert(field.name, place);
            } else if field.needed {
                let nearest = nearest(field.name, header.iter().map(String::as_str)).map(str::to_owned);
                return Err(HeaderError::Missing { field: field.name, nearest, header: header.to_vec() });
            }
        }
        Ok(Self::with_rest(fields, keeps_traits, header, places))
    }

    fn with_rest(
        fields: &[Field],
        keeps_traits: bool,
        header: &[String],
        places: BTreeMap<&'static str, usize>,
    ) -> Self {
        let names = || fields.iter().map(|field| field.name);
        // A rejects file that was mended: its first two columns are ours.
        let ours = if header.starts_with(&["line".to_owned(), "reason".to_owned()]) { 2 } else { 0 };
        let (mut traits, mut remarks) = (Vec::new(), Vec::new());
        for (place, name) in header.iter().enumerate().skip(ours) {
            if name.is_empty() || places.values().any(|taken| *taken == place) {
                continue;
            }
            if names().any(|field| same(name, field)) {
                remarks.push(format!(
                    "the column `{name}` is left out: --map takes that field from another one"
                ));
                continue;
            }
            let open = names().filter(|field| !places.contains_key(field));
            let meant = nearest(&tidy(name), open);
            let meant = meant.map(|field| format!(" (did you mean `{field}`?)")).unwrap_or_default();
            if keeps_traits {
                if !meant.is_empty() {
                    remarks.push(format!("the column `{name}` is kept as a trait{meant}"));
                }
                traits.push((name.clone(), place));
            } else {
                remarks.push(format!("the column `{name}` is left out: this kind has no such field{meant}"));
            }
        }
        Self { header: header.to_vec(), places, traits, remarks }
    }

    /// Spells traits as they are known: `Plan` and `plan` are one.
    pub fn spell(&mut self, known: &[String]) {
        for (name, _) in &mut self.traits {
            if known.contains(name) {
                continue;
            }
            if let Some(spelling) = known.iter().find(|known| same(known, name)) {
                self.remarks
                    .push(format!("the column `{name}` is kept as the trait `{spelling}`, which is known"));
                name.clone_from(spelling);
            }
        }
    }

    /// The fields that the file does not have: they stay as they are.
    pub fn absent(&self, fields: &[Field]) -> Vec<&'static str> {
        fields.iter().map(|field| field.name).filter(|name| !self.places.contains_key(name)).collect()
    }
}

fn mapped(
    fields: &[Field],
    header: &[String],
    map: &BTreeMap<String, String>,
) -> Result<BTreeMap<&'static str, usize>, HeaderError> {
    let mut places = BTreeMap::new();
    for (written, column) in map {
        let names = || fields.iter().map(|field| field.name);
        let field = names().find(|name| same(name, written)).ok_or_else(|| HeaderError::UnknownField {
            written: written.clone(),
            nearest: nearest(written, names()),
            fields: names().collect(),
        })?;
        let exact = header.iter().position(|name| name == column);
        let place = exact.or_else(|| header.iter().position(|name| same(name, column)));
        let place = place.ok_or_else(|| HeaderError::UnknownColumn {
            written: column.clone(),
            nearest: nearest(column, header.iter().map(String::as_str)).map(str::to_owned),
            header: header.to_vec(),
        })?;
        places.insert(field, place);
    }
    Ok(places)
}

/// `External ID`, `external-id` and `external_id` are one name.
fn same(a: &str, b: &str) -> bool {
    tidy(a) == tidy(b)
}

fn tidy(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[needed("external_id"), needed("name"), optional("employees")];

    fn read(header: &str, map: &[(&str, &str)]) -> Result<Columns, HeaderError> {
        let header: Vec<_> = header.split(',').map(str::to_owned).collect();
        let map = map.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect();
        Columns::read(FIELDS, true, &header, &map)
    }

    #[test]
    fn order_is_free_case_does_not_matter_and_the_rest_become_traits() {
        let columns = read("Plan,Name,External ID", &[]).unwrap();
        assert_eq!(columns.places, BTreeMap::from([("external_id", 2), ("name", 1)]));
        assert_eq!(columns.traits, [("Plan".to_owned(), 0)]);
        assert_eq!(columns.absent(FIELDS), ["employees"]);
    }

    #[test]
    fn a_trait_is_spelt_as_it_is_known() {
        let mut columns = read("external_id,name,plan,Shop Type,New", &[]).unwrap();
        columns.spell(&["Plan".to_owned(), "shop_type".to_owned()]);
        let names: Vec<_> = columns.traits.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Plan", "shop_type", "New"]);
        assert_eq!(columns.remarks.len(), 2);
    }

    #[test]
    fn a_wrong_header_names_the_nearest_column() {
        let missing = read("extrnal_id,name", &[]).unwrap_err().to_string();
        assert!(missing.contains("`external_id` is missing (is it `extrnal_id`?"), "{missing}");
        let column = read("id,name", &[("external_id", "idd")]).unwrap_err().to_string();
        assert!(column.contains("no column called `idd` (did you mean `id`?)"), "{column}");
        let field = read("id,name", &[("external-idd", "id")]).unwrap_err().to_string();
        assert!(field.contains("no field called `external-idd` (did you mean `external_id`?)"), "{field}");
        let remark = &read("external_id,name,emplyees", &[]).unwrap().remarks[0];
        assert!(remark.contains("did you mean `employees`"), "{remark}");
    }

    #[test]
    fn one_column_may_serve_two_fields() {
        let columns = read("account", &[("external_id", "account"), ("name", "account")]).unwrap();
        assert_eq!(columns.places, BTreeMap::from([("external_id", 0), ("name", 0)]));
    }

    #[test]
    fn the_columns_of_a_rejects_file_are_no_traits() {
        assert_eq!(read("line,reason,external_id,name", &[]).unwrap().traits, []);
    }
}
