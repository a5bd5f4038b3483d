//! A rule that moves to another balancer with its target groups, of which each belongs to one balancer at a time.

use std::collections::BTreeSet;

use framework::property::Properties;

use super::{ListenerRule, fields};

/// Whether the old rule holds target groups at its balancer that the new one takes to another. Then it goes first: AWS
/// refuses to have them at both (`TargetGroupAssociationLimit`).
pub(super) fn takes_groups_along(was: &Properties<'_, ListenerRule>, want: &Properties<'_, ListenerRule>) -> bool {
    let (Some(from), Some(to)) = (was.get(fields::listener_arn), want.get(fields::listener_arn)) else { return false };
    balancer_of(&from) != balancer_of(&to) && !groups(was).is_disjoint(&groups(want))
}

/// The part of a listener's ARN that names its balancer.
fn balancer_of(listener: &str) -> &str {
    listener.rsplit_once('/').map_or(listener, |(balancer, _)| balancer)
}

/// The target groups that requests are sent to.
fn groups(rule: &Properties<'_, ListenerRule>) -> BTreeSet<String> {
    let actions = rule.get(fields::actions).unwrap_or_default();
    let groups = actions.into_iter().flat_map(|action| {
        let of_config = action.forward_config.into_iter().flat_map(|config| config.target_groups);
        action.target_group_arn.into_iter().chain(of_config.map(|group| group.target_group_arn))
    });
    groups.collect()
}

#[cfg(test)]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn rule(listener: &str, group: &str) -> Map {
        let text = |text: &str| Value::String(text.to_owned());
        let action = [("type".to_owned(), text("forward")), ("targetGroupArn".to_owned(), text(group))];
        let actions = Value::List(vec![Value::Map(action.into_iter().collect())]);
        [("listenerArn".to_owned(), text(listener)), ("actions".to_owned(), actions)].into_iter().collect()
    }

    #[test]
    fn a_target_group_belongs_to_one_balancer_at_a_time() {
        let was = rule("arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/one/50dc/0467", "group/a");
        let takes = |want: &Map| takes_groups_along(&Properties::new(&was), &Properties::new(want));
        let other = "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/two/6101/0467";
        let same = "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/one/50dc/1111";
        assert!(takes(&rule(other, "group/a")));
        assert!(!takes(&rule(other, "group/b")), "another group");
        assert!(!takes(&rule(same, "group/a")), "the same balancer may have it at two listeners");
        assert!(!takes(&was));
    }
}
