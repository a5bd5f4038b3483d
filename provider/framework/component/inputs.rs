//! What a program says to a component.
//!
//! A field of a plain type decides on the structure: while it is unknown, so is the component. A
//! field of type [`Output`] may be unknown, and keeps its marks.

use std::collections::BTreeMap;

use crate::{
    problem::Problems,
    property::{Cidr, Decoding, Encode, Json, Record},
    value::{Map, Output, Path, Value},
};

use super::{ArgProperties, Given};

/// The inputs of a component. `#[derive(Inputs)]` writes it.
pub trait Inputs: Record + Clone + Send + 'static {
    /// The properties, as a nested component is registered with them.
    fn properties(&self) -> ArgProperties;
}

/// Inputs of which nothing is said but these properties; what may be absent has its default.
///
/// # Errors
///
/// What is wrong with them, or must be said too.
pub fn inputs_of<I: Inputs>(said: &Map) -> Result<I, Problems> {
    let mut notes = Decoding::new();
    let inputs = I::decode_fields(said, &Path::root(), &mut notes);
    inputs.ok_or_else(|| notes.into_problems())
}

/// A field of a component's inputs as a value to come. What is plain data has it by its derive macro.
pub trait Reveal {
    /// The value, or nothing when it is absent.
    fn reveal(&self) -> Option<Output<Value>>;
}

/// The value of plain data, for the macros.
pub fn plainly(value: &impl Encode) -> Option<Output<Value>> {
    let value = value.encode();
    (!value.is_null()).then(|| Output::known(value))
}

/// Plain data that is revealed as it is written.
#[macro_export]
macro_rules! revealed_as_written {
    ($($plain:ty),+ $(,)?) => {
        $(impl $crate::component::Reveal for $plain {
            fn reveal(&self) -> Option<$crate::value::Output<$crate::value::Value>> {
                $crate::component::plainly(self)
            }
        })+
    };
}

revealed_as_written!(String, bool, i32, i64, f64, Cidr, Json);

impl<T: Encode + Clone + Send + Sync + 'static> Reveal for Output<T> {
    fn reveal(&self) -> Option<Output<Value>> {
        Some(self.erase())
    }
}

impl<K> Reveal for Given<K> {
    fn reveal(&self) -> Option<Output<Value>> {
        plainly(self)
    }
}

impl<T: Reveal> Reveal for Option<T> {
    fn reveal(&self) -> Option<Output<Value>> {
        self.as_ref().and_then(Reveal::reveal)
    }
}

impl<T: Reveal> Reveal for Vec<T> {
    fn reveal(&self) -> Option<Output<Value>> {
        let items = self.iter().map(|item| item.reveal().unwrap_or_else(|| Output::known(Value::Null)));
        Some(Output::all(items).map(Value::List))
    }
}

impl<T: Reveal> Reveal for BTreeMap<String, T> {
    fn reveal(&self) -> Option<Output<Value>> {
        let pairs = self.iter().filter_map(|(key, value)| Some((key.clone(), value.reveal()?)));
        Some(together(pairs))
    }
}

/// An object of values to come.
pub(super) fn together(pairs: impl IntoIterator<Item = (String, Output<Value>)>) -> Output<Value> {
    let pairs = pairs.into_iter().map(|(key, value)| value.map(move |value| (key, value)));
    Output::all(pairs).map(|pairs| Value::Map(pairs.into_iter().collect()))
}
