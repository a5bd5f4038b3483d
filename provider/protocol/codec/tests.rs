//! Laws of the codec, for every value and for everything that a stranger may send.

use std::collections::{BTreeMap, BTreeSet};

use framework::value::{
    Archive, ArchiveContent, Asset, AssetContent, Map, OutputValue, Reference, ReferenceId, Urn, Value,
};
use proptest::{collection, option, prelude::*};
use prost::Message;
use prost_types::{ListValue, Struct, value::Kind};

use super::{Accepts, DEEPEST, Malformed, decode, decode_value, encode, encode_value, signature};

fn text() -> impl Strategy<Value = String> {
    ".{0,6}"
}

fn named() -> impl Strategy<Value = String> {
    ".{1,6}"
}

fn asset() -> impl Strategy<Value = Asset> {
    let content = prop_oneof![
        text().prop_map(AssetContent::Text),
        named().prop_map(AssetContent::Path),
        named().prop_map(AssetContent::Uri),
    ];
    (text(), option::of(content)).prop_map(|(hash, content)| Asset { hash, content })
}

fn archive() -> impl Strategy<Value = Archive> {
    let leaf = (text(), named()).prop_map(|(hash, path)| Archive { hash, content: Some(ArchiveContent::Path(path)) });
    leaf.prop_recursive(2, 6, 3, |inner| {
        let part = prop_oneof![asset().prop_map(Value::Asset), inner.prop_map(Value::Archive)];
        let content = prop_oneof![
            named().prop_map(ArchiveContent::Uri),
            collection::btree_map(text(), part, 0..3).prop_map(ArchiveContent::Parts),
        ];
        (text(), option::of(content)).prop_map(|(hash, content)| Archive { hash, content })
    })
}

fn reference() -> impl Strategy<Value = Value> {
    let id =
        prop_oneof![Just(ReferenceId::Component), Just(ReferenceId::Unknown), named().prop_map(ReferenceId::Known),];
    (text(), id, text())
        .prop_map(|(urn, id, package_version)| Value::Reference(Reference { urn: Urn::new(urn), id, package_version }))
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Unknown),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::Number),
        text().prop_map(Value::String),
        reference(),
        asset().prop_map(Value::Asset),
        archive().prop_map(Value::Archive),
        collection::vec(any::<u8>(), 0..9).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        let dependencies = collection::btree_set(text().prop_map(Urn::new), 0..3);
        let known = inner.clone().prop_filter("unknown is no value", |value| *value != Value::Unknown);
        prop_oneof![
            collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            collection::btree_map(text(), inner.clone(), 0..4).prop_map(Value::Map),
            inner.prop_map(|inner| Value::Secret(Box::new(inner))),
            (option::of(known), any::<bool>(), dependencies).prop_map(|(value, secret, dependencies)| {
                Value::Output(Box::new(OutputValue { value, secret, dependencies }))
            }),
        ]
    })
}

fn map() -> impl Strategy<Value = Map> {
    collection::btree_map(text(), value(), 0..5)
}

const SPECIAL_TEXTS: &[&str] = &[
    signature::SECRET,
    signature::OUTPUT,
    signature::REFERENCE,
    signature::ASSET,
    signature::ARCHIVE,
    signature::BYTES,
    signature::UNKNOWN,
    signature::HASH_OF_NOTHING,
];

const SPECIAL_KEYS: &[&str] = &[
    signature::KEY,
    "value",
    "secret",
    "dependencies",
    "urn",
    "id",
    "packageVersion",
    "hash",
    "text",
    "path",
    "uri",
    "assets",
    "other",
];

/// Anything that fits into a struct, with a taste for what looks special.
fn anything() -> impl Strategy<Value = prost_types::Value> {
    let leaf = prop_oneof![
        Just(None),
        Just(Some(Kind::NullValue(0))),
        any::<i32>().prop_map(|number| Some(Kind::NullValue(number))),
        any::<bool>().prop_map(|truth| Some(Kind::BoolValue(truth))),
        any::<f64>().prop_map(|number| Some(Kind::NumberValue(number))),
        text().prop_map(|text| Some(Kind::StringValue(text))),
        proptest::sample::select(SPECIAL_TEXTS).prop_map(|text| Some(Kind::StringValue(text.to_owned()))),
    ];
    let leaf = leaf.prop_map(|kind| prost_types::Value { kind });
    leaf.prop_recursive(6, 40, 5, |inner| {
        let key = proptest::sample::select(SPECIAL_KEYS).prop_map(str::to_owned);
        prop_oneof![
            collection::vec(inner.clone(), 0..4).prop_map(|values| Kind::ListValue(ListValue { values })),
            collection::btree_map(key, inner, 0..5).prop_map(|fields| Kind::StructValue(Struct { fields })),
        ]
        .prop_map(|kind| prost_types::Value { kind: Some(kind) })
    })
}

proptest! {
    #[test]
    fn what_is_sent_arrives(map in map()) {
        let wire = encode(&map, Accepts::REGISTRATION)?;
        let arrived = Struct::decode(&*wire.encode_to_vec())?;
        prop_assert_eq!(decode(Some(arrived))?, map);
    }

    #[test]
    fn facts_hold_neither_unknowns_nor_outputs(map in map()) {
        let sent = Value::Map(decode(Some(encode(&map, Accepts::FACTS)?))?);
        prop_assert!(!sent.has_unknown());
        prop_assert!(sent.dependencies().is_empty());
    }

    #[test]
    fn no_mark_but_history_is_lost_in_plans(map in map()) {
        let sent = Value::Map(decode(Some(encode(&map, Accepts::PLANS)?))?);
        let map = Value::Map(map);
        prop_assert_eq!(sent.plain(), map.plain());
        prop_assert_eq!(sent.has_secret(), map.has_secret());
    }

    #[test]
    fn components_say_unknown_with_outputs_alone(map in map()) {
        let sent = encode(&map, Accepts::COMPONENT)?;
        prop_assert!(!sent.encode_to_vec().windows(36).any(|part| part == signature::UNKNOWN.as_bytes()));
        prop_assert_eq!(Value::Map(decode(Some(sent))?).plain(), Value::Map(map).plain());
    }

    #[test]
    fn nothing_that_arrives_breaks_us(anything in anything()) {
        let _ = decode_value(anything);
    }

    #[test]
    fn what_was_taken_is_taken_again(anything in anything()) {
        if let Ok(value) = decode_value(anything) {
            let wire = encode_value(&value, Accepts::REGISTRATION)?;
            prop_assert_eq!(wire.map(decode_value).transpose()?, Some(value));
        }
    }
}

fn wire(kind: Kind) -> prost_types::Value {
    prost_types::Value { kind: Some(kind) }
}

fn string(text: &str) -> prost_types::Value {
    wire(Kind::StringValue(text.to_owned()))
}

fn object<const N: usize>(fields: [(&str, prost_types::Value); N]) -> prost_types::Value {
    let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    wire(Kind::StructValue(Struct { fields }))
}

fn refused(value: prost_types::Value) -> String {
    let value = Struct { fields: BTreeMap::from([("root".to_owned(), value)]) };
    decode(Some(value)).err().map(|bad| bad.to_string()).unwrap_or_default()
}

#[test]
fn all_seven_unknowns_are_known() {
    let all = [
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ];
    for sentinel in all {
        assert_eq!(decode_value(string(sentinel)), Ok(Value::Unknown), "{sentinel}");
    }
    assert_eq!(encode_value(&Value::Unknown, Accepts::PLANS), Ok(Some(string(all[0]))));
}

#[test]
fn absent_null_and_empty_are_three_things() -> Result<(), Malformed> {
    assert_eq!(decode(None)?, Map::new());
    let map = Map::from([
        ("null".to_owned(), Value::Null),
        ("list".to_owned(), Value::List(vec![])),
        ("map".to_owned(), Value::Map(Map::new())),
    ]);
    assert_eq!(decode(Some(encode(&map, Accepts::FACTS)?))?, map);
    Ok(())
}

#[test]
fn an_output_whose_value_is_unknown_has_none() -> Result<(), Malformed> {
    let sent = object([(signature::KEY, string(signature::OUTPUT)), ("value", string(signature::UNKNOWN))]);
    assert_eq!(decode_value(sent)?, Value::Output(Box::default()));
    let sent = Value::Output(Box::new(OutputValue { value: Some(Value::Unknown), ..OutputValue::default() }));
    let arrived = encode_value(&sent, Accepts::COMPONENT)?.map(decode_value).transpose()?;
    assert_eq!(arrived, Some(Value::Output(Box::default())));
    Ok(())
}

#[test]
fn an_unknown_secret_output_stays_both_when_flattened() -> Result<(), Malformed> {
    let output = OutputValue { value: None, secret: true, dependencies: BTreeSet::from([Urn::new("urn")]) };
    let sent = encode_value(&Value::Output(Box::new(output)), Accepts::PLANS)?;
    assert_eq!(sent.map(decode_value).transpose()?, Some(Value::Secret(Box::new(Value::Unknown))));
    Ok(())
}

#[test]
fn an_unknown_leaves_a_gap_in_facts() -> Result<(), Malformed> {
    let list = Value::List(vec![Value::Unknown, Value::Bool(true)]);
    let map = Map::from([("gone".to_owned(), Value::Unknown), ("list".to_owned(), list)]);
    let left = Value::List(vec![Value::Null, Value::Bool(true)]);
    assert_eq!(decode(Some(encode(&map, Accepts::FACTS)?))?, Map::from([("list".to_owned(), left)]));
    Ok(())
}

#[test]
fn elided_assets_keep_their_hash() -> Result<(), Malformed> {
    let elided = object([(signature::KEY, string(signature::ARCHIVE)), ("hash", string("abc"))]);
    let archive = Archive { hash: "abc".to_owned(), content: None };
    assert_eq!(decode_value(elided.clone())?, Value::Archive(archive.clone()));
    assert_eq!(encode_value(&Value::Archive(archive), Accepts::FACTS)?, Some(elided));
    Ok(())
}

#[test]
fn an_empty_text_is_known_by_its_hash() -> Result<(), Malformed> {
    let sent = object([(signature::KEY, string(signature::ASSET)), ("hash", string(signature::HASH_OF_NOTHING))]);
    let content = Some(AssetContent::Text(String::new()));
    assert_eq!(decode_value(sent)?, Value::Asset(Asset { hash: signature::HASH_OF_NOTHING.to_owned(), content }));
    Ok(())
}

#[test]
fn problems_name_their_place_and_never_the_value() {
    let list = |value| wire(Kind::ListValue(ListValue { values: vec![string("fine"), value] }));
    let sentinel = object([(signature::KEY, string("hunter2"))]);
    assert_eq!(refused(object([("a.b", list(sentinel))])), r#"root["a.b"][1]: its signature is none that we know"#);
    assert_eq!(refused(list(wire(Kind::NumberValue(f64::NAN)))), "root[1]: not a finite number");
    assert_eq!(refused(prost_types::Value { kind: None }), "root: no value at all, not even null");
    let secret = object([(signature::KEY, string(signature::SECRET))]);
    assert_eq!(refused(secret), "root: a secret without a value");
    let marked = |signature, key: &str, value| object([(signature::KEY, string(signature)), (key, value)]);
    let number = || wire(Kind::NumberValue(1.0));
    assert_eq!(refused(marked(signature::OUTPUT, "secret", string("yes"))), "root.secret: not a bool");
    assert_eq!(
        refused(marked(signature::OUTPUT, "dependencies", list(number()))),
        "root.dependencies[1]: not a string"
    );
    assert_eq!(refused(marked(signature::REFERENCE, "id", string("x"))), "root: a resource reference without a URN");
    assert_eq!(refused(marked(signature::ASSET, "text", number())), "root.text: not a string");
    let parts = object([("x", number())]);
    assert_eq!(refused(marked(signature::ARCHIVE, "assets", parts)), "root.assets.x: neither an asset nor an archive");
    assert_eq!(refused(marked(signature::BYTES, "value", string("?"))), "root.value: not base64");
    assert_eq!(refused(object([(signature::KEY, number())])), "root: its signature isn't a string");
}

#[test]
fn what_the_wire_has_no_form_for_is_refused() {
    let odd = Map::from([(signature::KEY.to_owned(), Value::Null)]);
    assert!(encode_value(&Value::Map(odd), Accepts::PLANS).is_err());
    assert!(encode_value(&Value::Number(f64::INFINITY), Accepts::PLANS).is_err());
    let parts = ArchiveContent::Parts(Map::from([("x".to_owned(), Value::Null)]));
    let archive = Archive { hash: String::new(), content: Some(parts) };
    assert!(encode_value(&Value::Archive(archive), Accepts::PLANS).is_err());
}

#[test]
fn depth_is_bounded_both_ways() {
    let deep = |depth| (0..depth).fold(string("core"), |inner, _| object([("x", inner)]));
    assert!(decode_value(deep(DEEPEST)).is_ok());
    assert!(decode_value(deep(DEEPEST + 1)).is_err());
    let deep = |depth| (0..depth).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    assert!(encode_value(&deep(DEEPEST), Accepts::PLANS).is_ok());
    assert!(encode_value(&deep(DEEPEST + 1), Accepts::PLANS).is_err());
}
