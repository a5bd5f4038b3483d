//! Values that AWS makes.

use framework::{Object, problem::Problems, property::Json, value::Path};
use serde_json::Value;

use crate::aws::{Cx, Result, answered};

/// How AWS makes the value of a secret.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "secretsmanager:GenerateSecretString")]
pub struct GenerateSecretString {
    /// How many characters it has.
    #[field(default = 32, range(1, 4096))]
    pub password_length: i32,
    /// Characters that it doesn't have.
    #[field(length(0, 4096))]
    pub exclude_characters: Option<String>,
    /// Whether it has no small letters.
    #[field(default = false)]
    pub exclude_lowercase: bool,
    /// Whether it has no capital letters.
    #[field(default = false)]
    pub exclude_uppercase: bool,
    /// Whether it has no digits.
    #[field(default = false)]
    pub exclude_numbers: bool,
    /// Whether it has none of the signs ``! " # $ % & ' ( ) * + , - . / : ; < = > ? @ [ \ ] ^ _ ` { | } ~``.
    #[field(default = false)]
    pub exclude_punctuation: bool,
    /// Whether it may have spaces.
    #[field(default = false)]
    pub include_space: bool,
    /// Whether it has at least one character of each kind that it may have.
    #[field(default = true)]
    pub require_each_included_type: bool,
    /// A JSON object to which what was made is added, under `generateStringKey`: such as `{"username": "app"}`. The
    /// value is that object then.
    pub secret_string_template: Option<Json>,
    /// The key in the object of `secretStringTemplate` under which what was made stands.
    pub generate_string_key: Option<String>,
}

impl GenerateSecretString {
    /// So many characters of all kinds but spaces.
    #[must_use]
    pub fn of(characters: i32) -> Self {
        GenerateSecretString {
            password_length: characters,
            exclude_characters: None,
            exclude_lowercase: false,
            exclude_uppercase: false,
            exclude_numbers: false,
            exclude_punctuation: false,
            include_space: false,
            require_each_included_type: true,
            secret_string_template: None,
            generate_string_key: None,
        }
    }

    pub(super) fn check(&self, at: &Path, problems: &mut Problems) {
        let template = self.secret_string_template.as_ref().map(Json::document);
        if template.is_some_and(|template| !template.is_object()) {
            problems.add(at.key("secretStringTemplate"), "must be a JSON object");
        }
        match (template, &self.generate_string_key) {
            (Some(_), None) => problems.add(at.key("generateStringKey"), "is required with secretStringTemplate"),
            (None, Some(_)) => problems.add(at.key("secretStringTemplate"), "is required with generateStringKey"),
            _ => {}
        }
        let kinds = self.kinds();
        if kinds == 0 {
            problems.add(at.clone(), "excludes all characters that there are");
        } else if self.require_each_included_type && usize::try_from(self.password_length).is_ok_and(|is| is < kinds) {
            let told = format!("must be at least {kinds}: one character of each kind, by requireEachIncludedType");
            problems.add(at.key("passwordLength"), told);
        }
    }

    /// How many kinds of characters it may have.
    fn kinds(&self) -> usize {
        let excluded = [self.exclude_lowercase, self.exclude_uppercase, self.exclude_numbers, self.exclude_punctuation];
        excluded.iter().filter(|excluded| !**excluded).count() + usize::from(self.include_space)
    }

    /// Lets AWS make a value. It is for the call that puts it into the secret, and for nobody else.
    pub(super) async fn made(&self, cx: &Cx) -> Result<String> {
        let call = cx
            .secrets_manager()
            .get_random_password()
            .password_length(i64::from(self.password_length))
            .set_exclude_characters(self.exclude_characters.clone())
            .exclude_lowercase(self.exclude_lowercase)
            .exclude_uppercase(self.exclude_uppercase)
            .exclude_numbers(self.exclude_numbers)
            .exclude_punctuation(self.exclude_punctuation)
            .include_space(self.include_space)
            .require_each_included_type(self.require_each_included_type);
        Ok(self.in_template(answered(call.send().await?.random_password, "RandomPassword")?))
    }

    fn in_template(&self, made: String) -> String {
        match (self.secret_string_template.as_ref().map(Json::document), &self.generate_string_key) {
            (Some(Value::Object(template)), Some(key)) => {
                let mut object = template.clone();
                object.insert(key.clone(), Value::String(made));
                Value::Object(object).to_string()
            }
            _ => made,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn how() -> GenerateSecretString {
        GenerateSecretString {
            password_length: 32,
            exclude_characters: None,
            exclude_lowercase: false,
            exclude_uppercase: false,
            exclude_numbers: false,
            exclude_punctuation: false,
            include_space: false,
            require_each_included_type: true,
            secret_string_template: None,
            generate_string_key: None,
        }
    }

    fn told(how: &GenerateSecretString) -> Vec<String> {
        let mut problems = Problems::default();
        how.check(&Path::of("g"), &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    #[test]
    fn a_template_and_its_key_go_together() {
        let key = || Some("password".to_owned());
        let template = |document| Some(Json::from(document));
        assert!(told(&how()).is_empty());
        let both =
            GenerateSecretString { secret_string_template: template(json!({})), generate_string_key: key(), ..how() };
        assert!(told(&both).is_empty());
        let alone = GenerateSecretString { generate_string_key: key(), ..how() };
        assert_eq!(told(&alone), ["g.secretStringTemplate is required with generateStringKey"]);
        let keyless = GenerateSecretString { secret_string_template: template(json!({})), ..how() };
        assert_eq!(told(&keyless), ["g.generateStringKey is required with secretStringTemplate"]);
        let list = GenerateSecretString { secret_string_template: template(json!([])), ..both };
        assert_eq!(told(&list), ["g.secretStringTemplate must be a JSON object"]);
    }

    #[test]
    fn there_is_room_for_each_kind_of_character() {
        assert_eq!(told(&GenerateSecretString { password_length: 3, ..how() }).len(), 1);
        assert!(told(&GenerateSecretString { password_length: 4, ..how() }).is_empty());
        let any = GenerateSecretString { password_length: 1, require_each_included_type: false, ..how() };
        assert!(told(&any).is_empty());
        let none = GenerateSecretString {
            exclude_lowercase: true,
            exclude_uppercase: true,
            exclude_numbers: true,
            exclude_punctuation: true,
            ..how()
        };
        assert_eq!(told(&none), ["g excludes all characters that there are"]);
        assert!(told(&GenerateSecretString { include_space: true, ..none }).is_empty());
    }

    #[test]
    fn what_was_made_stands_in_the_template() {
        assert_eq!(how().in_template("made".to_owned()), "made");
        let within = GenerateSecretString {
            secret_string_template: Some(Json::from(json!({ "username": "app", "password": "old" }))),
            generate_string_key: Some("password".to_owned()),
            ..how()
        };
        let value: Value = serde_json::from_str(&within.in_template("a\"b".to_owned())).unwrap_or_default();
        assert_eq!(value, json!({ "username": "app", "password": "a\"b" }));
    }
}
