//! The truth of a made-up world, which the demo leaves in `planted-truth.json` beside its database.

use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use templates::{Planted, PlantedRow, Unit};

use super::ReportError;
use super::numbers::Numbers;

/// The file's name in the data folder.
const FILE: &str = "planted-truth.json";

/// What a perfect report would say. Whatever else the file holds is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Truth {
    /// Share that renews with the program, less the share without it.
    pub renewal_difference: f64,
    /// Revenue per family with it, less that without it, in minor units.
    pub revenue_difference: Option<f64>,
}

/// Reads the file, where there is one.
pub fn read(folder: &Path) -> Result<Option<Truth>, ReportError> {
    let path = folder.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(ReportError::Planted(format!("{FILE} cannot be read: {error}"))),
    };
    serde_json::from_str(&text).map(Some).map_err(|error| ReportError::Planted(format!("{FILE}: {error}")))
}

impl Truth {
    /// Puts the truth beside what was found.
    pub fn beside(&self, numbers: &Numbers) -> Planted {
        let truth = |unit: &Unit| match unit {
            Unit::Rate => Some(self.renewal_difference),
            Unit::Money(_) => self.revenue_difference,
            Unit::Number => None,
        };
        let measures =
            numbers.measures.iter().filter(|one| matches!(one.name.as_str(), "Renewed" | "Revenue"));
        let rows = measures.filter_map(|measure| {
            Some(PlantedRow {
                name: measure.name.clone(),
                unit: measure.unit.clone(),
                truth: truth(&measure.unit)?,
                found: measure.lift?,
            })
        });
        Planted {
            intro: "These companies were invented by a seeded generator, which fixed for each of them what it would do \
                    with the program and without it. So here, and only here, the truth is known."
                .to_owned(),
            rows: rows.collect(),
        }
    }
}
