//! Who gains: does a score put first the families that the program changes? For held-out families only.

use super::arms::Undefined;

/// One held-out family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// The higher, the sooner it would be written to.
    pub score: f64,
    /// Whether it was assigned to the program.
    pub treated: bool,
    /// What came of it.
    pub outcome: f64,
}

/// How good the order is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Qini {
    /// The area between the curve and the straight line, for each pair of families.
    pub area: f64,
    /// Outcomes gained when everybody is in.
    pub final_gain: f64,
    /// The area as a share of a perfect order's; not there when no order gains anything.
    pub share_of_perfect: Option<f64>,
}

/// The Qini area of a score.
pub fn qini(families: &[Scored]) -> Result<Qini, Undefined> {
    if families.iter().any(|family| !family.score.is_finite() || !family.outcome.is_finite()) {
        return Err("a score or an outcome is no number".into());
    }
    let treated = families.iter().filter(|family| family.treated).count();
    if treated == 0 || treated == families.len() {
        return Err("a side has no rows".into());
    }
    let (area, final_gain) = above_the_line(families.to_vec());
    let perfect = |family: &Scored| Scored {
        score: if family.treated { family.outcome } else { -family.outcome },
        ..*family
    };
    let (best, _) = above_the_line(families.iter().map(perfect).collect());
    let all = families.len() as f64;
    Ok(Qini { area: area / (all * all), final_gain, share_of_perfect: (best != 0.0).then(|| area / best) })
}

/// The area over the straight line, and the curve's last point.
fn above_the_line(mut families: Vec<Scored>) -> (f64, f64) {
    families.sort_by(|a, b| b.score.total_cmp(&a.score));
    let (mut n_t, mut n_c, mut y_t, mut y_c) = (0.0, 0.0, 0.0, 0.0);
    let (mut area, mut last_place, mut last_gain) = (0.0, 0.0, 0.0);
    for (at, family) in families.iter().enumerate() {
        let (n, y) = if family.treated { (&mut n_t, &mut y_t) } else { (&mut n_c, &mut y_c) };
        *n += 1.0;
        *y += family.outcome;
        let tied = families.get(at + 1).is_some_and(|next| next.score.total_cmp(&family.score).is_eq());
        if !tied {
            let place = (at + 1) as f64;
            let gain = if n_c > 0.0 { y_t - y_c * n_t / n_c } else { y_t };
            area += (place - last_place) * f64::midpoint(last_gain, gain);
            (last_place, last_gain) = (place, gain);
        }
    }
    (area - last_place * last_gain / 2.0, last_gain)
}
