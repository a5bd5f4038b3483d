//! What actions mean, whichever way they are said: AWS fills in what was left out.

use super::{
    Action, ActionType, FixedResponseConfig, ForwardConfig, OnUnauthenticatedRequest, RedirectConfig,
    TargetGroupStickinessConfig,
};

/// What AWS shows, in the program's words where both mean the same, and in few words where they don't.
#[must_use]
pub fn in_the_words_of(said: Option<Vec<Action>>, shown: Vec<Action>) -> Vec<Action> {
    let Some(said) = said else { return brief(shown) };
    // What AWS doesn't tell back is taken at the program's word.
    let secrets = said.iter().filter_map(|action| action.authenticate_oidc_config.as_ref());
    let mut secrets: Vec<_> = secrets.map(|oidc| (&oidc.client_secret, oidc.use_existing_client_secret)).collect();
    let shown: Vec<_> = shown
        .into_iter()
        .map(|mut action| {
            if let Some(oidc) = action.authenticate_oidc_config.as_mut().filter(|_| !secrets.is_empty()) {
                let (secret, existing) = secrets.remove(0);
                (oidc.client_secret, oidc.use_existing_client_secret) = (secret.clone(), existing);
            }
            action
        })
        .collect();
    if meaning(&said) == meaning(&shown) { said } else { brief(shown) }
}

/// Actions with everything filled in that AWS fills in.
fn meaning(actions: &[Action]) -> Vec<Action> {
    let mut all: Vec<_> = actions.iter().map(full).collect();
    all.sort_by_key(|action| action.order);
    if let [only] = all.as_mut_slice() {
        only.order = None;
    }
    all
}

fn full(action: &Action) -> Action {
    let mut full = action.clone();
    full.forward_config = match (&action.forward_config, &action.target_group_arn) {
        (Some(config), _) => Some(config.clone()),
        (None, Some(arn)) => Some(ForwardConfig::to(arn)),
        (None, None) => None,
    };
    full.target_group_arn = None;
    if let Some(config) = &mut full.forward_config {
        config.fill();
    }
    if let Some(config) = &mut full.redirect_config {
        config.fill();
    }
    if let Some(config) = &mut full.fixed_response_config {
        config.fill();
    }
    if let Some(config) = &mut full.authenticate_cognito_config {
        config.on_unauthenticated_request.get_or_insert(OnUnauthenticatedRequest::Authenticate);
        config.scope.get_or_insert_with(|| SCOPE.to_owned());
        config.session_cookie_name.get_or_insert_with(|| COOKIE.to_owned());
        config.session_timeout.get_or_insert(TIMEOUT);
        config.authentication_request_extra_params.take_if(|extra| extra.is_empty());
    }
    if let Some(config) = &mut full.authenticate_oidc_config {
        config.on_unauthenticated_request.get_or_insert(OnUnauthenticatedRequest::Authenticate);
        config.scope.get_or_insert_with(|| SCOPE.to_owned());
        config.session_cookie_name.get_or_insert_with(|| COOKIE.to_owned());
        config.session_timeout.get_or_insert(TIMEOUT);
        config.authentication_request_extra_params.take_if(|extra| extra.is_empty());
    }
    if let Some(config) = &mut full.jwt_validation_config {
        config.additional_claims.take_if(|claims| claims.is_empty());
    }
    full
}

/// What AWS takes for what is absent.
///
/// Source: `AuthenticateOidcActionConfig` and `AuthenticateCognitoActionConfig`, Elastic Load Balancing API
/// Reference 2015-12-01.
const SCOPE: &str = "openid";
const COOKIE: &str = "AWSELBAuthSessionCookie";
const TIMEOUT: i64 = 604_800;

impl ForwardConfig {
    fn to(arn: &str) -> Self {
        let group = super::TargetGroupTuple { target_group_arn: arn.to_owned(), weight: None };
        ForwardConfig { target_groups: vec![group], target_group_stickiness_config: None }
    }

    fn fill(&mut self) {
        let only = self.target_groups.len() == 1;
        for group in &mut self.target_groups {
            // The only one gets everything, whatever its weight.
            group.weight = if only { Some(1) } else { group.weight.or(Some(1)) };
        }
        self.target_groups.sort_by(|one, other| one.target_group_arn.cmp(&other.target_group_arn));
        let off = TargetGroupStickinessConfig { enabled: Some(false), duration_seconds: None };
        let sticky = self.target_group_stickiness_config.filter(|sticky| sticky.enabled == Some(true));
        self.target_group_stickiness_config = Some(sticky.unwrap_or(off));
    }
}

impl RedirectConfig {
    /// The parts, and what AWS takes for each that is absent.
    fn parts(&mut self) -> [(&mut Option<String>, &'static str); 5] {
        [
            (&mut self.protocol, "#{protocol}"),
            (&mut self.host, "#{host}"),
            (&mut self.port, "#{port}"),
            (&mut self.path, "/#{path}"),
            (&mut self.query, "#{query}"),
        ]
    }

    fn fill(&mut self) {
        for (part, default) in self.parts() {
            part.get_or_insert_with(|| default.to_owned());
        }
    }

    fn shorten(&mut self) {
        for (part, default) in self.parts() {
            part.take_if(|part| part == default);
        }
    }
}

impl FixedResponseConfig {
    fn fill(&mut self) {
        self.content_type.take_if(|kind| kind.is_empty() || kind == "text/plain");
        self.message_body.take_if(|body| body.is_empty());
    }
}

/// Actions as somebody would say them who says no more than he has to.
fn brief(shown: Vec<Action>) -> Vec<Action> {
    let alone = shown.len() == 1;
    let brief = |mut action: Action| {
        if alone {
            action.order = None;
        }
        if action.r#type == ActionType::Forward {
            let full = full(&action).forward_config;
            let simple = full.filter(|full| {
                full.target_groups.len() == 1
                    && full.target_group_stickiness_config.is_none_or(|sticky| sticky.enabled != Some(true))
            });
            match simple.and_then(|simple| simple.target_groups.into_iter().next()) {
                Some(only) => (action.target_group_arn, action.forward_config) = (Some(only.target_group_arn), None),
                None => action.target_group_arn = None,
            }
        }
        if let Some(redirect) = &mut action.redirect_config {
            redirect.shorten();
        }
        if let Some(fixed) = &mut action.fixed_response_config {
            fixed.fill();
        }
        action
    };
    shown.into_iter().map(brief).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::load_balancing::actions::{RedirectStatusCode, TargetGroupTuple};

    fn group(arn: &str, weight: Option<i32>) -> TargetGroupTuple {
        TargetGroupTuple { target_group_arn: arn.to_owned(), weight }
    }

    fn forward(groups: Vec<TargetGroupTuple>) -> Action {
        let off = TargetGroupStickinessConfig { enabled: Some(false), duration_seconds: None };
        let config = ForwardConfig { target_groups: groups, target_group_stickiness_config: Some(off) };
        Action { forward_config: Some(config), ..Action::of(ActionType::Forward) }
    }

    fn short(arn: &str) -> Action {
        Action { target_group_arn: Some(arn.to_owned()), ..Action::of(ActionType::Forward) }
    }

    /// As AWS shows a forward to one group: in both ways, with everything filled in.
    fn shown(arn: &str) -> Action {
        Action { order: Some(1), target_group_arn: Some(arn.to_owned()), ..forward(vec![group(arn, Some(1))]) }
    }

    fn to(path: Option<&str>, host: Option<&str>) -> Action {
        let own = |part: Option<&str>| part.map(str::to_owned);
        let (path, host) = (own(path), own(host));
        let status_code = RedirectStatusCode::Http301;
        let config =
            RedirectConfig { protocol: Some("HTTPS".to_owned()), port: None, host, path, query: None, status_code };
        Action { redirect_config: Some(config), ..Action::of(ActionType::Redirect) }
    }

    #[test]
    fn what_means_the_same_keeps_the_programs_words() {
        for said in [short("a"), forward(vec![group("a", None)]), forward(vec![group("a", Some(7))])] {
            assert_eq!(in_the_words_of(Some(vec![said.clone()]), vec![shown("a")]), [said]);
        }
        let said = to(None, None);
        assert_eq!(in_the_words_of(Some(vec![said.clone()]), vec![to(Some("/#{path}"), Some("#{host}"))]), [said]);
        let two = forward(vec![group("b", None), group("a", Some(2))]);
        let seen = forward(vec![group("a", Some(2)), group("b", Some(1))]);
        assert_eq!(in_the_words_of(Some(vec![two.clone()]), vec![seen]), [two]);
    }

    #[test]
    fn what_differs_is_shown_in_few_words() {
        assert_eq!(in_the_words_of(Some(vec![short("a")]), vec![shown("b")]), [short("b")]);
        assert_eq!(in_the_words_of(None, vec![shown("b")]), [short("b")]);
        let moved = to(Some("/new"), Some("#{host}"));
        assert_eq!(in_the_words_of(Some(vec![to(None, None)]), vec![moved]), [to(Some("/new"), None)]);
        let weighted = forward(vec![group("a", Some(2)), group("b", Some(1))]);
        let said = forward(vec![group("a", None), group("b", None)]);
        assert_eq!(in_the_words_of(Some(vec![said]), vec![weighted.clone()]), [weighted]);
    }
}
