//! Values: marks at any depth, what is shown of them, and paths.

use std::collections::BTreeSet;

use framework::value::{Input, Output, OutputValue, Path, Reference, ReferenceId, Resolved, Urn, Value, without_nulls};
use proptest::prelude::*;

use crate::{
    monitor::output,
    stage::{list, map, secret},
};

const HIDDEN: &str = "hunter2";

/// A value of any kind; nothing but what is secret contains [`HIDDEN`].
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Unknown),
        any::<bool>().prop_map(Value::Bool),
        (-9..9).prop_map(|n| Value::Number(f64::from(n))),
        "[a-z]{0,3}".prop_map(Value::String),
        Just(Value::Bytes(vec![1, 2])),
        Just(Value::Reference(Reference {
            urn: "urn".into(),
            id: ReferenceId::Component,
            package_version: String::new()
        })),
        Just(secret(HIDDEN)),
        Just(output(Some(HIDDEN.into()), true, &[])),
        "[a-z]".prop_map(|urn| output(None, false, &[&Urn::new(urn)])),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map("[a-z]{1,2}", inner.clone(), 0..4).prop_map(Value::Map),
            inner.clone().prop_map(Value::into_secret),
            (inner, any::<bool>(), "[a-z]").prop_map(|(value, secret, urn)| output(
                Some(value),
                secret,
                &[&Urn::new(urn)]
            )),
        ]
    })
}

/// Every part of a value, itself included.
fn parts(value: &Value) -> Vec<&Value> {
    let inside: Vec<&Value> = match value {
        Value::List(items) => items.iter().collect(),
        Value::Map(map) => map.values().collect(),
        Value::Secret(inner) => vec![inner],
        Value::Output(output) => output.value.iter().collect(),
        _ => Vec::new(),
    };
    std::iter::once(value).chain(inside.into_iter().flat_map(parts)).collect()
}

proptest! {
    // A failing case is shown; it becomes a test of its own, not a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn secrets_are_never_shown(value in values()) {
        let shown = format!("{value:?} {value:#?}");
        prop_assert!(!shown.contains(HIDDEN));
        let resolved = Resolved { value: Some(value.plain()), secret: true, dependencies: BTreeSet::new() };
        let shown = format!("{resolved:?}");
        prop_assert_eq!(shown, "<secret> from {}");
    }

    #[test]
    fn plain_values_have_no_marks_and_the_same_unknowns(value in values()) {
        let plain = value.plain();
        prop_assert!(parts(&plain).iter().all(|part| !matches!(part, Value::Secret(_) | Value::Output(_))));
        prop_assert_eq!(plain.has_unknown(), value.has_unknown());
        prop_assert!(!plain.has_secret());
        prop_assert_eq!(plain.dependencies(), BTreeSet::new());
        prop_assert_eq!(plain.plain(), plain);
    }

    #[test]
    fn marks_are_found_at_any_depth(value in values()) {
        let parts = parts(&value);
        let unknown = |part: &&Value| match part {
            Value::Unknown => true,
            Value::Output(output) => output.value.is_none(),
            _ => false,
        };
        prop_assert_eq!(value.has_unknown(), parts.iter().any(unknown));
        prop_assert_eq!(value.has_secret(), parts.iter().any(|part| match part {
            Value::Secret(_) => true,
            Value::Output(output) => output.secret,
            _ => false,
        }));
        let sources: BTreeSet<Urn> = parts.iter().filter_map(|part| match part {
            Value::Output(output) => Some(output.dependencies.clone()),
            _ => None,
        }).flatten().collect();
        prop_assert_eq!(value.dependencies(), sources);
    }

    #[test]
    fn no_map_keeps_a_null(value in values()) {
        let without = value.clone().without_nulls();
        for part in parts(&without) {
            if let Value::Map(map) = part {
                prop_assert!(!map.values().any(Value::is_null), "{:?}", without);
            }
        }
        prop_assert_eq!(without.clone().without_nulls(), without.clone());
        prop_assert_eq!(without.has_unknown(), value.has_unknown());
    }

    #[test]
    fn a_secret_is_marked_once(value in values()) {
        let marked = value.into_secret();
        prop_assert!(marked.is_secret());
        prop_assert_eq!(marked.clone().into_secret(), marked);
    }
}

#[test]
fn nulls_go_and_what_is_empty_stays() {
    let map = map! { "a" => Value::Null, "b" => map! { "c" => Value::Null }, "d" => list![Value::Null], "e" => secret(Value::Null) };
    assert_eq!(without_nulls(map), map! { "b" => map! {}, "d" => list![Value::Null] });
}

#[test]
fn a_value_is_shown_as_people_would_write_it() {
    let value = Value::Map(map! { "a" => list![1.5, true, Value::Null], "b" => Value::Unknown, "c" => secret("x") });
    assert_eq!(format!("{value:?}"), r#"{"a": [1.5, true, null], "b": <unknown>, "c": <secret>}"#);
    let known = OutputValue { value: Some("x".into()), secret: false, dependencies: BTreeSet::new() };
    assert_eq!(format!("{known:?}"), "\"x\"");
}

#[test]
fn paths_are_written_as_pulumi_writes_them() {
    let path = Path::of("root").key("child").index(0).key("key.with.dots").key("plain-key").key("a\"b").key("");
    assert_eq!(path.to_string(), r#"root.child[0]["key.with.dots"].plain-key["a\"b"][""]"#);
    assert_eq!(Path::of("a.b").index(1).to_string(), r#"["a.b"][1]"#);
    assert_eq!(Path::of("a[0]").to_string(), r#"["a[0]"]"#);
    assert_eq!(Path::root().to_string(), "");
    assert_eq!(
        (path.property(), Path::root().property(), Path::root().index(1).property()),
        (Some("root"), None, None)
    );
}

#[test]
fn a_urn_knows_its_parts() {
    let urn = Urn::new("urn:pulumi:dev::shop::a:index:Outer$b:index:Inner::name::with::colons");
    assert_eq!(
        (urn.stack(), urn.project(), urn.kind(), urn.name()),
        ("dev", "shop", "b:index:Inner", "name::with::colons")
    );
    assert_eq!(urn.type_chain(), "a:index:Outer$b:index:Inner");
    let none = Urn::default();
    assert_eq!((none.stack(), none.kind(), none.name(), none.is_empty()), ("", "", "", true));
}

/// A resolved output with a history.
fn with(value: Option<i64>, secret: bool, source: &str) -> Output<i64> {
    Output::resolved(Resolved { value, secret, dependencies: [Urn::new(source)].into() })
}

#[tokio::test]
async fn what_is_derived_carries_the_marks_of_all_that_it_comes_from() {
    let (one, two, unknown) = (with(Some(1), false, "a"), with(Some(2), true, "b"), with(None, false, "c"));
    let sum = one.join(&two).map(|(one, two)| one + two).resolve().await;
    assert_eq!(sum, Resolved { value: Some(3), secret: true, dependencies: ["a".into(), "b".into()].into() });

    let all = Output::all([one.clone(), unknown.clone(), two.clone()]).resolve().await;
    assert_eq!(all, Resolved { value: None, secret: true, dependencies: ["a".into(), "b".into(), "c".into()].into() });
    assert_eq!(Output::<i64>::all([]).resolve().await, Resolved::known(vec![]));
    assert_eq!(Output::all([one.clone(), two.clone()]).resolve().await.value, Some(vec![1, 2]));

    let after = one.after(&unknown).resolve().await;
    assert_eq!(after, Resolved { value: Some(1), secret: false, dependencies: ["a".into(), "c".into()].into() });
    assert!(one.into_secret().resolve().await.secret);
}

#[tokio::test]
async fn an_input_is_absent_given_or_to_come() {
    assert!(Input::<String>::default().into_output().is_none());
    assert!(Input::<String>::from(None::<String>).into_output().is_none());
    let given = Input::<String>::from("x").into_output().unwrap();
    assert_eq!(given.resolve().await, Resolved::known("x".to_owned()));
    let to_come = Input::<i64>::from(&with(None, true, "a")).into_output().unwrap();
    assert_eq!(to_come.resolve().await.dependencies, ["a".into()].into());
}

/// An object that has a property with the name of one of Rust's words.
#[derive(framework::Object, Clone, Debug, PartialEq)]
#[object(token = "test:Typed")]
struct Typed {
    /// What it is.
    r#type: String,
}

#[test]
fn a_property_may_be_called_as_rust_s_own_words_are() {
    use framework::property::canonical;
    let typed = Value::Map([("type".to_owned(), "spread".into())].into());
    assert_eq!(canonical::<Typed>(&typed), typed);
}
