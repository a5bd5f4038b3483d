//! What the attribute of a field says: the laws that it puts the field under.

use syn::{Attribute, Error, Expr, Ident, LitInt, Meta, Result, Token, Type, meta::ParseNestedMeta};

use crate::{
    attributes::{arguments, idents, int, none},
    field::inside,
    rule::Rule,
    shape::{Shape, misplaced},
};

/// The laws of a field.
#[derive(Default)]
pub(crate) struct Laws {
    pub(crate) default: Option<Default>,
    pub(crate) replaces: bool,
    pub(crate) computed: bool,
    pub(crate) secret: bool,
    pub(crate) stable: bool,
    pub(crate) derived: bool,
    pub(crate) follows: Vec<Ident>,
    pub(crate) set: bool,
    pub(crate) write_only: bool,
    pub(crate) named: Option<LitInt>,
    pub(crate) rules: Vec<Rule>,
    /// Every law by the word that says it, where it stands.
    words: Vec<Ident>,
}

pub(crate) enum Default {
    OfType,
    Value(Box<Expr>),
}

impl Laws {
    /// Reads `#[name(…)]`; `None` when the field has no such attribute.
    pub(crate) fn read(attributes: &[Attribute], name: &str, ty: &Type) -> Result<Option<Laws>> {
        let Some(attribute) = attributes.iter().find(|attribute| attribute.path().is_ident(name)) else {
            return Ok(None);
        };
        let mut laws = Laws::default();
        if let Meta::List(_) = &attribute.meta {
            attribute.parse_nested_meta(|meta| laws.one(&meta))?;
        }
        laws.mean_something(name, ty)?;
        Ok(Some(laws))
    }

    fn one(&mut self, meta: &ParseNestedMeta) -> Result<()> {
        let Some(name) = meta.path.get_ident() else { return Err(meta.error("a single word")) };
        self.words.push(name.clone());
        match name.to_string().as_str() {
            "replaces" => self.replaces = true,
            "computed" => self.computed = true,
            "secret" => self.secret = true,
            "stable" => self.stable = true,
            "derived" => self.derived = true,
            "follows" => self.follows = idents(meta)?,
            "set" => self.set = true,
            "write_only" => self.write_only = true,
            "default" if meta.input.peek(Token![=]) => {
                self.default = Some(Default::Value(Box::new(meta.value()?.parse()?)));
            }
            "default" => self.default = Some(Default::OfType),
            "named" => {
                let list = arguments(meta)?;
                let [longest] = list.as_slice() else { return Err(meta.error("named(longest)")) };
                self.named = Some(int(longest)?);
            }
            _ => self.rules.push(Rule::read(name, meta)?),
        }
        Ok(())
    }

    /// Refuses what would be taken and do nothing: laws that aren't for fields of that type, or with that attribute.
    fn mean_something(&self, attribute: &str, ty: &Type) -> Result<()> {
        let of_field = self.words.iter().filter_map(|word| self.idle(word, attribute, ty));
        let of_value = self.rules.iter().flat_map(|rule| rule.misplaced(ty));
        none(of_field.chain(of_value))
    }

    /// Why a law of the field as a whole does nothing.
    fn idle(&self, word: &Ident, attribute: &str, ty: &Type) -> Option<Error> {
        let optional = inside(ty, "Option").is_some();
        let law = word.to_string();
        let why = match (attribute, law.as_str()) {
            ("output", "stable" | "follows" | "secret" | "derived") => return None,
            ("output", _) => {
                "an output is what the cloud says: it takes `stable`, `follows`, `secret` and `derived`, and nothing else"
            }
            (_, "derived") => "`derived` is for an output that Check finds out from the inputs",
            (_, "follows") => "`follows` is for an output that changes with inputs",
            (_, "stable") => "`stable` is for an output; an input that can't change is one that `replaces`",
            (_, "computed") if !optional => "`computed` is for what may be absent, which is an Option",
            (_, "default") if optional && matches!(self.default, Some(Default::OfType)) => {
                "`default` without a value does nothing to an Option, which is absent by default"
            }
            (_, "named") => return misplaced(word, &[Shape::Text], ty),
            (_, "set") => return misplaced(word, &[Shape::List], ty),
            _ => return None,
        };
        Some(Error::new(word.span(), why))
    }
}
