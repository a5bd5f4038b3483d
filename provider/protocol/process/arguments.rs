//! The command line.

use std::ffi::OsString;

/// What the process is to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Print the package's schema.
    Schema,
    /// Print the package's version.
    Version,
    /// Serve: the engine at that address, or whichever attaches to us.
    Service { engine: Option<String> },
}

/// The engine's only flag whose value is a word of its own.
const TRACING: &str = "--tracing";

impl Wanted {
    /// Reads a command line, the program's name included. Flags that we don't know are the
    /// engine's business, and newer engines have more of them.
    pub fn by(words: impl Iterator<Item = OsString>) -> Self {
        let mut words = words.skip(1).map(|word| word.to_string_lossy().into_owned());
        let mut engine = None;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--schema" => return Wanted::Schema,
                "--version" => return Wanted::Version,
                TRACING => drop(words.next()),
                flag if flag.starts_with('-') => {}
                _ => engine = Some(word),
            }
        }
        Wanted::Service { engine }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(line: &str) -> Wanted {
        Wanted::by(line.split_whitespace().map(OsString::from))
    }

    fn service(engine: Option<&str>) -> Wanted {
        Wanted::Service { engine: engine.map(str::to_owned) }
    }

    #[test]
    fn the_engine_is_the_one_word_that_belongs_to_no_flag() {
        assert_eq!(wanted("plugin 127.0.0.1:4000"), service(Some("127.0.0.1:4000")));
        assert_eq!(
            wanted("plugin --logtostderr -v=9 --tracing file:/tmp/t --new 127.0.0.1:1"),
            service(Some("127.0.0.1:1"))
        );
    }

    #[test]
    fn without_an_engine_one_may_attach() {
        assert_eq!(wanted("plugin"), service(None));
        assert_eq!(wanted("plugin --tracing http://127.0.0.1:1"), service(None));
    }

    #[test]
    fn some_answers_need_no_server() {
        assert_eq!(wanted("plugin --schema"), Wanted::Schema);
        assert_eq!(wanted("plugin --logtostderr --version 127.0.0.1:1"), Wanted::Version);
    }
}
