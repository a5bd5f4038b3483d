//! What Check finds out from the inputs: a change of it is a change, though no program says it.

use framework::{
    Resource,
    error::{Error, Kind, Result},
    problem::Problems,
    property::Properties,
    provider::{CheckRequest, CreateRequest, DiffRequest, Provider, ReadRequest, Registry, UpdateRequest},
    resource::{Carried, Cx, Managed, Owner},
    schema::PackageInfo,
    value::{Map, Urn, Value},
};

use crate::{
    stage::{changed, identity, map, told, urn},
    world::{Fake, World},
};

/// What a hall gives back.
#[derive(Resource)]
#[resource(token = "people:Echo", id = "hall")]
struct Echo {
    /// What is called.
    #[input(write_only)]
    word: String,

    /// The call, backwards.
    #[output(derived)]
    echo: String,
    /// Where.
    hall: String,
}

impl Managed for Echo {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Nowhere;

    fn derive(want: &Properties<'_, Self>, problems: &mut Problems) -> Map {
        let Some(word) = want.get(fields::word) else { return Map::new() };
        if word == "hush" {
            problems.add(want.path(fields::word), "must be heard");
        }
        Map::from([(fields::echo.name().to_owned(), Value::String(word.chars().rev().collect()))])
    }

    async fn create(_: &Cx<Fake>, _: &EchoInputs, _: &Owner) -> Result<String> {
        Ok("the hall".to_owned())
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        let said = cx.recorded::<Self>();
        let echo = said.get(fields::echo).unwrap_or_default();
        Ok(Some(Echo { word: said.get(fields::word).unwrap_or_default(), echo, hall: id.to_owned() }))
    }

    async fn delete(_: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        Err(Error::new(Kind::Gone, format!("{id} is nothing")))
    }
}

async fn provider() -> Provider<Fake> {
    let about = serde_json::json!({ "description": "A cloud in memory." });
    let provider =
        Provider::new(PackageInfo { name: "fake", version: "1.2.3", about }, Registry::new().resource_type::<Echo>());
    let (_, name) = World::begin();
    provider.configure(map! { "world" => name.as_str() }, identity()).await.unwrap();
    provider
}

fn echo() -> Urn {
    urn("people:Echo", "e")
}

fn check(provider: &Provider<Fake>, news: Map) -> (Map, Vec<String>) {
    let (checked, problems) = provider.check(CheckRequest { urn: echo(), news, ..CheckRequest::default() }).unwrap();
    (checked, told(&problems))
}

fn checked(provider: &Provider<Fake>, word: impl Into<Value>) -> Map {
    let (checked, problems) = check(provider, Map::from([("word".to_owned(), word.into())]));
    assert_eq!(problems, Vec::<String>::new());
    checked
}

#[tokio::test]
async fn it_is_found_out_in_check_whatever_a_program_says_of_it() {
    let provider = provider().await;
    assert_eq!(checked(&provider, "abc")["echo"], Value::from("cba"));
    let (said, problems) = check(&provider, map! { "word" => "abc", "echo" => "xyz" });
    assert_eq!((said["echo"].clone(), problems), (Value::from("cba"), Vec::new()), "as after an import");
    assert_eq!(checked(&provider, Value::Unknown)["echo"], Value::Unknown);
    assert_eq!(check(&provider, map! { "word" => "hush" }).1, ["word: must be heard"]);
    assert_eq!(check(&provider, map! {}).1, ["word: is required"]);
}

#[tokio::test]
async fn a_change_of_it_is_one_and_shown_before_it_is_made() {
    let provider = provider().await;
    let (old, new) = (checked(&provider, "abc"), checked(&provider, "abd"));
    let diff = |old: &Map, new: &Map| {
        let request = DiffRequest {
            urn: echo(),
            id: "the hall".to_owned(),
            olds: Map::new(),
            old_inputs: old.clone(),
            news: new.clone(),
        };
        changed(&provider.diff(&request).unwrap())
    };
    assert_eq!(diff(&old, &old), Vec::<String>::new());
    assert_eq!(diff(&old, &new), ["echo: Update", "word: Update"]);
    let mut same_word = old.clone();
    same_word.insert("echo".to_owned(), "another".into());
    assert_eq!(diff(&old, &same_word), ["echo: Update"], "what the input names has changed");

    let request = |preview| CreateRequest { urn: echo(), properties: old.clone(), preview, ..CreateRequest::default() };
    assert_eq!(provider.create(request(true)).await.unwrap().properties["echo"], Value::from("cba"));
    let made = provider.create(request(false)).await.unwrap();
    assert_eq!(made.properties["echo"], Value::from("cba"));
    let update = |preview| UpdateRequest {
        urn: echo(),
        id: made.id.clone(),
        olds: made.properties.clone(),
        old_inputs: old.clone(),
        news: new.clone(),
        timeout: std::time::Duration::ZERO,
        preview,
    };
    assert_eq!(provider.update(update(true)).await.unwrap()["echo"], Value::from("dba"));
    assert_eq!(provider.update(update(false)).await.unwrap()["echo"], Value::from("dba"));
}

#[tokio::test]
async fn a_refresh_keeps_it() {
    let provider = provider().await;
    let inputs = checked(&provider, "abc");
    let created = CreateRequest { urn: echo(), properties: inputs.clone(), ..CreateRequest::default() };
    let made = provider.create(created).await.unwrap();
    let request = ReadRequest {
        urn: echo(),
        id: made.id,
        inputs: Some(inputs.clone()),
        properties: Some(made.properties.clone()),
        timeout: std::time::Duration::ZERO,
    };
    let read = provider.read(request).await.unwrap().unwrap();
    assert_eq!((read.inputs, read.properties), (inputs, made.properties));
}
