//! The lift by group: everyone's range shaded, each group's before it, the largest group first.

use serde::Serialize;

use super::super::{GroupHeading, GroupRow, Groups};
use super::width;
use crate::charts::{Lift, Scale, Tick, Unit, Whisker};
use crate::figures;

#[derive(Debug, Serialize)]
pub(super) struct GroupsDrawing {
    ticks: Vec<Tick>,
    shade_from: f64,
    shade_width: f64,
    headings: Vec<HeadingDrawing>,
    everyone: GroupDrawing,
    diamond: Option<String>,
    /// Whether any figure is shown after pulling it towards everyone's.
    near: bool,
}

#[derive(Debug, Serialize)]
struct HeadingDrawing {
    name: String,
    rows: Vec<GroupDrawing>,
}

#[derive(Debug, Serialize)]
struct GroupDrawing {
    name: String,
    sizes: String,
    estimate: String,
    likely: String,
    shrunken: String,
    whisker: Option<Whisker>,
    clear: bool,
}

impl GroupsDrawing {
    pub fn of(groups: &Groups) -> Self {
        let rows = || groups.headings.iter().flat_map(|heading| &heading.rows).chain([&groups.everyone]);
        let drawn = rows().filter(|row| row.is_large_enough()).filter_map(|row| row.lift);
        let scale = Scale::around(drawn.flat_map(|lift| [lift.low, lift.high]));
        let all = groups.everyone.lift.filter(|_| groups.everyone.is_large_enough());
        let heading = |heading: &GroupHeading| {
            let mut rows: Vec<_> = heading.rows.iter().collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.program + row.comparison));
            let rows = rows.into_iter().map(|row| GroupDrawing::of(row, &groups.unit, scale)).collect();
            HeadingDrawing { name: heading.name.clone(), rows }
        };
        Self {
            ticks: scale.ticks(&groups.unit),
            shade_from: all.map_or(0.0, |lift| scale.at(lift.low)),
            shade_width: all.map_or(0.0, |lift| width(scale, lift.low, lift.high)),
            headings: groups.headings.iter().map(heading).collect(),
            everyone: GroupDrawing::of(&groups.everyone, &groups.unit, scale),
            diamond: all.map(|lift| {
                let x = |value| scale.at(value) * 10.0;
                format!(
                    "{:.1},17 {:.1},8 {:.1},17 {:.1},26",
                    x(lift.low),
                    x(lift.estimate),
                    x(lift.high),
                    x(lift.estimate)
                )
            }),
            near: rows().any(|row| row.shrunken.is_some() && row.is_large_enough()),
        }
    }
}

impl GroupDrawing {
    fn of(row: &GroupRow, unit: &Unit, scale: Scale) -> Self {
        let lift = row.lift.filter(|_| row.is_large_enough());
        let beside = unit.beside(lift.into_iter().flat_map(Lift::numbers).chain(row.shrunken));
        Self {
            name: row.name.clone(),
            sizes: format!("{} in, {} compared", figures::count(row.program), figures::count(row.comparison)),
            estimate: lift.map_or_else(String::new, |lift| beside.difference(lift.estimate)),
            likely: lift.map_or_else(String::new, |lift| beside.range(lift.low, lift.high)),
            shrunken: row
                .shrunken
                .filter(|_| lift.is_some())
                .map_or_else(String::new, |value| beside.difference(value)),
            whisker: lift.map(|lift| lift.on(scale)),
            clear: row.clear,
        }
    }
}
