//! What the properties of a target group must keep between each other.

use framework::{
    problem::Problems,
    property::{Choice as _, FieldOf, Properties},
};

use super::{ProtocolVersion, TargetGroup, TargetType, fields, seen::balancer};
use crate::{
    aws::limits::load_balancing::{OF_TARGET_GROUPS, Of},
    resources::load_balancing::{attributes, protocol::Protocol},
};

type Wanted<'a> = Properties<'a, TargetGroup>;

pub(super) fn check(want: &Wanted<'_>, problems: &mut Problems) {
    match want.get(fields::target_type) {
        Some(TargetType::Lambda) => lambda(want, problems),
        Some(kind) => addressed(kind, want, problems),
        None => {}
    }
    protocols(want, problems);
    health(want, problems);
    matcher(want, problems);
    group_attributes(want, problems);
    targets(want, problems);
    if let Some(tags) = want.get(fields::tags) {
        tags.plain_only(&want.path(fields::tags), problems);
    }
}

fn refuse<T>(want: &Wanted<'_>, field: FieldOf<TargetGroup, T>, reason: &str, problems: &mut Problems) {
    if want.has(field) {
        problems.add(want.path(field), reason);
    }
}

fn lambda(want: &Wanted<'_>, problems: &mut Problems) {
    let reason = "can't be given for the target type lambda";
    refuse(want, fields::protocol, reason, problems);
    refuse(want, fields::protocol_version, reason, problems);
    refuse(want, fields::port, reason, problems);
    refuse(want, fields::vpc_id, reason, problems);
    refuse(want, fields::health_check_port, reason, problems);
    refuse(want, fields::health_check_protocol, reason, problems);
    refuse(want, fields::target_control_port, reason, problems);
}

fn addressed(kind: TargetType, want: &Wanted<'_>, problems: &mut Problems) {
    let missing = [
        (want.path(fields::protocol), want.has(fields::protocol)),
        (want.path(fields::port), want.has(fields::port)),
        (want.path(fields::vpc_id), want.has(fields::vpc_id)),
    ];
    for (at, _) in missing.into_iter().filter(|(_, given)| !given) {
        problems.add(at, "is required, unless targetType is lambda");
    }
    let protocol = want.get(fields::protocol).flatten();
    if kind == TargetType::Alb && protocol.is_some_and(|protocol| protocol != Protocol::Tcp) {
        problems.add(want.path(fields::protocol), "must be TCP for the target type alb");
    }
    if want.get(fields::health_check_enabled).flatten() == Some(false) {
        problems.add(want.path(fields::health_check_enabled), "must be true, unless targetType is lambda");
    }
}

fn protocols(want: &Wanted<'_>, problems: &mut Problems) {
    let Some(protocol) = want.get(fields::protocol).flatten() else { return };
    if !protocol.is_http() {
        let reason = "can be given only for the protocols HTTP and HTTPS";
        refuse(want, fields::protocol_version, reason, problems);
        refuse(want, fields::target_control_port, reason, problems);
    }
    if protocol == Protocol::Geneve && want.get(fields::port).flatten().is_some_and(|port| port != GENEVE_PORT) {
        problems.add(want.path(fields::port), format!("must be {GENEVE_PORT} for the protocol GENEVE"));
    }
    match want.get(fields::health_check_protocol).flatten() {
        Some(Protocol::Http | Protocol::Https) | None => {}
        Some(Protocol::Tcp) if !protocol.is_http() => {}
        Some(Protocol::Tcp) => {
            problems.add(want.path(fields::health_check_protocol), "can't be TCP for the protocols HTTP and HTTPS");
        }
        Some(_) => problems.add(want.path(fields::health_check_protocol), "must be HTTP, HTTPS or TCP"),
    }
}

/// Source: `CreateTargetGroup`, Elastic Load Balancing API Reference 2015-12-01.
const GENEVE_PORT: i32 = 6081;

/// The seconds between two checks when the program names none.
///
/// Source: `CreateTargetGroup`, Elastic Load Balancing API Reference 2015-12-01.
fn usual_interval(of: Of) -> i32 {
    match of {
        Of::Application | Of::Network => 30,
        Of::Lambda => 35,
        Of::Gateway => 10,
    }
}

/// A check has ended before the next one begins.
fn health(want: &Wanted<'_>, problems: &mut Problems) {
    let port = want.get(fields::health_check_port).flatten().and_then(|port| port.parse::<u32>().ok());
    if port.is_some_and(|port| !(1..=65_535).contains(&port)) {
        problems.add(want.path(fields::health_check_port), "must be between 1 and 65535, or traffic-port");
    }
    if want.get(fields::health_check_protocol).flatten() == Some(Protocol::Tcp) {
        refuse(want, fields::health_check_path, "can't be given for health checks of TCP", problems);
    }
    let (Some(kind), Some(protocol)) = (want.get(fields::target_type), want.get(fields::protocol)) else { return };
    let of = balancer(kind, protocol);
    let interval = match want.get(fields::health_check_interval_seconds) {
        Some(interval) => interval.unwrap_or_else(|| usual_interval(of)),
        None => return,
    };
    let Some(timeout) = want.get(fields::health_check_timeout_seconds).flatten() else { return };
    let at = want.path(fields::health_check_timeout_seconds);
    // Balancers that pass connections on take both to be the same.
    if matches!(of, Of::Application | Of::Lambda) && timeout >= interval {
        problems.add(at, format!("must be less than healthCheckIntervalSeconds, {} unless given", usual_interval(of)));
    } else if timeout > interval {
        let usual = usual_interval(of);
        problems.add(at, format!("must not be more than healthCheckIntervalSeconds, {usual} unless given"));
    }
}

fn matcher(want: &Wanted<'_>, problems: &mut Problems) {
    let Some(matcher) = want.get(fields::matcher).flatten() else { return };
    let at = want.path(fields::matcher);
    let version = want.get(fields::protocol_version).map(|version| version.unwrap_or(ProtocolVersion::Http1));
    match (&matcher.http_code, &matcher.grpc_code) {
        (None, None) => problems.add(at.clone(), "needs one of httpCode, grpcCode"),
        (Some(_), Some(_)) => problems.add(at.key("grpcCode"), "can't be given together with httpCode"),
        (Some(_), None) if version == Some(ProtocolVersion::Grpc) => {
            problems.add(at.key("httpCode"), "can't be given for the protocol version GRPC: give grpcCode");
        }
        (None, Some(_)) if version.is_some_and(|version| version != ProtocolVersion::Grpc) => {
            problems.add(at.key("grpcCode"), "can be given only for the protocol version GRPC");
        }
        _ => {}
    }
    let Some(protocol) = want.get(fields::protocol) else { return };
    let most = if protocol.is_none_or(Protocol::is_http) { 499 } else { 599 };
    if codes(matcher.http_code.as_deref()).any(|code| code > most) {
        problems.add(at.key("httpCode"), format!("must have codes from 200 to {most}"));
    }
    let codes: Vec<_> = [&matcher.http_code, &matcher.grpc_code].into_iter().flatten().collect();
    if codes.iter().any(|codes| codes.split(',').any(runs_backwards)) {
        problems.add(at, "must go from the lesser code to the greater");
    }
}

/// All codes of a matcher, the ends of ranges among them.
fn codes(text: Option<&str>) -> impl Iterator<Item = u32> {
    text.unwrap_or_default().split([',', '-']).filter_map(|code| code.parse().ok())
}

fn runs_backwards(range: &str) -> bool {
    let ends = range.split_once('-').and_then(|(from, to)| Some((from.parse::<u32>().ok()?, to.parse::<u32>().ok()?)));
    ends.is_some_and(|(from, to)| from > to)
}

fn group_attributes(want: &Wanted<'_>, problems: &mut Problems) {
    let Some(given) = want.get(fields::target_group_attributes) else { return };
    let at = want.path(fields::target_group_attributes);
    let (kind, protocol) = (want.get(fields::target_type), want.get(fields::protocol));
    let of = kind.zip(protocol).map(|(kind, protocol)| balancer(kind, protocol));
    let whose = match (kind, protocol.flatten()) {
        (Some(TargetType::Lambda), _) => "a target group of type lambda".to_owned(),
        (_, Some(protocol)) => format!("a target group with the protocol {}", protocol.text()),
        _ => "a target group".to_owned(),
    };
    attributes::check(&given, OF_TARGET_GROUPS, of, &whose, &at, problems);
}

fn targets(want: &Wanted<'_>, problems: &mut Problems) {
    let Some(targets) = want.get(fields::targets).flatten() else { return };
    for (index, target) in targets.iter().enumerate() {
        let at = want.path(fields::targets).index(index);
        let twice = |other: &super::TargetDescription| other.id == target.id && other.port == target.port;
        if targets.iter().take(index).any(twice) {
            problems.add(at.clone(), "is given twice");
        }
        if want.get(fields::target_type) == Some(TargetType::Lambda) && target.port.is_some() {
            problems.add(at.key("port"), "can't be given for the target type lambda");
        }
    }
    if matches!(want.get(fields::target_type), Some(TargetType::Lambda | TargetType::Alb)) && targets.len() > 1 {
        problems.add(want.path(fields::targets), "must have one element at most for the target types lambda and alb");
    }
}
