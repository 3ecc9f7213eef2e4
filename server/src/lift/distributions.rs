//! Tails and quantiles of the four distributions that the estimates rest on.
//!
//! `statrs` does most of the work. Where it falls short we say so: its
//! Student-t quantile is off in the fourth digit at a million degrees of
//! freedom, which is an ordinary number for two large arms.

use statrs::distribution::{ChiSquared, Continuous, ContinuousCDF, Normal, StudentsT};

/// Degrees of freedom from which the expansion around the normal is exact to the last digits of an `f64`.
const EXPANDS_FROM: f64 = 2_000.0;

/// The chance that a standard normal value lies below `z`.
pub fn normal_below(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The chance that a standard normal value lies above `z`.
pub fn normal_above(z: f64) -> f64 {
    Normal::standard().sf(z)
}

/// The density of the standard normal at `z`.
pub fn normal_density(z: f64) -> f64 {
    Normal::standard().pdf(z)
}

/// The chance that a standard normal value is at least as far from 0 as `z`, on either side.
pub fn normal_two_sided(z: f64) -> f64 {
    (2.0 * Normal::standard().sf(z.abs())).min(1.0)
}

/// The value that a standard normal stays below with chance `p`, for `p` inside (0, 1).
///
/// For a `p` very near 1, ask for `-normal_quantile(1 - p)` with `1 - p` known exactly.
pub fn normal_quantile(p: f64) -> f64 {
    let normal = Normal::standard();
    let mut z = normal.inverse_cdf(p);
    for _ in 0..2 {
        let step = (normal.cdf(z) - p) / normal.pdf(z);
        if step.is_finite() {
            z -= step;
        }
    }
    z
}

/// The chance that a Student-t value with `df` degrees of freedom is at least as far from 0 as `t`.
pub fn student_two_sided(t: f64, df: f64) -> Option<f64> {
    let student = StudentsT::new(0.0, 1.0, df).ok()?;
    Some((2.0 * student.sf(t.abs())).min(1.0)).filter(|p| p.is_finite())
}

/// The value that a Student-t with `df` degrees of freedom exceeds with chance `upper`, for `upper` under one half.
pub fn student_upper_quantile(upper: f64, df: f64) -> Option<f64> {
    if df >= EXPANDS_FROM {
        return Some(around_the_normal(-normal_quantile(upper), df));
    }
    let student = StudentsT::new(0.0, 1.0, df).ok()?;
    let mut t = -student.inverse_cdf(upper);
    for _ in 0..20 {
        let step = (student.sf(t) - upper) / student.pdf(t);
        if !step.is_finite() {
            break;
        }
        t += step;
        if step.abs() <= 1e-14 * t.abs() {
            break;
        }
    }
    Some(t).filter(|t| t.is_finite())
}

/// Fisher's expansion of the Student-t quantile in powers of 1/df.
fn around_the_normal(z: f64, df: f64) -> f64 {
    let z2 = z * z;
    let first = z * (z2 + 1.0) / 4.0;
    let second = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let third = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    let fourth = z * ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92_160.0;
    z + (first + (second + (third + fourth / df) / df) / df) / df
}

/// The chance that a chi-square value with `df` degrees of freedom exceeds `x`.
pub fn chi_square_above(x: f64, df: f64) -> Option<f64> {
    ChiSquared::new(df).ok().map(|chi| chi.sf(x)).filter(|p| p.is_finite())
}

/// How likely each way of sharing out `events` is, when `first` of all rows are drawn blindly and `second` are left.
///
/// Returns the smallest possible count on the first side and one weight a count,
/// relative to the likeliest. Counted from the mode outwards, so that no weight overflows.
pub fn hypergeometric_weights(events: u64, first: u64, second: u64) -> (u64, Vec<f64>) {
    let (least, most) = (events.saturating_sub(second), events.min(first));
    let up = |k: u64| {
        let (e, k) = (events as f64, k as f64);
        (e - k) * (first as f64 - k) / ((k + 1.0) * (second as f64 - e + k + 1.0))
    };
    let mode = mode(events, first, second).clamp(least, most);
    let at = |k: u64| usize::try_from(k - least).expect("a count of rows fits the memory that held them");
    let mut weights = vec![0.0; at(most) + 1];
    weights[at(mode)] = 1.0;
    for k in mode..most {
        weights[at(k + 1)] = weights[at(k)] * up(k);
    }
    for k in (least..mode).rev() {
        weights[at(k)] = weights[at(k + 1)] / up(k);
    }
    (least, weights)
}

/// The likeliest count on the first side, never off by more than one.
fn mode(events: u64, first: u64, second: u64) -> u64 {
    let share = u128::from(events + 1) * u128::from(first + 1) / (u128::from(first) + u128::from(second) + 2);
    u64::try_from(share).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Upper 2.5 % points by scipy 1.17.
    const STUDENT: &[(f64, f64)] = &[
        (1.0, 12.706_204_736_174_694),
        (2.5, 3.574_654_842_003_681_7),
        (5.0, 2.570_581_835_636_314_5),
        (30.0, 2.042_272_456_301_237_8),
        (200.0, 1.971_896_223_633_908_8),
        (1_999.5, 1.961_151_123_060_678),
        (2_000.0, 1.961_150_826_099_437_7),
        (42_611.0, 1.960_019_658_837_076_9),
        (1_000_000.0, 1.959_966_356_814_107),
    ];

    #[test]
    fn quantiles_agree_with_scipy() {
        let near = |got: f64, want: f64| assert!((got - want).abs() <= 1e-11 * want.abs(), "{got} {want}");
        near(normal_quantile(0.975), 1.959_963_984_540_054);
        near(-normal_quantile(0.0125), 2.241_402_727_604_947);
        for (df, want) in STUDENT {
            near(student_upper_quantile(0.025, *df).unwrap(), *want);
        }
    }

    #[test]
    fn quantiles_are_undone_by_their_tails() {
        for df in [1.0, 1.5, 4.2, 30.0, 900.0, 1_999.0, 2_000.0, 42_611.0] {
            for upper in [0.4, 0.05, 0.005, 1e-6] {
                let t = student_upper_quantile(upper, df).unwrap();
                let back = student_two_sided(t, df).unwrap() / 2.0;
                assert!((back / upper - 1.0).abs() < 1e-7, "df {df}, {upper}: {back}");
            }
        }
    }

    #[test]
    fn impossible_degrees_of_freedom_give_nothing() {
        assert_eq!(student_upper_quantile(0.025, 0.0), None);
        assert_eq!(student_upper_quantile(0.025, f64::NAN), None);
        assert_eq!(student_two_sided(1.0, -3.0), None);
        assert_eq!(chi_square_above(1.0, 0.0), None);
    }

    #[test]
    fn weights_sum_to_the_number_of_tables() {
        // 3 events shared between 2 and 3 rows: C(2,k) C(3,3-k) = 1, 6, 3.
        let (least, weights) = hypergeometric_weights(3, 2, 3);
        assert_eq!(least, 0);
        assert_eq!(weights.len(), 3);
        for (got, want) in weights.iter().zip([1.0 / 6.0, 1.0, 0.5]) {
            assert!((got - want).abs() < 1e-15);
        }
    }
}
