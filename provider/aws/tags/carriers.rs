//! Which service lists, gives and takes the owner tags of a kind: the service's name stands in front of the colon.

use std::collections::BTreeMap;

use framework::{cloud::Owned, resource::Owner};

use super::{acm, ec2, kms, route53};
use crate::aws::{Result, Session};

/// A service whose things are found by their owner tags.
enum Carrier {
    Acm,
    Ec2,
    Kms,
    Route53,
}

/// The service that a kind is of, where it lists tags; kinds of EC2 have no colon.
fn carrier(kind: &str) -> Option<Carrier> {
    match kind.split_once(':').map(|(service, _)| service) {
        None => Some(Carrier::Ec2),
        Some("acm") => Some(Carrier::Acm),
        Some("kms") => Some(Carrier::Kms),
        Some("route53") => Some(Carrier::Route53),
        Some(_) => None,
    }
}

/// Everything of a kind that carries one of our owner tokens, by token; of several, the one that was made last.
///
/// # Errors
///
/// What the calls fail with.
pub async fn owned(session: &Session, kind: &str) -> Result<BTreeMap<String, Owned>> {
    match carrier(kind) {
        Some(Carrier::Acm) => acm::owned(session).await,
        Some(Carrier::Ec2) => ec2::owned(session, kind).await,
        Some(Carrier::Kms) => kms::owned(session).await,
        Some(Carrier::Route53) => route53::owned(session).await,
        None => Ok(BTreeMap::new()),
    }
}

/// Takes the owner token off a thing.
///
/// # Errors
///
/// What the call fails with.
pub async fn disown(session: &Session, kind: &str, id: &str) -> Result<()> {
    match carrier(kind) {
        Some(Carrier::Acm) => acm::disown(session, id).await,
        Some(Carrier::Ec2) => ec2::disown(session, id).await,
        Some(Carrier::Kms) => kms::disown(session, id).await,
        Some(Carrier::Route53) => route53::disown(session, id).await,
        None => Ok(()),
    }
}

/// Puts an owner token on a thing, in place of the one that it has.
///
/// # Errors
///
/// What the call fails with.
pub async fn own(session: &Session, kind: &str, id: &str, owner: &Owner) -> Result<()> {
    match carrier(kind) {
        Some(Carrier::Acm) => acm::own(session, id, owner).await,
        Some(Carrier::Ec2) => ec2::own(session, id, owner).await,
        Some(Carrier::Kms) => kms::own(session, id, owner).await,
        Some(Carrier::Route53) => route53::own(session, id, owner).await,
        None => Ok(()),
    }
}

/// Notes a thing by its token, unless one is known that was made later.
pub(super) fn note_latest(owned: &mut BTreeMap<String, Owned>, token: &str, thing: Owned) {
    if owned.get(token).is_none_or(|other| other.made <= thing.made) {
        owned.insert(token.to_owned(), thing);
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn of_several_with_one_token_the_last_one_counts() {
        let thing = |id: &str, at| Owned { id: id.to_owned(), made: UNIX_EPOCH + Duration::from_secs(at) };
        for order in [["old", "new"], ["new", "old"]] {
            let mut owned = BTreeMap::new();
            for id in order {
                note_latest(&mut owned, "token", thing(id, if id == "new" { 2 } else { 1 }));
            }
            assert_eq!(owned["token"].id, "new");
        }
    }
}
