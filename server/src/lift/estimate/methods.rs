//! Every method by name: which inputs it takes, which parts its result has.

mod amounts;
mod grouped;
mod planning;
mod rates;
mod whole;

use serde_json::{Map, Value};

use super::inputs::{Inputs, Problem};
use crate::lift::arms::{Estimate, Undefined};
use crate::lift::nearest::nearest;

/// One method that can be asked for.
pub struct Method {
    /// The name it is asked by.
    pub name: &'static str,
    /// The parts of its result; empty when they depend on the inputs.
    parts: &'static [&'static str],
    work: fn(&mut Inputs) -> Result<Found, Problem>,
}

impl Method {
    /// Works the method out: the result's parts, and why any of them is null.
    pub fn answer(&self, inputs: &mut Inputs) -> Result<(Map<String, Value>, Option<Undefined>), Problem> {
        let Found { parts, reason } = (self.work)(inputs)?;
        let wanted = |part: &&str| self.parts.is_empty() || self.parts.contains(part);
        let parts: Map<String, Value> =
            parts.into_iter().filter(|(part, _)| wanted(&part.as_str())).collect();
        // No method leaves a part out without a word; this catches arithmetic that ran out of range.
        let out_of_range = || parts.values().any(holds_null).then(|| Undefined::from(OUT_OF_RANGE));
        let reason = reason.or_else(out_of_range);
        Ok((parts, reason))
    }

    /// The result when nothing of it is defined.
    pub fn nothing(&self) -> Value {
        if self.parts.is_empty() {
            return Value::Null;
        }
        self.parts.iter().map(|part| ((*part).to_owned(), Value::Null)).collect::<Map<_, _>>().into()
    }
}

/// Why a part is null when the method itself had nothing to say.
const OUT_OF_RANGE: &str = "too few rows for it, or numbers too large or too small to work with";

fn holds_null(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(|items| items.iter().any(holds_null))
}

/// What a method found, by part.
struct Found {
    parts: Vec<(String, Value)>,
    reason: Option<Undefined>,
}

impl Found {
    /// Parts that are all there.
    fn parts<const N: usize>(parts: [(&str, Value); N]) -> Self {
        Self { parts: parts.map(|(part, value)| (part.to_owned(), value)).into(), reason: None }
    }

    /// One more part.
    fn with(mut self, part: &str, value: impl Into<Value>) -> Self {
        self.parts.push((part.to_owned(), value.into()));
        self
    }
}

impl From<Estimate> for Found {
    fn from(found: Estimate) -> Self {
        let ci = match found.ci {
            [None, None] => Value::Null,
            limits => Value::from(limits.map(Value::from).to_vec()),
        };
        let parts = Self::parts([
            ("estimate", found.estimate.into()),
            ("se", found.se.into()),
            ("se_log", found.se.into()),
            ("df", found.df.into()),
            ("ci", ci),
            ("p_value", found.p_value.into()),
        ]);
        Self { reason: found.reason, ..parts }
    }
}

/// All methods, in the order in which their rooms list them.
pub const METHODS: &[&[Method]] =
    &[rates::METHODS, amounts::METHODS, whole::METHODS, grouped::METHODS, planning::METHODS];

/// A method by its name, or a sentence that names the nearest.
pub fn find(name: &str) -> Result<&'static Method, String> {
    let all = || METHODS.iter().copied().flatten();
    all().find(|method| method.name == name).ok_or_else(|| {
        let near = nearest(name, all().map(|method| method.name));
        format!("there is no method \"{name}\"{near}")
    })
}
