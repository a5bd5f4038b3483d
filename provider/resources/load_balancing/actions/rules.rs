//! What actions must keep.

use framework::{problem::Problems, property::Choice as _, value::Path};

use super::{Action, ActionType, ForwardConfig};

/// Notes what is wrong with a list of actions.
pub fn check(actions: &[Action], at: &Path, problems: &mut Problems) {
    if actions.is_empty() {
        problems.add(at.clone(), "must have an action");
        return;
    }
    let last = actions.iter().filter(|action| action.r#type.is_an_end()).count();
    if last != 1 {
        problems.add(at.clone(), "must have exactly one action of the type forward, redirect or fixed-response");
    }
    for (index, action) in actions.iter().enumerate() {
        let at = at.index(index);
        let before = actions.get(..index).unwrap_or_default();
        if before.iter().any(|other| other.r#type == action.r#type) {
            problems.add(at.key("type"), "is the type of another action too");
        }
        if actions.len() > 1 && action.order.is_none() {
            problems.add(at.key("order"), "is required where there are several actions");
        }
        if action.order.is_some() && before.iter().any(|other| other.order == action.order) {
            problems.add(at.key("order"), "is the order of another action too");
        }
        has_its_configuration(action, &at, problems);
        redirects_somewhere(action, &at, problems);
        if let Some(forward) = &action.forward_config {
            forwards(forward, &at.key("forwardConfig"), problems);
        }
        claims(action, &at.key("jwtValidationConfig").key("additionalClaims"), problems);
    }
    ends_with_the_end(actions, at, problems);
}

impl ActionType {
    fn is_an_end(self) -> bool {
        matches!(self, ActionType::Forward | ActionType::Redirect | ActionType::FixedResponse)
    }
}

/// Nothing comes after what answers a request.
fn ends_with_the_end(actions: &[Action], at: &Path, problems: &mut Problems) {
    for (index, end) in actions.iter().enumerate().filter(|(_, action)| action.r#type.is_an_end()) {
        if actions.iter().any(|other| other.order > end.order && !other.r#type.is_an_end()) {
            let reason = "must be the greatest: nothing comes after forward, redirect and fixed-response";
            problems.add(at.index(index).key("order"), reason);
        }
    }
}

/// Each type has a configuration of its own, and no other.
fn has_its_configuration(action: &Action, at: &Path, problems: &mut Problems) {
    use ActionType::{AuthenticateCognito, AuthenticateOidc, FixedResponse, Forward, JwtValidation, Redirect};
    let configurations = [
        (Redirect, "redirectConfig", action.redirect_config.is_some()),
        (FixedResponse, "fixedResponseConfig", action.fixed_response_config.is_some()),
        (AuthenticateCognito, "authenticateCognitoConfig", action.authenticate_cognito_config.is_some()),
        (AuthenticateOidc, "authenticateOidcConfig", action.authenticate_oidc_config.is_some()),
        (JwtValidation, "jwtValidationConfig", action.jwt_validation_config.is_some()),
    ];
    let kind = action.r#type.text();
    for (of, name, given) in configurations {
        if of == action.r#type && !given {
            problems.add(at.key(name), format!("is required for the type {kind}"));
        } else if of != action.r#type && given {
            problems.add(at.key(name), format!("can't be given for the type {kind}"));
        }
    }
    let (group, config) = (action.target_group_arn.is_some(), action.forward_config.is_some());
    if action.r#type == Forward && !group && !config {
        problems.add(at.clone(), "needs one of targetGroupArn, forwardConfig");
    }
    for (name, given) in [("targetGroupArn", group), ("forwardConfig", config)] {
        if given && action.r#type != Forward {
            problems.add(at.key(name), format!("can't be given for the type {kind}"));
        }
    }
    let secretless = action.authenticate_oidc_config.as_ref().filter(|oidc| oidc.client_secret.is_none());
    if secretless.is_some_and(|oidc| oidc.use_existing_client_secret != Some(true)) {
        let reason = "is required, unless useExistingClientSecret is true";
        problems.add(at.key("authenticateOidcConfig").key("clientSecret"), reason);
    }
    if let (Some(arn), Some(forward)) = (&action.target_group_arn, &action.forward_config)
        && !matches!(forward.target_groups.as_slice(), [only] if only.target_group_arn == *arn)
    {
        problems.add(at.key("targetGroupArn"), "must be the only target group of forwardConfig, or absent");
    }
}

/// A client that is sent to where it has come from comes for ever.
fn redirects_somewhere(action: &Action, at: &Path, problems: &mut Problems) {
    let Some(redirect) = &action.redirect_config else { return };
    let at = at.key("redirectConfig");
    let same = |part: &Option<String>, itself: &str| part.as_deref().is_none_or(|part| part == itself);
    let all_same = same(&redirect.protocol, "#{protocol}")
        && same(&redirect.host, "#{host}")
        && same(&redirect.port, "#{port}")
        && same(&redirect.path, "/#{path}");
    if all_same {
        problems.add(at.clone(), "must change one of protocol, host, port and path, or it redirects for ever");
    }
    let port = redirect.port.as_deref().and_then(|port| port.parse::<u32>().ok());
    if port.is_some_and(|port| !(1..=65_535).contains(&port)) {
        problems.add(at.key("port"), "must be between 1 and 65535");
    }
}

fn forwards(forward: &ForwardConfig, at: &Path, problems: &mut Problems) {
    let groups = &forward.target_groups;
    for (index, group) in groups.iter().enumerate() {
        let before = groups.get(..index).unwrap_or_default();
        if before.iter().any(|other| other.target_group_arn == group.target_group_arn) {
            problems.add(at.key("targetGroups").index(index), "is the same target group as another one");
        }
    }
    let sticky = forward.target_group_stickiness_config;
    if sticky.is_some_and(|sticky| sticky.enabled == Some(true) && sticky.duration_seconds.is_none()) {
        let at = at.key("targetGroupStickinessConfig").key("durationSeconds");
        problems.add(at, "is required when enabled is true");
    }
}

/// Each claim is looked at once, and each of its values.
fn claims(action: &Action, at: &Path, problems: &mut Problems) {
    let claims = action.jwt_validation_config.as_ref().and_then(|config| config.additional_claims.as_ref());
    for (index, claim) in claims.into_iter().flatten().enumerate() {
        let before = claims.into_iter().flatten().take(index);
        if before.into_iter().any(|other| other.name == claim.name) {
            problems.add(at.index(index).key("name"), "is the name of another claim too");
        }
        let twice = |(index, value): (usize, &String)| claim.values.iter().take(index).any(|other| other == value);
        if claim.values.iter().enumerate().any(twice) {
            problems.add(at.index(index).key("values"), "must have each value once");
        }
    }
}
