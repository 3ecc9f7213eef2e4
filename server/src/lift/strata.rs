//! One difference over several strata, each compared only with itself.

use super::arms::{Estimate, Moments, Undefined, finite, multiplier};

/// Both sides of one stratum.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// What the stratum is called, for the reason that names it.
    pub name: String,
    /// Rows assigned to the program.
    pub treatment: Moments,
    /// Rows assigned to the comparison.
    pub control: Moments,
}

/// The mean difference within strata, each weighted by its share of all rows.
///
/// The headline when strata were drawn with different shares: pooling their raw
/// sides would compare unlike companies.
pub fn post_stratified(strata: &[Stratum], alpha: f64) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    let rows = |stratum: &Stratum| (stratum.treatment.n() + stratum.control.n()) as f64;
    let all: f64 = strata.iter().map(rows).sum();
    if all == 0.0 {
        return Err("there are no rows".into());
    }
    let (mut difference, mut variance) = (0.0, Some(0.0));
    for stratum in strata.iter().filter(|stratum| rows(stratum) > 0.0) {
        let (treatment, control) =
            (in_stratum(stratum, stratum.treatment)?, in_stratum(stratum, stratum.control)?);
        let weight = rows(stratum) / all;
        difference += weight * (treatment.mean() - control.mean());
        let here = treatment.variance_of_mean().zip(control.variance_of_mean());
        variance = variance.zip(here).map(|(sum, (v_t, v_c))| sum + weight * weight * (v_t + v_c));
    }
    let Some(se) = variance.map(f64::sqrt) else {
        return Ok(Estimate::point(difference)
            .because("a stratum has a side of a single row, so its spread is unknown"));
    };
    Ok(Estimate { se: finite(se), ..Estimate::between(difference, difference - z * se, difference + z * se) })
}

/// Refuses a stratum in which a side is empty, by name.
fn in_stratum(stratum: &Stratum, side: Moments) -> Result<Moments, Undefined> {
    side.checked("given").map_err(|problem| match side.n() {
        0 => {
            format!("stratum \"{}\" has rows on one side only; join it with a neighbour", stratum.name).into()
        }
        _ => problem,
    })
}
