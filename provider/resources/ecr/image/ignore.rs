//! What a `.dockerignore` leaves out of a context, read as Docker reads it ("Build context", Docker's manual;
//! moby/patternmatcher).

use regex::Regex;

/// The patterns of a file, in their order: the last one that fits a path counts.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    fits: Regex,
    keeps: bool,
}

impl Ignored {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The number of the line that is no pattern.
    pub(super) fn read(text: &str) -> Result<Self, usize> {
        let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
        let patterns = lines.filter_map(|(index, line)| Pattern::read(line).map_err(|()| index + 1).transpose());
        Ok(Ignored { patterns: patterns.collect::<Result<_, _>>()? })
    }

    /// Whether the path, relative to the context and with slashes, is left out: by itself or with a folder above it.
    pub(super) fn leaves_out(&self, path: &str) -> bool {
        let ends = path.char_indices().filter(|(_, letter)| *letter == '/').map(|(at, _)| at).chain([path.len()]);
        let above: Vec<&str> = ends.filter_map(|end| path.get(..end)).collect();
        let fitting = self.patterns.iter().rfind(|pattern| above.iter().any(|path| pattern.fits.is_match(path)));
        fitting.is_some_and(|pattern| !pattern.keeps)
    }

    /// Whether something inside a folder that is left out may be kept all the same.
    pub(super) fn has_exceptions(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.keeps)
    }
}

impl Pattern {
    /// A line's pattern; nothing for a comment and an empty line.
    fn read(line: &str) -> Result<Option<Self>, ()> {
        if line.starts_with('#') {
            return Ok(None);
        }
        let line = line.trim();
        let (keeps, pattern) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        match (clean(pattern), keeps) {
            (path, _) if !path.is_empty() => {
                Ok(Some(Pattern { fits: Regex::new(&expression(&path)).map_err(|_| ())?, keeps }))
            }
            (_, true) if pattern.is_empty() => Err(()),
            _ => Ok(None),
        }
    }
}

/// The path without what means nothing in it: slashes at its ends, `.`, and what `..` takes back.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// The pattern as a regular expression of whole paths.
fn expression(pattern: &str) -> String {
    let mut said = String::from("^(?s:");
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '*' if letters.next_if_eq(&'*').is_some() => {
                let _ = letters.next_if_eq(&'/');
                said.push_str(if letters.peek().is_none() { ".*" } else { "(?:.*/)?" });
            }
            '*' => said.push_str("[^/]*"),
            '?' => said.push_str("[^/]"),
            // Classes are the same in both; what a class excludes is said with `^` in both, too.
            '[' | ']' | '^' | '-' => said.push(letter),
            '\\' => said.push_str(&regex::escape(&letters.next().unwrap_or('\\').to_string())),
            other => said.push_str(&regex::escape(&other.to_string())),
        }
    }
    said.push_str(")$");
    said
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn left_out<'a>(file: &str, paths: &[&'a str]) -> Vec<&'a str> {
        let ignored = Ignored::read(file).unwrap();
        paths.iter().copied().filter(|path| ignored.leaves_out(path)).collect()
    }

    #[test]
    fn a_name_is_meant_at_the_top_with_all_that_is_in_it() {
        let paths = ["target", "target/debug/app", "src/target", "targets"];
        for file in ["target", "/target", "target/", "./target", "a/../target", "  target  "] {
            assert_eq!(left_out(file, &paths), ["target", "target/debug/app"], "{file}");
        }
    }

    #[test]
    fn stars_stay_in_a_name_and_double_ones_do_not() {
        let paths = ["a.log", "logs/b.log", "logs/old/c.log", "a.logs"];
        assert_eq!(left_out("*.log", &paths), ["a.log"]);
        assert_eq!(left_out("*/*.log", &paths), ["logs/b.log"]);
        assert_eq!(left_out("**/*.log", &paths), ["a.log", "logs/b.log", "logs/old/c.log"]);
        assert_eq!(left_out("logs/**", &paths), ["logs/b.log", "logs/old/c.log"]);
        assert_eq!(left_out("**/old", &paths), ["logs/old/c.log"]);
        assert_eq!(left_out("?.log", &paths), ["a.log"]);
        assert_eq!(left_out("[ab].log", &paths), ["a.log"]);
        assert_eq!(left_out("[^b].log", &paths), ["a.log"]);
    }

    #[test]
    fn letters_that_mean_something_to_expressions_mean_themselves() {
        let paths = ["a.b", "axb", "a+b", "(a)", "a$", "*"];
        assert_eq!(left_out("a.b", &paths), ["a.b"]);
        assert_eq!(left_out("a+b\n(a)\na$", &paths), ["a+b", "(a)", "a$"]);
        assert_eq!(left_out("\\*", &paths), ["*"]);
    }

    #[test]
    fn the_last_word_counts() {
        let paths = ["README.md", "docs/a.md", "docs/b.md", "src/main.rs"];
        assert_eq!(left_out("*\n!src", &paths), ["README.md", "docs/a.md", "docs/b.md"]);
        assert_eq!(left_out("docs\n!docs/a.md", &paths), ["docs/b.md"]);
        assert_eq!(left_out("!docs/a.md\ndocs", &paths), ["docs/a.md", "docs/b.md"]);
        assert!(Ignored::read("*\n!src").unwrap().has_exceptions());
        assert!(!Ignored::read("*").unwrap().has_exceptions());
    }

    #[test]
    fn comments_and_empty_lines_are_none() {
        assert_eq!(left_out("\u{feff}# a\n\n  \n.\n/\n", &["a", "# a"]), Vec::<&str>::new());
        assert_eq!(left_out("a\r\nb", &["a", "b"]), ["a", "b"]);
    }

    #[test]
    fn a_line_that_is_no_pattern_is_named() {
        assert_eq!(Ignored::read("a\n!").unwrap_err(), 2);
        assert_eq!(Ignored::read("a\n\n[b").unwrap_err(), 3);
    }
}
