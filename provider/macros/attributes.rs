//! What the attributes of a struct and of its fields say.

use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitInt, LitStr, Meta, Result, Token, punctuated::Punctuated};

/// The doc comment as one text, each line without its leading space.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) => text(&pair.value),
            _ => None,
        })
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
        .collect();
    joined(&lines)
}

/// Lines of one paragraph become one line; lists, code and blank lines stay.
fn joined(lines: &[String]) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for line in lines {
        let fence = line.trim_start().starts_with("```");
        let stands_alone = in_code || fence || line.is_empty() || line.starts_with(['-', '*', '|', '#', ' ', '1']);
        if !text.is_empty() {
            let glue = !stands_alone && !text.ends_with('\n') && !text.ends_with("```");
            text.push(if glue { ' ' } else { '\n' });
        }
        text.push_str(line);
        in_code ^= fence;
        if line.is_empty() && !in_code {
            text.push('\n');
        }
    }
    text.replace("\n\n\n", "\n\n").trim().to_owned()
}

pub(crate) fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Fails with all errors at once, if there are any.
pub(crate) fn none(errors: impl Iterator<Item = syn::Error>) -> Result<()> {
    let all = errors.reduce(|mut all, another| {
        all.combine(another);
        all
    });
    all.map_or(Ok(()), Err)
}

/// What stands in parentheses.
pub(crate) fn arguments(meta: &syn::meta::ParseNestedMeta) -> Result<Vec<Expr>> {
    let content;
    syn::parenthesized!(content in meta.input);
    Ok(Punctuated::<Expr, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

/// The fields whose names stand in parentheses.
pub(crate) fn idents(meta: &syn::meta::ParseNestedMeta) -> Result<Vec<Ident>> {
    let content;
    syn::parenthesized!(content in meta.input);
    Ok(Punctuated::<Ident, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

pub(crate) fn int(value: &Expr) -> Result<LitInt> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => Ok(number.clone()),
        other => Err(syn::Error::new_spanned(other, "a whole number")),
    }
}

/// The `key = value` pairs of a struct's attribute.
pub(crate) struct Header {
    pub(crate) token: LitStr,
    pub(crate) model: Option<LitStr>,
    pub(crate) id: Option<LitStr>,
    pub(crate) delete_first: bool,
    pub(crate) holds_data: bool,
}

impl Header {
    pub(crate) fn read(input: &syn::DeriveInput, name: &str) -> Result<Header> {
        let Some(attribute) = input.attrs.iter().find(|attribute| attribute.path().is_ident(name)) else {
            return Err(syn::Error::new_spanned(&input.ident, format!("say #[{name}(token = \"module:Name\")]")));
        };
        let mut token = None;
        let mut header = Header {
            token: LitStr::new("", input.ident.span()),
            model: None,
            id: None,
            delete_first: false,
            holds_data: false,
        };
        attribute.parse_nested_meta(|meta| {
            let Some(name) = meta.path.get_ident() else { return Err(meta.error("a single word")) };
            match name.to_string().as_str() {
                "token" => token = Some(meta.value()?.parse()?),
                "model" => header.model = Some(meta.value()?.parse()?),
                "id" => header.id = Some(meta.value()?.parse()?),
                "delete_first" => header.delete_first = true,
                "holds_data" => header.holds_data = true,
                other => return Err(meta.error(format!("nothing is called {other} here"))),
            }
            Ok(())
        })?;
        header.token = token.ok_or_else(|| syn::Error::new_spanned(attribute, "the token is missing"))?;
        Ok(header)
    }
}
