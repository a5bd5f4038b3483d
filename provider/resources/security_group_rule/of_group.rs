//! Finding rules: one by its id, or all of a group.

use aws_sdk_ec2::types;

use crate::{
    aws::{Cx, Findable, Result, Session},
    resources::ec2_calls::filter,
};

impl Findable for types::SecurityGroupRule {
    fn id(&self) -> Option<&str> {
        self.security_group_rule_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        rules(session, "security-group-rule-id", ids).await
    }
}

/// All rules of a group.
#[derive(Clone, Debug)]
pub struct RulesOf {
    group_id: String,
    rules: Vec<types::SecurityGroupRule>,
}

impl RulesOf {
    /// All rules of the group with that id.
    ///
    /// # Errors
    ///
    /// What the call fails with.
    pub async fn group(cx: &Cx, id: &str) -> Result<Vec<types::SecurityGroupRule>> {
        Ok(cx.find::<RulesOf>(id).await?.map(|found| found.rules).unwrap_or_default())
    }
}

impl Findable for RulesOf {
    fn id(&self) -> Option<&str> {
        Some(&self.group_id)
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let found = rules(session, "group-id", ids.clone()).await?;
        let of = |id: &str| found.iter().filter(|rule| rule.group_id() == Some(id)).cloned().collect();
        Ok(ids.into_iter().map(|group_id| RulesOf { rules: of(&group_id), group_id }).collect())
    }
}

async fn rules(session: &Session, by: &str, ids: Vec<String>) -> Result<Vec<types::SecurityGroupRule>> {
    let pages = session.ec2().describe_security_group_rules().filters(filter(by, ids)).into_paginator().items().send();
    Ok(pages.collect::<std::result::Result<_, _>>().await?)
}
