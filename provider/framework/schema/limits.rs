//! The limits of a property in words: they stand at the field once, and readers of its description see them.

use std::collections::BTreeSet;

use crate::property::Rule;

/// A description, with a sentence for each limit that it doesn't name by itself.
pub(super) fn described(doc: &str, rules: &[Rule]) -> String {
    let unsaid = rules.iter().filter(|rule| !says(doc, rule)).map(sentence);
    unsaid.fold(doc.to_owned(), |text, sentence| {
        // What ends in a list, or in code, gets a paragraph of its own behind it.
        let glue = if text.lines().nth(1).is_some() { "\n\n" } else { " " };
        format!("{text}{glue}{sentence}")
    })
}

fn sentence(rule: &Rule) -> String {
    match rule {
        Rule::Length(least, most) => counted(*least, *most, "character"),
        Rule::Items(least, most) => counted(*least, *most, "element"),
        Rule::Range(least, most) => format!("From {least} to {most}."),
        Rule::OneOf(numbers) => format!("One of {}.", listed(numbers)),
        Rule::Pattern(_, meaning) => format!("Must be {}.", marked(meaning)),
        Rule::NeverBegins(begin) => format!("Must not begin with `{begin}`."),
        Rule::Each(rules) => {
            let each: Vec<_> =
                rules.iter().map(|rule| format!("Each element: {}", in_small(&sentence(rule)))).collect();
            each.join(" ")
        }
    }
}

fn counted(least: usize, most: usize, what: &str) -> String {
    let plural = if most == 1 { "" } else { "s" };
    match least {
        _ if most == 0 => "Must be empty.".to_owned(),
        0 => format!("At most {most} {what}{plural}."),
        _ if least == most => format!("{most} {what}{plural}."),
        _ => format!("{least} to {most} {what}{plural}."),
    }
}

fn listed(numbers: &[i64]) -> String {
    let listed: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    listed.join(", ")
}

/// The words with those in code that are signs: as Markdown they would be lost.
fn marked(words: &str) -> String {
    let is_sign = |letter: char| !letter.is_alphanumeric() && !",.;:'-/".contains(letter);
    let marked = words.split(' ').map(|word| match word.contains(is_sign) {
        true => format!("`{word}`"),
        false => word.to_owned(),
    });
    marked.collect::<Vec<_>>().join(" ")
}

fn in_small(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// Whether a description names the limit: its numbers, or its words.
fn says(doc: &str, rule: &Rule) -> bool {
    let named = |numbers: &[u64]| {
        let said = numbers_in(doc);
        numbers.iter().all(|number| said.contains(&number.to_string()))
    };
    match rule {
        // Everybody knows that there is at least one.
        Rule::Length(0 | 1, most) | Rule::Items(0 | 1, most) => named(&[*most as u64]),
        Rule::Length(least, most) | Rule::Items(least, most) => named(&[*least as u64, *most as u64]),
        Rule::Range(least, most) => named(&[least.unsigned_abs(), most.unsigned_abs()]),
        Rule::OneOf(numbers) => named(&numbers.iter().map(|number| number.unsigned_abs()).collect::<Vec<_>>()),
        Rule::Pattern(_, meaning) => has_words(doc, meaning),
        Rule::NeverBegins(begin) => doc.contains(begin),
        Rule::Each(rules) => rules.iter().all(|rule| says(doc, rule)),
    }
}

/// Whether a text has all words of another one, but for the short ones.
fn has_words(text: &str, words: &str) -> bool {
    let bare = |word: &str| word.trim_matches([',', '.', ';', ':', '`']).to_lowercase();
    let said: BTreeSet<_> = text.split_whitespace().map(bare).collect();
    let is_short = |word: &&str| word.len() <= 3 && word.chars().all(char::is_alphabetic);
    words.split_whitespace().filter(|word| !is_short(word)).all(|word| said.contains(&bare(word)))
}

/// The numbers in a text, without the signs between thousands.
fn numbers_in(text: &str) -> BTreeSet<String> {
    let plain = text.replace(',', "");
    plain.split(|letter: char| !letter.is_ascii_digit()).map(ToOwned::to_owned).collect()
}
