//! Subnet groups, of databases and of caches alike: what is in one stays where it is.

use framework::{
    problem::Problems,
    property::{FieldOf, Properties},
};

/// Notes a change that leaves a group none of its subnets: that would be a move. A group stays in its VPC
/// (terraform-provider-aws issue 27459: "The new Subnets are not in the same Vpc as the existing subnet group"), and
/// what is in it stays in its subnets.
pub fn stays<R>(
    was: &Properties<'_, R>,
    want: &Properties<'_, R>,
    subnets: FieldOf<R, Vec<String>>,
    problems: &mut Problems,
) {
    let (Some(present), Some(wanted)) = (was.get(subnets), want.get(subnets)) else { return };
    if !present.is_empty() && !present.iter().any(|subnet| wanted.contains(subnet)) {
        let told = "must keep one of the present subnets: a subnet group stays in its VPC, and what is in it in its \
                    subnets. Make a second database or cache beside this one, with the data of a snapshot, and take this \
                    one out once nobody uses it";
        problems.add(want.path(subnets), told);
    }
}
