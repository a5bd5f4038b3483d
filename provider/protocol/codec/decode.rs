//! From the wire to values.

use framework::value::{Map, Value};
use prost_types::{Struct, value::Kind};

use super::{DEEPEST, Malformed, is_unknown, signature, special, too_deep};

/// The properties in a struct; none when it is absent.
///
/// # Errors
///
/// The place of the first value that breaks the rules of the wire.
pub fn decode(wire: Option<Struct>) -> Result<Map, Malformed> {
    wire.map_or_else(|| Ok(Map::new()), |wire| entries(wire, 0))
}

/// A single value.
///
/// # Errors
///
/// The place of the first value that breaks the rules of the wire.
pub fn decode_value(wire: prost_types::Value) -> Result<Value, Malformed> {
    value(wire, 0)
}

fn value(wire: prost_types::Value, depth: usize) -> Result<Value, Malformed> {
    if depth > DEEPEST {
        discard(wire);
        return Err(too_deep());
    }
    match wire.kind {
        None => Err(Malformed::new("no value at all, not even null")),
        Some(Kind::NullValue(_)) => Ok(Value::Null),
        Some(Kind::BoolValue(truth)) => Ok(Value::Bool(truth)),
        Some(Kind::NumberValue(number)) if number.is_finite() => Ok(Value::Number(number)),
        Some(Kind::NumberValue(_)) => Err(Malformed::new("not a finite number")),
        Some(Kind::StringValue(text)) if is_unknown(&text) => Ok(Value::Unknown),
        Some(Kind::StringValue(text)) => Ok(Value::String(text)),
        Some(Kind::ListValue(items)) => list(items.values, depth + 1),
        Some(Kind::StructValue(fields)) => object(fields, depth + 1),
    }
}

fn list(items: Vec<prost_types::Value>, depth: usize) -> Result<Value, Malformed> {
    let mut items = items.into_iter().enumerate();
    let taken: Result<_, _> =
        items.by_ref().map(|(index, item)| value(item, depth).map_err(|bad| bad.at(index))).collect();
    items.for_each(|(_, left)| discard(left));
    Ok(Value::List(taken?))
}

fn object(mut wire: Struct, depth: usize) -> Result<Value, Malformed> {
    match wire.fields.remove(signature::KEY) {
        None => Ok(Value::Map(entries(wire, depth)?)),
        Some(prost_types::Value { kind: Some(Kind::StringValue(kind)) }) => {
            special::decode(&kind, entries(wire, depth)?)
        }
        Some(other) => {
            wire.fields.into_values().chain([other]).for_each(discard);
            Err(Malformed::new("its signature isn't a string"))
        }
    }
}

fn entries(wire: Struct, depth: usize) -> Result<Map, Malformed> {
    let mut fields = wire.fields.into_iter();
    let taken = fields
        .by_ref()
        .map(|(key, field)| match value(field, depth) {
            Ok(value) => Ok((key, value)),
            Err(bad) => Err(bad.under(&key)),
        })
        .collect();
    fields.for_each(|(_, left)| discard(left));
    taken
}

/// Lets a value go that nobody looked into, level by level: let go at once, a deep one overflows the stack.
fn discard(wire: prost_types::Value) {
    let mut left = vec![wire];
    while let Some(value) = left.pop() {
        match value.kind {
            Some(Kind::ListValue(items)) => left.extend(items.values),
            Some(Kind::StructValue(fields)) => left.extend(fields.fields.into_values()),
            _ => {}
        }
    }
}
