//! Copies of a secret in other Regions.

use std::collections::BTreeSet;

use aws_sdk_secretsmanager::{
    operation::describe_secret::DescribeSecretOutput,
    types::{ReplicaRegionType, ReplicationStatusType, StatusType},
};
use framework::{Object, error::Kind, problem::Problems, resource::Look, value::Path};

use super::calls;
use crate::aws::{Cx, Error, Result, answered, limits::waits};

/// A Region that has a copy of a secret.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "secretsmanager:ReplicaRegion")]
pub struct ReplicaRegion {
    /// The Region, such as `eu-central-1`.
    #[field(length(1, 128), pattern("[a-z]+(-[a-z]+)+-[0-9]+", "a Region's name, such as eu-central-1"))]
    pub region: String,
    /// The ARN, id or alias of the KMS key in that Region that encrypts the copy. Secrets Manager's own key there,
    /// `aws/secretsmanager`, when absent.
    #[field(length(1, 2048))]
    pub kms_key_id: Option<String>,
}

/// Notes each Region that is there twice.
pub(super) fn check(regions: &[ReplicaRegion], at: &Path, problems: &mut Problems) {
    let mut names = BTreeSet::new();
    for (index, _) in regions.iter().enumerate().filter(|(_, replica)| !names.insert(&replica.region)) {
        problems.add(at.index(index).key("region"), "is there twice: a Region has one copy");
    }
}

/// The copies that work. Those that failed are none, so that they are made again.
pub(super) fn seen(found: &DescribeSecretOutput, said: &[ReplicaRegion]) -> Vec<ReplicaRegion> {
    let working = found.replication_status().iter().filter(|replica| !has_failed(replica));
    working.filter_map(|replica| as_said(replica, said)).collect()
}

fn as_said(replica: &ReplicationStatusType, said: &[ReplicaRegion]) -> Option<ReplicaRegion> {
    let region = replica.region.clone()?;
    let said = said.iter().find(|said| said.region == region).and_then(|said| said.kms_key_id.clone());
    Some(ReplicaRegion { kms_key_id: calls::key(said, replica.kms_key_id.clone()), region })
}

fn has_failed(replica: &ReplicationStatusType) -> bool {
    replica.status() == Some(&StatusType::Failed)
}

/// Brings the copies to what is wanted, and waits until they are as the secret is.
///
/// The key of a copy can't be changed, so such a copy goes and is made again; and so does one that has failed.
pub(super) async fn bring(cx: &Cx, arn: &str, wanted: &[ReplicaRegion]) -> Result<()> {
    let found = answered(calls::find(cx, arn).await?, "the secret")?;
    let there = seen(&found, wanted);
    let listed = found.replication_status().iter().filter_map(ReplicationStatusType::region);
    let stays = |region: &str| wanted.iter().any(|one| one.region == region && there.contains(one));
    let wrong: Vec<String> = listed.filter(|region| !stays(region)).map(ToOwned::to_owned).collect();
    let missing: Vec<_> = wanted.iter().filter(|one| !there.contains(one)).collect();
    remove(cx, arn, wrong).await?;
    add(cx, arn, &missing).await?;
    match wanted.is_empty() {
        true => Ok(()),
        false => cx.until(&waits::SECRET_REPLICATED, arn, || in_sync(cx, arn)).await,
    }
}

/// Asks for copies. When the answer is lost, what the secret lists tells whether that was done.
async fn add(cx: &Cx, arn: &str, missing: &[&ReplicaRegion]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let call = cx.secrets_manager().replicate_secret_to_regions().secret_id(arn);
    let call = call.set_add_replica_regions(Some(missing.iter().map(|one| (*one).into()).collect()));
    let Err(error) = call.send().await.map_err(Error::from) else { return Ok(()) };
    if error.kind() != Kind::Lost {
        return Err(error);
    }
    let found = calls::find(cx, arn).await?;
    let listed: Vec<_> = found.iter().flat_map(DescribeSecretOutput::replication_status).collect();
    let is_listed = |one: &ReplicaRegion| listed.iter().any(|replica| replica.region() == Some(&one.region));
    if missing.iter().all(|one| is_listed(one)) { Ok(()) } else { Err(error) }
}

/// Ends copies, and waits until they are gone.
async fn remove(cx: &Cx, arn: &str, regions: Vec<String>) -> Result<()> {
    if regions.is_empty() {
        return Ok(());
    }
    let call = cx.secrets_manager().remove_regions_from_replication().secret_id(arn);
    call.set_remove_replica_regions(Some(regions.clone())).send().await?;
    cx.until(&waits::SECRET_REPLICATED, arn, || async {
        let found = calls::find(cx, arn).await?;
        let left: Vec<_> = found.iter().flat_map(DescribeSecretOutput::replication_status).collect();
        let left =
            left.iter().filter_map(|replica| replica.region()).find(|left| regions.iter().any(|one| one == left));
        Ok(left.map_or(Look::Ready(()), |region| Look::Pending(format!("still in {region}"))))
    })
    .await
}

async fn in_sync(cx: &Cx, arn: &str) -> Result<Look<()>> {
    let found = answered(calls::find(cx, arn).await?, "the secret")?;
    Ok(progress(found.replication_status()))
}

/// How far the copies are.
fn progress(replicas: &[ReplicationStatusType]) -> Look<()> {
    let told = |replica: &ReplicationStatusType| {
        let region = replica.region().unwrap_or_default();
        let why = replica.status_message().unwrap_or("Secrets Manager says no reason");
        format!("its copy in {region}: {why}")
    };
    if let Some(failed) = replicas.iter().find(|replica| has_failed(replica)) {
        return Look::Failed(told(failed));
    }
    match replicas.iter().find(|replica| replica.status() != Some(&StatusType::InSync)) {
        Some(behind) => Look::Pending(format!("not in sync with {}", behind.region().unwrap_or_default())),
        None => Look::Ready(()),
    }
}

impl From<&ReplicaRegion> for ReplicaRegionType {
    fn from(want: &ReplicaRegion) -> Self {
        ReplicaRegionType::builder().region(&want.region).set_kms_key_id(want.kms_key_id.clone()).build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replica(region: &str, status: StatusType) -> ReplicationStatusType {
        ReplicationStatusType::builder().region(region).status(status).status_message("because").build()
    }

    #[test]
    fn all_copies_have_to_be_in_sync() {
        let one = || replica("eu-central-1", StatusType::InSync);
        assert_eq!(progress(&[one()]), Look::Ready(()));
        let behind = [one(), replica("eu-west-3", StatusType::InProgress)];
        assert_eq!(progress(&behind), Look::Pending("not in sync with eu-west-3".to_owned()));
        let failed = [replica("us-east-1", StatusType::InProgress), replica("eu-west-3", StatusType::Failed)];
        assert_eq!(progress(&failed), Look::Failed("its copy in eu-west-3: because".to_owned()));
    }

    #[test]
    fn a_copy_that_failed_is_none() {
        let statuses = vec![replica("eu-central-1", StatusType::InSync), replica("eu-west-3", StatusType::Failed)];
        let found = DescribeSecretOutput::builder().set_replication_status(Some(statuses)).build();
        let seen: Vec<_> = seen(&found, &[]).into_iter().map(|replica| replica.region).collect();
        assert_eq!(seen, ["eu-central-1"]);
    }

    #[test]
    fn a_region_has_one_copy() {
        let replica = |region: &str, key: Option<&str>| ReplicaRegion {
            region: region.to_owned(),
            kms_key_id: key.map(ToOwned::to_owned),
        };
        let mut problems = Problems::default();
        let regions = [replica("eu-west-3", None), replica("us-east-1", None), replica("eu-west-3", Some("alias/a"))];
        check(&regions, &Path::of("replicaRegions"), &mut problems);
        let at: Vec<_> = problems.iter().map(|problem| problem.path.to_string()).collect();
        assert_eq!(at, ["replicaRegions[2].region"]);
    }
}
