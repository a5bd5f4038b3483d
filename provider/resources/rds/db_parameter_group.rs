//! A DB parameter group: how the engine of an instance is configured.

use aws_sdk_rds::types;
use framework::{
    Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Result, TagChange, Tags, answered, tags::rds as tagging, unless_gone},
    resources::{
        rds_calls,
        rds_parameters::{self as parameters, Of, Values},
    },
};

/// A DB parameter group of Amazon RDS: values for parameters of a database engine, for the instances that
/// use the group.
///
/// Dynamic parameters take effect at once; static ones when an instance is restarted, which RDS never does by itself.
/// A group of its own for each instance makes that it can be changed alone. A Region has 50 of them for an account,
/// unless you ask for more (Amazon RDS User Guide, "Quotas and constraints for Amazon RDS").
#[derive(Resource)]
#[resource(token = "rds:DBParameterGroup", model = "AWS::RDS::DBParameterGroup", id = "db_parameter_group_name")]
pub struct DbParameterGroup {
    /// The group's name, unique in the account and Region. Made up from the resource's name when absent. AWS keeps it in
    /// small letters.
    #[input(
        replaces,
        named(255),
        length(1, 255),
        never_begins("default"),
        pattern("[a-z](-?[a-z0-9])*", "small letters, digits and single hyphens, with a letter at the beginning")
    )]
    db_parameter_group_name: String,
    /// What the group is for. AWS can't change it.
    #[input(replaces, length(1, 255))]
    description: String,
    /// The engine and its version that the parameters are of, such as `postgres17`. Another major version of an engine
    /// needs another group.
    #[input(replaces, length(1, 255))]
    family: String,
    /// Values by the parameters' names, as texts. What isn't named here is left as it is; what isn't named any more gets
    /// back the value that RDS gives it. Some refer to the instance's memory, such as
    /// `{DBInstanceClassMemory/32768}`.
    #[input(default)]
    parameters: Values,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's ARN.
    #[output(stable)]
    db_parameter_group_arn: String,
}

impl Managed for DbParameterGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    async fn occupant(_: &Cx, want: &DbParameterGroupInputs) -> Result<Option<String>> {
        Ok(Some(want.db_parameter_group_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        match find(cx, id).await?.and_then(|found| found.db_parameter_group_arn) {
            Some(arn) => Ok(tagging::owner_among(&tagging::listed(cx, &arn).await?)),
            None => Ok(None),
        }
    }

    async fn create(cx: &Cx, want: &DbParameterGroupInputs, owner: &Owner) -> Result<String> {
        cx.rds()
            .create_db_parameter_group()
            .db_parameter_group_name(&want.db_parameter_group_name)
            .db_parameter_group_family(&want.family)
            .description(&want.description)
            .set_tags(Some(tagging::for_create(&want.tags, owner)))
            .send()
            .await?;
        Ok(want.db_parameter_group_name.clone())
    }

    async fn settle(cx: &Cx, id: &str, want: &DbParameterGroupInputs) -> Result<()> {
        let waiting = parameters::bring(cx, Of::Instances, id, &want.parameters).await?;
        if cx.recorded::<Self>().has(fields::db_parameter_group_arn) {
            parameters::tell_static(cx, id, &waiting);
        }
        Ok(())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<DbParameterGroup>> {
        let Some(found) = find(cx, id).await? else { return Ok(None) };
        let arn = answered(found.db_parameter_group_arn, "DBParameterGroupArn")?;
        let Some(tags) = unless_gone(tagging::listed(cx, &arn).await)? else { return Ok(None) };
        let said = cx.recorded::<Self>();
        let named = said.has(fields::family).then(|| said.get(fields::parameters).unwrap_or_default());
        let Some(values) = unless_gone(parameters::read(cx, Of::Instances, id, named.as_ref()).await)? else {
            return Ok(None);
        };
        Ok(Some(DbParameterGroup {
            db_parameter_group_name: id.to_owned(),
            description: found.description.unwrap_or_default(),
            family: answered(found.db_parameter_group_family, "DBParameterGroupFamily")?,
            parameters: values,
            tags: tagging::tags(&tags),
            db_parameter_group_arn: arn,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let was = change.was().get(fields::parameters).unwrap_or_default();
        let waiting = parameters::reset(cx, Of::Instances, id, &was, &change.wanted().parameters).await?;
        parameters::tell_static(cx, id, &waiting);
        let tags = TagChange::of(change, fields::tags);
        match find(cx, id).await?.filter(|_| !tags.is_empty()).and_then(|found| found.db_parameter_group_arn) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.rds().delete_db_parameter_group().db_parameter_group_name(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let uses = |one: &types::DbInstance| {
            one.db_parameter_groups().iter().any(|group| group.db_parameter_group_name() == Some(id))
        };
        rds_calls::users(cx, uses, |_| false).await
    }
}

async fn find(cx: &Cx, name: &str) -> Result<Option<types::DbParameterGroup>> {
    let call = cx.rds().describe_db_parameter_groups().db_parameter_group_name(name);
    let found = unless_gone(call.send().await)?;
    let mut groups = found.and_then(|found| found.db_parameter_groups).unwrap_or_default().into_iter();
    Ok(groups.find(|group| group.db_parameter_group_name() == Some(name)))
}
