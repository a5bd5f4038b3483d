//! Known traps, each by itself: what a search might take long to find, and what it has found.

use framework::value::{Map, Value};
use tenantstack::protocol::{
    codec::UNKNOWN,
    wire::pulumirpc::{
        CheckRequest, CheckResponse, DeleteRequest, DiffRequest, DiffResponse, ReadRequest, diff_response::DiffChanges,
        resource_provider_server::ResourceProvider,
    },
};
use tonic::{Code, Request, Status};

use crate::{
    calls,
    contract::{contract, delimited},
    stage::{Stage, no_bug, received, sent},
    structs::SIGNATURE,
};

const ZONES: &str = "urn:pulumi:dev::shop::tenantstack:ec2:AvailabilityZones::a";
const VPC: &str = "urn:pulumi:dev::shop::tenantstack:ec2:Vpc::a";

fn map<const N: usize>(entries: [(&str, Value); N]) -> Map {
    entries.map(|(key, value)| (key.to_owned(), value)).into()
}

fn check(stage: &Stage, urn: &str, olds: &Map, news: &Map) -> Result<CheckResponse, Status> {
    let request = CheckRequest { urn: urn.to_owned(), olds: sent(olds), news: sent(news), ..Default::default() };
    stage.wait(stage.server.check(Request::new(request))).map(tonic::Response::into_inner)
}

fn diff(stage: &Stage, urn: &str, old: &Map, new: &Map) -> DiffResponse {
    let request = DiffRequest { urn: urn.to_owned(), old_inputs: sent(old), news: sent(new), ..Default::default() };
    stage.wait(stage.server.diff(Request::new(request))).unwrap().into_inner()
}

/// What is wrong with a number of zones.
fn wrong_count(stage: &Stage, count: Value) -> Vec<String> {
    let failures = check(stage, ZONES, &Map::new(), &map([("count", count)])).unwrap().failures;
    failures.into_iter().map(|failure| failure.reason).collect()
}

#[test]
fn a_number_in_a_text_keeps_the_limits_of_numbers() {
    let stage = Stage::configured();
    assert_eq!(wrong_count(&stage, Value::from("3")), [] as [&str; 0]);
    assert_eq!(wrong_count(&stage, Value::from("7")), ["must be between 1 and 6, not 7"]);
    assert_eq!(wrong_count(&stage, Value::from("7").into_secret()), ["must be between 1 and 6"]);
}

#[test]
fn what_is_wrong_between_properties_tells_no_secret() {
    let stage = Stage::configured();
    for (kind, news, told) in [
        (
            "SecurityGroupIngress",
            map([
                ("groupId", Value::from("sg-1")),
                ("ipProtocol", "tcp".into()),
                ("fromPort", Value::Number(31_337.0).into_secret()),
                ("toPort", Value::Number(443.0)),
                ("cidrIp", "10.0.0.0/24".into()),
            ]),
            "must not be less than fromPort",
        ),
        (
            "FlowLog",
            map([
                ("resourceId", Value::from("subnet-hunter2").into_secret()),
                ("resourceType", "VPC".into()),
                ("trafficType", "ALL".into()),
                ("logDestinationType", "s3".into()),
                ("logDestination", "arn:aws:s3:::logs".into()),
            ]),
            "must be the id of a VPC",
        ),
    ] {
        let urn = format!("urn:pulumi:dev::shop::tenantstack:ec2:{kind}::a");
        let failures = check(&stage, &urn, &Map::new(), &news).unwrap().failures;
        let reasons: Vec<_> = failures.into_iter().map(|failure| failure.reason).collect();
        assert_eq!(reasons, [told]);
    }
}

#[test]
fn numbers_that_are_not_whole_or_not_exact_are_refused() {
    let stage = Stage::configured();
    for odd in [0.5, 1e300, -1e300, 9_007_199_254_740_994.0, 5e-324, f64::MAX] {
        assert!(!wrong_count(&stage, Value::Number(odd)).is_empty(), "{odd}");
        assert!(!wrong_count(&stage, Value::String(odd.to_string())).is_empty(), "{odd}");
    }
    for odd in ["1e400", "inf", "NaN", "-inf", "0x1", " 1", "1 ", "١", ""] {
        assert!(!wrong_count(&stage, Value::from(odd)).is_empty(), "{odd}");
    }
}

#[test]
fn two_zeros_are_one() {
    let stage = Stage::configured();
    let zeros = [0.0, -0.0].map(|zero| map([("count", Value::Number(zero))]));
    for (old, new) in [(&zeros[0], &zeros[1]), (&zeros[1], &zeros[0])] {
        assert_eq!(diff(&stage, ZONES, old, new).changes(), DiffChanges::DiffNone);
    }
}

#[test]
fn a_null_is_no_difference_on_either_side() {
    let stage = Stage::configured();
    let (none, null) =
        (map([("count", Value::Number(2.0))]), map([("count", Value::Number(2.0)), ("region", Value::Null)]));
    for (old, new) in [(&none, &null), (&null, &none), (&null, &null)] {
        assert_eq!(diff(&stage, ZONES, old, new).changes(), DiffChanges::DiffNone);
    }
}

#[test]
fn owners_in_a_state_may_be_anything() {
    let stage = Stage::configured();
    let news = map([("cidrBlock", Value::from("10.0.0.0/16"))]);
    let long = format!("1.{}", "é".repeat(1000));
    for owner in ["", ".", "1.", "x.y", "4294967295.abc", "4294967296.abc", "-1.abc", "1.é\u{10ffff}", "1.2.3", &long]
    {
        for owner in [Value::from(owner), Value::from(owner).into_secret(), Value::List(vec![Value::from(owner)])] {
            let olds = map([("__owner", owner.clone())]);
            let kept = check(&stage, VPC, &olds, &news).unwrap();
            assert_eq!(kept.failures, []);
            assert_eq!(received(kept.inputs)["__owner"], owner);
            // A replacement follows, which counts on from what was there.
            let next = received(check(&stage, VPC, &Map::new(), &news).unwrap().inputs);
            assert_ne!(next.get("__owner"), Some(&owner));
        }
    }
}

#[test]
fn urns_that_are_none_are_refused_by_every_call() {
    let stage = Stage::configured();
    let odd = [
        "",
        "::",
        "::::::::::",
        "urn:pulumi:",
        "urn:pulumi:dev::shop",
        "urn:pulumi:dev::shop::",
        "urn:pulumi:dev::shop::$::a",
        "urn:pulumi:dev::shop::tenantstack:ec2:Vpc$::a",
        "urn:pulumi:dev::shop::tenantstack::a",
        "urn:pulumi:dev::shop::tenantstack:::a",
        "urn:pulumi:dev::shop::tenantstack:ec2:Vpc\0::a",
        "urn:pulumi:dev::shop::tenantstack:ec2:vpc::a",
        UNKNOWN,
    ];
    for urn in odd.map(str::to_owned) {
        let news = sent(&Map::new());
        let refusals = [
            check(&stage, &urn, &Map::new(), &Map::new()).err(),
            stage.wait(stage.server.diff(Request::new(DiffRequest { urn: urn.clone(), ..Default::default() }))).err(),
            stage
                .wait(stage.server.read(Request::new(ReadRequest {
                    urn: urn.clone(),
                    id: urn.clone(),
                    ..Default::default()
                })))
                .err(),
            stage
                .wait(stage.server.delete(Request::new(DeleteRequest {
                    urn: urn.clone(),
                    properties: news,
                    ..Default::default()
                })))
                .err(),
        ];
        for status in refusals {
            let status = status.unwrap_or_else(|| panic!("{urn:?} was taken"));
            assert_eq!(status.code(), Code::InvalidArgument, "{urn:?}: {status}");
        }
    }
}

#[test]
fn names_of_any_kind_make_names_that_are_taken() {
    let stage = Stage::configured();
    let long = "é::".repeat(1000);
    for name in ["", " ", "\0", "::", "a\nb", "-", "---", "日本", "$", &long] {
        for kind in ["logs:LogGroup", "ec2:SecurityGroup"] {
            let urn = format!("urn:pulumi:dev::shop::tenantstack:{kind}::{name}");
            let answer = check(&stage, &urn, &Map::new(), &Map::new()).unwrap();
            let wrong =
                answer.failures.iter().find(|failure| ["groupName", "logGroupName"].contains(&&*failure.property));
            assert_eq!(wrong, None, "{name:?}");
        }
    }
}

#[test]
fn json_in_a_text_that_no_answer_can_hold_is_refused_with_its_place() {
    let stage = Stage::unconfigured();
    let deep = "[".repeat(100) + &"]".repeat(100);
    let places = "[0]".repeat(65);
    let bad = [
        (deep, format!("news.defaultTags{places}: nested more than 64 levels deep")),
        (format!("{{\"{SIGNATURE}\": 1}}"), "news.defaultTags: a key that means something else on the wire".to_owned()),
    ];
    for (document, said) in bad {
        let news = sent(&map([("defaultTags", Value::String(document))]));
        let asked = stage.server.check_config(Request::new(CheckRequest { news, ..Default::default() }));
        let status = stage.wait(asked).unwrap_err();
        assert_eq!((status.code(), status.message()), (Code::InvalidArgument, &*format!("malformed request: {said}")));
    }
}

/// A value in so many lists, as bytes: `Value.list_value` is field 6, `ListValue.values` field 1.
fn in_lists(depth: usize) -> Vec<u8> {
    (0..depth).fold(vec![0x20, 0x01], |inner, _| delimited(6, &delimited(1, &inner)))
}

#[test]
fn deep_bytes_are_no_request() {
    let stage = Stage::configured();
    let entry = [delimited(1, b"x"), delimited(2, &in_lists(10_000))].concat();
    let deep = delimited(1, &entry);
    for call in calls::all() {
        let method = contract().calls.iter().find(|method| method.name() == call.name).unwrap();
        for field in contract().properties_of(method.input_type()) {
            let asked = stage.wait(async { (call.ask)(&stage.server, &delimited(field, &deep)).is_some() });
            assert!(!asked, "{} took 10,000 levels in its field {field}", call.name);
        }
    }
}

#[test]
fn deep_groups_that_nobody_knows_are_no_request() {
    let stage = Stage::configured();
    // Field 999 begins a group, again and again.
    let groups = [0xbb, 0x3e].repeat(100_000);
    for call in calls::all() {
        let asked = stage.wait(async { (call.ask)(&stage.server, &groups).is_some() });
        assert!(!asked, "{} took it", call.name);
    }
}

#[test]
fn fields_that_nobody_knows_are_passed_over() {
    let stage = Stage::configured();
    let unknown = [delimited(999, b"what"), vec![0xc0, 0x3e, 0xff, 0x01]].concat();
    for call in calls::all() {
        let answer = stage.wait(async { (call.ask)(&stage.server, &unknown).unwrap().await });
        answer.err().iter().for_each(|status| no_bug(status).unwrap());
    }
}

#[test]
fn a_list_of_very_many_wrong_elements_is_answered_with_some_of_them() {
    let stage = Stage::configured();
    let urn = "urn:pulumi:dev::shop::tenantstack:ec2:VpcEndpoint::a";
    // Compared each with each, these would take days.
    let many = 100_000;
    let list = Value::List(vec![Value::Bool(true); many]);
    let tags = Value::Map((0..many).map(|at| (format!("aws:{at}"), Value::Bool(true))).collect());
    let strangers: Map = (0..many).map(|at| (format!("x{at}"), Value::Bool(true))).collect();
    for news in [map([("routeTableIds", list)]), map([("tags", tags)]), strangers] {
        assert_eq!(check(&stage, urn, &Map::new(), &news).unwrap().failures.len(), 1_000);
    }
}
