//! The component `Redis`: a cache of Amazon ElastiCache.

mod children;
mod inputs;
mod outputs;
mod rules;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
};

pub use inputs::{RedisEngine, RedisInputs};
pub use outputs::RedisOutputs;

use crate::{aws::Aws, components::given};

/// A cache of Amazon ElastiCache that speaks Redis: Valkey, or Redis OSS, in subnets without a way to or from the
/// Internet.
///
/// It is encrypted at rest and in transit, and is reached by those alone that have its `link`: a service with
/// `links: [cache.link]` gets `REDIS_HOST`, `REDIS_PORT`, `REDIS_TLS` and, as a secret, `REDIS_PASSWORD`, and the one
/// rule in the cache's security group that lets it in. Its token is made by AWS and kept in Secrets Manager: it is in no
/// program, no state and no task definition.
///
/// What would lose its data is refused: a change that needs another cache fails in the preview, unless `allowReplace` is
/// true. Whatever deletes it takes a final snapshot before, unless `finalSnapshot` is false.
///
/// ```typescript
/// const cache = new tenantstack.Redis("cache", { vpc });
/// const web = new tenantstack.FargateService("web", { cluster, image, port: 80, links: [cache.link] });
/// ```
#[derive(Component)]
#[component(token = "index:Redis")]
pub struct Redis;

impl component::Component for Redis {
    type Inputs = RedisInputs;
    type Outputs = RedisOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: RedisInputs) -> Result<RedisOutputs, Problems> {
        let mut problems = Problems::none();
        let network = given::network(want.vpc.as_ref(), want.network.as_ref(), &mut problems);
        rules::check(&want, &mut problems);
        match network {
            Some(network) if problems.is_empty() => Ok(children::describe(scope, &network, &want)),
            _ => Err(problems),
        }
    }
}
