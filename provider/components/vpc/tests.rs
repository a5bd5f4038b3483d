//! What a network is decided to be, for every size and choice of zones.

use framework::{
    problem::Problems,
    property::{Cidr, Decoding, Record},
    value::{Map, Path, Value},
};
use ipnet::Ipv4Net;
use proptest::prelude::*;

use super::{
    flow_logs,
    inputs::VpcInputs,
    layout::{Slot, Tier},
    nat::Nat,
    plan::{Plan, Setting},
    zones::Zones,
};
use crate::aws::Mode;

const PRODUCTION: Setting<'_> = Setting { mode: Mode::Production, region: Some("eu-west-1") };
const DEVELOPMENT: Setting<'_> = Setting { mode: Mode::Development, region: None };

/// The inputs of a program that says only this.
fn said(properties: &[(&str, Value)]) -> VpcInputs {
    let map: Map = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let mut notes = Decoding::new();
    let inputs = VpcInputs::decode_fields(&map, &Path::root(), &mut notes);
    assert_eq!(notes.problems(), &Problems::none());
    inputs.unwrap()
}

fn texts<T: AsRef<str>>(items: &[T]) -> Value {
    items.iter().map(|item| Value::from(item.as_ref())).collect::<Vec<_>>().into()
}

fn planned(properties: &[(&str, Value)]) -> Plan {
    Plan::new(&said(properties), PRODUCTION).unwrap()
}

fn problems(properties: &[(&str, Value)]) -> Vec<(String, String)> {
    let problems = Plan::new(&said(properties), PRODUCTION).unwrap_err();
    problems.into_iter().map(|problem| (problem.path.to_string(), problem.reason)).collect()
}

fn blocks(plan: &Plan, tier: Tier) -> Vec<String> {
    plan.subnets.iter().filter(|subnet| subnet.tier == tier).map(|subnet| subnet.block.to_string()).collect()
}

fn slot(index: usize) -> Slot {
    Slot::at(index).unwrap()
}

#[test]
fn a_network_that_says_nothing() {
    let plan = planned(&[]);
    assert_eq!(plan.block.to_string(), "10.0.0.0/16");
    assert_eq!(plan.zones, Zones::Counted(2));
    assert_eq!(blocks(&plan, Tier::Public), ["10.0.128.0/22", "10.0.132.0/22"]);
    assert_eq!(blocks(&plan, Tier::Private), ["10.0.0.0/20", "10.0.16.0/20"]);
    assert_eq!(blocks(&plan, Tier::Isolated), ["10.0.160.0/22", "10.0.164.0/22"]);
    assert_eq!(plan.gateways, [slot(0), slot(1)]);
    assert_eq!(plan.services.iter().map(|service| service.name()).collect::<Vec<_>>(), ["s3", "dynamodb"]);
    assert!(plan.services.iter().all(|service| service.is_gateway()));
    assert_eq!(plan.flow_logs, None);
}

#[test]
fn the_mode_moves_what_costs_money() {
    let logs = || ("flowLogs", Value::Map(Map::new()));
    let production = Plan::new(&said(&[logs()]), PRODUCTION).unwrap();
    let development = Plan::new(&said(&[logs()]), DEVELOPMENT).unwrap();
    assert_eq!((production.gateways.len(), production.flow_logs), (2, Some(90)));
    assert_eq!((development.gateways.len(), development.flow_logs), (1, Some(30)));
    let own = Plan::new(&said(&[logs(), ("mode", "development".into())]), PRODUCTION).unwrap();
    assert_eq!(own, development);
}

#[test]
fn each_thing_can_be_said_alone() {
    assert_eq!(planned(&[("nat", "none".into())]).gateways, []);
    assert_eq!(planned(&[("nat", "single".into()), ("availabilityZoneCount", 3.0.into())]).gateways, [slot(0)]);
    assert_eq!(planned(&[("endpoints", texts::<&str>(&[]))]).services, []);
    assert_eq!(planned(&[("availabilityZoneCount", 6.0.into())]).subnets.len(), 18);
    let days = Map::from([("retentionInDays".to_owned(), 365.0.into())]);
    assert_eq!(planned(&[("flowLogs", days.into())]).flow_logs, Some(365));
}

#[test]
fn private_subnets_use_their_own_gateway_or_the_only_one() {
    let zones = || ("availabilityZones", texts(&["eu-west-1c", "eu-west-1a"]));
    let per_zone = planned(&[zones()]);
    assert_eq!(per_zone.gateway_of(slot(0)), Some(slot(0)));
    assert_eq!(per_zone.gateway_of(slot(2)), Some(slot(2)));
    let single = planned(&[zones(), ("nat", "single".into())]);
    assert_eq!(single.gateway_of(slot(0)), Some(slot(2)));
    assert_eq!(planned(&[zones(), ("nat", "none".into())]).gateway_of(slot(0)), None);
}

#[test]
fn a_named_zone_has_the_slot_of_its_letter() {
    let plan = planned(&[("availabilityZones", texts(&["eu-west-1c", "eu-west-1a"]))]);
    assert_eq!(plan.zones, Zones::Named(vec![(slot(2), "eu-west-1c".to_owned()), (slot(0), "eu-west-1a".to_owned())]));
    assert_eq!(blocks(&plan, Tier::Private), ["10.0.32.0/20", "10.0.0.0/20"]);
    assert_eq!(slot(2).role("private"), "private-3");
}

#[test]
fn naming_the_first_zones_changes_nothing() {
    let counted = planned(&[("availabilityZoneCount", 3.0.into())]);
    let named = planned(&[("availabilityZones", texts(&["eu-west-1a", "eu-west-1b", "eu-west-1c"]))]);
    assert_eq!(counted.subnets, named.subnets);
    assert_eq!(counted.gateways, named.gateways);
}

#[test]
fn regions_of_every_partition_have_zones() {
    for zone in ["us-gov-west-1a", "cn-north-1b", "us-iso-east-1a", "eusc-de-east-1a", "ap-southeast-10f"] {
        let inputs = said(&[("availabilityZones", texts(&[zone]))]);
        assert!(Plan::new(&inputs, DEVELOPMENT).is_ok(), "{zone}");
    }
}

#[test]
fn all_problems_come_at_once_each_with_its_path() {
    let found = problems(&[
        ("cidrBlock", "10.0.0.0/24".into()),
        ("availabilityZoneCount", 7.0.into()),
        ("availabilityZones", texts(&["eu-west-1a", "eu-west-1a", "us-east-1b", "euw1-az1"])),
        ("endpoints", texts(&["logs", "com.amazonaws.eu-west-1.s3", "logs", "ecr"])),
        ("flowLogs", Map::from([("retentionInDays".to_owned(), 8.0.into())]).into()),
    ]);
    let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
    let expected = [
        "cidrBlock",
        "availabilityZones",
        "availabilityZoneCount",
        "availabilityZones[1]",
        "availabilityZones[2]",
        "availabilityZones[3]",
        "endpoints[1]",
        "endpoints[2]",
        "endpoints[3]",
        "flowLogs.retentionInDays",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn a_problem_says_what_to_do() {
    let reason = |properties: &[(&str, Value)]| problems(properties).remove(0).1;
    let block = |text: &str| reason(&[("cidrBlock", text.into())]);
    assert_eq!(
        block("10.1.2.0/24"),
        "must be between a /16 and a /21 block, not 10.1.2.0/24: each tier has room for eight zones, and a load \
         balancer takes no subnet below a /27; take 10.1.0.0/21"
    );
    assert_eq!(
        block("10.0.0.0/8"),
        "must be between a /16 and a /21 block, not 10.0.0.0/8: AWS's largest VPC is a /16; take 10.0.0.0/16"
    );
    assert!(block("0.0.0.0/0").ends_with("take 10.0.0.0/16"));
    assert!(block("127.0.0.0/16").starts_with("lies in 127.0.0.0/8, which AWS refuses to VPCs"));
    let zone = |text: &str| reason(&[("availabilityZones", texts(&[text]))]);
    assert_eq!(zone("us-east-1a"), "us-east-1a is in the region us-east-1, but the network is in eu-west-1");
    for strange in ["us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "euw1-az1", "eu-west-1", "eu-west-1k", "", "é"] {
        assert!(zone(strange).starts_with("must be the name of an Availability Zone"), "{strange}");
    }
    let service = |text: &str| reason(&[("endpoints", texts(&[text]))]);
    assert_eq!(service("ecr"), "AWS has no endpoint that is called \"ecr\"; say ecr.api and ecr.dkr");
    for strange in ["", "S3", "com.amazonaws.eu-west-1.logs", "ecr.", "-logs", "logs "] {
        assert!(service(strange).starts_with("must be the short name of a service"), "{strange}");
    }
    assert_eq!(reason(&[("availabilityZones", texts::<&str>(&[]))]), "must name at least one zone, or be left out");
    assert_eq!(reason(&[("availabilityZoneCount", 0.0.into())]), "must be between 1 and 6, not 0");
}

#[test]
fn zones_of_two_regions_are_a_problem_without_a_known_region_too() {
    let inputs = said(&[("availabilityZones", texts(&["eu-west-1a", "us-east-1b"]))]);
    let found = Plan::new(&inputs, DEVELOPMENT).unwrap_err();
    assert_eq!(found.iter().map(|problem| problem.path.to_string()).collect::<Vec<_>>(), ["availabilityZones[1]"]);
}

#[test]
fn the_role_of_flow_logs_reaches_one_group_only() {
    let group = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:net-flow-logs:*";
    let trust = flow_logs::trust(group).to_string();
    assert!(trust.contains(r#""aws:SourceAccount":"123456789012""#), "{trust}");
    assert!(trust.contains(r#""aws:SourceArn":"arn:aws-cn:ec2:cn-north-1:123456789012:vpc-flow-log/*""#), "{trust}");
    let permissions = flow_logs::permissions(group);
    let resources = &permissions.document()["Statement"][0]["Resource"];
    let plain = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:net-flow-logs";
    assert_eq!(resources, &serde_json::json!([plain, format!("{plain}:*")]));
}

/// A VPC's block, from the largest to smaller ones than a network can be.
fn vpc_block() -> impl Strategy<Value = Cidr> {
    (any::<u32>(), 16_u8..=24).prop_map(|(address, prefix)| {
        let private = 0x0A00_0000 | (address & 0x00FF_FFFF);
        Cidr::from(Ipv4Net::new(private.into(), prefix).unwrap())
    })
}

/// Some zones of a region, in any order.
fn zone_names() -> impl Strategy<Value = Vec<String>> {
    let letters = proptest::sample::subsequence(vec!['a', 'b', 'c', 'd', 'e', 'f'], 1..=6).prop_shuffle();
    letters.prop_map(|letters| letters.iter().map(|letter| format!("eu-west-1{letter}")).collect())
}

fn plan_of(block: Cidr, zones: (&'static str, Value)) -> Result<Plan, Problems> {
    Plan::new(&said(&[("cidrBlock", block.to_string().into()), zones]), PRODUCTION)
}

proptest! {
    #[test]
    fn blocks_lie_in_the_vpc_apart_from_each_other(block in vpc_block(), count in 1_u8..=6) {
        match plan_of(block, ("availabilityZoneCount", f64::from(count).into())) {
            Err(problems) => {
                prop_assert!(block.net().prefix_len() > 21);
                let paths: Vec<_> = problems.iter().map(|problem| problem.path.to_string()).collect();
                prop_assert_eq!(paths, ["cidrBlock"]);
            }
            Ok(plan) => {
                prop_assert_eq!(plan.subnets.len(), usize::from(count) * 3);
                for (index, subnet) in plan.subnets.iter().enumerate() {
                    let net = subnet.block.net();
                    prop_assert!(block.net().contains(&net) && net.prefix_len() <= 27);
                    let others = plan.subnets.iter().skip(index + 1).map(|other| other.block.net());
                    for other in others {
                        prop_assert!(!net.contains(&other) && !other.contains(&net), "{} and {}", net, other);
                    }
                }
            }
        }
    }

    #[test]
    fn a_quarter_is_kept_for_later_tiers(prefix in 16_u8..=21) {
        let block = Cidr::from(Ipv4Net::new([10, 64, 0, 0].into(), prefix).unwrap());
        let last = block.net().subnets(prefix + 2).unwrap().last().unwrap();
        let plan = plan_of(block, ("availabilityZones", texts(&["eu-west-1a", "eu-west-1h"]))).unwrap();
        prop_assert!(plan.subnets.iter().all(|subnet| !last.contains(&subnet.block.net())));
    }

    #[test]
    fn more_zones_move_nothing(block in vpc_block(), count in 1_u8..6) {
        let plan = |count: u8| plan_of(block, ("availabilityZoneCount", f64::from(count).into()));
        if let (Ok(fewer), Ok(more)) = (plan(count), plan(count + 1)) {
            prop_assert!(fewer.subnets.iter().all(|subnet| more.subnets.contains(subnet)));
            prop_assert!(fewer.gateways.iter().all(|gateway| more.gateways.contains(gateway)));
        }
    }

    #[test]
    fn a_list_of_zones_may_change_around_a_zone(before in zone_names(), after in zone_names()) {
        let plan = |zones: &[String]| planned(&[("availabilityZones", texts(zones))]);
        let subnets_of = |plan: &Plan, zone: &String| {
            let letter = zone.chars().last().and_then(Slot::lettered);
            plan.subnets.iter().filter(|subnet| Some(subnet.slot) == letter).copied().collect::<Vec<_>>()
        };
        let (old, new) = (plan(&before), plan(&after));
        for zone in before.iter().filter(|zone| after.contains(zone)) {
            prop_assert_eq!(subnets_of(&old, zone), subnets_of(&new, zone));
        }
    }

    #[test]
    fn the_only_gateway_stays_where_zones_are_appended(zones in zone_names(), kept in 1_usize..=6) {
        let plan = |zones: &[String]| planned(&[("availabilityZones", texts(zones)), ("nat", Value::from("single"))]);
        let (fewer, all): (Vec<_>, _) = (zones.iter().take(kept).cloned().collect(), plan(&zones));
        prop_assert_eq!(plan(&fewer).gateways, all.gateways);
    }

    #[test]
    fn single_is_the_beginning_of_per_zone(zones in zone_names()) {
        let plan = |nat: &'static str| planned(&[("availabilityZones", texts(&zones)), ("nat", nat.into())]);
        prop_assert!(plan("perZone").gateways.starts_with(&plan("single").gateways));
    }

    #[test]
    fn no_text_brings_the_plan_down(zone in ".*", service in ".*") {
        let inputs = said(&[("availabilityZones", texts(&[zone])), ("endpoints", texts(&[service]))]);
        let _ = Plan::new(&inputs, PRODUCTION);
    }
}

#[test]
fn nat_follows_the_mode() {
    assert_eq!(Nat::usual(Mode::Production), Nat::PerZone);
    assert_eq!(Nat::usual(Mode::Development), Nat::Single);
}
