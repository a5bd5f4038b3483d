//! Actions: what a listener or one of its rules does with a request.

mod aws;
mod means;
mod rules;
mod secret;

use std::collections::BTreeMap;

use framework::{Choice, Object};

pub use aws::{seen, to_aws};
pub use means::in_the_words_of;
pub use rules::check;
pub use secret::SecretText;

/// What to do with a request. Authentication comes first, then exactly one of `forward`, `redirect` and
/// `fixed-response`.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:Action")]
pub struct Action {
    /// What is done.
    pub r#type: ActionType,
    /// Where it comes among several actions, the least first. Required if there are several.
    #[field(range(1, 50000))]
    pub order: Option<i32>,
    /// The target group that requests go to, for the type `forward`; for several, `forwardConfig`.
    pub target_group_arn: Option<String>,
    /// The target groups that requests go to, for the type `forward`.
    pub forward_config: Option<ForwardConfig>,
    /// Where clients are sent, for the type `redirect`.
    pub redirect_config: Option<RedirectConfig>,
    /// What is answered, for the type `fixed-response`.
    pub fixed_response_config: Option<FixedResponseConfig>,
    /// Whose users are asked to sign in, for the type `authenticate-cognito`.
    pub authenticate_cognito_config: Option<AuthenticateCognitoConfig>,
    /// Whose users are asked to sign in, for the type `authenticate-oidc`.
    pub authenticate_oidc_config: Option<AuthenticateOidcConfig>,
    /// What tokens must keep, for the type `jwt-validation`.
    pub jwt_validation_config: Option<JwtValidationConfig>,
}

impl Action {
    /// An action of that type, of which nothing else is said.
    #[must_use]
    pub fn of(kind: ActionType) -> Self {
        Action {
            r#type: kind,
            order: None,
            target_group_arn: None,
            forward_config: None,
            redirect_config: None,
            fixed_response_config: None,
            authenticate_cognito_config: None,
            authenticate_oidc_config: None,
            jwt_validation_config: None,
        }
    }
}

/// What is done with a request.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:ActionType")]
pub enum ActionType {
    /// It goes to a target group.
    #[choice("forward")]
    Forward,
    /// The client is sent elsewhere.
    #[choice("redirect")]
    Redirect,
    /// The balancer answers by itself.
    #[choice("fixed-response")]
    FixedResponse,
    /// Users sign in with Amazon Cognito first.
    #[choice("authenticate-cognito")]
    AuthenticateCognito,
    /// Users sign in with an OpenID Connect provider first.
    #[choice("authenticate-oidc")]
    AuthenticateOidc,
    /// The request's JSON Web Token is looked at first.
    #[choice("jwt-validation")]
    JwtValidation,
}

/// The target groups that requests go to.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:ForwardConfig")]
pub struct ForwardConfig {
    /// The target groups: 1 to 5 (User Guide for Application Load Balancers, "Quotas for your Application Load
    /// Balancers").
    #[field(items(1, 5))]
    pub target_groups: Vec<TargetGroupTuple>,
    /// Whether a client stays with the target group that it has got.
    pub target_group_stickiness_config: Option<TargetGroupStickinessConfig>,
}

/// A target group, and its share of requests.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:TargetGroupTuple")]
pub struct TargetGroupTuple {
    /// The target group.
    pub target_group_arn: String,
    /// Its share, beside the weights of the others: 1 when absent. With 0 it gets none.
    #[field(range(0, 999))]
    pub weight: Option<i32>,
}

/// Whether a client stays with the target group that it has got.
#[derive(Object, Clone, Copy, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:TargetGroupStickinessConfig")]
pub struct TargetGroupStickinessConfig {
    /// Whether it does.
    pub enabled: Option<bool>,
    /// For how many seconds, up to seven days. Required when `enabled` is true.
    #[field(range(1, 604_800))]
    pub duration_seconds: Option<i32>,
}

/// Where clients are sent. What is absent stays as it was asked for; `#{protocol}`, `#{host}`, `#{port}`, `#{path}`
/// and `#{query}` stand for the parts of what was asked for.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:RedirectConfig")]
pub struct RedirectConfig {
    /// `HTTP`, `HTTPS` or `#{protocol}`. There is no way from HTTPS to HTTP.
    #[field(pattern(r"HTTPS?|#\{protocol\}", "HTTP, HTTPS or #{protocol}"))]
    pub protocol: Option<String>,
    /// The port, or `#{port}`.
    #[field(pattern(r"[0-9]{1,5}|#\{port\}", "a port from 1 to 65535 or #{port}"))]
    pub port: Option<String>,
    /// The host name.
    #[field(length(1, 128))]
    pub host: Option<String>,
    /// The path, from its slash on.
    #[field(length(1, 128), pattern(r"/.*", "a path that begins with a slash"))]
    pub path: Option<String>,
    /// The query, without its question mark.
    #[field(length(0, 128))]
    pub query: Option<String>,
    /// Whether clients may remember it.
    pub status_code: RedirectStatusCode,
}

/// Whether clients may remember where they are sent.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:RedirectStatusCode")]
pub enum RedirectStatusCode {
    /// For ever: clients may remember it.
    #[choice("HTTP_301")]
    Http301,
    /// For now.
    #[choice("HTTP_302")]
    Http302,
}

/// What is answered.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:FixedResponseConfig")]
pub struct FixedResponseConfig {
    /// The status: 2xx, 4xx or 5xx.
    #[field(pattern(r"[245][0-9][0-9]", "a status of 2xx, 4xx or 5xx"))]
    pub status_code: String,
    /// What kind of text it is: `text/plain`, `text/css`, `text/html`, `application/javascript` or `application/json`.
    #[field(
        length(0, 32),
        pattern(
            r"|text/plain|text/css|text/html|application/javascript|application/json",
            "text/plain, text/css, text/html, application/javascript or application/json"
        )
    )]
    pub content_type: Option<String>,
    /// The text.
    #[field(length(0, 1024))]
    pub message_body: Option<String>,
}

/// What is done with somebody who hasn't signed in.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:OnUnauthenticatedRequest")]
pub enum OnUnauthenticatedRequest {
    /// He is asked to.
    #[choice("authenticate")]
    Authenticate,
    /// He may go on.
    #[choice("allow")]
    Allow,
    /// He gets the status 401.
    #[choice("deny")]
    Deny,
}

/// Whose users are asked to sign in, with Amazon Cognito.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:AuthenticateCognitoConfig")]
pub struct AuthenticateCognitoConfig {
    /// The ARN of the user pool.
    pub user_pool_arn: String,
    /// The id of the user pool's client.
    pub user_pool_client_id: String,
    /// The domain of the user pool, its first part alone if it is Amazon's.
    pub user_pool_domain: String,
    /// What is done with somebody who hasn't signed in; he is asked to when absent.
    pub on_unauthenticated_request: Option<OnUnauthenticatedRequest>,
    /// What is asked of the user pool: `openid` when absent.
    pub scope: Option<String>,
    /// The name of the session's cookie: `AWSELBAuthSessionCookie` when absent.
    pub session_cookie_name: Option<String>,
    /// For how many seconds a session lasts: 604800, seven days, when absent.
    #[field(range(1, 604_800))]
    pub session_timeout: Option<i64>,
    /// What else is sent along when somebody is asked to sign in: up to 10.
    #[field(items(0, 10))]
    pub authentication_request_extra_params: Option<BTreeMap<String, String>>,
}

/// Whose users are asked to sign in, with an OpenID Connect provider.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:AuthenticateOidcConfig")]
pub struct AuthenticateOidcConfig {
    /// The provider's issuer, with its `https://`.
    pub issuer: String,
    /// Where users sign in.
    pub authorization_endpoint: String,
    /// Where the balancer gets its tokens.
    pub token_endpoint: String,
    /// Where the balancer asks who somebody is.
    pub user_info_endpoint: String,
    /// The client's id.
    pub client_id: String,
    /// The client's secret. Required, unless `useExistingClientSecret` is true. AWS doesn't tell it back.
    #[field(secret)]
    pub client_secret: Option<SecretText>,
    /// Whether the secret is the one that AWS has from before.
    pub use_existing_client_secret: Option<bool>,
    /// What is done with somebody who hasn't signed in; he is asked to when absent.
    pub on_unauthenticated_request: Option<OnUnauthenticatedRequest>,
    /// What is asked of the provider: `openid` when absent.
    pub scope: Option<String>,
    /// The name of the session's cookie: `AWSELBAuthSessionCookie` when absent.
    pub session_cookie_name: Option<String>,
    /// For how many seconds a session lasts: 604800, seven days, when absent.
    #[field(range(1, 604_800))]
    pub session_timeout: Option<i64>,
    /// What else is sent along when somebody is asked to sign in: up to 10.
    #[field(items(0, 10))]
    pub authentication_request_extra_params: Option<BTreeMap<String, String>>,
}

/// What JSON Web Tokens must keep.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:JwtValidationConfig")]
pub struct JwtValidationConfig {
    /// Who has to have issued them.
    #[field(length(1, 256))]
    pub issuer: String,
    /// Where the issuer's keys are, with its `https://`.
    #[field(length(1, 256))]
    pub jwks_endpoint: String,
    /// What they must claim besides: up to 10.
    #[field(items(0, 10))]
    pub additional_claims: Option<Vec<JwtValidationClaim>>,
}

/// A claim that JSON Web Tokens must have.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:JwtValidationClaim")]
pub struct JwtValidationClaim {
    /// Its name. `exp`, `iss`, `nbf` and `iat` are looked at anyway.
    pub name: String,
    /// How its values are written.
    pub format: JwtValidationClaimFormat,
    /// The values of which it has one.
    #[field(items(1, 10))]
    pub values: Vec<String>,
}

/// How a claim's values are written.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:JwtValidationClaimFormat")]
pub enum JwtValidationClaimFormat {
    /// A single text.
    #[choice("single-string")]
    SingleString,
    /// A list of texts.
    #[choice("string-array")]
    StringArray,
    /// A text with spaces between its values.
    #[choice("space-separated-values")]
    SpaceSeparatedValues,
}
