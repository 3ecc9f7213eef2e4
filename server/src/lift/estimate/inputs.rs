//! What a question gives, in whichever of the agreed forms it gives it.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::table::{Table, Tables};
use crate::lift::arms::{Moments, Proportion, Undefined};
use crate::lift::nearest::nearest;

/// Why a question has no full answer.
pub enum Problem {
    /// The question cannot be read; the text says what would be right.
    Wrong(String),
    /// The question is sound but its answer is undefined.
    Undefined(Undefined),
}

impl From<Undefined> for Problem {
    fn from(reason: Undefined) -> Self {
        Self::Undefined(reason)
    }
}

/// The inputs of one question.
pub struct Inputs<'a> {
    given: &'a Map<String, Value>,
    tables: &'a mut Tables,
    table: Option<Rc<Table>>,
}

impl<'a> Inputs<'a> {
    /// Reads `given`; files come from `tables`.
    pub fn new(given: &'a Map<String, Value>, tables: &'a mut Tables) -> Self {
        Self { given, tables, table: None }
    }

    /// Whether a key is given.
    pub fn has(&self, key: &str) -> bool {
        self.given.get(key).is_some_and(|value| !value.is_null())
    }

    /// A number that must be given.
    pub fn number(&self, key: &str) -> Result<f64, Problem> {
        let value =
            self.given.get(key).ok_or_else(|| wrong(format!("`{key}` is missing; it must be a number")))?;
        value.as_f64().ok_or_else(|| wrong(format!("`{key}` is {value}; it must be a number")))
    }

    /// A number with a default.
    pub fn number_or(&self, key: &str, default: f64) -> Result<f64, Problem> {
        if self.has(key) { self.number(key) } else { Ok(default) }
    }

    /// The two-sided alpha, 0.05 unless given.
    pub fn alpha(&self) -> Result<f64, Problem> {
        self.number_or("alpha", 0.05)
    }

    /// A list of numbers that must be given.
    pub fn numbers(&self, key: &str) -> Result<Vec<f64>, Problem> {
        self.list(key)?
            .iter()
            .map(|value| {
                value.as_f64().ok_or_else(|| wrong(format!("`{key}` holds {value}; it must hold numbers")))
            })
            .collect()
    }

    /// A list of counts that must be given.
    pub fn counts(&self, key: &str) -> Result<Vec<u64>, Problem> {
        self.list(key)?.iter().map(|value| count(value, key)).collect()
    }

    /// A whole number that must be given.
    pub fn count(&self, key: &str) -> Result<u64, Problem> {
        count(self.given.get(key).unwrap_or(&Value::Null), key)
    }

    /// Any list that must be given.
    pub fn list(&self, key: &str) -> Result<&'a [Value], Problem> {
        let list = self.given.get(key).and_then(Value::as_array);
        list.map(Vec::as_slice).ok_or_else(|| wrong(format!("`{key}` is missing or no list")))
    }

    /// A text that must be given.
    pub fn text(&self, key: &str) -> Result<&'a str, Problem> {
        let text = self.given.get(key).and_then(Value::as_str);
        text.ok_or_else(|| wrong(format!("`{key}` is missing or no text")))
    }

    /// A text with a default.
    pub fn text_or(&self, key: &str, default: &'a str) -> Result<&'a str, Problem> {
        if self.has(key) { self.text(key) } else { Ok(default) }
    }

    /// A list of texts that must be given.
    pub fn texts(&self, key: &str) -> Result<Vec<&'a str>, Problem> {
        let text = |value: &'a Value| value.as_str().ok_or_else(|| wrong(format!("`{key}` must hold texts")));
        self.list(key)?.iter().map(text).collect()
    }

    /// The two sides as counts.
    pub fn proportions(&mut self) -> Result<(Proportion, Proportion), Problem> {
        if self.has("treatment") || self.has("control") {
            return Ok((self.proportion_at("treatment")?, self.proportion_at("control")?));
        }
        let sides = self.sides()?;
        Ok((zero_one(&sides.treatment()?)?, zero_one(&sides.control()?)?))
    }

    /// One side as counts, whose form stands at the top of the inputs.
    pub fn proportion(&mut self) -> Result<Proportion, Problem> {
        if self.has("arm") {
            let sides = self.arm()?;
            return zero_one(&sides.treatment()?);
        }
        proportion_of(self.given, "inputs")
    }

    /// The two sides as moments.
    pub fn moments(&mut self) -> Result<(Moments, Moments), Problem> {
        if self.has("treatment") || self.has("control") {
            return Ok((self.moments_at("treatment")?, self.moments_at("control")?));
        }
        let sides = self.sides()?;
        Ok((sides.treatment()?.into_iter().collect(), sides.control()?.into_iter().collect()))
    }

    /// The two sides as amounts, row by row.
    pub fn values(&mut self) -> Result<(Vec<f64>, Vec<f64>), Problem> {
        if self.has("treatment") || self.has("control") {
            let values = |key| values_of(self.side(key)?, key);
            return Ok((values("treatment")?, values("control")?));
        }
        let sides = self.sides()?;
        Ok((sides.treatment()?, sides.control()?))
    }

    /// The rows: a CSV file or inline.
    pub fn table(&mut self) -> Result<Rc<Table>, Problem> {
        if let Some(table) = &self.table {
            return Ok(Rc::clone(table));
        }
        let table = if self.has("rows") {
            Rc::new(Table::inline(self.list("columns")?, self.list("rows")?)?)
        } else if self.has("csv") {
            self.tables.csv(self.text("csv")?)?
        } else {
            let forms = "give `treatment` and `control` as {events, n}, {values} or {n, mean, variance}, \
                         or a `csv` with `arm_column`, `treatment_arm`, `control_arm` and `metric`, or `rows` with `columns`";
            return Err(wrong(format!("there are no rows; {forms}")));
        };
        self.table = Some(Rc::clone(&table));
        Ok(table)
    }

    /// The rows of the two arms.
    pub fn sides(&mut self) -> Result<Sides<'a>, Problem> {
        let treatment = self.text_or("treatment_arm", "T")?;
        let control = self.text_or("control_arm", "C")?;
        self.picked(treatment, control)
    }

    /// The rows of the one arm named by `arm`, as the treatment side.
    pub fn arm(&mut self) -> Result<Sides<'a>, Problem> {
        let arm = self.text("arm")?;
        self.picked(arm, arm)
    }

    fn picked(&mut self, treatment: &str, control: &str) -> Result<Sides<'a>, Problem> {
        let table = self.table()?;
        let name = self.text_or("arm_column", "arm")?;
        let column = table.column(name)?;
        let rows = |arm: &str| -> Result<Vec<usize>, Problem> {
            let rows: Vec<usize> =
                column.cells().enumerate().filter(|(_, cell)| *cell == arm).map(|(row, _)| row).collect();
            if rows.is_empty() {
                let near = nearest(arm, column.cells().take(1_000));
                return Err(wrong(format!("column \"{name}\" never holds \"{arm}\"{near}")));
            }
            Ok(rows)
        };
        let (treatment, control) = (rows(treatment)?, rows(control)?);
        Ok(Sides { metric: self.text_or("metric", "y")?, treatment, control, table: Rc::clone(&table) })
    }

    fn side(&self, key: &str) -> Result<&'a Map<String, Value>, Problem> {
        let side = self.given.get(key).and_then(Value::as_object);
        side.ok_or_else(|| {
            wrong(format!("`{key}` must be {{events, n}}, {{values}} or {{n, mean, variance}}"))
        })
    }

    fn proportion_at(&self, key: &str) -> Result<Proportion, Problem> {
        proportion_of(self.side(key)?, key)
    }

    fn moments_at(&self, key: &str) -> Result<Moments, Problem> {
        let side = self.side(key)?;
        if side.contains_key("values") {
            return Ok(values_of(side, key)?.into_iter().collect());
        }
        if side.contains_key("events") {
            return Ok(proportion_of(side, key)?.checked(key)?.into());
        }
        let number = |name: &str| {
            side.get(name)
                .and_then(Value::as_f64)
                .ok_or_else(|| wrong(format!("`{key}.{name}` is missing or no number")))
        };
        let n = count(side.get("n").unwrap_or(&Value::Null), &format!("{key}.n"))?;
        let variance = if n > 1 { number("variance")? } else { 0.0 };
        if variance < 0.0 {
            return Err(Undefined::from(format!("the {key} side's variance is below 0")).into());
        }
        Ok(Moments::new(n, number("mean")?, variance))
    }
}

/// The rows of two arms in a table, and the outcome asked about.
pub struct Sides<'a> {
    /// The whole table.
    pub table: Rc<Table>,
    /// Row numbers of the treatment side.
    pub treatment: Vec<usize>,
    /// Row numbers of the control side.
    pub control: Vec<usize>,
    metric: &'a str,
}

impl Sides<'_> {
    /// The outcome on the treatment side.
    pub fn treatment(&self) -> Result<Vec<f64>, Problem> {
        self.of(self.metric, &self.treatment)
    }

    /// The outcome on the control side.
    pub fn control(&self) -> Result<Vec<f64>, Problem> {
        self.of(self.metric, &self.control)
    }

    /// Any column's numbers in some rows.
    pub fn of(&self, column: &str, rows: &[usize]) -> Result<Vec<f64>, Problem> {
        let numbers = self.table.numbers(column)?;
        Ok(rows.iter().map(|row| numbers[*row]).collect())
    }

    /// Rows grouped by a column's value, in ascending order of the value: (value, treatment rows, control rows).
    pub fn by(&self, column: &str) -> Result<Vec<(String, Self)>, Problem> {
        let cells = self.table.column(column)?;
        let mut groups = std::collections::BTreeMap::<&str, (Vec<usize>, Vec<usize>)>::new();
        for row in &self.treatment {
            groups.entry(cells.cell(*row)).or_default().0.push(*row);
        }
        for row in &self.control {
            groups.entry(cells.cell(*row)).or_default().1.push(*row);
        }
        let group = |(value, (treatment, control)): (&str, (Vec<usize>, Vec<usize>))| {
            (
                value.to_owned(),
                Self { table: Rc::clone(&self.table), treatment, control, metric: self.metric },
            )
        };
        Ok(groups.into_iter().map(group).collect())
    }
}

/// A question that cannot be read.
pub fn wrong(what: String) -> Problem {
    Problem::Wrong(what)
}

fn count(value: &Value, key: &str) -> Result<u64, Problem> {
    value.as_u64().ok_or_else(|| wrong(format!("`{key}` is {value}; it must be a whole number, 0 or more")))
}

fn proportion_of(side: &Map<String, Value>, key: &str) -> Result<Proportion, Problem> {
    if side.contains_key("values") {
        return zero_one(&values_of(side, key)?);
    }
    let part = |name: &str| count(side.get(name).unwrap_or(&Value::Null), &format!("{key}.{name}"));
    Ok(Proportion { events: part("events")?, n: part("n")? })
}

fn values_of(side: &Map<String, Value>, key: &str) -> Result<Vec<f64>, Problem> {
    let values = side.get("values").and_then(Value::as_array);
    let values = values.ok_or_else(|| wrong(format!("`{key}.values` is missing or no list of numbers")))?;
    let number = |value: &Value| {
        value.as_f64().ok_or_else(|| wrong(format!("`{key}.values` holds {value}, no number")))
    };
    values.iter().map(number).collect()
}

/// Counts a column of zeros and ones.
#[expect(clippy::float_cmp, reason = "0 and 1 are exact in an `f64`, and nothing beside them is meant")]
pub fn zero_one(values: &[f64]) -> Result<Proportion, Problem> {
    if let Some(other) = values.iter().find(|value| **value != 0.0 && **value != 1.0) {
        return Err(wrong(format!("the outcome holds {other}; a rate is counted from 0 and 1")));
    }
    let events = values.iter().filter(|value| **value == 1.0).count() as u64;
    Ok(Proportion { events, n: values.len() as u64 })
}
