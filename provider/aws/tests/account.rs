//! Nothing is asked of an account that isn't allowed.

use framework::error::Kind;

use super::wire::{Wire, config, identity, subnets};
use crate::aws::{Config, Error};

fn only(account: &str) -> Config {
    Config { allowed_account_ids: Some(vec![account.to_owned()]), ..config() }
}

fn wire() -> Wire {
    Wire::saying(|_, seen| if seen.action() == "GetCallerIdentity" { identity("111111111111") } else { subnets(&[]) })
}

#[tokio::test]
async fn another_account_is_refused_before_the_first_call() {
    let wire = wire();
    let session = wire.session_with(only("222222222222")).await;
    let error = Error::from(session.ec2().describe_subnets().send().await.unwrap_err());
    assert_eq!(error.kind(), Kind::Forbidden);
    let told = error.to_string();
    for part in ["111111111111", "222222222222", "allowedAccountIds"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(wire.actions(), ["GetCallerIdentity"]);
}

#[tokio::test]
async fn the_account_is_asked_for_once() {
    let wire = wire();
    let session = wire.session_with(only("111111111111")).await;
    let looks = (0..3).map(|_| session.ec2().describe_subnets().send());
    assert!(futures::future::join_all(looks).await.into_iter().all(|look| look.is_ok()));
    assert_eq!(session.account_id().await.unwrap(), "111111111111");
    assert_eq!(wire.actions().iter().filter(|action| *action == "GetCallerIdentity").count(), 1);
}

#[tokio::test]
async fn nobody_asks_when_every_account_is_allowed() {
    let wire = wire();
    wire.session().await.ec2().describe_subnets().send().await.unwrap();
    assert_eq!(wire.actions(), ["DescribeSubnets"]);
}
