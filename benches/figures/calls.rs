//! Calls that need no AWS, over the wire.

use std::time::{Duration, Instant};

use crate::{
    line, megabytes, milliseconds, percentile,
    plugin::Plugin,
    wire::{Client, pulumirpc as rpc, texts, urn},
};

const ROUNDS: usize = 1_000;

pub async fn print() {
    let plugin = Plugin::start(&[]);
    let mut client = plugin.configured().await;
    let memory = plugin.memory("VmRSS").map_or_else(|| "not told here".to_owned(), megabytes);
    line("memory after Configure (VmRSS)", memory);
    schema(&mut client).await;
    let before = plugin.processor_time();
    plans(&mut client).await;
    let spent = before.and_then(|before| plugin.processor_time()?.checked_sub(before));
    line("what they take of the provider's processor", spent.map_or_else(|| "not told here".to_owned(), milliseconds));
}

async fn schema(client: &mut Client) {
    let began = Instant::now();
    let answer = client.get_schema(rpc::GetSchemaRequest::default()).await.unwrap().into_inner();
    line("GetSchema", milliseconds(began.elapsed()));
    line("the schema", format!("{:.1} kB", f64::from(u32::try_from(answer.schema.len()).unwrap()) / 1e3));
}

/// Sequential, on one connection: what a deployment with nothing to do asks for each resource.
async fn plans(client: &mut Client) {
    let began = Instant::now();
    let mut all = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        all.push(plan(client, round).await);
    }
    line(&format!("{ROUNDS} Check + Diff, one after the other"), milliseconds(began.elapsed()));
    line("one Check + Diff, median", format!("{} us", percentile(&mut all, 50).as_micros()));
}

async fn plan(client: &mut Client, round: usize) -> Duration {
    let began = Instant::now();
    let urn = urn("ec2:Subnet", &format!("subnet-{round}"));
    let news =
        texts([("vpcId", "vpc-0a1b2c3d4e5f60718"), ("cidrBlock", "10.0.0.0/24"), ("availabilityZone", "eu-west-1a")]);
    let check = rpc::CheckRequest { urn: urn.clone(), news: Some(news), ..rpc::CheckRequest::default() };
    let checked = client.check(check).await.unwrap().into_inner();
    assert!(checked.failures.is_empty(), "a right subnet");
    let diff = rpc::DiffRequest {
        id: "subnet-0a1b2c3d4e5f60718".to_owned(),
        urn,
        olds: checked.inputs.clone(),
        old_inputs: checked.inputs.clone(),
        news: checked.inputs,
        ..rpc::DiffRequest::default()
    };
    client.diff(diff).await.unwrap();
    began.elapsed()
}
