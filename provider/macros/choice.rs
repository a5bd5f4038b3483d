//! `#[derive(Choice)]`: a fixed set of values.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, LitStr, Result};

use crate::attributes::{Header, doc};

pub(crate) fn derive(source: &DeriveInput) -> Result<TokenStream> {
    let token = Header::read(source, "choice")?.token;
    let about = doc(&source.attrs);
    let name = &source.ident;
    let Data::Enum(data) = &source.data else {
        return Err(Error::new_spanned(name, "a choice is an enum"));
    };
    let mut variants = Vec::new();
    for variant in &data.variants {
        let attribute = variant.attrs.iter().find(|attribute| attribute.path().is_ident("choice"));
        let Some(attribute) = attribute else {
            return Err(Error::new_spanned(variant, "say how it is written: #[choice(\"text\")]"));
        };
        variants.push((&variant.ident, attribute.parse_args::<LitStr>()?, doc(&variant.attrs)));
    }
    let idents: Vec<_> = variants.iter().map(|(ident, _, _)| ident).collect();
    let texts: Vec<_> = variants.iter().map(|(_, text, _)| text).collect();
    let docs: Vec<_> = variants.iter().map(|(_, _, doc)| doc).collect();
    let names: Vec<_> = idents.iter().map(ToString::to_string).collect();
    let listed = texts.iter().map(|text| text.value()).collect::<Vec<_>>().join(", ");
    Ok(quote! {
        impl ::framework::property::Choice for #name {
            const TOKEN: &'static str = #token;
            const DOC: &'static str = #about;
            const VALUES: &'static [(&'static str, &'static str, &'static str)] = &[#((#texts, #names, #docs)),*];

            fn text(self) -> &'static str {
                match self { #(#name::#idents => #texts),* }
            }

            fn from_text(text: &str) -> Option<Self> {
                match text { #(#texts => Some(#name::#idents),)* _ => None }
            }
        }

        impl ::framework::property::Decode for #name {
            fn spec(types: &mut ::framework::schema::Types) -> ::framework::schema::TypeSpec {
                types.choice::<#name>()
            }

            fn from_known(
                value: &::framework::value::Value,
                at: &::framework::value::Path,
                to: &mut ::framework::property::Decoding,
            ) -> Option<Self> {
                let text = <String as ::framework::property::Decode>::from_known(value, at, to)?;
                let found = <#name as ::framework::property::Choice>::from_text(&text);
                if found.is_none() {
                    to.wrong(at, format!("must be one of {}", #listed), format!("{text:?}"));
                }
                found
            }
        }

        impl ::framework::property::Encode for #name {
            fn encode(&self) -> ::framework::value::Value {
                ::framework::value::Value::from(::framework::property::Choice::text(*self))
            }
        }

        ::framework::revealed_as_written!(#name);
    })
}
