//! A limit that a field's attribute sets to its values, or to each of their elements.

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Error, Expr, Ident, Result, Type, meta::ParseNestedMeta};

use crate::{
    attributes::arguments,
    shape::{Shape, element, misplaced},
};

/// A limit, as it was written.
pub(crate) struct Rule {
    name: Ident,
    arguments: Vec<Expr>,
    /// What `each(…)` asks of an element.
    of_elements: Vec<Rule>,
}

impl Rule {
    pub(crate) fn read(name: &Ident, meta: &ParseNestedMeta) -> Result<Rule> {
        let (mut list, mut of_elements) = (Vec::new(), Vec::new());
        match name.to_string().as_str() {
            "each" => of_elements = rules(meta)?,
            "one_of" => list = arguments(meta)?,
            "length" | "range" | "items" | "pattern" => list = some(name, meta, 2, "two arguments")?,
            "never_begins" => list = some(name, meta, 1, "one argument")?,
            other => return Err(meta.error(format!("no law is called {other}"))),
        }
        Ok(Rule { name: name.clone(), arguments: list, of_elements })
    }

    /// The rule as the framework has it.
    pub(crate) fn tokens(&self) -> TokenStream {
        let Rule { name, arguments, of_elements } = self;
        let variant = format_ident!("{}", name.to_string().to_upper_camel_case());
        let arguments = match name.to_string().as_str() {
            "one_of" => quote!(&[#(#arguments),*]),
            "each" => {
                let rules = of_elements.iter().map(Rule::tokens);
                quote!(&[#(#rules),*])
            }
            _ => quote!(#(#arguments),*),
        };
        quote!(::framework::property::Rule::#variant(#arguments))
    }

    /// Where it is said of a type of which it can be neither true nor false.
    pub(crate) fn misplaced(&self, ty: &Type) -> Vec<Error> {
        let is_for: &[Shape] = match self.name.to_string().as_str() {
            "range" | "one_of" => &[Shape::Number],
            "items" => &[Shape::List, Shape::Map],
            "each" => &[Shape::List],
            _ => &[Shape::Text],
        };
        let here = misplaced(&self.name, is_for, ty).into_iter();
        let of_elements =
            element(ty).into_iter().flat_map(|ty| self.of_elements.iter().flat_map(|rule| rule.misplaced(ty)));
        here.chain(of_elements).collect()
    }
}

fn some(name: &Ident, meta: &ParseNestedMeta, count: usize, so_many: &str) -> Result<Vec<Expr>> {
    let list = arguments(meta)?;
    if list.len() == count { Ok(list) } else { Err(meta.error(format!("{name} takes {so_many}"))) }
}

fn rules(meta: &ParseNestedMeta) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    meta.parse_nested_meta(|meta| {
        let Some(name) = meta.path.get_ident() else { return Err(meta.error("a single word")) };
        rules.push(Rule::read(name, &meta)?);
        Ok(())
    })?;
    Ok(rules)
}
