//! The password of a replication group: where it comes from, and how it reaches the group.
//!
//! It is in memory for as long as a call takes, and never in the state, a log or an error.

use aws_sdk_elasticache::{error::SdkError, types};
use framework::{error::Kind, resource::Change};

use super::{AuthTokenUpdateStrategy, ReplicationGroup, ReplicationGroupInputs, fields, look};
use crate::{
    aws::{Cx, Error, Result, answered, limits::caches, tags::elasticache as tagging},
    resources::set_change::SetChange,
};

/// A password; deliberately without a form for people.
pub(super) struct Token {
    value: String,
    version: Option<String>,
}

impl Token {
    /// The password itself.
    pub(super) fn value(&self) -> &str {
        &self.value
    }

    /// Which version of a secret it is.
    pub(super) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// An error without the password, should AWS name it in its words.
    pub(super) fn hidden_in(&self, error: Error) -> Error {
        if !error.to_string().contains(&self.value) {
            return error;
        }
        Error::new(error.kind(), "AWS refused it, in words that name the password and are left out here")
    }
}

/// The password that the program asks for.
pub(super) async fn wanted(cx: &Cx, want: &ReplicationGroupInputs) -> Result<Option<Token>> {
    match (&want.auth_token, &want.auth_token_secret_arn) {
        (Some(value), _) => Ok(Some(Token { value: value.clone(), version: None })),
        (None, Some(arn)) => of_secret(cx, arn, want.auth_token_secret_key.as_deref()).await.map(Some),
        (None, None) => Ok(None),
    }
}

async fn of_secret(cx: &Cx, arn: &str, key: Option<&str>) -> Result<Token> {
    let answer = cx.secrets_manager().get_secret_value().secret_id(arn).send().await?;
    let text = answered(answer.secret_string, "SecretString")?;
    let value = match key {
        Some(key) => inside(&text, key).ok_or_else(|| unfit(arn, &format!("is no JSON object with the key {key}")))?,
        None => text,
    };
    if let Some(reason) = caches::unfit_as_token(&value) {
        return Err(unfit(arn, reason));
    }
    Ok(Token { value, version: answer.version_id })
}

fn inside(text: &str, key: &str) -> Option<String> {
    let document: serde_json::Value = serde_json::from_str(text).ok()?;
    document.get(key)?.as_str().map(ToOwned::to_owned)
}

fn unfit(arn: &str, reason: &str) -> Error {
    Error::new(Kind::Invalid, format!("the secret {arn} can't be a password of ElastiCache: it {reason}"))
        .with_advice("Give the secret another value, or name another one in authTokenSecretArn and authTokenSecretKey")
}

/// The version that a secret has now; nothing where that can't be told.
pub(super) async fn current_version(cx: &Cx, arn: &str) -> Result<Option<String>> {
    let answer = match cx.secrets_manager().describe_secret().secret_id(arn).send().await.map_err(Error::from) {
        Ok(answer) => answer,
        Err(error) if matches!(error.kind(), Kind::Forbidden | Kind::Gone) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut versions = answer.version_ids_to_stages.unwrap_or_default().into_iter();
    let current = versions.find(|(_, stages)| stages.iter().any(|stage| stage == caches::CURRENT));
    Ok(current.map(|(version, _)| version))
}

/// Brings who may connect to what is wanted: by password, or as a user.
pub(super) async fn bring(cx: &Cx, id: &str, change: &Change<ReplicationGroup>) -> Result<()> {
    let want = change.wanted();
    let has_token = want.auth_token.is_some() || want.auth_token_secret_arn.is_some();
    let users = change.to(fields::user_group_ids).is_some();
    let token = change.to(fields::auth_token).is_some()
        || change.to(fields::auth_token_secret_arn).is_some()
        || change.to(fields::auth_token_secret_key).is_some();
    let ends_others = change.to(fields::auth_token_update_strategy).flatten() == Some(AuthTokenUpdateStrategy::Set);
    if !(users || token || has_token && ends_others || want.auth_token_secret_arn.is_some()) {
        return Ok(());
    }
    let found = look::until_free(cx, id).await?;
    let users = SetChange::from_to(found.user_group_ids(), &want.user_group_ids);
    let had_token = found.auth_token_enabled() == Some(true);
    if !has_token {
        return without_token(cx, id, users, had_token && token).await;
    }
    if !(token || ends_others || is_rotated(cx, want, &found).await?) {
        return Ok(());
    }
    let Some(token) = wanted(cx, want).await? else { return Ok(()) };
    let keeps_old = had_token && want.auth_token_update_strategy == Some(AuthTokenUpdateStrategy::Rotate);
    put(cx, id, &token, users, had_token, keeps_old).await?;
    let Some(version) = token.version() else { return Ok(()) };
    let arn = answered(look::until_free(cx, id).await?.arn, "ARN")?;
    tagging::put(cx, &arn, vec![tagging::of_token(version)]).await
}

/// Whether the secret has another version than the one that the group's password was read from.
async fn is_rotated(cx: &Cx, want: &ReplicationGroupInputs, found: &types::ReplicationGroup) -> Result<bool> {
    let (Some(secret), Some(arn)) = (&want.auth_token_secret_arn, found.arn()) else { return Ok(false) };
    let current = current_version(cx, secret).await?;
    Ok(current.is_some() && current != tagging::told(cx, arn).await?.token_version)
}

/// Users alone. A password goes only where they come.
async fn without_token(cx: &Cx, id: &str, users: SetChange, ends_token: bool) -> Result<()> {
    if ends_token && users.add.is_empty() {
        return Err(Error::new(Kind::Invalid, format!("{id} can't do without a password any more"))
            .with_advice("Take the change back, give another password, or give userGroupIds in its place"));
    }
    if users.is_empty() && !ends_token {
        return Ok(());
    }
    let (add, remove) = users.into_parts();
    let call = cx.elasticache().modify_replication_group().replication_group_id(id).apply_immediately(true);
    let call = call.set_user_group_ids_to_add(add).set_user_group_ids_to_remove(remove);
    let strategy = ends_token.then_some(types::AuthTokenUpdateStrategyType::Delete);
    call.set_auth_token_update_strategy(strategy).send().await?;
    Ok(())
}

/// First both passwords are taken, then the new one alone, so that no node is ever without one that clients know.
async fn put(cx: &Cx, id: &str, token: &Token, users: SetChange, had_token: bool, keeps_old: bool) -> Result<()> {
    use types::AuthTokenUpdateStrategyType::{Rotate, Set};
    if !users.remove.is_empty() {
        // From users to a password: AWS does both at once.
        return send(cx, id, token, Set, Some(users.remove)).await;
    }
    match send(cx, id, token, Rotate, None).await {
        Ok(()) if keeps_old => Ok(()),
        Ok(()) => {
            look::until_free(cx, id).await?;
            send(cx, id, token, Set, None).await
        }
        // An update that was cut off may have come as far: only the second step is left.
        Err(refusal) if refusal.kind() == Kind::Invalid && had_token && !keeps_old => {
            send(cx, id, token, Set, None).await.map_err(|_| refusal)
        }
        Err(refusal) => Err(refusal),
    }
}

async fn send(
    cx: &Cx,
    id: &str,
    token: &Token,
    strategy: types::AuthTokenUpdateStrategyType,
    without: Option<Vec<String>>,
) -> Result<()> {
    let call = cx.elasticache().modify_replication_group().replication_group_id(id).apply_immediately(true);
    let call = call.auth_token(token.value()).auth_token_update_strategy(strategy);
    let sent = call.set_user_group_ids_to_remove(without).send().await;
    sent.map(|_| ()).map_err(|refusal: SdkError<_, _>| token.hidden_in(refusal.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_in_no_error() {
        let token = Token { value: "0123456789abcdef".to_owned(), version: None };
        let told = |words: &str| token.hidden_in(Error::new(Kind::Invalid, words)).to_string();
        assert!(!told("no: 0123456789abcdef is weak").contains("0123456789abcdef"));
        assert_eq!(told("the password is weak"), "the password is weak");
    }

    #[test]
    fn a_key_leads_into_the_secret() {
        let text = r#"{"token": "0123456789abcdef", "number": 1}"#;
        assert_eq!(inside(text, "token").as_deref(), Some("0123456789abcdef"));
        assert_eq!(inside(text, "number"), None);
        assert_eq!(inside(text, "other"), None);
        assert_eq!(inside("plain", "token"), None);
    }
}
