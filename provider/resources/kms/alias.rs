//! An alias of a KMS key: a name that can be given to another key.

use framework::{
    Resource,
    property::Properties,
    resource::{Carried, Change, Look, Managed, Owner, Wait},
};

use crate::{
    aws::{Aws, Cx, Result, answered, limits::waits, tags::kms as tagging},
    resources::{kms_calls as calls, kms_key},
};

/// An alias of a KMS key: a name that is unique in the account and Region, and can be given to another key.
///
/// What names the alias uses its new key from then on; what was encrypted with the old key is still decrypted with
/// that. A key has 50 aliases unless you ask for more (AWS KMS Developer Guide, "Resource quotas").
#[derive(Resource)]
#[resource(token = "kms:Alias", model = "AWS::KMS::Alias", id = "alias_name")]
pub struct Alias {
    /// The alias's name, such as `alias/app/database`. It begins with `alias/`, and not with `alias/aws/`, which
    /// AWS keeps for itself.
    #[input(
        replaces,
        length(1, 256),
        never_begins("alias/aws/"),
        pattern("alias/[a-zA-Z0-9/_-]+", "alias/ and then letters, digits and any of /_-")
    )]
    alias_name: String,
    /// The id or ARN of the key that it stands for, in the same account and Region. Another one has to be of the same
    /// type and for the same use.
    #[input(length(1, 256), never_begins("alias/"))]
    target_key_id: String,

    /// The alias's ARN, which most services take where they take a key's.
    #[output(stable)]
    arn: String,
}

impl Managed for Alias {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    const DELETED: &'static Wait = &waits::ALIAS_KNOWN;

    async fn occupant(_: &Cx, want: &AliasInputs) -> Result<Option<String>> {
        Ok(Some(want.alias_name.clone()))
    }

    async fn holder(cx: &Cx, want: &AliasInputs) -> Result<Option<Owner>> {
        tagging::owner_of(cx, &want.target_key_id).await
    }

    async fn create(cx: &Cx, want: &AliasInputs, _: &Owner) -> Result<String> {
        cx.kms().create_alias().alias_name(&want.alias_name).target_key_id(&want.target_key_id).send().await?;
        Ok(want.alias_name.clone())
    }

    async fn settle(cx: &Cx, id: &str, want: &AliasInputs) -> Result<()> {
        cx.until(&waits::ALIAS_KNOWN, id, || async {
            let key = calls::find(cx, id).await?.map(|key| key.key_id);
            Ok(match key {
                Some(key) if kms_key::is_same(&want.target_key_id, &key) => Look::Ready(()),
                Some(key) => Look::Pending(format!("that of the key {key}")),
                None => Look::Pending("not to be seen yet".to_owned()),
            })
        })
        .await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Alias>> {
        let Some(key) = calls::find(cx, id).await? else { return Ok(None) };
        let key_arn = answered(key.arn, "Arn")?;
        let said = cx.recorded::<Self>().get(fields::target_key_id);
        let target = kms_key::as_said(said, Some(key.key_id.clone()));
        Ok(Some(Alias {
            alias_name: id.to_owned(),
            target_key_id: target.unwrap_or(key.key_id),
            arn: arn_of(id, &key_arn),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if let Some(key) = change.to(fields::target_key_id) {
            cx.kms().update_alias().alias_name(id).target_key_id(key).send().await?;
        }
        Ok(())
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.kms().delete_alias().alias_name(id).send().await?;
        Ok(())
    }
}

/// An alias is where its key is.
fn arn_of(alias: &str, key: &str) -> String {
    let place = key.split_once(":key/").map_or(key, |(place, _)| place);
    format!("{place}:{alias}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_where_its_key_is() {
        let key = "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-1";
        assert_eq!(arn_of("alias/app/db", key), "arn:aws-cn:kms:cn-north-1:123456789012:alias/app/db");
    }
}
