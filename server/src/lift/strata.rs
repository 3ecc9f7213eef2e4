//! One difference over several strata, each compared only with itself.

use super::arms::{Estimate, Moments, Proportion, Undefined, finite, multiplier};

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

/// Both sides of one stratum as counts.
pub type Table = (Proportion, Proportion);

/// The Mantel-Haenszel difference of rates over strata, with Sato's variance.
pub fn mh_risk_difference(strata: &[Table], alpha: f64) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    let (mut weights, mut differences, mut p, mut q) = (0.0, 0.0, 0.0, 0.0);
    for [x, n, y, m] in counted(strata)? {
        let all = n + m;
        weights += n * m / all;
        differences += (x * m - y * n) / all;
        p += (m * m * x - n * n * y + n * m * (m - n) / 2.0) / (all * all);
        q += (x * (m - y) + y * (n - x)) / (2.0 * all);
    }
    if weights == 0.0 {
        return Err("no stratum has rows on both sides".into());
    }
    let difference = differences / weights;
    let se = ((difference * p + q).max(0.0) / (weights * weights)).sqrt();
    Ok(Estimate { se: finite(se), ..Estimate::between(difference, difference - z * se, difference + z * se) })
}

/// The Mantel-Haenszel ratio of rates over strata, with Greenland and Robins' variance; `se` is that of the logarithm.
pub fn mh_risk_ratio(strata: &[Table], alpha: f64) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    let (mut above, mut below, mut spread) = (0.0, 0.0, 0.0);
    for [x, n, y, m] in counted(strata)? {
        let all = n + m;
        above += x * m / all;
        below += y * n / all;
        spread += (n * m * (x + y) - x * y * all) / (all * all);
    }
    if below == 0.0 {
        return Err("the control side has no events in a stratum that has both sides".into());
    }
    if above == 0.0 {
        return Ok(
            Estimate::point(0.0).because("the treatment side has no events, so the ratio has no logarithm")
        );
    }
    let (ratio, se) = (above / below, (spread.max(0.0) / (above * below)).sqrt());
    let limits = Estimate::between(ratio, (ratio.ln() - z * se).exp(), (ratio.ln() + z * se).exp());
    Ok(Estimate { se: finite(se), ..limits })
}

/// Events and rows of both sides of every stratum that has rows.
fn counted(strata: &[Table]) -> Result<Vec<[f64; 4]>, Undefined> {
    let mut rows = Vec::new();
    for (treatment, control) in strata {
        for (side, name) in [(treatment, "treatment"), (control, "control")] {
            if side.n > 0 {
                side.checked(name)?;
            } else if side.events > 0 {
                return Err(format!("the {name} side has events but no rows").into());
            }
        }
        if treatment.n + control.n > 0 {
            rows.push([treatment.events, treatment.n, control.events, control.n].map(|count| count as f64));
        }
    }
    Ok(rows)
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
