//! The codec of values: whatever comes is taken or refused, grows nowhere, and stays what it is.

use std::cell::Cell;

use framework::value::{Archive, ArchiveContent, Asset, AssetContent, Map, Value};
use proptest::{collection, prelude::*};
use prost::Message;
use prost_types::{ListValue, Struct, value::Kind};
use tenantstack::protocol::codec::{Accepts, decode, encode};

use crate::{
    bytes::{mutated, mutations},
    runner::always,
    structs::{SIGNATURE, any_struct, text, under, value},
};

const EVERY_RECEIVER: [Accepts; 4] = [Accepts::PLANS, Accepts::FACTS, Accepts::REGISTRATION, Accepts::COMPONENT];

/// How much there is of something: values, and bytes of texts.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    values: usize,
    bytes: usize,
}

impl Size {
    fn fits_into(self, other: Size) -> bool {
        self.values <= other.values && self.bytes <= other.bytes
    }

    fn one(&mut self, bytes: usize) {
        self.values += 1;
        self.bytes += bytes;
    }
}

fn sent_size(of: &Struct, size: &mut Size) {
    for (key, value) in &of.fields {
        size.bytes += key.len();
        sent_value_size(value, size);
    }
}

fn sent_value_size(of: &prost_types::Value, size: &mut Size) {
    size.one(0);
    match &of.kind {
        Some(Kind::StringValue(text)) => size.bytes += text.len(),
        Some(Kind::ListValue(list)) => list.values.iter().for_each(|value| sent_value_size(value, size)),
        Some(Kind::StructValue(fields)) => sent_size(fields, size),
        _ => {}
    }
}

fn taken_size(of: &Map, size: &mut Size) {
    for (key, value) in of {
        size.bytes += key.len();
        taken_value_size(value, size);
    }
}

fn taken_value_size(of: &Value, size: &mut Size) {
    let texts = |texts: &[&str]| texts.iter().map(|text| text.len()).sum();
    match of {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Unknown => size.one(0),
        Value::String(text) => size.one(text.len()),
        Value::Bytes(bytes) => size.one(bytes.len()),
        Value::Reference(reference) => size.one(texts(&[reference.urn.as_str(), &reference.package_version])),
        Value::Asset(Asset { hash, content }) => match content {
            Some(AssetContent::Text(text) | AssetContent::Path(text) | AssetContent::Uri(text)) => {
                size.one(texts(&[hash, text]));
            }
            None => size.one(hash.len()),
        },
        Value::Archive(Archive { hash, content }) => {
            size.one(hash.len());
            match content {
                Some(ArchiveContent::Parts(parts)) => taken_size(parts, size),
                Some(ArchiveContent::Path(text) | ArchiveContent::Uri(text)) => size.bytes += text.len(),
                None => {}
            }
        }
        Value::Secret(inner) => {
            size.one(0);
            taken_value_size(inner, size);
        }
        Value::Output(output) => {
            size.one(output.dependencies.iter().map(|urn| urn.as_str().len()).sum());
            size.values += output.dependencies.len();
            output.value.iter().for_each(|value| taken_value_size(value, size));
        }
        Value::List(items) => {
            size.one(0);
            items.iter().for_each(|item| taken_value_size(item, size));
        }
        Value::Map(map) => {
            size.one(0);
            taken_size(map, size);
        }
    }
}

/// What holds of everything that was sent: taken, it is no larger, and sent on, it arrives as it is.
fn laws_hold(sent: Struct) -> Result<bool, TestCaseError> {
    let mut before = Size::default();
    sent_size(&sent, &mut before);
    let Ok(taken) = decode(Some(sent)) else { return Ok(false) };
    let mut after = Size::default();
    taken_size(&taken, &mut after);
    prop_assert!(after.fits_into(before), "{before:?} became {after:?}");

    for receiver in EVERY_RECEIVER {
        let wire = encode(&taken, receiver)?.encode_to_vec();
        let arrived = decode(Some(Struct::decode(&*wire)?))?;
        let again = encode(&arrived, receiver)?.encode_to_vec();
        prop_assert!(wire == again, "{receiver:?}: {taken:?} became {arrived:?}");
        prop_assert!(receiver != Accepts::REGISTRATION || arrived == taken, "{taken:?} became {arrived:?}");
        // What is secret is nobody's to unmark; what isn't known may be left out, secret or not.
        let all_known = !Value::Map(taken.clone()).has_unknown();
        let secret = |map: &Map| Value::Map(map.clone()).has_secret();
        prop_assert!(!all_known || secret(&arrived) == secret(&taken), "{receiver:?}: {taken:?} became {arrived:?}");
    }
    Ok(true)
}

#[test]
fn whatever_is_sent_stays_what_it_is() {
    always(4000, any_struct(), |sent| laws_hold(sent).map(drop));
}

#[test]
fn whatever_bytes_are_sent_stay_what_they_are() {
    let damaged = (any_struct(), mutations()).prop_map(|(sent, how)| mutated(sent.encode_to_vec(), &how));
    let bytes = prop_oneof![4 => damaged, 1 => collection::vec(any::<u8>(), 0..200)];
    always(4000, bytes, |bytes| match Struct::decode(&*bytes) {
        Ok(sent) => laws_hold(sent).map(drop),
        Err(_) => Ok(()),
    });
}

#[test]
fn many_of_the_special_forms_are_right() {
    let (tried, taken) = (Cell::new(0_u32), Cell::new(0_u32));
    always(1000, any_struct(), |sent| {
        tried.set(tried.get() + 1);
        taken.set(taken.get() + u32::from(laws_hold(sent)?));
        Ok(())
    });
    assert!(taken.get() * 6 > tried.get(), "only {} of {} were taken", taken.get(), tried.get());
}

/// The whole value in every form that has a place for another value.
fn wrapped(depth: usize, wrap: &dyn Fn(prost_types::Value) -> prost_types::Value) -> prost_types::Value {
    (0..depth).fold(text("core"), |inner, _| wrap(inner))
}

fn special(signature: &str, key: &str, inner: prost_types::Value) -> prost_types::Value {
    let fields = [(SIGNATURE.to_owned(), text(signature)), (key.to_owned(), inner)];
    value(Kind::StructValue(Struct { fields: fields.into() }))
}

#[test]
fn ten_thousand_levels_are_refused() {
    let list = |inner| value(Kind::ListValue(ListValue { values: vec![inner] }));
    let secret = |inner| special("1b47061264138c4ac30d75fd1eb44270", "value", inner);
    let output = |inner| special("d0e6a833031e9bbcd3f4e8bde6ca49a4", "value", inner);
    let archive = |inner| special("0def7320c3a5731c473e5ecbe6d01bc7", "assets", under("part", inner));
    let plain = |inner| under("x", inner);
    let signature = |inner| under(SIGNATURE, inner);
    let wraps: [&dyn Fn(prost_types::Value) -> prost_types::Value; 6] =
        [&list, &secret, &output, &archive, &plain, &signature];
    for (depth, wrap) in [100, 10_000].into_iter().flat_map(|depth| wraps.map(|wrap| (depth, wrap))) {
        // Two beside each other: the second is let go because of the first.
        let deep = || wrapped(depth, wrap);
        let beside = [
            Kind::ListValue(ListValue { values: vec![deep(), deep()] }),
            Kind::StructValue(Struct { fields: [("a".to_owned(), deep()), ("b".to_owned(), deep())].into() }),
            Kind::StructValue(Struct { fields: [(SIGNATURE.to_owned(), deep()), ("b".to_owned(), deep())].into() }),
        ];
        for kind in beside {
            let refused = decode(Some(Struct { fields: [("a".to_owned(), value(kind))].into() }));
            assert!(refused.is_err(), "{depth} levels were taken");
        }
    }
}

#[test]
fn what_is_wide_is_taken() {
    let many = 20_000_u32;
    let list = value(Kind::ListValue(ListValue { values: (0..many).map(|at| text(&at.to_string())).collect() }));
    let map = (0..many).map(|at| (at.to_string(), value(Kind::NumberValue(at.into())))).collect();
    let huge = "\u{10ffff}\0".repeat(200_000);
    let fields = [
        ("list".to_owned(), list),
        ("map".to_owned(), value(Kind::StructValue(Struct { fields: map }))),
        (huge.clone(), text(&huge)),
    ];
    assert!(laws_hold(Struct { fields: fields.into() }).unwrap());
}
