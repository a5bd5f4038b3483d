//! The provider's own configuration: checked, compared, taken; in its own types and as JSON in texts.

use framework::{
    provider::Provider,
    value::{Map, Value},
};

use crate::{
    stage::{changed, identity, list, map, secret, told, unconfigured},
    world::{Fake, World},
};

fn provider() -> Provider<Fake> {
    unconfigured()
}

fn problems(config: Map) -> Vec<String> {
    told(&provider().check_config(config).1)
}

#[test]
fn native_and_json_forms_are_the_same_configuration() {
    let native = map! {
        "world" => "0",
        "region" => "south",
        "attempts" => 5.0,
        "chatty" => true,
        "billing" => "hourly",
        "accounts" => list!["123456789012"],
        "defaultTags" => map! { "team" => "a" },
    };
    let texts = map! {
        "world" => "0",
        "region" => "south",
        "attempts" => "5",
        "chatty" => "true",
        "billing" => "hourly",
        "accounts" => r#"["123456789012"]"#,
        "defaultTags" => r#"{"team":"a"}"#,
    };
    for config in [native.clone(), texts.clone()] {
        let (checked, problems) = provider().check_config(config);
        assert_eq!(told(&problems), Vec::<String>::new());
        assert_eq!(checked, native);
    }
    assert_eq!(changed(&provider().diff_config(&native, &texts)), Vec::<String>::new());
}

#[test]
fn a_text_that_looks_like_json_stays_a_text_where_a_text_is_wanted() {
    let (checked, problems) = provider().check_config(map! { "world" => "12", "region" => "true" });
    assert!(problems.is_empty());
    assert_eq!(checked, map! { "world" => "12", "region" => "true" });
}

#[test]
fn what_is_the_engines_own_is_kept_and_not_looked_at() {
    let config =
        map! { "world" => "0", "version" => "1.2.3", "pluginDownloadURL" => "https://x", "__internal" => map! {} };
    let (checked, problems) = provider().check_config(config.clone());
    assert_eq!((checked, problems.is_empty()), (config.clone(), true));
    let difference = provider().diff_config(&config, &map! { "world" => "0", "version" => "2.0.0" });
    assert_eq!(changed(&difference), Vec::<String>::new());
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    assert_eq!(
        problems(map! {
            "regoin" => "south",
            "region" => "x",
            "attempts" => "10",
            "chatty" => "perhaps",
        "billing" => "yearly",
            "accounts" => "123456789012",
            "defaultTags" => list![1.0],
            "password" => 5.0,
        }),
        [
            "regoin: is not a property here; did you mean region?",
            "world: is required",
            "region: must have 2 to 8 characters, not 1",
            "attempts: must be between 1 and 9, not 10",
            "chatty: must be true or false, not a string",
            "billing: must be one of hourly, monthly, not \"yearly\"",
            "accounts: must be a list, not a number",
            "defaultTags: must be an object, not a list",
            "password: must be a string",
        ]
    );
    assert_eq!(
        problems(map! { "region" => "library", "chatty" => "true" }),
        ["world: is required", "chatty: must not be true in a library"]
    );
}

#[test]
fn unknowns_and_secrets_are_tolerated_and_nulls_dropped() {
    let config = map! {
        "world" => Value::Unknown, "attempts" => Value::Unknown, "accounts" => list![Value::Unknown],
        "password" => secret("hunter2"), "chatty" => secret("true"), "region" => Value::Null,
    };
    let (checked, problems) = provider().check_config(config);
    assert_eq!(told(&problems), Vec::<String>::new());
    assert_eq!(
        checked,
        map! {
            "world" => Value::Unknown, "attempts" => Value::Unknown, "accounts" => list![Value::Unknown],
            "password" => secret("hunter2"), "chatty" => secret(true),
        }
    );
}

#[test]
fn only_what_puts_resources_out_of_reach_replaces_them() {
    let old = || map! { "world" => "0", "region" => "south", "attempts" => "3" };
    let with = |more: Map| old().into_iter().chain(more).collect::<Map>();
    let diff = |new: Map| changed(&provider().diff_config(&old(), &new));
    assert_eq!(diff(old()), Vec::<String>::new());
    assert_eq!(diff(with(map! { "attempts" => 4.0, "chatty" => true })), ["attempts: Update", "chatty: Add"]);
    assert_eq!(diff(with(map! { "region" => "north" })), ["region: Update!"], "the cloud says so");
    assert_eq!(diff(with(map! { "world" => "1" })), ["world: Update!"], "the field says so");
    assert_eq!(diff(with(map! { "region" => Value::Unknown })), ["region: Update"], "nobody can tell");
}

#[tokio::test]
async fn an_old_state_with_keys_of_another_version_still_configures() {
    let (_, world) = World::begin();
    let config = map! { "world" => world.as_str(), "retired" => "x", "attempts" => "4", "version" => "0.1.0" };
    provider().configure(config, identity()).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_when_it_is_taken_is_said_with_its_path() {
    let (_, world) = World::begin();
    let problems = provider().configure(map! { "attempts" => "many" }, identity()).await.unwrap_err();
    assert_eq!(told(&problems), ["world: is required", "attempts: must be a number, not a string"]);
    let nowhere = map! { "world" => world.as_str(), "region" => "nowhere" };
    let problems = provider().configure(nowhere, identity()).await.unwrap_err();
    assert_eq!(told(&problems), ["region: is no place to be"]);
}
