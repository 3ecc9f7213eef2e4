//! The lift by group: good for ideas, not proof.

use segments::SizeBand;
use templates::{GroupHeading, GroupRow, Groups, Lift, Unit};

use super::basis::{Basis, lift};
use super::compare::rates;
use super::families::Family;
use super::numbers::careful;
use crate::lift::groups::{Effect, eb_shrinkage, heterogeneity};
use crate::lift::many::holm;

/// One group with what stands behind its row.
struct Looked {
    row: GroupRow,
    p: Option<f64>,
    effect: Option<Effect>,
}

/// Size and kind of business; nothing when no group is large enough.
pub fn groups(basis: &Basis, wide: f64, everyone: Lift) -> Option<Groups> {
    let size = |family: &Family| {
        let band = family.employees.and_then(SizeBand::of);
        band.map_or_else(|| "Size not known".to_owned(), size_name)
    };
    let sector = |family: &Family| family.sector.unwrap_or("Not known").to_owned();
    let mut sizes = look(basis, wide, &size);
    let mut sectors = look(basis, wide, &sector);
    allow_for_many(&mut [&mut sizes, &mut sectors], wide);
    for rows in [&mut sizes, &mut sectors] {
        draw_together(rows);
    }
    if sizes.iter().chain(&sectors).all(|one| one.row.lift.is_none()) {
        return None;
    }
    let (program, comparison) = (basis.renewed.program().n, basis.renewed.comparison().n);
    let differ = [&sizes, &sectors].map(|rows| differ(rows));
    let rows = |looked: Vec<Looked>| looked.into_iter().map(|one| one.row).collect();
    Some(Groups {
        differ: differ_in_words(&differ),
        unit: Unit::Rate,
        everyone: GroupRow {
            name: "Everyone".to_owned(),
            program,
            comparison,
            lift: Some(everyone),
            shrunken: None,
            clear: everyone.low > 0.0 || everyone.high < 0.0,
        },
        headings: vec![
            GroupHeading { name: "Size".to_owned(), rows: rows(sizes) },
            GroupHeading { name: "Kind of business".to_owned(), rows: rows(sectors) },
        ],
    })
}

fn size_name(band: SizeBand) -> String {
    match band.bounds() {
        (from, Some(to)) => format!("{from} to {to} people"),
        (_, None) => "Over 500 people".to_owned(),
    }
}

fn look(basis: &Basis, wide: f64, name: &dyn Fn(&Family) -> String) -> Vec<Looked> {
    let mut named: std::collections::BTreeMap<String, Vec<&Family>> = std::collections::BTreeMap::new();
    for family in &basis.counted {
        named.entry(name(family)).or_default().push(family);
    }
    let looked = named.into_iter().map(|(name, families)| {
        let sides = rates(families, |family| Some(family.end.renewed()));
        let (program, comparison) = (sides.program(), sides.comparison());
        let large = program.n.min(comparison.n) >= GroupRow::DRAWN_FROM;
        let found = lift(&sides.difference(wide)).filter(|_| large);
        let variance = |side: crate::lift::Proportion| side.rate() * (1.0 - side.rate()) / side.n as f64;
        Looked {
            p: sides.p_value().filter(|_| found.is_some()),
            effect: found.map(|found| Effect {
                estimate: found.estimate,
                variance: variance(program) + variance(comparison),
            }),
            row: GroupRow {
                name,
                program: program.n,
                comparison: comparison.n,
                lift: found,
                shrunken: None,
                clear: false,
            },
        }
    });
    looked.collect()
}

/// Fills the marker only of those that clear zero after Holm over all rows of all headings.
fn allow_for_many(headings: &mut [&mut Vec<Looked>], wide: f64) {
    let rows = || headings.iter().flat_map(|rows| rows.iter());
    let p: Vec<f64> = rows().filter_map(|one| one.p).map(|p| careful(p, wide)).collect();
    let mut adjusted = holm(&p).unwrap_or_default().into_iter();
    for one in headings.iter_mut().flat_map(|rows| rows.iter_mut()).filter(|one| one.p.is_some()) {
        one.row.clear = adjusted.next().is_some_and(|p| p < super::compare::ALPHA);
    }
}

/// Puts beside each group's own figure the one pulled towards everyone's, by as much as its own is uncertain.
fn draw_together(rows: &mut [Looked]) {
    let effects: Vec<_> = rows.iter().filter_map(|one| one.effect).collect();
    let Ok(found) = eb_shrinkage(&effects) else { return };
    let drawn = rows.iter_mut().filter(|one| one.effect.is_some());
    for (one, shrunken) in drawn.zip(found.shrunk) {
        one.row.shrunken = Some(shrunken);
    }
}

/// The chance of gaps as large, were all groups alike.
fn differ(rows: &[Looked]) -> Option<f64> {
    let effects: Vec<_> = rows.iter().filter_map(|one| one.effect).collect();
    heterogeneity(&effects).ok().map(|found| found.p)
}

fn differ_in_words(p: &[Option<f64>]) -> String {
    let known: Vec<f64> = p.iter().copied().flatten().collect();
    match holm(&known).unwrap_or_default().into_iter().reduce(f64::min) {
        None => "There are too few groups to ask whether they differ.",
        Some(p) if p < super::compare::ALPHA => "The gaps between groups are bigger than chance would give.",
        Some(_) => "The gaps between groups are no bigger than chance would give.",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_drawn_towards_everyones_by_as_much_as_its_own_figure_is_uncertain() {
        let looked = |estimate: f64, variance: Option<f64>| Looked {
            row: GroupRow {
                name: String::new(),
                program: 100,
                comparison: 100,
                lift: None,
                shrunken: None,
                clear: false,
            },
            p: None,
            effect: variance.map(|variance| Effect { estimate, variance }),
        };
        let mut rows = [
            looked(0.20, Some(0.0100)),
            looked(0.9, None),
            looked(0.00, Some(0.0001)),
            looked(-0.10, Some(0.0001)),
        ];
        draw_together(&mut rows);
        let near = |place: usize| rows[place].row.shrunken;
        assert_eq!(near(1), None);
        assert!(near(0).unwrap() < 0.10, "the uncertain one moves far: {:?}", near(0));
        assert!(near(2).unwrap() < 0.0 && near(2).unwrap() > -0.01, "the sure ones hardly: {:?}", near(2));
        assert!(near(3).unwrap() > -0.10 && near(3).unwrap() < -0.09);
    }
}
