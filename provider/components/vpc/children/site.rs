//! The VPC itself, and what all of its parts are described with.

use framework::{
    component::{Args, Scope},
    engine::Options,
    value::Value,
};

use crate::{
    aws::Aws,
    components::{child_tags::ChildTags, vpc::plan::Plan},
    resources::ec2::{DefaultSecurityGroupArgs, VpcArgs, VpcHandle},
};

/// Where the parts of a network are described.
pub struct Site<'a> {
    /// What was decided.
    pub plan: &'a Plan,
    /// The children's tags.
    pub tags: ChildTags,
    /// The VPC.
    pub vpc: VpcHandle,
    scope: Scope<Aws>,
}

impl<'a> Site<'a> {
    /// Describes the VPC, and empties the security group that AWS makes with it.
    pub fn describe(scope: Scope<Aws>, plan: &'a Plan, tags: ChildTags) -> Self {
        let vpc = scope.child(
            "vpc",
            VpcArgs {
                cidr_block: plan.block.into(),
                enable_dns_support: true.into(),
                enable_dns_hostnames: true.into(),
                tags: tags.of("vpc").into(),
                ..VpcArgs::default()
            },
        );
        let role = "default-security-group";
        scope.child(
            role,
            DefaultSecurityGroupArgs {
                vpc_id: vpc.vpc_id().into(),
                tags: tags.of(role).into(),
                ..DefaultSecurityGroupArgs::default()
            },
        );
        Site { plan, tags, vpc, scope }
    }

    /// A child.
    pub fn child<A: Args>(&self, role: &str, args: A) -> A::Handle {
        self.scope.child(role, args)
    }

    /// Where children come after `output` without using it.
    pub fn after<T: Clone + Send + Sync + 'static>(&self, output: &framework::value::Output<T>) -> Scope<Aws> {
        self.scope.after(output)
    }

    /// A child that a new VPC needs a new one of, though nothing in it says so.
    pub fn one_for_each_vpc<A: Args>(&self, role: &str, args: A) -> A::Handle {
        let block = Value::String(self.plan.block.to_string());
        self.scope.with(Options { replacement_trigger: Some(block), ..Options::default() }).child(role, args)
    }
}
