//! A DB subnet group: the subnets that databases can be in.

use aws_sdk_rds::types;
use framework::{
    Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Result, TagChange, Tags, answered, tags::rds as tagging, unless_gone},
    resources::{rds_calls, subnet_group},
};

/// A DB subnet group of Amazon RDS: the subnets of a VPC that a database's instances can be in.
///
/// A Region has 50 of them for an account, unless you ask for more (Amazon RDS User Guide, "Quotas and constraints for
/// Amazon RDS").
#[derive(Resource)]
#[resource(token = "rds:DBSubnetGroup", model = "AWS::RDS::DBSubnetGroup", id = "db_subnet_group_name")]
pub struct DbSubnetGroup {
    /// The group's name, unique in the account and Region. Made up from the resource's name when absent. AWS keeps
    /// it in small letters, and takes no group called `default`.
    #[input(
        replaces,
        named(255),
        length(1, 255),
        pattern("[a-z][a-z0-9 ._-]*", "small letters, digits, spaces and any of ._-, with a letter at the beginning")
    )]
    db_subnet_group_name: String,
    /// What the group is for.
    #[input(length(1, 255))]
    db_subnet_group_description: String,
    /// The subnets, all of one VPC and of two Availability Zones at least. A subnet that an instance is in can't be
    /// taken out, and one of those that are there has to stay. A group has 20 of them at most (Amazon RDS User Guide, "Quotas and constraints for Amazon RDS").
    #[input(set, items(2, 20))]
    subnet_ids: Vec<String>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's ARN.
    #[output(stable)]
    db_subnet_group_arn: String,
    /// The VPC that the subnets are in.
    #[output(stable)]
    vpc_id: String,
}

/// The name that RDS keeps for the subnets of the default VPC.
const RESERVED: &str = "default";

impl Managed for DbSubnetGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if want.get(fields::db_subnet_group_name).as_deref() == Some(RESERVED) {
            problems.add(want.path(fields::db_subnet_group_name), "must not be default, which is AWS's own group");
        }
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    fn forbids(was: &Properties<'_, Self>, want: &Properties<'_, Self>, problems: &mut Problems) {
        subnet_group::stays(was, want, fields::subnet_ids, problems);
    }

    async fn occupant(_: &Cx, want: &DbSubnetGroupInputs) -> Result<Option<String>> {
        Ok(Some(want.db_subnet_group_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        match find(cx, id).await?.and_then(|found| found.db_subnet_group_arn) {
            Some(arn) => Ok(tagging::owner_among(&tagging::listed(cx, &arn).await?)),
            None => Ok(None),
        }
    }

    async fn create(cx: &Cx, want: &DbSubnetGroupInputs, owner: &Owner) -> Result<String> {
        cx.rds()
            .create_db_subnet_group()
            .db_subnet_group_name(&want.db_subnet_group_name)
            .db_subnet_group_description(&want.db_subnet_group_description)
            .set_subnet_ids(Some(want.subnet_ids.clone()))
            .set_tags(Some(tagging::for_create(&want.tags, owner)))
            .send()
            .await?;
        Ok(want.db_subnet_group_name.clone())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<DbSubnetGroup>> {
        let Some(found) = find(cx, id).await? else { return Ok(None) };
        let arn = answered(found.db_subnet_group_arn, "DBSubnetGroupArn")?;
        let Some(tags) = unless_gone(tagging::listed(cx, &arn).await)? else { return Ok(None) };
        let subnets = found.subnets.unwrap_or_default().into_iter();
        Ok(Some(DbSubnetGroup {
            db_subnet_group_name: id.to_owned(),
            db_subnet_group_description: found.db_subnet_group_description.unwrap_or_default(),
            subnet_ids: subnets.filter_map(|subnet| subnet.subnet_identifier).collect(),
            tags: tagging::tags(&tags),
            db_subnet_group_arn: arn,
            vpc_id: answered(found.vpc_id, "VpcId")?,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let want = change.wanted();
        let subnets = change.to(fields::subnet_ids);
        if subnets.is_some() || change.to(fields::db_subnet_group_description).is_some() {
            cx.rds()
                .modify_db_subnet_group()
                .db_subnet_group_name(id)
                .db_subnet_group_description(&want.db_subnet_group_description)
                .set_subnet_ids(Some(want.subnet_ids.clone()))
                .send()
                .await?;
        }
        let tags = TagChange::of(change, fields::tags);
        match find(cx, id).await?.filter(|_| !tags.is_empty()).and_then(|found| found.db_subnet_group_arn) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.rds().delete_db_subnet_group().db_subnet_group_name(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let of_instance = |one: &types::DbInstance| {
            one.db_subnet_group().and_then(types::DbSubnetGroup::db_subnet_group_name) == Some(id)
        };
        rds_calls::users(cx, of_instance, |one| one.db_subnet_group() == Some(id)).await
    }
}

async fn find(cx: &Cx, name: &str) -> Result<Option<types::DbSubnetGroup>> {
    let found = unless_gone(cx.rds().describe_db_subnet_groups().db_subnet_group_name(name).send().await)?;
    Ok(found.and_then(|found| found.db_subnet_groups).unwrap_or_default().into_iter().next())
}
