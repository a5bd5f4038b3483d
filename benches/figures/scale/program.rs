//! A program as an agency has it: one edge, and a client a few lines each.

use std::fmt::Write as _;

/// How many clients an edge's balancer serves: AWS lets it have 100 rules and target groups.
const OF_A_BALANCER: usize = 50;

/// So many tenants that share a network, a cluster, a domain, and balancers.
pub fn program(tenants: usize) -> String {
    // In development everything can be taken away again.
    let mut text = "name: bench\nruntime: yaml\nconfig: { 'tenantstack:mode': development }\nresources:\n  \
                    vpc: { type: 'tenantstack:Vpc' }\n  \
                    cluster: { type: 'tenantstack:Cluster', properties: { vpc: '${vpc}' } }\n  \
                    dns: { type: 'tenantstack:Dns', properties: { domain: example.com } }\n"
        .to_owned();
    for edge in 0..tenants.div_ceil(OF_A_BALANCER) {
        let properties = format!("vpc: '${{vpc}}', dns: '${{dns}}', domain: edge{edge}.example.com");
        let _ = writeln!(text, "  edge{edge}: {{ type: 'tenantstack:Alb', properties: {{ {properties} }} }}");
    }
    (0..tenants).for_each(|number| tenant(number, &mut text));
    text
}

/// A service with a name, a worker, a database, a cache and a secret.
fn tenant(number: usize, text: &mut String) {
    let (name, edge) = (format!("client{number:03}"), number / OF_A_BALANCER);
    let _ = write!(
        text,
        "  {name}:
    type: tenantstack:TenantStack
    properties:
      tenant: {name}
      cluster: ${{cluster}}
      loadBalancer: ${{edge{edge}}}
      dns: ${{dns}}
      domain: {name}.example.com
      services:
        - {{ name: web, image: 'public.ecr.aws/nginx/nginx:1.28', port: 80 }}
        - {{ name: worker, image: 'public.ecr.aws/nginx/nginx:1.28' }}
      database: {{ engine: postgres }}
      cache: {{ engine: valkey }}
      secrets: {{ generated: {{ SESSION_KEY: {{ length: 64 }} }} }}
"
    );
}
