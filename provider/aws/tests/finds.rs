//! Looks at single things are one call.

use framework::error::Kind;

use super::wire::{Seen, Wire, ec2_error, subnets};
use crate::aws::{Findable, Result, Session};

#[derive(Clone, Debug, PartialEq)]
struct Subnet(String);

impl Findable for Subnet {
    fn id(&self) -> Option<&str> {
        Some(&self.0)
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let found = session.ec2().describe_subnets().set_subnet_ids(Some(ids)).send().await?;
        Ok(found.subnets().iter().filter_map(|subnet| subnet.subnet_id.clone().map(Subnet)).collect())
    }
}

fn asked(seen: &Seen) -> Vec<String> {
    (1..).map_while(|number| seen.field(&format!("SubnetId.{number}"))).collect()
}

#[tokio::test]
async fn finds_that_come_together_are_one_call() {
    let wire = Wire::saying(|_, seen| subnets(&asked(seen)));
    let session = wire.session().await;
    let finds = ["s-2", "s-1", "s-2"].map(|id| session.find::<Subnet>(id));
    let found: Vec<_> =
        futures::future::join_all(finds).await.into_iter().map(|found| found.unwrap().unwrap().0).collect();
    assert_eq!(found, ["s-2", "s-1", "s-2"]);
    assert_eq!(wire.seen().iter().map(asked).collect::<Vec<_>>(), [["s-1", "s-2"]]);
}

#[tokio::test]
async fn one_that_is_gone_doesnt_hide_the_others() {
    let wire = Wire::saying(|_, seen| match asked(seen).iter().any(|id| id == "s-gone") {
        true => ec2_error(400, "InvalidSubnetID.NotFound", "The subnet ID 's-gone' does not exist"),
        false => subnets(&asked(seen)),
    });
    let session = wire.session().await;
    let (gone, there) = futures::join!(session.find::<Subnet>("s-gone"), session.find::<Subnet>("s-1"));
    assert_eq!((gone.unwrap(), there.unwrap()), (None, Some(Subnet("s-1".to_owned()))));
    assert_eq!(wire.seen().len(), 2);
}

#[tokio::test]
async fn one_that_is_gone_and_not_named_is_looked_for_by_halves() {
    let wire = Wire::saying(|_, seen| match asked(seen).iter().any(|id| id == "s-3") {
        true => ec2_error(400, "InvalidSubnetID.NotFound", "one of them does not exist"),
        false => subnets(&asked(seen)),
    });
    let session = wire.session().await;
    let finds = (0..8).map(|number| {
        let session = session.clone();
        async move { session.find::<Subnet>(&format!("s-{number}")).await }
    });
    let found = futures::future::join_all(finds).await.into_iter().filter(|found| matches!(found, Ok(Some(_)))).count();
    assert_eq!(found, 7);
}

#[tokio::test]
async fn an_error_is_everybodys() {
    let wire = Wire::saying(|_, _| ec2_error(403, "UnauthorizedOperation", "no"));
    let session = wire.session().await;
    let (one, two) = futures::join!(session.find::<Subnet>("s-1"), session.find::<Subnet>("s-2"));
    assert_eq!((one.unwrap_err().kind(), two.unwrap_err().kind()), (Kind::Forbidden, Kind::Forbidden));
    assert_eq!(wire.seen().len(), 1);
}

#[tokio::test]
async fn who_is_dropped_hurts_nobody() {
    let wire = Wire::saying(|_, seen| subnets(&asked(seen)));
    let session = wire.session().await;
    let patient = session.find::<Subnet>("s-2");
    tokio::select! {
        biased;
        _ = session.find::<Subnet>("s-1") => unreachable!(),
        () = tokio::task::yield_now() => {}
    }
    assert_eq!(patient.await.unwrap(), Some(Subnet("s-2".to_owned())));
    assert_eq!(wire.seen().iter().map(asked).collect::<Vec<_>>(), [["s-2"]]);
}

#[tokio::test]
async fn a_later_find_is_another_call() {
    let wire = Wire::saying(|number, seen| if number == 0 { subnets(&[]) } else { subnets(&asked(seen)) });
    let session = wire.session().await;
    assert_eq!(session.find::<Subnet>("s-1").await.unwrap(), None);
    assert!(session.find::<Subnet>("s-1").await.unwrap().is_some());
}
