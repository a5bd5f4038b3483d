//! Values as they are on the wire, with a taste for what looks special and isn't quite.

use std::collections::BTreeMap;

use proptest::{collection, prelude::*, sample::select};
use prost_types::{ListValue, Struct, Value, value::Kind};
use tenantstack::protocol::codec::UNKNOWN;

use crate::oddities;

/// The key whose presence makes a struct special.
pub const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";

/// Each special form: its signature, and the fields that belong to it.
const FORMS: [(&str, &[&str]); 6] = [
    (SECRET, &["value"]),
    ("d0e6a833031e9bbcd3f4e8bde6ca49a4", &["value", "secret", "dependencies"]),
    ("5cf8f73096256a8f31e491e813e4eb8e", &["urn", "id", "packageVersion"]),
    ("c44067f5952c0a294b673a41bacd8c17", &["hash", "text", "path", "uri"]),
    ("0def7320c3a5731c473e5ecbe6d01bc7", &["hash", "assets", "path", "uri"]),
    ("803fd3297a5875dc03ca845dda5d2a98", &["value"]),
];

/// The signature of a secret.
pub const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";

/// The hash of an empty text, which is left out of an asset.
const HASH_OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Strings that stand for something else, or nearly do.
const SENTINELS: &[&str] = &[
    UNKNOWN,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    "04DA6B54-80E4-46F7-96EC-B56FF0331BA9",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff ",
    SIGNATURE,
    SECRET,
    HASH_OF_NOTHING,
    "aGk=",
    "aGk",
];

/// A value of that kind.
pub fn value(kind: Kind) -> Value {
    Value { kind: Some(kind) }
}

/// A text.
pub fn text(text: &str) -> Value {
    value(Kind::StringValue(text.to_owned()))
}

/// A struct with one field.
pub fn under(key: &str, inner: Value) -> Value {
    value(Kind::StructValue(Struct { fields: BTreeMap::from([(key.to_owned(), inner)]) }))
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value { kind: None }),
        2 => any::<i32>().prop_map(|number| value(Kind::NullValue(number))),
        2 => any::<bool>().prop_map(|truth| value(Kind::BoolValue(truth))),
        3 => oddities::any_number().prop_map(|number| value(Kind::NumberValue(number))),
        4 => oddities::text().prop_map(|odd| text(&odd)),
        3 => select(SENTINELS).prop_map(text),
    ]
}

/// Any value.
pub fn any_value() -> BoxedStrategy<Value> {
    let composed = |inner: BoxedStrategy<Value>| {
        prop_oneof![
            2 => collection::vec(inner.clone(), 0..4).prop_map(|values| value(Kind::ListValue(ListValue { values }))),
            2 => collection::btree_map(oddities::text(), inner.clone(), 0..4)
                .prop_map(|fields| value(Kind::StructValue(Struct { fields }))),
            5 => special(inner),
        ]
    };
    leaf().prop_recursive(10, 40, 4, move |inner| composed(inner.boxed())).boxed()
}

/// A special form, with some of the fields that belong to it, and now and then a wrong signature or a strange field.
fn special(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let form = select(&FORMS[..]).prop_flat_map(move |(signature, keys)| {
        let strange = prop_oneof![oddities::text(), Just("other".to_owned())];
        let key = prop_oneof![9 => select(keys).prop_map(str::to_owned), 1 => strange];
        let signature =
            prop_oneof![12 => Just(text(signature)), 1 => inner.clone(), 1 => select(SENTINELS).prop_map(text)];
        (signature, collection::btree_map(key, field(inner.clone()), 0..4))
    });
    form.prop_map(|(signature, mut fields)| {
        fields.insert(SIGNATURE.to_owned(), signature);
        value(Kind::StructValue(Struct { fields }))
    })
}

/// What a field of a special form may be: right for one of them, or anything.
fn field(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let texts = collection::vec(oddities::text().prop_map(|odd| text(&odd)), 0..3);
    prop_oneof![
        4 => inner.clone(),
        3 => oddities::text().prop_map(|odd| text(&odd)),
        1 => select(SENTINELS).prop_map(text),
        1 => any::<bool>().prop_map(|truth| value(Kind::BoolValue(truth))),
        1 => texts.prop_map(|values| value(Kind::ListValue(ListValue { values }))),
        1 => collection::btree_map(oddities::text(), inner, 0..3)
            .prop_map(|fields| value(Kind::StructValue(Struct { fields }))),
    ]
}

/// Any struct.
pub fn any_struct() -> impl Strategy<Value = Struct> {
    let key = prop_oneof![8 => oddities::text(), 1 => Just(SIGNATURE.to_owned())];
    collection::btree_map(key, any_value(), 0..5).prop_map(|fields| Struct { fields })
}
