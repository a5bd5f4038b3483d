//! Actions as calls take them and as AWS shows them.

use aws_sdk_elasticloadbalancingv2::types;
use framework::property::Choice as _;

use super::{
    Action, ActionType, AuthenticateCognitoConfig, AuthenticateOidcConfig, FixedResponseConfig, ForwardConfig,
    JwtValidationClaim, JwtValidationClaimFormat, JwtValidationConfig, OnUnauthenticatedRequest, RedirectConfig,
    RedirectStatusCode, TargetGroupStickinessConfig, TargetGroupTuple,
};

/// Actions as calls take them.
#[must_use]
pub fn to_aws(actions: &[Action]) -> Vec<types::Action> {
    actions.iter().map(action).collect()
}

fn action(action: &Action) -> types::Action {
    types::Action::builder()
        .r#type(action.r#type.text().into())
        .set_order(action.order)
        .set_target_group_arn(action.target_group_arn.clone())
        .set_forward_config(action.forward_config.as_ref().map(forward))
        .set_redirect_config(action.redirect_config.as_ref().map(redirect))
        .set_fixed_response_config(action.fixed_response_config.as_ref().map(fixed_response))
        .set_authenticate_cognito_config(action.authenticate_cognito_config.as_ref().map(cognito))
        .set_authenticate_oidc_config(action.authenticate_oidc_config.as_ref().map(oidc))
        .set_jwt_validation_config(action.jwt_validation_config.as_ref().map(jwt))
        .build()
}

fn forward(config: &ForwardConfig) -> types::ForwardActionConfig {
    let group = |group: &TargetGroupTuple| {
        types::TargetGroupTuple::builder().target_group_arn(&group.target_group_arn).set_weight(group.weight).build()
    };
    let stickiness = config.target_group_stickiness_config.map(|sticky| {
        types::TargetGroupStickinessConfig::builder()
            .set_enabled(sticky.enabled)
            .set_duration_seconds(sticky.duration_seconds)
            .build()
    });
    types::ForwardActionConfig::builder()
        .set_target_groups(Some(config.target_groups.iter().map(group).collect()))
        .set_target_group_stickiness_config(stickiness)
        .build()
}

fn redirect(config: &RedirectConfig) -> types::RedirectActionConfig {
    types::RedirectActionConfig::builder()
        .set_protocol(config.protocol.clone())
        .set_port(config.port.clone())
        .set_host(config.host.clone())
        .set_path(config.path.clone())
        .set_query(config.query.clone())
        .status_code(config.status_code.text().into())
        .build()
}

fn fixed_response(config: &FixedResponseConfig) -> types::FixedResponseActionConfig {
    types::FixedResponseActionConfig::builder()
        .status_code(&config.status_code)
        .set_content_type(config.content_type.clone())
        .set_message_body(config.message_body.clone())
        .build()
}

fn cognito(config: &AuthenticateCognitoConfig) -> types::AuthenticateCognitoActionConfig {
    let extra = config.authentication_request_extra_params.clone();
    types::AuthenticateCognitoActionConfig::builder()
        .user_pool_arn(&config.user_pool_arn)
        .user_pool_client_id(&config.user_pool_client_id)
        .user_pool_domain(&config.user_pool_domain)
        .set_on_unauthenticated_request(config.on_unauthenticated_request.map(|what| what.text().into()))
        .set_scope(config.scope.clone())
        .set_session_cookie_name(config.session_cookie_name.clone())
        .set_session_timeout(config.session_timeout)
        .set_authentication_request_extra_params(extra.map(|extra| extra.into_iter().collect()))
        .build()
}

fn oidc(config: &AuthenticateOidcConfig) -> types::AuthenticateOidcActionConfig {
    let extra = config.authentication_request_extra_params.clone();
    types::AuthenticateOidcActionConfig::builder()
        .issuer(&config.issuer)
        .authorization_endpoint(&config.authorization_endpoint)
        .token_endpoint(&config.token_endpoint)
        .user_info_endpoint(&config.user_info_endpoint)
        .client_id(&config.client_id)
        .set_client_secret(config.client_secret.as_ref().map(|secret| secret.told().to_owned()))
        .set_use_existing_client_secret(config.use_existing_client_secret)
        .set_on_unauthenticated_request(config.on_unauthenticated_request.map(|what| what.text().into()))
        .set_scope(config.scope.clone())
        .set_session_cookie_name(config.session_cookie_name.clone())
        .set_session_timeout(config.session_timeout)
        .set_authentication_request_extra_params(extra.map(|extra| extra.into_iter().collect()))
        .build()
}

fn jwt(config: &JwtValidationConfig) -> types::JwtValidationActionConfig {
    let claim = |claim: &JwtValidationClaim| {
        types::JwtValidationActionAdditionalClaim::builder()
            .name(&claim.name)
            .format(claim.format.text().into())
            .set_values(Some(claim.values.clone()))
            .build()
    };
    let claims = config.additional_claims.as_ref().map(|claims| claims.iter().map(claim).collect());
    types::JwtValidationActionConfig::builder()
        .issuer(&config.issuer)
        .jwks_endpoint(&config.jwks_endpoint)
        .set_additional_claims(claims)
        .build()
}

/// Actions as AWS shows them, in the order in which they are done.
#[must_use]
pub fn seen(shown: &[types::Action]) -> Vec<Action> {
    let mut shown: Vec<_> = shown.iter().filter_map(action_seen).collect();
    shown.sort_by_key(|action| action.order);
    shown
}

fn action_seen(shown: &types::Action) -> Option<Action> {
    Some(Action {
        r#type: ActionType::from_text(shown.r#type()?.as_str())?,
        order: shown.order(),
        target_group_arn: shown.target_group_arn().map(str::to_owned),
        forward_config: shown.forward_config().map(forward_seen),
        redirect_config: shown.redirect_config().and_then(redirect_seen),
        fixed_response_config: shown.fixed_response_config().map(fixed_response_seen),
        authenticate_cognito_config: shown.authenticate_cognito_config().map(cognito_seen),
        authenticate_oidc_config: shown.authenticate_oidc_config().map(oidc_seen),
        jwt_validation_config: shown.jwt_validation_config().map(jwt_seen),
    })
}

fn forward_seen(shown: &types::ForwardActionConfig) -> ForwardConfig {
    let group = |group: &types::TargetGroupTuple| {
        Some(TargetGroupTuple { target_group_arn: group.target_group_arn()?.to_owned(), weight: group.weight() })
    };
    let sticky = shown.target_group_stickiness_config();
    ForwardConfig {
        target_groups: shown.target_groups().iter().filter_map(group).collect(),
        target_group_stickiness_config: sticky.map(|sticky| TargetGroupStickinessConfig {
            enabled: sticky.enabled(),
            duration_seconds: sticky.duration_seconds(),
        }),
    }
}

fn redirect_seen(shown: &types::RedirectActionConfig) -> Option<RedirectConfig> {
    let own = |part: Option<&str>| part.map(str::to_owned);
    Some(RedirectConfig {
        protocol: own(shown.protocol()),
        port: own(shown.port()),
        host: own(shown.host()),
        path: own(shown.path()),
        query: own(shown.query()),
        status_code: RedirectStatusCode::from_text(shown.status_code()?.as_str())?,
    })
}

fn fixed_response_seen(shown: &types::FixedResponseActionConfig) -> FixedResponseConfig {
    FixedResponseConfig {
        status_code: shown.status_code().unwrap_or_default().to_owned(),
        content_type: shown.content_type().map(str::to_owned),
        message_body: shown.message_body().map(str::to_owned),
    }
}

fn text(shown: Option<&str>) -> String {
    shown.unwrap_or_default().to_owned()
}

fn cognito_seen(shown: &types::AuthenticateCognitoActionConfig) -> AuthenticateCognitoConfig {
    let what = shown.on_unauthenticated_request().and_then(|what| OnUnauthenticatedRequest::from_text(what.as_str()));
    let extra = shown.authentication_request_extra_params();
    AuthenticateCognitoConfig {
        user_pool_arn: text(shown.user_pool_arn()),
        user_pool_client_id: text(shown.user_pool_client_id()),
        user_pool_domain: text(shown.user_pool_domain()),
        on_unauthenticated_request: what,
        scope: shown.scope().map(str::to_owned),
        session_cookie_name: shown.session_cookie_name().map(str::to_owned),
        session_timeout: shown.session_timeout(),
        authentication_request_extra_params: extra.map(|extra| extra.clone().into_iter().collect()),
    }
}

fn oidc_seen(shown: &types::AuthenticateOidcActionConfig) -> AuthenticateOidcConfig {
    let what = shown.on_unauthenticated_request().and_then(|what| OnUnauthenticatedRequest::from_text(what.as_str()));
    let extra = shown.authentication_request_extra_params();
    AuthenticateOidcConfig {
        issuer: text(shown.issuer()),
        authorization_endpoint: text(shown.authorization_endpoint()),
        token_endpoint: text(shown.token_endpoint()),
        user_info_endpoint: text(shown.user_info_endpoint()),
        client_id: text(shown.client_id()),
        client_secret: None,
        use_existing_client_secret: None,
        on_unauthenticated_request: what,
        scope: shown.scope().map(str::to_owned),
        session_cookie_name: shown.session_cookie_name().map(str::to_owned),
        session_timeout: shown.session_timeout(),
        authentication_request_extra_params: extra.map(|extra| extra.clone().into_iter().collect()),
    }
}

fn jwt_seen(shown: &types::JwtValidationActionConfig) -> JwtValidationConfig {
    let claim = |claim: &types::JwtValidationActionAdditionalClaim| {
        Some(JwtValidationClaim {
            name: text(claim.name()),
            format: JwtValidationClaimFormat::from_text(claim.format()?.as_str())?,
            values: claim.values().to_vec(),
        })
    };
    let claims: Vec<_> = shown.additional_claims().iter().filter_map(claim).collect();
    JwtValidationConfig {
        issuer: text(shown.issuer()),
        jwks_endpoint: text(shown.jwks_endpoint()),
        additional_claims: (!claims.is_empty()).then_some(claims),
    }
}
