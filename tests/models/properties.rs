//! Which properties there are, and whose word each one is.

use crate::{
    exceptions::{Finding, judge},
    model::{Model, is_top},
    names::theirs,
    ours::{Type, modelled},
};

/// Every difference that a comparison finds in a type.
fn all(find: impl Fn(&Type, Model) -> Vec<Finding>) -> Vec<Finding> {
    modelled().iter().flat_map(|(of, model)| find(of, *model)).collect()
}

fn finding(of: &Type, property: &str, ours: &str, theirs: &str) -> Finding {
    Finding { token: of.token, property: property.to_owned(), ours: ours.to_owned(), theirs: theirs.to_owned() }
}

/// The properties of the top that AWS lists under a key and we have: AWS's name.
fn shared(of: &Type, model: Model, key: &str) -> Vec<&'static str> {
    let have = |name: &str| of.outputs.iter().any(|field| theirs(of.token, field.name) == name);
    model.list(key).into_iter().filter(|path| is_top(path) && have(path)).collect()
}

#[test]
fn what_aws_has_and_we_dont_has_a_reason() {
    let missing = all(|of, model| {
        let have = |name: &str| of.outputs.iter().any(|field| theirs(of.token, field.name) == name);
        let missing = model.properties().into_iter().filter(|name| !have(name));
        missing.map(|name| finding(of, name, "missing", "a property")).collect()
    });
    judge("absent", &missing);
}

#[test]
fn what_we_have_and_aws_doesnt_has_a_reason() {
    let own = all(|of, model| {
        let known = model.properties();
        let own = of.outputs.iter().filter(|field| !known.contains(theirs(of.token, field.name).as_str()));
        own.map(|field| finding(of, field.name, "a property", "missing")).collect()
    });
    judge("own", &own);
}

#[test]
fn what_aws_only_tells_is_an_output() {
    let said = all(|of, model| {
        let said = shared(of, model, "ro").into_iter();
        let said = said.filter(|name| of.inputs.iter().any(|field| theirs(of.token, field.name) == *name));
        said.map(|name| finding(of, name, "an input", "read-only")).collect()
    });
    judge("readOnly", &said);
}

#[test]
fn what_aws_never_tells_is_alone_not_read_back() {
    let unread = all(|of, model| {
        let known = model.properties();
        let never = model.list("wo");
        let unread = of.inputs.iter().filter(|field| field.write_only).map(|field| theirs(of.token, field.name));
        let unread = unread.filter(|name| known.contains(name.as_str()) && !never.contains(name.as_str()));
        unread.map(|name| finding(of, &name, "write-only", "told")).collect()
    });
    judge("writeOnly", &unread);
}

#[test]
fn what_aws_requires_is_required_or_given() {
    let optional = all(|of, model| {
        let required = shared(of, model, "req").into_iter();
        let optional = required.filter(|name| {
            let ours = of.inputs.iter().find(|field| theirs(of.token, field.name) == *name);
            !ours.is_some_and(|field| field.required || field.default.is_some() || field.named.is_some())
        });
        optional.map(|name| finding(of, name, "optional, without a default", "required")).collect()
    });
    judge("required", &optional);
}

#[test]
fn the_facts_are_of_our_types_alone() {
    let ours: std::collections::BTreeSet<_> = modelled().iter().map(|(of, _)| of.model).collect();
    let idle: Vec<_> = Model::names().into_iter().filter(|name| !ours.contains(name)).collect();
    assert!(idle.is_empty(), "cfn-facts.json has types that we don't: {idle:?}");
}
