//! Moments, as AWS's calls take them and programs write them.

use std::{fmt, str::FromStr};

use aws_smithy_types::{DateTime, date_time::Format};
use framework::{
    property::{Decode, Decoding, Encode},
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// A moment to the second, such as `2027-01-31T06:00:00Z`. Two that are the same moment are equal, in whichever time
/// zone they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i64);

impl Moment {
    /// The moment as calls take it.
    #[must_use]
    pub fn date_time(self) -> DateTime {
        DateTime::from_secs(self.0)
    }
}

impl From<DateTime> for Moment {
    fn from(moment: DateTime) -> Self {
        Moment(moment.secs())
    }
}

impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let moment = DateTime::from_str(text, Format::DateTimeWithOffset)
            .map_err(|_| "must be a moment such as 2027-01-31T06:00:00Z")?;
        if moment.subsec_nanos() == 0 { Ok(Moment(moment.secs())) } else { Err("must be a moment to the second") }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.date_time().fmt(Format::DateTime).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

impl Decode for Moment {
    fn spec(types: &mut Types) -> TypeSpec {
        String::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let text = String::from_known(value, at, to)?;
        text.parse().map_err(|wanted: &str| to.wrong(at, wanted, format!("{text:?}"))).ok()
    }
}

impl Encode for Moment {
    fn encode(&self) -> Value {
        Value::String(self.to_string())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn one_moment_has_one_text() {
        for text in ["2027-01-31T06:00:00Z", "2027-01-31T06:00:00.000Z", "2027-01-31T08:00:00+02:00"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), "2027-01-31T06:00:00Z", "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in
            ["", "tomorrow", "2027-01-31", "2027-02-30T06:00:00Z", "2027-01-31T06:00:00", "2027-01-31T06:00:00.5Z"]
        {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }
}
