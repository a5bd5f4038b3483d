//! The parameters of parameter groups: those that the program names are its own, all others are left alone.
//!
//! A group of instances and one of clusters have the same parameters, and calls of their own.

use std::collections::BTreeMap;

use aws_sdk_rds::types::{self, ApplyMethod, Parameter};
use framework::{engine::Severity, error::Kind, resource::Look};

use crate::aws::{
    Cx, Error, Result,
    limits::{counts, waits},
};

/// Values by the parameters' names.
pub type Values = BTreeMap<String, String>;

/// What the group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Instances.
    Instances,
    /// Clusters.
    Clusters,
}

/// The source of parameters that somebody has set, as RDS calls it.
const SET: &str = "user";

/// The type of parameters that take effect at once, as RDS calls it.
const DYNAMIC: &str = "dynamic";

/// The values as AWS has them: of the parameters that are named, or of those that somebody has set where nobody says
/// which are meant, as in an import.
///
/// # Errors
///
/// What the calls fail with; that the group is gone among them.
pub async fn read(cx: &Cx, of: Of, group: &str, named: Option<&Values>) -> Result<Values> {
    let set = listed(cx, of, group, Some(SET)).await?;
    let Some(named) = named else { return Ok(values(&set).collect()) };
    let seen = in_words(values(&set), named);
    if seen == *named {
        return Ok(seen);
    }
    // A parameter that was set to the value which it has anyway may not count as set.
    let mut all = in_words(values(&listed(cx, of, group, None).await?), named);
    all.extend(seen);
    Ok(all)
}

/// Gives the parameters the values that are wanted, as far as they have others. Returns the names of those that wait
/// for a restart.
///
/// # Errors
///
/// What the calls fail with.
pub async fn bring(cx: &Cx, of: Of, group: &str, wanted: &Values) -> Result<Vec<String>> {
    if wanted.is_empty() || others(&listed(cx, of, group, Some(SET)).await?, wanted).is_empty() {
        return Ok(Vec::new());
    }
    let all = listed(cx, of, group, None).await?;
    let other = others(&all, wanted);
    for some in other.chunks(counts::PARAMETERS_AT_ONCE) {
        let some: Vec<_> =
            some.iter().map(|(name, value)| parameter(&all, name).parameter_value(*value).build()).collect();
        once_free(cx, group, || modify(cx, of, group, some.clone())).await?;
    }
    Ok(other.into_iter().map(|(name, _)| name.clone()).filter(|name| is_static(&all, name)).collect())
}

/// Gives the parameters that aren't wanted any more the values that RDS gives them. Returns the names of those that wait
/// for a restart.
///
/// # Errors
///
/// What the calls fail with.
pub async fn reset(cx: &Cx, of: Of, group: &str, was: &Values, wanted: &Values) -> Result<Vec<String>> {
    let gone: Vec<_> = was.keys().filter(|name| !wanted.contains_key(*name)).collect();
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let all = listed(cx, of, group, None).await?;
    let gone: Vec<_> = gone.into_iter().filter(|name| find(&all, name).is_some()).collect();
    for some in gone.chunks(counts::PARAMETERS_AT_ONCE) {
        let some: Vec<_> = some.iter().map(|name| parameter(&all, name).build()).collect();
        once_free(cx, group, || undo(cx, of, group, some.clone())).await?;
    }
    Ok(gone.into_iter().filter(|name| is_static(&all, name)).cloned().collect())
}

/// Says which of the changes need a restart of the databases that use the group. RDS never restarts them itself.
pub fn tell_static(cx: &Cx, group: &str, changed: &[String]) {
    if !changed.is_empty() {
        let told = format!(
            "{} of {group} take effect in each database that uses it when it is restarted the next time (`aws rds reboot-db-instance`)",
            changed.join(", ")
        );
        cx.operation().tell(Severity::Warning, told);
    }
}

async fn listed(cx: &Cx, of: Of, group: &str, source: Option<&str>) -> Result<Vec<Parameter>> {
    let source = source.map(str::to_owned);
    match of {
        Of::Instances => {
            let call = cx.rds().describe_db_parameters().db_parameter_group_name(group).set_source(source);
            Ok(call.into_paginator().items().send().try_collect().await?)
        }
        Of::Clusters => {
            let call = cx.rds().describe_db_cluster_parameters().db_cluster_parameter_group_name(group);
            Ok(call.set_source(source).into_paginator().items().send().try_collect().await?)
        }
    }
}

async fn modify(cx: &Cx, of: Of, group: &str, parameters: Vec<Parameter>) -> Result<()> {
    match of {
        Of::Instances => {
            let call = cx.rds().modify_db_parameter_group().db_parameter_group_name(group);
            call.set_parameters(Some(parameters)).send().await?;
        }
        Of::Clusters => {
            let call = cx.rds().modify_db_cluster_parameter_group().db_cluster_parameter_group_name(group);
            call.set_parameters(Some(parameters)).send().await?;
        }
    }
    Ok(())
}

async fn undo(cx: &Cx, of: Of, group: &str, parameters: Vec<Parameter>) -> Result<()> {
    match of {
        Of::Instances => {
            let call = cx.rds().reset_db_parameter_group().db_parameter_group_name(group).reset_all_parameters(false);
            call.set_parameters(Some(parameters)).send().await?;
        }
        Of::Clusters => {
            let call = cx.rds().reset_db_cluster_parameter_group().db_cluster_parameter_group_name(group);
            call.reset_all_parameters(false).set_parameters(Some(parameters)).send().await?;
        }
    }
    Ok(())
}

/// Asks again while RDS is still at an earlier change of the group.
async fn once_free<F: Future<Output = Result<()>> + Send>(
    cx: &Cx,
    group: &str,
    ask: impl Fn() -> F + Send + Sync,
) -> Result<()> {
    let asked = || async {
        match ask().await {
            Ok(()) => Ok(Look::Ready(())),
            Err(error) if error.kind() == Kind::Conflict => Ok(Look::Pending(error.to_string())),
            Err(error) => Err::<_, Error>(error),
        }
    };
    cx.until(&waits::PARAMETER_GROUP_FREE, group, asked).await
}

fn find<'a>(all: &'a [Parameter], name: &str) -> Option<&'a Parameter> {
    all.iter().find(|parameter| parameter.parameter_name() == Some(name))
}

fn is_static(all: &[Parameter], name: &str) -> bool {
    find(all, name).is_none_or(|parameter| parameter.apply_type() != Some(DYNAMIC))
}

/// The parameter for a request. Only those that RDS calls dynamic can take effect at once.
fn parameter(all: &[Parameter], name: &str) -> types::builders::ParameterBuilder {
    let method = if is_static(all, name) { ApplyMethod::PendingReboot } else { ApplyMethod::Immediate };
    Parameter::builder().parameter_name(name).apply_method(method)
}

/// Those of the wanted values that aren't there.
fn others<'a>(shown: &[Parameter], wanted: &'a Values) -> Vec<(&'a String, &'a String)> {
    let value = |name: &str| find(shown, name).and_then(Parameter::parameter_value);
    wanted.iter().filter(|(name, wanted)| value(name) != Some(wanted.as_str())).collect()
}

fn values(of: &[Parameter]) -> impl Iterator<Item = (String, String)> {
    of.iter().filter_map(|parameter| Some((parameter.parameter_name.clone()?, parameter.parameter_value.clone()?)))
}

/// The values of those that are named, in the program's words where they differ only in the case of letters, which RDS
/// doesn't always keep.
fn in_words(shown: impl Iterator<Item = (String, String)>, named: &Values) -> Values {
    let mut seen = Values::new();
    for (name, value) in shown {
        if let Some(said) = named.get(&name) {
            let value = if said.eq_ignore_ascii_case(&value) { said.clone() } else { value };
            seen.insert(name, value);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[(&str, &str)]) -> Values {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn shown(name: &str, kind: &str) -> Parameter {
        Parameter::builder().parameter_name(name).apply_type(kind).build()
    }

    #[test]
    fn only_what_is_named_is_read_in_the_programs_words() {
        let shown = of(&[("a", "ON"), ("b", "2"), ("c", "3")]);
        assert_eq!(in_words(shown.into_iter(), &of(&[("a", "on"), ("b", "1")])), of(&[("a", "on"), ("b", "2")]));
    }

    #[test]
    fn another_case_is_another_value_where_it_is_set() {
        let there = [Parameter::builder().parameter_name("a").parameter_value("ON").build()];
        assert!(others(&there, &of(&[("a", "ON")])).is_empty());
        assert_eq!(others(&there, &of(&[("a", "on"), ("b", "1")])).len(), 2);
    }

    #[test]
    fn what_is_not_known_to_be_dynamic_waits_for_a_restart() {
        let all = [shown("work_mem", "dynamic"), shown("shared_buffers", "static")];
        let method = |name| parameter(&all, name).build().apply_method;
        assert_eq!(method("work_mem"), Some(ApplyMethod::Immediate));
        assert_eq!(method("shared_buffers"), Some(ApplyMethod::PendingReboot));
        assert_eq!(method("nothing"), Some(ApplyMethod::PendingReboot));
    }
}
