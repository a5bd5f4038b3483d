//! Whose a thing in the cloud is: how a create that was cut off finds what it had made.
//!
//! The token is a hash of the provider resource's id, the resource's type chain and name, and a
//! generation that grows with each replacement. It stays in the state as a hidden input, and travels
//! into the cloud with the create call.

use std::{
    collections::{HashMap, HashSet},
    sync::Mutex,
    time::SystemTime,
};

use sha2::{Digest, Sha256};

use crate::{
    cloud::Identity,
    value::{Map, Urn, Value},
};

/// The hidden input that keeps the token: `<generation>.<hash>`.
pub(super) const HIDDEN: &str = "__owner";

/// How a kind of resource carries its owner token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// In a tag, on resources that the cloud lists under this name.
    Tag {
        /// The cloud's name for the kind.
        kind: &'static str,
    },
    /// In a tag, on a resource that is found by its name: the cloud doesn't list such tags, and
    /// [`owner_of`](super::Managed::owner_of) reads it.
    NamedTag,
    /// Not at all: the resource can be told by its name or its place alone.
    Identity,
    /// Not at all, as nothing stands in the cloud: the resource is a choice or a look, and many may have the same.
    Nowhere,
}

impl Carried {
    /// The cloud's name for the kind, where it lists the tags of such things.
    #[must_use]
    pub const fn kind(self) -> Option<&'static str> {
        match self {
            Carried::Tag { kind } => Some(kind),
            _ => None,
        }
    }
}

/// The owner of a thing: of one that is about to be made, or the one that a tag names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    token: String,
    later: Vec<String>,
    asked: SystemTime,
}

/// How many generations after its own a create takes for its own.
///
/// The engine ends the old one first where it must, and then forgets that there was one: if the create that
/// follows is cut off, the next run begins to count anew, and what it looks for carries a later token. A stack
/// that replaces one resource more often than this, without a break, would make a second one in that case.
const LATER: u32 = 64;

impl Owner {
    /// The owner with that token, who asks now.
    #[must_use]
    pub fn new(token: String, asked: SystemTime) -> Self {
        Owner { token, later: Vec::new(), asked }
    }

    /// The owner of something that carries no token: imported into a state without one.
    pub(super) fn nobody() -> Self {
        Owner::new(String::new(), SystemTime::UNIX_EPOCH)
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.token.is_empty()
    }

    /// The token: letters and digits only, so that it can be a client token or a part of a name.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whether that token is this owner's: its own, or one of a later generation.
    #[must_use]
    pub fn is(&self, token: &str) -> bool {
        self.tokens().any(|own| own == token)
    }

    /// The owner's own token, then those of later generations.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.token).chain(&self.later).map(String::as_str)
    }

    /// When the thing was asked for.
    #[must_use]
    pub fn asked(&self) -> SystemTime {
        self.asked
    }

    /// Whether this owner asked for something that was asked for then. Tags remember whole seconds.
    pub(super) fn asked_at(&self, made: SystemTime) -> bool {
        let seconds = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        seconds(self.asked) == seconds(made)
    }

    /// The token of the owner that a resource's checked inputs name.
    pub(super) fn of(inputs: &Map) -> Option<String> {
        parts(inputs).map(|(_, token)| token.to_owned())
    }
}

/// The owners that this process has named, so that replacements get new ones.
#[derive(Default)]
pub struct Owners {
    named: Mutex<Named>,
}

#[derive(Default)]
struct Named {
    generations: HashMap<Urn, u32>,
    tokens: HashSet<String>,
}

impl Named {
    fn note(&mut self, urn: &Urn, generation: u32, token: &str) {
        self.generations.insert(urn.clone(), generation);
        self.tokens.insert(token.to_owned());
    }
}

impl Owners {
    /// The hidden input for a resource: the one it had, or the next for a new one.
    ///
    /// There is none while the provider's own id is unknown, in the first preview of a stack.
    pub(super) fn hidden(&self, identity: &Identity, urn: &Urn, olds: &Map) -> Option<Value> {
        let mut named = self.named.lock().ok()?;
        if let Some(kept) = olds.get(HIDDEN) {
            let (generation, token) = parts(olds).unwrap_or_default();
            named.note(urn, generation, token);
            return Some(kept.clone());
        }
        if !olds.is_empty() {
            // Imported, or made by a version that had no tokens: it stays without one.
            return None;
        }
        let id = identity.id.as_deref()?;
        let next = named.generations.get(urn).map_or(1, |last| last.saturating_add(1));
        let mut tokens = (next..=u32::MAX).map(|generation| (generation, token(id, urn, generation)));
        // A resource that had this name before, and was renamed by an alias, has kept its token.
        let (generation, token) = tokens.find(|(_, token)| !named.tokens.contains(token))?;
        named.note(urn, generation, &token);
        Some(Value::String(format!("{generation}.{token}")))
    }

    /// The owner that a resource's checked inputs name, who asks now.
    pub(crate) fn owner(&self, identity: &Identity, urn: &Urn, inputs: &Map, now: SystemTime) -> Option<Owner> {
        let (generation, own) = parts(inputs)?;
        let id = identity.id.as_deref();
        let later = id.map(|id| (1..=LATER).map(|more| token(id, urn, generation.saturating_add(more))).collect());
        Some(Owner { token: own.to_owned(), later: later.unwrap_or_default(), asked: now })
    }

    /// Whether a token is that of a resource of this stack, as far as this run has come to it.
    pub(super) fn knows(&self, token: &str) -> bool {
        self.named.lock().is_ok_and(|named| named.tokens.contains(token))
    }
}

/// The generation and the token that checked inputs name.
fn parts(inputs: &Map) -> Option<(u32, &str)> {
    let (generation, token) = inputs.get(HIDDEN).and_then(Value::as_str)?.split_once('.')?;
    Some((generation.parse().unwrap_or_default(), token))
}

fn token(provider: &str, urn: &Urn, generation: u32) -> String {
    let digest = Sha256::digest(format!("{provider}\n{}\n{}\n{generation}", urn.type_chain(), urn.name()));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
