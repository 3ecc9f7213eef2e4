//! A difference adjusted for several covariates (Lin 2013): one line fitted to each side.

use super::arms::{Estimate, Undefined, finite, multiplier};

/// One side's outcomes, each with its covariates.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// The outcome of each row.
    pub outcomes: Vec<f64>,
    /// The covariates of each row, as many in every row.
    pub covariates: Vec<Vec<f64>>,
}

/// Treatment minus control at the common mean of the covariates, with HC2 standard error and a normal range.
///
/// The regression with a full set of interactions is the same as one line a side;
/// so that is what is fitted.
pub fn lin(treatment: &Side, control: &Side, alpha: f64) -> Result<Estimate, Undefined> {
    let z = multiplier(alpha)?;
    let means = common_means(treatment, control)?;
    let (at_t, v_t) = at_the_mean(treatment, &means, "treatment")?;
    let (at_c, v_c) = at_the_mean(control, &means, "control")?;
    let (difference, se) = (at_t - at_c, (v_t + v_c).sqrt());
    Ok(Estimate { se: finite(se), ..Estimate::between(difference, difference - z * se, difference + z * se) })
}

fn common_means(treatment: &Side, control: &Side) -> Result<Vec<f64>, Undefined> {
    let rows: Vec<&Vec<f64>> = treatment.covariates.iter().chain(&control.covariates).collect();
    let width = rows.first().map_or(0, |row| row.len());
    if rows.iter().any(|row| row.len() != width)
        || rows.len() != treatment.outcomes.len() + control.outcomes.len()
    {
        return Err("every row needs the same covariates".into());
    }
    Ok((0..width).map(|at| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64).collect())
}

/// The side's fitted outcome at the common means, and its HC2 variance.
fn at_the_mean(side: &Side, means: &[f64], name: &str) -> Result<(f64, f64), Undefined> {
    let flat = || {
        Undefined::from(format!(
            "the {name} side has too few rows, or covariates that say the same, for a line"
        ))
    };
    let centred = |row: &Vec<f64>| {
        std::iter::once(1.0)
            .chain(row.iter().zip(means).map(|(value, mean)| value - mean))
            .collect::<Vec<f64>>()
    };
    let rows: Vec<Vec<f64>> = side.covariates.iter().map(centred).collect();
    let width = means.len() + 1;
    if rows.len() <= width {
        return Err(flat());
    }
    let mut squares = vec![vec![0.0; width]; width];
    let mut products = vec![0.0; width];
    for (row, outcome) in rows.iter().zip(&side.outcomes) {
        for i in 0..width {
            products[i] += row[i] * outcome;
            for j in 0..width {
                squares[i][j] += row[i] * row[j];
            }
        }
    }
    let inverse = inverted(squares).ok_or_else(flat)?;
    let line: Vec<f64> = inverse.iter().map(|row| dot(row, &products)).collect();
    let mut variance = 0.0;
    for (row, outcome) in rows.iter().zip(&side.outcomes) {
        let pulled: Vec<f64> = inverse.iter().map(|inverse| dot(inverse, row)).collect();
        let room = 1.0 - dot(row, &pulled);
        if room <= 1e-12 {
            return Err(
                format!("a row of the {name} side stands so far out that it sets the line alone").into()
            );
        }
        variance += (pulled[0] * (outcome - dot(&line, row))).powi(2) / room;
    }
    Ok((line[0], variance))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The inverse of a small symmetric matrix, if it has one (Gauss and Jordan, largest pivot first).
fn inverted(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let width = matrix.len();
    let largest = matrix.iter().flatten().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    for (at, row) in matrix.iter_mut().enumerate() {
        row.extend((0..width).map(|column| f64::from(u8::from(column == at))));
    }
    for at in 0..width {
        let pivot = (at..width).max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs()))?;
        matrix.swap(at, pivot);
        let lead = matrix[at][at];
        if lead.is_nan() || lead.abs() <= 1e-13 * largest {
            return None;
        }
        matrix[at].iter_mut().for_each(|value| *value /= lead);
        let pivot = matrix[at].clone();
        for (_, row) in matrix.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            let times = row[at];
            row.iter_mut().zip(&pivot).for_each(|(value, pivot)| *value -= times * pivot);
        }
    }
    Some(matrix.into_iter().map(|row| row[width..].to_vec()).collect())
}
