//! Values that AWS's model refuses, each made from one that is right.

use framework::value::{Map, Value};
use regex::Regex;
use serde_json::Value as Json;

/// Values that break a limit, by its kind: a key of `c` in the facts.
pub fn values(kind: &str, limit: &Json, right: &Value) -> Vec<Value> {
    match kind {
        "t" => of_other_types(limit.as_str().unwrap_or_default()),
        "e" => not_among(limit.as_array().unwrap()),
        "p" => not_matching(limit.as_str().unwrap(), right),
        "l" => of_wrong_length(span(limit), right),
        "r" => out_of_range(span(limit)),
        "i" => of_wrong_size(span(limit), right),
        "u" => twice(right),
        "d" => Vec::new(),
        other => panic!("no kind of limit is called {other}"),
    }
}

/// What a kind of limit is called by people.
pub fn word(kind: &str) -> &'static str {
    match kind {
        "t" => "type",
        "e" => "enum",
        "p" => "pattern",
        "l" => "length",
        "r" => "range",
        "i" => "items",
        "u" => "uniqueness",
        _ => "default",
    }
}

fn span(limit: &Json) -> (Option<i64>, Option<i64>) {
    (limit[0].as_i64(), limit[1].as_i64())
}

fn of_other_types(wanted: &str) -> Vec<Value> {
    let list = Value::List(vec![Value::Bool(true)]);
    match wanted {
        "string" => vec![list, Value::Map(Map::new())],
        "boolean" => vec![Value::from("yes"), Value::Number(2.0), list],
        "integer" => vec![Value::from("many"), Value::Number(1.5), list],
        "number" => vec![Value::from("many"), list],
        "array" => vec![Value::Bool(true), Value::from("text")],
        "object" => vec![Value::Bool(true), list],
        // More than one type: the language of the limits, not of a value.
        _ => Vec::new(),
    }
}

fn not_among(all: &[Json]) -> Vec<Value> {
    if all.iter().all(Json::is_number) {
        let numbers: Vec<_> = all.iter().map(|number| number.as_i64().unwrap()).collect();
        let near = numbers.iter().flat_map(|number| [number - 1, number + 1]);
        return near.filter(|number| !numbers.contains(number)).map(number).collect();
    }
    let texts: Vec<_> = all.iter().filter_map(Json::as_str).collect();
    let near = texts
        .iter()
        .flat_map(|text| [text.to_uppercase(), text.to_lowercase(), format!("{text} "), format!("{text}s")]);
    let near = near.chain(["no-such-value".to_owned(), String::new()]);
    near.filter(|text| !texts.contains(&text.as_str())).map(Value::String).collect()
}

#[allow(clippy::cast_precision_loss, reason = "limits are small")]
fn number(number: i64) -> Value {
    Value::Number(number as f64)
}

fn out_of_range((least, most): (Option<i64>, Option<i64>)) -> Vec<Value> {
    least.map(|least| number(least - 1)).into_iter().chain(most.map(|most| number(most + 1))).collect()
}

/// What is put into a right text to make it wrong.
const STRANGE: [&str; 24] = [
    " ", "\n", "\t", "\0", "\u{7f}", "ä", "Ā", "日", "/", ":", "*", "?", "!", "$", "\"", "\\", "<", "{", "#", "%", "@",
    "_", ".", "-",
];

fn not_matching(pattern: &str, right: &Value) -> Vec<Value> {
    let pattern = Regex::new(&translated(pattern)).unwrap_or_else(|error| {
        panic!("no regular expression of this crate, teach `translated` in tests/models/wrong.rs: {pattern}: {error}")
    });
    let right = right.as_str().unwrap_or("right");
    let middle = right.char_indices().nth(right.chars().count() / 2).map_or(0, |(at, _)| at);
    let mutated = STRANGE.iter().flat_map(|strange| {
        let inside = format!("{}{strange}{}", &right[..middle], &right[middle..]);
        [format!("{strange}{right}"), inside, format!("{right}{strange}"), (*strange).to_owned()]
    });
    let cut = [String::new(), right.chars().skip(1).collect(), right.to_uppercase()];
    mutated.chain(cut).filter(|text| !pattern.is_match(text)).map(Value::String).collect()
}

/// A pattern of AWS's in the words of this crate: classes are ASCII's, `[` in a class is a letter like others.
pub fn translated(pattern: &str) -> String {
    let pattern = without_look_ahead(pattern);
    let mut letters = pattern.chars();
    let (mut out, mut in_class) = (String::new(), false);
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next().unwrap_or('\\') {
                'u' => out.push_str(&format!("\\x{{{}}}", letters.by_ref().take(4).collect::<String>())),
                'Z' => out.push_str("\\z"),
                // Classes by name: what they mean in Java, which AWS's patterns are for.
                'p' => match letters.by_ref().take_while(|letter| *letter != '}').collect::<String>().as_str() {
                    "{Print" => out.push_str(class(" -~", in_class).as_str()),
                    other => out.push_str(&format!("\\p{other}}}")),
                },
                'w' => out.push_str(class("0-9A-Za-z_", in_class).as_str()),
                'd' => out.push_str(class("0-9", in_class).as_str()),
                's' => out.push_str(class(" \\t\\r\\n\\x0B\\f", in_class).as_str()),
                other => out.extend(['\\', other]),
            },
            '[' if in_class => out.push_str("\\["),
            '[' => {
                in_class = true;
                out.push('[');
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            other => out.push(other),
        }
    }
    out
}

/// A pattern without its looks ahead, for which this crate has no word. What it takes too much then is not tried: what
/// `(?=` wants is about the length, which is a limit of its own, and what `(?!` refuses is for the resource's own tests.
fn without_look_ahead(pattern: &str) -> String {
    match pattern.split_once("(?=").or_else(|| pattern.split_once("(?!")) {
        Some((before, ahead)) => {
            let after = ahead.split_once(')').map_or("", |(_, after)| after);
            without_look_ahead(&format!("{before}{after}"))
        }
        None => pattern.to_owned(),
    }
}

#[test]
fn patterns_that_look_ahead_are_understood() {
    assert_eq!(without_look_ahead("^(?=.{1,9}$)a(?!b)c$"), "^ac$");
    assert_eq!(without_look_ahead(r"^((?![:*$])[\x00-\x7F]){1,255}"), r"^([\x00-\x7F]){1,255}");
}

fn class(letters: &str, in_class: bool) -> String {
    if in_class { letters.to_owned() } else { format!("[{letters}]") }
}

fn of_wrong_length((least, most): (Option<i64>, Option<i64>), right: &Value) -> Vec<Value> {
    let right = right.as_str().unwrap_or("right");
    let last = right.chars().last().unwrap_or('a');
    let sized = |length: i64| {
        let length = usize::try_from(length).unwrap();
        Value::String(right.chars().chain(std::iter::repeat(last)).take(length).collect())
    };
    let short = least.filter(|least| *least > 0).map(|least| sized(least - 1));
    short.into_iter().chain(most.map(|most| sized(most + 1))).collect()
}

fn of_wrong_size((least, most): (Option<i64>, Option<i64>), right: &Value) -> Vec<Value> {
    let short = least.filter(|least| *least > 0).map(|least| sized(right, least - 1));
    short.into_iter().chain(most.map(|most| sized(right, most + 1))).collect()
}

/// As many elements, each different if they are texts.
fn sized(right: &Value, size: i64) -> Value {
    match right {
        Value::Map(_) => Value::Map((0..size).map(|at| (format!("Key{at}"), Value::from("value"))).collect()),
        Value::List(items) => {
            Value::List((0..size).filter_map(|at| items.first().map(|item| numbered(item, at))).collect())
        }
        other => other.clone(),
    }
}

fn numbered(item: &Value, at: i64) -> Value {
    match item {
        Value::String(text) => Value::String(format!("{text}{at}")),
        other => other.clone(),
    }
}

fn twice(right: &Value) -> Vec<Value> {
    match right {
        Value::List(items) if !items.is_empty() => vec![Value::List([items.as_slice(), items.as_slice()].concat())],
        _ => Vec::new(),
    }
}

#[test]
fn patterns_of_aws_are_understood() {
    let matches = |pattern: &str, text: &str| Regex::new(&translated(pattern)).unwrap().is_match(text);
    assert!(matches("^([a-z\\-:/()#,@[\\]+=&;\\{\\}!$*])*$", "a[b]"));
    assert!(matches("^[\\u0021-\\u007E]+\\Z", "a~"));
    assert!(!matches("^[\\w+=]+$", "ä"));
    assert!(!matches("^\\d{2}$", "1a"));
}
