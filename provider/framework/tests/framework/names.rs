//! Physical names: made up, kept, legal, distinct.

use framework::{
    provider::CheckRequest,
    resource::{Autonaming, Naming},
    value::{Map, Value},
};

use crate::stage::{Stage, badge, machine, map, sticker, told};

fn name_of(stage: &Stage, name: &str) -> String {
    stage.checked(&machine(name), map! { "zone" => "a" })["name"].as_str().unwrap().to_owned()
}

fn legal(name: &str) -> bool {
    name.len() <= 24
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
}

#[tokio::test]
async fn a_made_up_name_begins_with_the_programs_and_is_legal() {
    let stage = Stage::set().await;
    assert!(name_of(&stage, "web").starts_with("web-"));
    for odd in ["a", "web.server_1", "a very long name that never ends", "日本", "--", "x::y", "thirteen-char-"] {
        let name = name_of(&stage, odd);
        assert!(legal(&name), "{odd} became {name}");
    }
}

#[tokio::test]
async fn a_made_up_name_is_small_where_names_must_be() {
    let stage = Stage::set().await;
    let name = stage.checked(&sticker("MyGate"), map! { "text" => "{}" })["name"].as_str().unwrap().to_owned();
    assert!(name.starts_with("mygate-"), "{name}");
    assert!(name_of(&stage, "MyGate").starts_with("MyGate-"));
    let autonaming = Some(Autonaming { proposed: "Gate-F00".to_owned(), mode: Naming::Propose });
    let request =
        CheckRequest { urn: sticker("s"), news: map! { "text" => "{}" }, autonaming, ..CheckRequest::default() };
    let (checked, problems) = stage.provider.check(request).unwrap();
    assert_eq!((checked.get("name"), told(&problems)), (Some(&"gate-f00".into()), vec![]));
}

#[tokio::test]
async fn a_made_up_name_begins_with_a_letter_where_names_must() {
    let stage = Stage::set().await;
    for odd in ["3tier", "3-Tier", "1", "日本", "a1", "--7", "12345678901234567890"] {
        let made_up = stage.checked(&sticker(odd), map! { "text" => "{}" })["name"].as_str().unwrap().to_owned();
        assert!(legal(&made_up) && made_up.len() <= 20, "{odd} became {made_up}");
        assert!(made_up.starts_with(|first: char| first.is_ascii_lowercase()), "{odd} became {made_up}");
    }
    let made_up = stage.checked(&sticker("3tier"), map! { "text" => "{}" })["name"].as_str().unwrap().to_owned();
    assert!(made_up.starts_with("n-3tier-"), "{made_up}");
    assert!(name_of(&stage, "3tier").starts_with("3tier-"), "others begin as they like");
    let autonaming = Some(Autonaming { proposed: "3tier-f00".to_owned(), mode: Naming::Propose });
    let request =
        CheckRequest { urn: sticker("s"), news: map! { "text" => "{}" }, autonaming, ..CheckRequest::default() };
    let (checked, problems) = stage.provider.check(request).unwrap();
    let made_up = checked["name"].as_str().unwrap_or_default();
    assert!(made_up.starts_with("n-3tier-") && problems.is_empty(), "{made_up} {:?}", told(&problems));
}

#[tokio::test]
async fn a_made_up_name_never_begins_as_names_must_not() {
    let stage = Stage::set().await;
    let mut names = std::collections::BTreeSet::new();
    let odd =
        ["id", "id-", "id-gate", "ID-gate", "id-id-gate", "id--gate", "id_gate", "-id-gate", "id-a-very-long-gate"];
    for name in odd {
        let made_up = stage.checked(&badge(name), map! {})["name"].as_str().unwrap().to_owned();
        assert!(legal(&made_up) && made_up.len() <= 20, "{name} became {made_up}");
        assert!(!made_up.to_lowercase().starts_with("id-"), "{name} became {made_up}");
        names.insert(made_up);
    }
    assert_eq!(names.len(), odd.len(), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("gate-")));
}

#[tokio::test]
async fn a_given_name_that_begins_as_names_must_not_is_refused() {
    let stage = Stage::set().await;
    for name in ["id-gate", "Id-gate"] {
        let (_, problems) = stage.check(&badge("b"), &Map::new(), map! { "name" => name });
        assert_eq!(told(&problems), [format!("name: must begin with anything but id-, not {name:?}")]);
    }
    stage.checked(&badge("b"), map! { "name" => "identity" });
}

#[tokio::test]
async fn a_proposed_name_that_begins_as_names_must_not_gets_another_beginning() {
    let stage = Stage::set().await;
    let name = |urn, proposed: &str| {
        let autonaming = Some(Autonaming { proposed: proposed.to_owned(), mode: Naming::Propose });
        let request = CheckRequest { urn, autonaming, ..CheckRequest::default() };
        let (checked, problems) = stage.provider.check(request).unwrap();
        assert_eq!(told(&problems), Vec::<String>::new());
        checked["name"].as_str().unwrap().to_owned()
    };
    let (one, two) = (name(badge("one"), "id-gate"), name(badge("two"), "gate"));
    assert!(one.starts_with("gate-"), "{one}");
    assert_eq!(two, "gate");
}

#[tokio::test]
async fn names_are_distinct_where_the_programs_are_prefixes_of_each_other() {
    let stage = Stage::set().await;
    let long = "tenant-with-a-long-name-0";
    let names: std::collections::BTreeSet<_> = (1..=long.len())
        .map(|length| name_of(&stage, &long[..length]))
        .chain([name_of(&stage, &format!("{long}1"))])
        .collect();
    assert_eq!(names.len(), long.len() + 1);
}

#[tokio::test]
async fn a_name_is_the_same_in_every_run_and_another_for_a_replacement() {
    let stage = Stage::set().await;
    let first = name_of(&stage, "web");
    assert_eq!(name_of(&stage.restarted().await, "web"), first);
    assert_ne!(name_of(&stage, "web"), first);
}

#[tokio::test]
async fn a_name_is_kept_while_the_program_says_none() {
    let stage = Stage::set().await;
    let first = stage.checked(&machine("m"), map! { "zone" => "a" });
    let second = stage.checked_after(&machine("m"), &first, map! { "zone" => "b" });
    assert_eq!(second["name"], first["name"]);
    let own = stage.checked_after(&machine("m"), &first, map! { "zone" => "b", "name" => "own" });
    assert_eq!(own["name"], Value::from("own"));
    assert_eq!(stage.checked_after(&machine("m"), &own, map! { "zone" => "b" })["name"], Value::from("own"));
}

#[tokio::test]
async fn a_name_is_unknown_while_the_provider_is_not_made_yet() {
    let stage = Stage::before_the_first_run().await;
    assert_eq!(stage.checked(&machine("m"), map! { "zone" => "a" })["name"], Value::Unknown);
}

/// The name of a resource and the problems, under a mode of naming.
async fn named(mode: Naming, proposed: &str, news: Map) -> (Option<Value>, Vec<String>) {
    named_as("m", mode, proposed, news).await
}

async fn named_as(name: &str, mode: Naming, proposed: &str, news: Map) -> (Option<Value>, Vec<String>) {
    let stage = Stage::set().await;
    let autonaming = Some(Autonaming { proposed: proposed.to_owned(), mode });
    let request = CheckRequest { urn: machine(name), news, autonaming, ..CheckRequest::default() };
    let (checked, problems) = stage.provider.check(request).unwrap();
    (checked.get("name").cloned(), told(&problems))
}

#[tokio::test]
async fn a_proposed_name_is_fitted_to_the_rules() {
    let zone = || map! { "zone" => "a" };
    assert_eq!(named(Naming::Propose, "dev_web-f00", zone()).await, (Some("dev-web-f00".into()), vec![]));
    let (one, problems) = named(Naming::Propose, "a-name-of-more-than-24-chars-one", zone()).await;
    assert_eq!(problems, Vec::<String>::new());
    let (two, _) = named_as("n", Naming::Propose, "a-name-of-more-than-24-chars-two", zone()).await;
    let (one, two) = (one.unwrap(), two.unwrap());
    assert!(legal(one.as_str().unwrap()), "{one:?}");
    assert_ne!(one, two, "what made the proposed names distinct was cut off");
}

#[tokio::test]
async fn an_enforced_name_is_taken_as_it_is_or_refused() {
    let zone = || map! { "zone" => "a" };
    assert_eq!(named(Naming::Enforce, "web", zone()).await, (Some("web".into()), vec![]));
    let (_, problems) = named(Naming::Enforce, "we_b", zone()).await;
    assert_eq!(problems, ["name: must be letters, digits and dashes, not \"we_b\""]);
    let (_, problems) = named(Naming::Enforce, "a-name-of-more-than-24-chars", zone()).await;
    assert_eq!(problems, ["name: must have 1 to 24 characters, not 28"]);
}

#[tokio::test]
async fn without_automatic_names_the_program_must_give_one() {
    let (_, problems) = named(Naming::Disable, "", map! { "zone" => "a" }).await;
    assert_eq!(problems, ["name: is required, because automatic names are turned off"]);
    let (name, problems) = named(Naming::Disable, "", map! { "zone" => "a", "name" => "own" }).await;
    assert_eq!((name, problems), (Some("own".into()), vec![]));
}
