//! A thousand resources at once, each of which is asked for and then waited for.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::{
    line,
    loopback::Loopback,
    megabytes,
    plugin::Plugin,
    seconds,
    wire::{Client, pulumirpc as rpc, texts, urn},
};

const RESOURCES: usize = 1_000;

/// How long they may take: EC2 lets an account make 50 subnets at once, and 5 a second after that.
const PATIENCE: Duration = Duration::from_secs(60);

/// Looks before anything is ready: more than anybody takes.
const NEVER: u32 = 1_000_000;

pub async fn print() {
    let aws = Loopback::start();
    let plugin = Plugin::start(&aws.environment());
    let mut client = plugin.configured().await;
    let vpc = create(&mut client, "ec2:Vpc", "vpc", &[("cidrBlock", "10.0.0.0/16")]).await.expect("a VPC").id;
    aws.slow(NEVER);
    let before = plugin.memory("VmRSS");
    let began = Instant::now();
    let mut calls = start(&client, &vpc);
    let _ = tokio::time::timeout(PATIENCE, async { while calls.join_next().await.is_some() {} }).await;
    let (outstanding, accepted) = (calls.len(), aws.count("CreateSubnet"));
    line(&format!("Create calls in flight after {}", seconds(began.elapsed())), outstanding);
    line("of them accepted by AWS and waited for", accepted);
    let told = |memory: Option<u64>| memory.map_or_else(|| "not told here".to_owned(), megabytes);
    line("memory before them (VmRSS)", told(before));
    line("memory with them, at most (VmHWM)", told(plugin.memory("VmHWM")));
    let cancelled = Instant::now();
    client.cancel(()).await.unwrap();
    while calls.join_next().await.is_some() {}
    line("Cancel to the last answer", seconds(cancelled.elapsed()));
    line("creates that AWS was asked for after Cancel", aws.count("CreateSubnet") - accepted);
}

fn start(client: &Client, vpc: &str) -> JoinSet<()> {
    let mut calls = JoinSet::new();
    for number in 0..RESOURCES {
        let (mut client, vpc) = (client.clone(), vpc.to_owned());
        calls.spawn(async move {
            let block = format!("10.0.{}.{}/28", number / 16, number % 16 * 16);
            let inputs = [("vpcId", vpc.as_str()), ("cidrBlock", block.as_str())];
            let _ = create(&mut client, "ec2:Subnet", &format!("subnet-{number}"), &inputs).await;
        });
    }
    calls
}

async fn create(
    client: &mut Client,
    kind: &str,
    name: &str,
    inputs: &[(&str, &str)],
) -> Result<rpc::CreateResponse, tonic::Status> {
    let urn = urn(kind, name);
    let news = Some(texts(inputs.iter().copied()));
    let check = rpc::CheckRequest { urn: urn.clone(), news, ..rpc::CheckRequest::default() };
    let properties = client.check(check).await?.into_inner().inputs;
    let request = rpc::CreateRequest { urn, properties, ..rpc::CreateRequest::default() };
    Ok(client.create(request).await?.into_inner())
}
