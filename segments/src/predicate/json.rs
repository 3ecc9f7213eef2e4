//! The JSON form: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or one fact such as `{"owns": "phones"}`.
//!
//! Wherever a question may stand, a string with the text form may stand too.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Map, Value};

use super::{Fact, Limits, MAX_DEPTH, Predicate};

impl Serialize for Predicate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = match self {
            Self::Fact(fact) => return fact.serialize(serializer),
            _ => serializer.serialize_map(Some(1))?,
        };
        match self {
            Self::All(parts) => map.serialize_entry("all", parts)?,
            Self::Any(parts) => map.serialize_entry("any", parts)?,
            Self::Not(part) => map.serialize_entry("not", part)?,
            Self::Fact(_) => {}
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Predicate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Question)
    }
}

struct Question;

impl<'de> Visitor<'de> for Question {
    type Value = Predicate;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(
            "a question: text such as `owns \"phones\"`, or its JSON form such as {\"owns\": \"phones\"}",
        )
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Predicate, E> {
        Predicate::parse(text).map_err(|error| E::custom(format!("\n{error}")))
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Predicate, M::Error> {
        let value = Map::deserialize(de::value::MapAccessDeserializer::new(map))?;
        let question = read(Value::Object(value), 1).map_err(de::Error::custom)?;
        question.check().map_err(de::Error::custom)?;
        Ok(question)
    }
}

fn read(value: Value, depth: usize) -> Result<Predicate, String> {
    if depth > MAX_DEPTH {
        return Err(Limits::Depth.to_string());
    }
    let part = match value {
        Value::String(text) => return Predicate::parse(&text).map_err(|error| format!("\n{error}")),
        Value::Object(map) if map.len() == 1 => map.into_iter().next(),
        Value::Object(map) => {
            return Err(format!(
                "a question in JSON has one key, this one has {}; join its parts with \"all\" or \"any\"",
                map.len()
            ));
        }
        other => return Err(format!("expected a question, found {other}")),
    };
    let Some((key, value)) = part else { return Err("the question is empty".to_owned()) };
    match key.as_str() {
        "all" => Ok(joined(list(value, depth)?, Predicate::All)),
        "any" => Ok(joined(list(value, depth)?, Predicate::Any)),
        "not" => Ok(Predicate::Not(Box::new(read(value, depth + 1)?))),
        _ => fact(&key, value).map(Predicate::Fact),
    }
}

fn list(value: Value, depth: usize) -> Result<Vec<Predicate>, String> {
    match value {
        Value::Array(parts) => parts.into_iter().map(|part| read(part, depth + 1)).collect(),
        other => Err(format!("expected a list of questions, found {other}")),
    }
}

/// A list of one is that one, so that text and JSON make the same tree.
fn joined(mut parts: Vec<Predicate>, join: impl Fn(Vec<Predicate>) -> Predicate) -> Predicate {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}

fn fact(key: &str, value: Value) -> Result<Fact, String> {
    let whole = Value::Object(Map::from_iter([(key.to_owned(), value)]));
    let fact = Fact::deserialize(whole).map_err(|error| format!("in \"{key}\": {error}"))?;
    crate::text::sound(fact)
}
