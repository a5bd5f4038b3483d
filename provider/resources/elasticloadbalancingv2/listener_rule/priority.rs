//! The priority of a rule for which the program names none.
//!
//! It follows from how particular the rule is and from the owner token: the same whatever order rules are made in, and
//! whatever other rules there are. Only where it is taken, the next one counts of the same sequence.

use aws_sdk_elasticloadbalancingv2::types;

use super::rank::RANKS;
use crate::aws::limits::quotas::{CHOSEN_PRIORITIES, PRIORITIES_TO_TRY};

/// The priorities that a token stands for at that rank, the best first; without end.
pub(super) fn candidates(token: &str, rank: i32) -> impl Iterator<Item = i32> {
    let width = (*CHOSEN_PRIORITIES.end() - *CHOSEN_PRIORITIES.start() + 1) / RANKS;
    let least = *CHOSEN_PRIORITIES.start() + rank * width;
    let many = u64::try_from(width).unwrap_or(1);
    let mut state = seed(token);
    std::iter::repeat_with(move || {
        let offset = i32::try_from(next(&mut state) % many).unwrap_or_default();
        least + offset
    })
}

/// Whether a priority was chosen for that token at that rank.
pub(super) fn is_chosen(priority: i32, token: &str, rank: i32) -> bool {
    candidates(token, rank).take(PRIORITIES_TO_TRY).any(|candidate| candidate == priority)
}

/// The first of a token's priorities at that rank that none of these rules has.
pub(super) fn free(token: &str, rank: i32, rules: &[types::Rule]) -> Option<i32> {
    let taken: Vec<_> = rules.iter().filter_map(priority_of).collect();
    // There are many more of them than rules.
    candidates(token, rank).take(CHOSEN_PRIORITIES.count()).find(|candidate| !taken.contains(candidate))
}

/// The ARN of the rule that has a priority.
pub(super) fn holder(rules: &[types::Rule], priority: i32) -> Option<String> {
    rules.iter().find(|rule| priority_of(rule) == Some(priority)).and_then(|rule| rule.rule_arn.clone())
}

/// A rule's priority; the default rule has none.
pub(super) fn priority_of(rule: &types::Rule) -> Option<i32> {
    rule.priority()?.parse().ok()
}

/// FNV-1a: the same on every machine and in every version, which the hashes of the standard library needn't be.
fn seed(token: &str) -> u64 {
    token.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// `SplitMix64`, for the same reason.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn rule(priority: &str) -> types::Rule {
        types::Rule::builder().priority(priority).rule_arn(format!("rule-{priority}")).build()
    }

    fn tokens() -> impl Iterator<Item = String> {
        (0..1000).map(|number: u32| format!("{number:032x}"))
    }

    #[test]
    fn a_token_has_the_same_priorities_for_ever() {
        // In states of users: another number here would be another priority for their rules.
        let first: Vec<_> = candidates("0123456789abcdef0123456789abcdef", 2).take(3).collect();
        assert_eq!(first, PINNED);
    }

    const PINNED: [i32; 3] = [17_229, 17_201, 16_781];

    #[test]
    fn they_are_spread_over_the_middle() {
        let at = |rank: i32| tokens().flat_map(move |token| candidates(&token, rank).take(10).collect::<Vec<_>>());
        let ends = |rank| (at(rank).min(), at(rank).max());
        for rank in 1..RANKS {
            assert!(ends(rank - 1).1 < ends(rank).0, "{rank}");
        }
        assert!((0..RANKS).flat_map(at).all(|priority| CHOSEN_PRIORITIES.contains(&priority)));
        let firsts: BTreeSet<_> = tokens().filter_map(|token| candidates(&token, 0).next()).collect();
        assert!(firsts.len() > 800, "{} different of 1000", firsts.len());
    }

    #[test]
    fn other_rules_change_nothing_unless_they_are_in_the_way() {
        for token in tokens() {
            let mut sequence = candidates(&token, 2);
            let first = sequence.next().unwrap_or_default();
            let second = sequence.find(|other| *other != first).unwrap_or_default();
            let elsewhere = [rule("1"), rule("default"), rule("50000"), rule(&second.to_string())];
            assert_eq!(free(&token, 2, &elsewhere), Some(first));
            assert_eq!(free(&token, 2, &[rule(&first.to_string()), rule("default")]), Some(second));
            assert!(is_chosen(first, &token, 2) && !is_chosen(first, &token, 1) && !is_chosen(7, &token, 2));
        }
    }

    #[test]
    fn who_has_a_priority_is_told() {
        let rules = [rule("10"), rule("default")];
        assert_eq!(holder(&rules, 10).as_deref(), Some("rule-10"));
        assert_eq!(holder(&rules, 11), None);
    }
}
