//! Describing load balancers, target groups, listeners and rules by their ARNs, many at once.

use aws_sdk_elasticloadbalancingv2::types::{Listener, LoadBalancer, Rule, TargetGroup};

use crate::aws::{Findable, Result, Session, limits::calls};

/// A kind that is described by lists of ARNs, of limited length.
macro_rules! found_by_arn {
    ($($kind:ident: $arn:ident, $describe:ident, $arns:ident;)*) => {
        $(impl Findable for $kind {
            fn id(&self) -> Option<&str> {
                self.$arn()
            }

            async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
                let mut all = Vec::new();
                for arns in ids.chunks(calls::BALANCING_ARNS_AT_ONCE) {
                    let pages = session.elb().$describe().$arns(Some(arns.to_vec())).into_paginator().items().send();
                    all.extend(pages.try_collect().await?);
                }
                Ok(all)
            }
        })*
    };
}

found_by_arn! {
    LoadBalancer: load_balancer_arn, describe_load_balancers, set_load_balancer_arns;
    TargetGroup: target_group_arn, describe_target_groups, set_target_group_arns;
    Listener: listener_arn, describe_listeners, set_listener_arns;
    Rule: rule_arn, describe_rules, set_rule_arns;
}

/// The listeners of a load balancer.
///
/// # Errors
///
/// What the call fails with; that the balancer is gone among them.
pub async fn listeners(session: &Session, load_balancer: &str) -> Result<Vec<Listener>> {
    let pages = session.elb().describe_listeners().load_balancer_arn(load_balancer).into_paginator().items().send();
    Ok(pages.try_collect().await?)
}

/// The rules of a listener, the default one among them.
///
/// # Errors
///
/// What the call fails with; that the listener is gone among them.
pub async fn rules(session: &Session, listener: &str) -> Result<Vec<Rule>> {
    let pages = session.elb().describe_rules().listener_arn(listener).into_paginator().items().send();
    Ok(pages.try_collect().await?)
}
