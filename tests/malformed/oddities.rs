//! Texts and numbers at which programs stumble.

use proptest::{prelude::*, sample::select};

const TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "\n",
    "a\0b",
    "a\nb",
    "a.b",
    "a[0]",
    "[\"a\"]",
    "\"",
    "\\",
    "$",
    "::",
    "urn:pulumi:",
    "../../etc/passwd",
    "${x}",
    "{}",
    "%00%s%n",
    "ключ",
    "日本語",
    "\u{202e}abc",
    "e\u{301}",
    "\u{feff}x",
    "\u{10ffff}",
    "İ",
    "ﬀ",
    "true",
    "null",
    "-0",
    "1e400",
    "NaN",
    "-1",
    "9007199254740993",
    "0.0.0.0/0",
    "10.0.0.1/8",
    "::1/129",
    "[[[[",
    "{\"a\":1e999}",
    "arn:aws:iam::",
];

const NUMBERS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    22.0,
    255.0,
    256.0,
    65_535.0,
    65_536.0,
    2_147_483_647.0,
    2_147_483_648.0,
    -2_147_483_649.0,
    9_007_199_254_740_991.0,
    9_007_199_254_740_992.0,
    9_007_199_254_740_994.0,
    9_223_372_036_854_775_807.0,
    1e300,
    -1e300,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    f64::EPSILON,
];

/// A text, odd more often than not.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(TEXTS).prop_map(str::to_owned),
        2 => ".{0,12}",
        2 => "[a-z][a-z0-9-]{0,12}",
        1 => (select(TEXTS), 1..400_usize).prop_map(|(text, times)| text.repeat(times)),
    ]
}

/// A finite number.
pub fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => select(NUMBERS),
        1 => any::<i16>().prop_map(f64::from),
        1 => any::<f64>().prop_filter("finite", |number| number.is_finite()),
    ]
}

/// A number that may be none.
pub fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![9 => number(), 1 => select(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY][..])]
}
