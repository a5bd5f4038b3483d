//! The children of secrets: one each.

use std::collections::BTreeMap;

use framework::{component::Scope, value::Output};

use super::{
    inputs::{Generated, SecretsInputs},
    outputs::SecretsOutputs,
};
use crate::{
    aws::{Aws, Mode},
    components::{Link, child_tags::ChildTags},
    resources::secretsmanager::{GenerateSecretString, SecretArgs},
};

/// Describes all secrets.
pub fn describe(scope: &Scope<Aws>, want: &SecretsInputs) -> SecretsOutputs {
    let tags = ChildTags::new(scope, want.tags.clone());
    let window = want.recovery_window_in_days.unwrap_or(usual_window(want.mode.unwrap_or(scope.cloud().mode())));
    let secret = |name: &str, args: SecretArgs| {
        let role = role(name);
        let args = SecretArgs {
            description: format!("The environment variable {name}").into(),
            kms_key_id: want.kms_key_id.clone().into(),
            recovery_window_in_days: window.into(),
            tags: tags.of(&role).into(),
            ..args
        };
        let name = name.to_owned();
        scope.child(&role, args).arn().map(move |arn| (name, arn))
    };
    let given =
        want.values.iter().flat_map(|texts| texts.iter()).map(|(name, value)| {
            secret(name, SecretArgs { secret_string: value.clone().into(), ..SecretArgs::default() })
        });
    let made = want.generated.iter().flatten().map(|(name, how)| {
        secret(name, SecretArgs { generate_secret_string: generation(how).into(), ..SecretArgs::default() })
    });
    let arns = Output::all(given.chain(made)).map(|pairs| pairs.into_iter().collect::<BTreeMap<_, _>>());
    let link = arns.map(|arns| Link { secrets: Some(arns), ..Link::default() });
    SecretsOutputs { arns, link }
}

/// What a secret is called below the component: `SESSION_KEY` is `session-key`.
fn role(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

fn generation(how: &Generated) -> GenerateSecretString {
    GenerateSecretString { exclude_characters: how.exclude_characters.clone(), ..GenerateSecretString::of(how.length) }
}

fn usual_window(mode: Mode) -> i32 {
    match mode {
        Mode::Production => 30,
        Mode::Development => 7,
    }
}
