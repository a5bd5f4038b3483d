//! A domain, a cluster and load balancers, deployed by the real engine.

use crate::stack::Stack;

const PROGRAM: &str = r#"
name: edge
runtime: yaml
resources:
  net:
    type: tenantstack:Vpc
    properties: { nat: none }
  apps:
    type: tenantstack:Cluster
    properties: { vpc: "${net}" }
  dns:
    type: tenantstack:Dns
    properties: { domain: example.com }
  edge:
    type: tenantstack:Alb
    properties: { vpc: "${net}", dns: "${dns}", domain: "*.example.com", deletionProtection: false }
  inside:
    type: tenantstack:Alb
    properties: { network: "${net.network}", internal: true, deletionProtection: false }
outputs:
  url: ${edge.url}
  edge: ${inside.edge}
  cluster: ${apps.clusterArn}
"#;

#[test]
fn a_domain_and_its_load_balancers_live_and_leave_nothing() {
    let stack = Stack::of_yaml(PROGRAM);
    stack.preview().well().saying("elasticloadbalancingv2:Listener::edge-https");
    stack.up().well();
    stack.assert_settled();
    assert_eq!(stack.outputs()["url"], "https://example.com");
    assert_eq!(stack.outputs()["edge"]["network"]["cidrBlock"], "10.0.0.0/16");
    for (kind, count) in [("load_balancer", 2), ("listener", 3), ("certificate", 1), ("hosted_zone", 1)] {
        assert_eq!(stack.account.count(kind), count, "{kind}");
    }

    stack.rewrite(&PROGRAM.replace("internal: true,", "internal: true, idleTimeoutSeconds: 90,"));
    stack.up().well().saying("inside-load-balancer updated");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_is_wrong_is_said_before_anything_is_made() {
    let stack =
        Stack::of_yaml(&PROGRAM.replace("vpc: \"${net}\", dns:", "vpc: \"${net}\", network: \"${net.network}\", dns:"));
    stack.preview().badly().saying("property network").saying("can't be given beside vpc");
    stack.rewrite(&PROGRAM.replace("domain: \"*.example.com\", ", ""));
    stack.preview().badly().saying("property domain").saying("must be given with dns or zone");
    stack.rewrite(&PROGRAM.replace("domain: example.com }", "domain: example.com, alternativeNames: [example.org] }"));
    stack.preview().badly().saying("property alternativeNames[0]").saying("must be in example.com");
    stack.account.assert_empty();
}

#[test]
fn a_certificate_that_does_not_cover_the_name_is_refused_in_words() {
    let stack = Stack::of_yaml(&PROGRAM.replace("*.example.com", "a.b.example.com"));
    stack.up().badly().saying("domain a.b.example.com isn't covered").saying("give certificateArns");
    stack.assert_destroys_cleanly();
}
