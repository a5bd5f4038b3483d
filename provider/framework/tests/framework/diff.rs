//! Diff: what has to change, where, and what that costs.

use framework::{
    error::Kind,
    provider::DiffRequest,
    resource::Difference,
    value::{Map, Urn, Value},
};
use proptest::prelude::*;

use crate::stage::{Stage, changed, link, list, machine, map, secret, vault};

fn base() -> Map {
    map! {
        "zone" => "a",
        "block" => "10.0.0.0/16",
        "size" => 8.0,
        "note" => "a note",
        "ports" => list![22.0, 443.0],
        "commands" => list!["one", "two"],
        "disk" => map! { "size" => 10.0, "labels" => map! { "k" => "v" } },
        "policy" => r#"{"a": 1, "b": [1, 2]}"#,
        "password" => "hunter2",
        "startup" => "run",
        "tags" => map! { "a" => "1", "b.c" => "2" },
    }
}

fn with(more: Map) -> Map {
    let mut map = base();
    map.extend(more);
    map
}

fn without(key: &str) -> Map {
    let mut map = base();
    map.remove(key);
    map
}

#[tokio::test]
async fn the_same_is_no_difference() {
    let stage = Stage::set().await;
    assert_eq!(stage.changes(base(), base()), Vec::<String>::new());
    let unlike = with(map! {
        "size" => "8",
        "ports" => list![443.0, 22.0, 22.0],
        "policy" => r#"{ "b": [1,2], "a": 1 }"#,
        "watched" => false,
        "billing" => Value::Null,
        "zone" => secret("a"),
    });
    assert_eq!(stage.changes(base(), unlike), Vec::<String>::new(), "other words for the same");
}

#[tokio::test]
async fn a_set_inside_of_an_object_is_one() {
    let stage = Stage::set().await;
    let used_by = |users| with(map! { "disk" => map! { "size" => 10.0, "users" => users } });
    let both = used_by(list!["ann", "bob"]);
    assert_eq!(stage.changes(both.clone(), used_by(list!["bob", "ann", "bob"])), Vec::<String>::new());
    assert!(!stage.changes(both, used_by(list!["bob"])).is_empty());
}

#[tokio::test]
async fn each_change_is_said_at_its_own_place() {
    let stage = Stage::set().await;
    let news = with(map! {
        "zone" => "b",
        "note" => Value::Null,
        "billing" => "hourly",
        "ports" => list![22.0, 80.0],
        "commands" => list!["one", "three", "four"],
        "disk" => map! { "size" => 11.0, "mount" => "/data", "labels" => map! { "k" => "w" } },
        "policy" => r#"{"a": 1, "b": [2, 1]}"#,
        "tags" => map! { "a" => "1", "d" => "3" },
    });
    assert_eq!(
        stage.changes(base(), news),
        [
            "billing: Add",
            "commands[1]: Update",
            "commands[2]: Add",
            "disk.labels.k: Update",
            "disk.mount: Add",
            "disk.size: Update",
            "note: Delete",
            "policy: Update",
            "ports: Update",
            "tags[\"b.c\"]: Delete",
            "tags.d: Add",
            "zone: Update!",
        ]
    );
}

#[tokio::test]
async fn what_the_cloud_chose_stays_chosen() {
    let stage = Stage::set().await;
    assert_eq!(stage.changes(base(), without("block")), Vec::<String>::new());
    assert_eq!(stage.changes(without("block"), base()), ["block: Add!"]);
    assert_eq!(stage.changes(base(), with(map! { "block" => "10.1.0.0/16" })), ["block: Update!"]);
}

#[tokio::test]
async fn the_unknown_counts_as_changed() {
    let stage = Stage::set().await;
    let news = with(map! {
        "zone" => Value::Unknown,
        "size" => secret(Value::Unknown),
        "disk" => map! { "size" => 10.0, "labels" => map! { "k" => Value::Unknown } },
        "ports" => list![22.0, Value::Unknown],
        "tags" => Value::Unknown,
    });
    assert_eq!(
        stage.changes(base(), news),
        ["disk.labels.k: Update", "ports: Update", "size: Update", "tags: Update", "zone: Update!"]
    );
}

#[tokio::test]
async fn secrets_are_compared_by_what_they_hide() {
    let stage = Stage::set().await;
    assert_eq!(stage.changes(base(), with(map! { "password" => "hunter3" })), ["password: Update"]);
    assert_eq!(
        stage.changes(base(), with(map! { "tags" => map! { "a" => secret("1"), "b.c" => "2" } })),
        Vec::<String>::new()
    );
    let in_another_order = with(map! { "ports" => list![secret(443.0), 22.0] });
    assert_eq!(stage.changes(base(), in_another_order), Vec::<String>::new());
}

#[tokio::test]
async fn a_state_without_a_default_equals_one_with_it() {
    let stage = Stage::set().await;
    let old = map! { "zone" => "a", "name" => "n" };
    let new = stage.checked_after(&machine("m"), &old, map! { "zone" => "a" });
    assert_eq!(changed(&stage.diff(&machine("m"), &old, &new).unwrap()), ["region: Add!"]);
}

#[tokio::test]
async fn a_state_without_inputs_is_compared_by_its_outputs() {
    let stage = Stage::set().await;
    let difference = stage
        .provider
        .diff(&framework::provider::DiffRequest {
            urn: machine("m"),
            id: "machine-1".to_owned(),
            olds: map! { "zone" => "a", "machineId" => "machine-1", "note" => Value::Null },
            old_inputs: Map::new(),
            news: map! { "zone" => "a" },
        })
        .unwrap();
    assert_eq!(changed(&difference), Vec::<String>::new());
}

#[tokio::test]
async fn the_old_one_goes_first_where_both_would_have_one_name() {
    let stage = Stage::set().await;
    let goes_first = |old: Map, new: Map| {
        let old = stage.checked(&machine("m"), old);
        let new = stage.checked_after(&machine("m"), &old, new);
        stage.diff(&machine("m"), &old, &new).unwrap().delete_before_replace
    };
    assert!(goes_first(map! { "zone" => "a", "name" => "own" }, map! { "zone" => "b", "name" => "own" }));
    assert!(!goes_first(map! { "zone" => "a", "name" => "own" }, map! { "zone" => "b", "name" => "new" }));
    assert!(!goes_first(map! { "zone" => "a" }, map! { "zone" => "b" }), "the next made-up name is another");

    let vault = |door: &str| stage.checked(&vault("v"), map! { "door" => door, "allowReplace" => true });
    let difference = stage.diff(&crate::stage::vault("v"), &vault("oak"), &vault("steel")).unwrap();
    assert!(difference.delete_before_replace, "its type says so");
}

#[tokio::test]
async fn a_type_may_decide_by_the_values() {
    let stage = Stage::set().await;
    let diff = |old: Map, new: Map| {
        let (old, new) = (stage.checked(&link("l"), old), stage.checked(&link("l"), new));
        let difference = stage.diff(&link("l"), &old, &new).unwrap();
        (changed(&difference), difference.delete_before_replace)
    };
    let link = |to: &str, width: f64| map! { "from" => "a", "to" => to, "width" => width };
    assert_eq!(diff(link("b", 1.0), link("b", 2.0)).0, ["width: Update"]);
    assert_eq!(diff(link("b", 2.0), link("b", 1.0)), (vec!["width: Update!".to_owned()], true));
    assert_eq!(diff(link("b", 1.0), link("c", 1.0)), (vec!["to: Update!".to_owned()], false));
}

#[tokio::test]
async fn what_is_beyond_repair_is_replaced() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&machine("m"), base());
    let difference = stage
        .provider
        .diff(&framework::provider::DiffRequest {
            urn: machine("m"),
            id: "machine-1".to_owned(),
            olds: map! { "address" => "the scrapyard" },
            old_inputs: inputs.clone(),
            news: inputs,
        })
        .unwrap();
    assert_eq!(changed(&difference), ["machineId: Update!"]);
}

#[tokio::test]
async fn stable_outputs_are_named() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&machine("m"), base());
    assert_eq!(stage.diff(&machine("m"), &inputs, &inputs).unwrap().stables, ["machineId", "fingerprint"]);
}

#[tokio::test]
async fn what_holds_data_is_not_replaced_unless_the_program_says_so() {
    let stage = Stage::set().await;
    let old = stage.checked(&vault("v"), map! { "door" => "oak" });
    let diff = |news: Map| stage.diff(&vault("v"), &old, &stage.checked_after(&vault("v"), &old, news));

    let refused = diff(map! { "door" => "steel" }).unwrap_err();
    assert_eq!(refused.kind(), Kind::Invalid);
    assert_eq!(
        refused.to_string(),
        "changing door needs another storage:Vault, and the data in the present one would be lost. \
         Take the change back, or make a second vault, or set `allowReplace: true` once its data is safe elsewhere"
    );
    assert!(diff(map! { "door" => Value::Unknown }).is_err(), "the engine deletes first where it may be replaced");
    assert!(diff(map! { "door" => "steel", "allowReplace" => true }).unwrap().replaces());
    assert!(!diff(map! { "door" => "oak", "hours" => "9-5" }).unwrap().replaces());
}

#[tokio::test]
async fn what_cannot_be_done_at_all_is_said_whatever_the_program_allows() {
    let stage = Stage::set().await;
    let old = stage.checked(&vault("v"), map! { "door" => "oak" });
    let new = stage.checked_after(&vault("v"), &old, map! { "door" => "glass", "allowReplace" => true });
    let refused = stage.diff(&vault("v"), &old, &new).unwrap_err();
    assert_eq!((refused.kind(), refused.to_string().as_str()), (Kind::Invalid, "door can't become one of glass"));
}

#[tokio::test]
async fn what_is_lost_anyway_is_replaced_even_if_it_holds_data() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&vault("v"), map! { "door" => "oak" });
    let difference = diff_of(&stage, &vault("v"), map! { "hours" => "being pulled down" }, &inputs, &inputs);
    assert_eq!(changed(&difference), ["name: Update!"]);
}

#[tokio::test]
async fn to_say_what_the_cloud_chose_is_no_change() {
    let stage = Stage::set().await;
    let mut silent = base();
    silent.remove("size");
    let old = stage.checked(&machine("m"), silent.clone());
    let changes = |size: f64| {
        let mut news = silent.clone();
        news.insert("size".to_owned(), Value::Number(size));
        let new = stage.checked_after(&machine("m"), &old, news);
        changed(&diff_of(&stage, &machine("m"), map! { "size" => 16.0 }, &old, &new))
    };
    assert!(changes(16.0).is_empty());
    assert_eq!(changes(32.0), ["size: Update"]);
}

fn diff_of(stage: &Stage, urn: &Urn, olds: Map, old: &Map, new: &Map) -> Difference {
    let (old_inputs, news) = (old.clone(), new.clone());
    stage.provider.diff(&DiffRequest { urn: urn.clone(), id: "one".to_owned(), olds, old_inputs, news }).unwrap()
}

fn inputs() -> impl Strategy<Value = Map> {
    let scalar = prop_oneof![
        Just(Value::Unknown),
        "[a-c]{0,2}".prop_map(Value::String),
        (0..4).prop_map(|n| Value::Number(f64::from(n))),
        Just(Value::from(true)),
        Just(Value::Null),
    ];
    let value = scalar.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::List),
            prop::collection::btree_map("[a-c.]{1,2}", inner.clone(), 0..3).prop_map(Value::Map),
            inner.prop_map(Value::into_secret),
        ]
    });
    let name = prop::sample::select(vec![
        "name", "zone", "block", "size", "cores", "watched", "note", "ports", "commands", "billing", "disk", "policy",
        "password", "startup", "tags", "region", "other",
    ]);
    prop::collection::btree_map(name.prop_map(str::to_owned), value, 0..8)
}

fn stage() -> &'static Stage {
    static STAGE: std::sync::OnceLock<Stage> = std::sync::OnceLock::new();
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    STAGE.get_or_init(|| runtime().block_on(Stage::set()))
}

proptest! {
    // A failing case is shown; it becomes a test of its own, not a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes, wrong or not: nothing panics, and the laws of Check and Diff hold.
    #[test]
    fn the_laws_hold_for_any_inputs(old in inputs(), new in inputs()) {
        let (stage, urn) = (stage(), machine("m"));
        let (old, _) = stage.check(&urn, &Map::new(), old);
        let (again, _) = stage.check(&urn, &old, old.clone());
        prop_assert_eq!(&again, &old, "a check of what was checked changes nothing");

        let (new, _) = stage.check(&urn, &old, new);
        let same = stage.diff(&urn, &old, &old).unwrap();
        let unknown = old.iter().any(|(key, value)| key != "other" && value.has_unknown());
        prop_assert_eq!(same.changes.is_empty(), !unknown, "only the unknown differs from itself: {:?}", same);

        let difference = stage.diff(&urn, &old, &new).unwrap();
        for (path, change) in &difference.changes {
            let field = path.property().unwrap();
            prop_assert!(old.contains_key(field) || new.contains_key(field));
            prop_assert_eq!(change.replaces, ["name", "zone", "block", "region"].contains(&field));
        }
    }
}
