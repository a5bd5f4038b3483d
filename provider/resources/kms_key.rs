//! Names of KMS keys: an id, an alias, or the ARN of either.

/// What AWS shows of a key, in the program's words where they mean the same one.
#[must_use]
pub fn as_said(said: Option<String>, seen: Option<String>) -> Option<String> {
    match (said, seen) {
        (Some(said), Some(seen)) if is_same(&said, &seen) => Some(said),
        (_, seen) => seen,
    }
}

/// Whether two names mean the same key. An alias and its key are two.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || (bare(one) == bare(other) && !(is_arn(one) && is_arn(other)))
}

fn is_arn(name: &str) -> bool {
    name.starts_with("arn:")
}

/// The id, or the alias, without what stands before it in an ARN.
fn bare(name: &str) -> &str {
    let resource = if is_arn(name) { name.splitn(6, ':').nth(5).unwrap_or(name) } else { name };
    resource.strip_prefix("key/").unwrap_or(resource)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0a1b2c3d-0000-4000-8000-000000000001";

    #[test]
    fn a_key_has_more_than_one_name() {
        let arn = format!("arn:aws:kms:eu-west-1:123456789012:key/{KEY}");
        let elsewhere = format!("arn:aws:kms:us-east-1:123456789012:key/{KEY}");
        let alias = "arn:aws:kms:eu-west-1:123456789012:alias/app/db";
        assert!(is_same(KEY, &arn) && is_same(&arn, KEY) && is_same(&arn, &arn) && is_same("alias/app/db", alias));
        assert!(!is_same(&arn, &elsewhere) && !is_same("alias/app", alias) && !is_same(KEY, alias));
    }

    #[test]
    fn the_programs_words_are_kept_where_they_mean_what_is_seen() {
        let arn = format!("arn:aws:kms:eu-west-1:123456789012:key/{KEY}");
        let text = |name: &str| Some(name.to_owned());
        assert_eq!(as_said(text(KEY), text(&arn)), text(KEY));
        assert_eq!(as_said(text("alias/other"), text(&arn)), text(&arn));
        assert_eq!(as_said(None, text(&arn)), text(&arn));
        assert_eq!(as_said(text(KEY), None), None);
    }
}
