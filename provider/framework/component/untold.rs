//! What is wrong with a component, in words that tell no secret.

use std::collections::BTreeSet;

use crate::{
    problem::Problems,
    value::{Map, Value},
};

/// What is said of an input in place of words that would tell a secret.
const HERE: &str = "isn't possible with the other inputs, and what is wrong would tell a secret: use values that aren't \
                    secret here to see it";

/// What is said once the inputs are gone, of values that were made of them.
pub(super) const LATER: &str = "what was made of secret inputs isn't possible, and what is wrong would tell a secret: use \
                                values that aren't secret to see it";

/// How many letters a word has to have to be recognized inside of another.
const LONG: usize = 4;

/// The problems without the words of secret inputs.
///
/// A component decides in plain values: what it says of them may quote one that was secret, or what it has made of one.
/// So a reason that shares a word with a secret isn't given.
pub(super) fn without_secrets(problems: Problems, inputs: &Map) -> Problems {
    let mut secrets = Secrets::default();
    inputs.values().for_each(|value| secrets.learn(value, false));
    let mut told = Problems::none();
    for problem in problems {
        let reason = if secrets.are_told_by(&problem.reason) { HERE.to_owned() } else { problem.reason };
        told.add(problem.path, reason);
    }
    told
}

/// What nobody may read.
#[derive(Default)]
struct Secrets {
    /// Words, as what is made of a value often keeps some: the region of a zone, the network of an address.
    words: BTreeSet<String>,
    /// Texts that have none.
    signs: BTreeSet<String>,
}

impl Secrets {
    fn learn(&mut self, value: &Value, secret: bool) {
        match value {
            Value::Secret(inner) => self.learn(inner, true),
            Value::Output(output) => {
                output.value.iter().for_each(|inner| self.learn(inner, secret || output.secret));
            }
            Value::List(items) => items.iter().for_each(|item| self.learn(item, secret)),
            Value::Map(map) => map.values().for_each(|value| self.learn(value, secret)),
            Value::String(text) if secret => self.learn_text(text),
            Value::Number(number) if secret => self.learn_text(&number.to_string()),
            Value::Bool(truth) if secret => self.learn_text(&truth.to_string()),
            _ => {}
        }
    }

    fn learn_text(&mut self, text: &str) {
        let mut words = words(text).peekable();
        match (words.peek(), text.trim()) {
            (None, "") => {}
            (None, signs) => drop(self.signs.insert(signs.to_owned())),
            (Some(_), _) => self.words.extend(words),
        }
    }

    fn are_told_by(&self, reason: &str) -> bool {
        let tells = |word: String| self.words.contains(&word) || self.long().any(|secret| word.contains(secret));
        words(reason).any(tells) || self.signs.iter().any(|signs| reason.contains(signs))
    }

    /// The words that aren't in the middle of another by chance.
    fn long(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str).filter(|word| word.chars().count() >= LONG)
    }
}

/// Its letters and digits, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
