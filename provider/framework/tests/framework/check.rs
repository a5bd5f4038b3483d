//! Check: every violation at once, and the form in which inputs are kept.

use framework::value::{Map, Value};

use crate::stage::{Stage, badge, list, machine, map, secret, shown, told};

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once_and_where_it_is() {
    let stage = Stage::set().await;
    let told = stage.problems(map! {
        "zonee" => "a",
        "name" => "a_b",
        "block" => "10.0.0.1/16",
        "size" => 65.0,
        "cores" => 3.0,
        "watched" => "perhaps",
        "note" => "X",
        "ports" => list![1.0, 2.0, 3.0, 4.5],
        "commands" => list!["run", list!["stop"]],
        "billing" => "yearly",
        "disk" => map! { "size" => 0.0, "mount" => "data", "labels" => map! { "a.b" => true }, "sise" => 1.0 },
        "policy" => "{",
        "tags" => list![],
    });
    assert_eq!(
        told,
        [
            "zonee: is not a property here; did you mean zone?",
            "name: must be letters, digits and dashes, not \"a_b\"",
            "zone: is required",
            "block: must be a block without address bits beyond its prefix, not 10.0.0.1/16: take 10.0.0.0/16",
            "size: must be between 1 and 64, not 65",
            "cores: must be one of 1, 2, 4, not 3",
            "watched: must be true or false, not a string",
            "note: must have 2 to 12 characters, not 1",
            "note: must be small letters and spaces, not \"X\"",
            "ports[3]: must be a whole number, not 4.5",
            "ports: must have 1 to 3 elements, not 4",
            "commands[1]: must be a string, not a list",
            "billing: must be one of hourly, monthly, not \"yearly\"",
            "disk.sise: is not a property here; did you mean size?",
            "disk.size: must be between 1 and 1000, not 0",
            "disk.mount: must be a path with one part in small letters, not \"data\"",
            "disk.labels[\"a.b\"]: must be a string, not a boolean",
            "policy: must be a JSON document: EOF while parsing an object at line 1 column 1",
            "tags: must be an object, not a list",
        ]
    );
}

#[tokio::test]
async fn a_rule_between_properties_is_found_beside_the_others() {
    let told = Stage::set().await.problems(map! { "size" => 2.0, "watched" => true, "nonsense" => 1.0 });
    assert_eq!(told, ["nonsense: is not a property here", "zone: is required", "watched: needs a size of at least 4"]);
}

#[tokio::test]
async fn each_element_keeps_its_laws_and_is_told_by_its_place() {
    let stage = Stage::set().await;
    let told = stage.problems(map! {
        "zone" => "a",
        "ports" => list![secret(0.0), 80.0, 65536.0],
        "commands" => list!["run", Value::Unknown, "", secret("Hunter")],
    });
    assert_eq!(
        told,
        [
            "ports[0]: must be between 1 and 65535",
            "ports[2]: must be between 1 and 65535, not 65536",
            "commands[2]: must have 1 to 9 characters, not 0",
            "commands[2]: must be small letters, not \"\"",
            "commands[3]: must be small letters",
        ]
    );
}

#[tokio::test]
async fn what_is_missing_in_an_object_is_said_with_its_path() {
    assert_eq!(Stage::set().await.problems(map! { "zone" => "a", "disk" => Map::new() }), ["disk.size: is required"]);
}

#[tokio::test]
async fn a_number_may_come_as_a_text_and_a_truth_value_too() {
    let stage = Stage::set().await;
    let checked = stage.checked(&machine("m"), map! { "zone" => "a", "size" => "8", "watched" => "true" });
    assert_eq!(checked["size"], Value::from(8.0));
    assert_eq!(checked["watched"], Value::from(true));
    assert_eq!(
        stage.problems(map! { "zone" => "a", "size" => 9_007_199_254_740_994.0 }),
        ["size: must be a whole number, not 9007199254740994", "size: must be between 1 and 64, not 9007199254740994"]
    );
}

#[tokio::test]
async fn the_reason_never_shows_a_secret() {
    let stage = Stage::set().await;
    let told = stage.problems(map! {
        "zone" => "a",
        "password" => "Hunter2!",
        "note" => secret("HUNTER"),
        "block" => secret("77.0.0.1/8"),
        "cores" => secret(77.0),
        "size" => secret(770.0),
        "billing" => secret("hunting"),
        "ports" => list![secret(7.75)],
        "commands" => list![secret("Hunter")],
        "disk" => secret(map! { "size" => 7777.0, "mount" => "Hunter" }),
        "policy" => secret("hunter"),
    });
    assert_eq!(told.len(), 11);
    for reason in told {
        assert!(
            !reason.to_lowercase().contains("hunt") && !reason.contains("77") && !reason.contains("7.75"),
            "{reason}"
        );
    }
}

#[tokio::test]
async fn defaults_are_filled_in_and_nulls_dropped() {
    let stage =
        Stage::configured(map! { "region" => "south", "defaultTags" => map! { "team" => "a", "cost" => "1" } }).await;
    let checked = stage.checked(
        &machine("m"),
        map! {
            "name" => "mine",
            "zone" => "a",
            "note" => Value::Null,
            "commands" => Value::Null,
            "password" => secret(Value::Null),
            "disk" => map! { "size" => 10.0, "mount" => Value::Null },
            "tags" => map! { "cost" => "2" },
        },
    );
    assert_eq!(
        shown(&checked),
        map! {
            "name" => "mine",
            "zone" => "a",
            "region" => "south",
            "watched" => false,
            "disk" => map! { "size" => 10.0 },
            "tags" => map! { "cost" => "2", "team" => "a" },
        }
    );
}

#[tokio::test]
async fn empty_is_not_absent() {
    let checked =
        Stage::set().await.checked(&machine("m"), map! { "zone" => "", "commands" => list![], "tags" => Map::new() });
    assert_eq!(checked["zone"], Value::from(""));
    assert_eq!(checked["commands"], list![]);
    assert_eq!(checked["tags"], Value::Map(Map::new()));
}

#[tokio::test]
async fn unknowns_are_tolerated_at_any_depth_and_what_is_known_beside_them_is_checked() {
    let stage = Stage::set().await;
    let news = map! {
        "zone" => Value::Unknown,
        "size" => secret(Value::Unknown),
        "watched" => true,
        "ports" => list![Value::Unknown, 80.0],
        "disk" => map! { "size" => Value::Unknown, "mount" => "data", "labels" => map! { "a" => Value::Unknown } },
        "policy" => Value::Unknown,
        "tags" => map! { "a" => Value::Unknown },
    };
    let (checked, problems) = stage.check(&machine("m"), &Map::new(), news.clone());
    assert_eq!(told(&problems), ["disk.mount: must be a path with one part in small letters, not \"data\""]);
    for (key, value) in news {
        assert_eq!(checked[&key], value, "{key}");
    }
}

#[tokio::test]
async fn secrets_stay_secret_at_any_depth() {
    let stage = Stage::set().await;
    let news = map! {
        "zone" => secret("a"),
        "ports" => list![secret(80.0), 22.0],
        "disk" => map! { "size" => 1.0, "labels" => map! { "a" => secret("b") } },
        "tags" => secret(map! { "a" => "b" }),
        "size" => secret("8"),
    };
    let checked = stage.checked(&machine("m"), news.clone());
    for key in ["zone", "ports", "disk", "tags"] {
        assert_eq!(checked[key], news[key], "{key}");
    }
    assert_eq!(checked["size"], secret(8.0), "as the type writes it, and secret still");
}

#[tokio::test]
async fn a_property_that_is_always_secret_is_marked() {
    let checked = Stage::set().await.checked(&machine("m"), map! { "zone" => "a", "password" => "hunter2" });
    assert_eq!(checked["password"], secret("hunter2"));
}

#[tokio::test]
async fn a_set_is_kept_in_order_and_once() {
    let checked =
        Stage::set().await.checked(&machine("m"), map! { "zone" => "a", "ports" => list![443.0, 22.0, 443.0] });
    assert_eq!(checked["ports"], list![22.0, 443.0]);
}

#[tokio::test]
async fn a_check_of_what_was_checked_changes_nothing() {
    let stage = Stage::configured(map! { "defaultTags" => map! { "team" => "a" } }).await;
    let once = stage.checked(
        &machine("m"),
        map! {
            "zone" => secret("a"),
            "size" => "8",
            "ports" => list![443.0, 22.0],
            "disk" => map! { "size" => "3", "mount" => Value::Null },
            "policy" => r#"{"b": 1, "a": [1.0, 2]}"#,
            "block" => Value::Unknown,
            "password" => "hunter2",
        },
    );
    assert_eq!(stage.checked_after(&machine("m"), &once, once.clone()), once);
}

#[tokio::test]
async fn the_owner_stays_and_a_replacement_gets_the_next_one() {
    let stage = Stage::set().await;
    let owner = |inputs: &Map| inputs["__owner"].as_str().unwrap().to_owned();
    let news = || map! { "zone" => "a" };
    let first = stage.checked(&machine("m"), news());
    let kept = stage.checked_after(&machine("m"), &first, news());
    let replaced = stage.checked(&machine("m"), news());
    assert!(owner(&first).starts_with("1."));
    assert_eq!(owner(&kept), owner(&first));
    assert!(owner(&replaced).starts_with("2."));

    // In another process the replacement is told by the owner that it had.
    let stage = stage.restarted().await;
    assert_eq!(owner(&stage.checked_after(&machine("m"), &replaced, news())), owner(&replaced));
    assert!(owner(&stage.checked(&machine("m"), news())).starts_with("3."));
}

#[tokio::test]
async fn the_owner_is_the_same_after_a_crash_and_another_for_everything_else() {
    let stage = Stage::set().await;
    let owner = |stage: &Stage, urn| stage.checked(&urn, map! { "zone" => "a" })["__owner"].clone();
    let first = owner(&stage, machine("m"));
    assert_eq!(owner(&stage.restarted().await, machine("m")), first);
    assert_ne!(owner(&stage, machine("mm")), first);
    let nested = framework::value::Urn::new("urn:pulumi:dev::shop::fake:index:Cluster$fake:compute:Machine::m");
    assert_ne!(owner(&stage, nested), first);
}

#[tokio::test]
async fn a_name_that_was_given_up_gets_an_owner_of_its_own() {
    let stage = Stage::set().await;
    let owner = |inputs: &Map| inputs["__owner"].clone();
    let first = stage.checked(&badge("old"), map! {});
    // It is renamed by an alias, and keeps its owner and its name; then the old name is used again.
    let stage = stage.restarted().await;
    let renamed = stage.checked_after(&badge("new"), &first, map! {});
    assert_eq!((owner(&renamed), &renamed["name"]), (owner(&first), &first["name"]));
    let second = stage.checked(&badge("old"), map! {});
    assert_ne!(owner(&second), owner(&first));
    assert_ne!(second["name"], first["name"]);
    // And whoever replaces it is told from both.
    let third = stage.checked(&badge("old"), map! {});
    assert!(![owner(&first), owner(&second)].contains(&owner(&third)));
}

#[tokio::test]
async fn the_owner_of_the_next_deployment_of_one_process_is_the_first_again() {
    let stage = Stage::set().await;
    let preview = stage.checked(&machine("m"), map! { "zone" => "a" });
    stage.configure(crate::stage::identity(), Map::new()).await;
    assert_eq!(stage.checked(&machine("m"), map! { "zone" => "a" }), preview);
}

#[tokio::test]
async fn a_program_cannot_choose_the_owner() {
    let stage = Stage::set().await;
    let checked = stage.checked(&machine("m"), map! { "zone" => "a", "__owner" => "1.mine", "__defaults" => list![] });
    assert_ne!(checked["__owner"], Value::from("1.mine"));
    assert!(!checked.contains_key("__defaults"));
}

#[tokio::test]
async fn nothing_has_an_owner_that_was_imported_or_whose_provider_is_not_made_yet() {
    let stage = Stage::set().await;
    let imported = stage.checked_after(&machine("m"), &map! { "zone" => "a", "name" => "n" }, map! { "zone" => "a" });
    assert!(!imported.contains_key("__owner"));
    let stage = Stage::before_the_first_run().await;
    assert!(!stage.checked(&machine("m"), map! { "zone" => "a" }).contains_key("__owner"));
}

#[tokio::test]
async fn a_type_that_does_not_exist_is_named() {
    let stage = Stage::set().await;
    let request = framework::provider::CheckRequest {
        urn: crate::stage::urn("compute:Toaster", "t"),
        ..framework::provider::CheckRequest::default()
    };
    let error = stage.provider.check(request).unwrap_err();
    assert_eq!(error.to_string(), "fake has no resource type fake:compute:Toaster");
}
