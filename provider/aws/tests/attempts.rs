//! What is sent again, and what isn't.

use std::{sync::Arc, time::Duration};

use framework::{
    engine::{Log, Severity},
    error::Kind,
    resource::{Operation, cancel::CancellationToken},
    value::Urn,
};
use futures::future::join_all;
use tokio::{io::AsyncReadExt, time::timeout};

use super::wire::{Answer, Wire, config, ec2_error, subnet_made, subnets};
use crate::aws::{Config, Error, Result, Session};

async fn make_subnet(session: &Session) -> Result<()> {
    session.ec2().create_subnet().vpc_id("vpc-1").send().await?;
    Ok(())
}

fn once(first: Answer, then: fn() -> Answer) -> Wire {
    let first = std::sync::Mutex::new(Some(first));
    Wire::saying(move |_, _| first.lock().unwrap().take().unwrap_or_else(then))
}

async fn failed(wire: &Wire) -> Error {
    make_subnet(&*wire.session().await).await.unwrap_err()
}

#[tokio::test]
async fn a_create_whose_answer_is_lost_is_sent_once() {
    let wire = once(Answer::Lost, subnet_made);
    let error = failed(&wire).await;
    assert_eq!(error.kind(), Kind::Lost);
    assert_eq!(wire.seen().len(), 1);
    assert!(
        error.to_string().starts_with(
            "ec2:CreateSubnet: no answer came from https://ec2.eu-west-1.amazonaws.com: connection reset by peer"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_create_that_broke_inside_aws_is_sent_once() {
    let wire = once(ec2_error(500, "InternalError", "oops"), subnet_made);
    assert_eq!(failed(&wire).await.kind(), Kind::Lost);
    assert_eq!(wire.seen().len(), 1);
}

#[tokio::test]
async fn a_create_whose_answer_is_no_answer_is_sent_once() {
    let wire = once(Answer::Is(502, "<html>bad gateway</html>".to_owned()), subnet_made);
    assert_eq!(failed(&wire).await.kind(), Kind::Lost);
    assert_eq!(wire.seen().len(), 1);
}

struct Silence;

impl Log for Silence {
    fn log(&self, _: Severity, _: &Urn, _: String) {}

    fn status(&self, _: &Urn, _: String) {}
}

#[tokio::test]
async fn a_call_that_waits_for_its_turn_is_given_up_with_its_operation() {
    const CROWD: usize = 200;
    let wire = Wire::saying(|_, _| subnet_made());
    let session = wire.session().await;
    let cancel = CancellationToken::new();
    let operation = Operation::begin(Urn::default(), Arc::new(Silence), cancel.clone(), Duration::ZERO);
    cancel.cancel();
    let ended = operation.doing(join_all((0..CROWD).map(|_| make_subnet(&session)))).await;
    let given_up = ended.iter().filter(|end| end.as_ref().is_err_and(|error| error.kind() == Kind::Cancelled)).count();
    assert!(given_up > 0, "a crowd has to wait");
    assert_eq!(wire.seen().len() + given_up, CROWD, "what was given up was never sent");
}

#[tokio::test]
async fn nothing_is_sent_again_for_an_operation_that_was_cancelled() {
    let wire = once(ec2_error(503, "RequestLimitExceeded", "slow down"), subnet_made);
    let cancel = CancellationToken::new();
    let operation = Operation::begin(Urn::default(), Arc::new(Silence), cancel.clone(), Duration::ZERO);
    cancel.cancel();
    let error = operation.doing(make_subnet(&*wire.session().await)).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Throttled);
    assert_eq!(wire.seen().len(), 1);
}

#[tokio::test]
async fn a_throttled_create_is_sent_again() {
    let wire = once(ec2_error(503, "RequestLimitExceeded", "slow down"), subnet_made);
    make_subnet(&*wire.session().await).await.unwrap();
    assert_eq!(wire.seen().len(), 2);
}

#[tokio::test]
async fn a_create_with_a_token_is_sent_again_with_the_same() {
    let made = || {
        Answer::Is(200, "<CreateNatGatewayResponse><natGateway><natGatewayId>nat-1</natGatewayId></natGateway></CreateNatGatewayResponse>".to_owned())
    };
    let wire = once(Answer::Lost, made);
    let session = wire.session().await;
    session.ec2().create_nat_gateway().subnet_id("subnet-1").client_token("mine").send().await.unwrap();
    let tokens: Vec<_> = wire.seen().iter().map(|seen| seen.field("ClientToken")).collect();
    assert_eq!(tokens, [Some("mine".to_owned()), Some("mine".to_owned())]);
}

#[tokio::test]
async fn a_look_is_repeated_whatever_happened() {
    let wire = once(Answer::Lost, || subnets(&[]));
    wire.session().await.ec2().describe_subnets().send().await.unwrap();
    assert_eq!(wire.seen().len(), 2);
}

#[tokio::test]
async fn a_look_that_is_never_answered_did_nothing() {
    let wire = Wire::saying(|_, _| Answer::Lost);
    let session = wire.session_with(Config { max_attempts: Some(1), ..config() }).await;
    let error = Error::from(session.ec2().describe_subnets().send().await.unwrap_err());
    assert_eq!((error.kind(), wire.seen().len()), (Kind::Unavailable, 1));
}

#[tokio::test]
async fn what_the_bucket_doesnt_hold_isnt_sent_yet() {
    let wire = Wire::saying(|_, _| Answer::Is(200, "<CreateVpcEndpointResponse/>".to_owned()));
    let session = wire.session().await;
    let makes = (0..5).map(|_| session.ec2().create_vpc_endpoint().vpc_id("vpc-1").send());
    let all_of_the_burst = async {
        while wire.seen().len() < 4 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        _ = futures::future::join_all(makes) => unreachable!("four go at once, and the fifth waits"),
        () = all_of_the_burst => {}
    }
    assert_eq!(wire.seen().len(), 4);
}

#[tokio::test]
async fn an_endpoint_that_isnt_there_is_named() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let config = Config { endpoint: Some(address.clone()), max_attempts: Some(1), ..config() };
    let aws = crate::aws::Aws::through(crate::aws::access::http(), config).await;
    let session = framework::cloud::Cloud::session(&aws, &framework::value::Map::new()).unwrap();
    let error = make_subnet(&session).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Unavailable);
    assert!(error.to_string().contains(&format!("{address} can't be reached: ")), "{error}");
}

#[tokio::test]
async fn a_connection_that_closes_after_the_request_is_a_lost_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let mut requests = 0;
        while let Ok(Ok((mut stream, _))) = timeout(Duration::from_secs(3), listener.accept()).await {
            requests += usize::from(stream.read(&mut [0; 4096]).await.unwrap_or_default() > 0);
        }
        requests
    });
    let aws =
        crate::aws::Aws::through(crate::aws::access::http(), Config { endpoint: Some(address), ..config() }).await;
    let session = framework::cloud::Cloud::session(&aws, &framework::value::Map::new()).unwrap();
    assert_eq!(make_subnet(&session).await.unwrap_err().kind(), Kind::Lost);
    assert_eq!(served.await.unwrap(), 1);
}
