//! What the properties of a rule must keep between each other.

use framework::{
    problem::Problems,
    property::{Choice as _, Properties},
};

use super::{ListenerRule, TransformType, conditions, fields};
use crate::resources::load_balancing::actions;

pub(super) fn check(want: &Properties<'_, ListenerRule>, problems: &mut Problems) {
    if let Some(wanted) = want.get(fields::conditions) {
        conditions::check(&wanted, &want.path(fields::conditions), problems);
    }
    if let Some(wanted) = want.get(fields::actions) {
        actions::check(&wanted, &want.path(fields::actions), problems);
    }
    transforms(want, problems);
    if let Some(tags) = want.get(fields::tags) {
        tags.plain_only(&want.path(fields::tags), problems);
    }
}

/// Each type has a configuration of its own, and comes once.
fn transforms(want: &Properties<'_, ListenerRule>, problems: &mut Problems) {
    let all = want.get(fields::transforms).unwrap_or_default();
    for (index, transform) in all.iter().enumerate() {
        let at = want.path(fields::transforms).index(index);
        if all.iter().take(index).any(|other| other.r#type == transform.r#type) {
            problems.add(at.key("type"), "is the type of another transform too");
        }
        let configurations = [
            (
                TransformType::HostHeaderRewrite,
                "hostHeaderRewriteConfig",
                transform.host_header_rewrite_config.is_some(),
            ),
            (TransformType::UrlRewrite, "urlRewriteConfig", transform.url_rewrite_config.is_some()),
        ];
        for (of, name, given) in configurations {
            if of == transform.r#type && !given {
                problems.add(at.key(name), format!("is required for the type {}", of.text()));
            } else if of != transform.r#type && given {
                problems.add(at.key(name), format!("can't be given for the type {}", transform.r#type.text()));
            }
        }
    }
}
