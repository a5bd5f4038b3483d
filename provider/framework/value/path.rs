//! Where in a resource's properties something is: `subnets[0].cidrBlock`, `tags["a.b"]`.

use std::fmt;

/// One step from a value into a part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// A property or key.
    Key(String),
    /// An index in a list.
    Index(usize),
}

/// A path from a resource's properties to a part of them; the empty path is the resource itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The resource itself.
    #[must_use]
    pub fn root() -> Self {
        Path::default()
    }

    /// The property of that name.
    #[must_use]
    pub fn of(property: &str) -> Self {
        Path::root().key(property)
    }

    /// The part under a key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_owned()))
    }

    /// The part at an index.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    /// The place that is `inner` as seen from here.
    #[must_use]
    pub fn join(&self, inner: &Path) -> Self {
        Path(self.0.iter().chain(&inner.0).cloned().collect())
    }

    /// The top-level property that the path lies in.
    #[must_use]
    pub fn property(&self) -> Option<&str> {
        match self.0.first() {
            Some(Segment::Key(key)) => Some(key),
            _ => None,
        }
    }

    fn with(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Path(segments)
    }
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && !key.contains(['.', '[', ']', '"'])
}

impl fmt::Display for Path {
    /// Pulumi's own syntax of property paths.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if !is_bare(key) => write!(f, "[\"{}\"]", key.replace('"', "\\\""))?,
                Segment::Key(key) if at == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
