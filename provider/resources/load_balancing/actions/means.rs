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
