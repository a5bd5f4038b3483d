//! One field of a struct as a row of its table of properties.

use heck::ToLowerCamelCase;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, Ident, PathArguments, Result, Type};

use crate::{
    attributes::{doc, none},
    laws::{Default, Laws},
    rule::Rule,
};

/// A field, read.
pub(crate) struct Model {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) doc: String,
    pub(crate) laws: Laws,
    pub(crate) is_input: bool,
}

impl Model {
    /// Reads a field whose laws are in the attribute of that name.
    pub(crate) fn read(field: &syn::Field, attribute: &str) -> Result<Model> {
        let Some(ident) = field.ident.clone() else {
            return Err(syn::Error::new_spanned(field, "fields need names"));
        };
        let name = ident.to_string().trim_start_matches("r#").to_lower_camel_case();
        let laws = Laws::read(&field.attrs, attribute, &field.ty)?;
        let is_input = laws.is_some();
        let doc = doc(&field.attrs);
        Ok(Model { name, ty: field.ty.clone(), laws: laws.unwrap_or_default(), doc, is_input, ident })
    }

    /// The type inside an `Option`, or the type itself.
    pub(crate) fn inner(&self) -> &Type {
        inside(&self.ty, "Option").unwrap_or(&self.ty)
    }

    /// Whether absence is an answer.
    pub(crate) fn is_optional(&self) -> bool {
        inside(&self.ty, "Option").is_some()
    }

    /// The row of the table. `canonical` is how equal values are found equal.
    pub(crate) fn row(&self, ty: &Type, role: &TokenStream, canonical: &TokenStream) -> TokenStream {
        let Model { name, doc, laws, .. } = self;
        let Laws { replaces, computed, secret, stable, set, write_only, derived, rules, follows, .. } = laws;
        let follows = follows.iter().map(|input| input.to_string().to_lower_camel_case());
        let rules = rules.iter().map(Rule::tokens);
        let optional = inside(ty, "Option").is_some();
        let required = self.is_input && !optional && laws.default.is_none() && laws.named.is_none();
        let always = !optional || *computed;
        let default = self.default(ty);
        let named = laws.named.as_ref().map_or_else(|| quote!(None), |most| quote!(Some(#most)));
        quote! {
            ::framework::property::Field {
                name: #name,
                doc: #doc,
                role: #role,
                required: #required,
                always: #always,
                default: #default,
                secret: #secret,
                replaces: #replaces,
                computed: #computed,
                write_only: #write_only,
                stable: #stable,
                follows: &[#(#follows),*],
                derived: #derived,
                set: #set,
                named: #named,
                rules: &[#(#rules),*],
                spec: <#ty as ::framework::property::Decode>::spec,
                accepts: ::framework::property::accepts::<#ty>,
                canonical: #canonical,
                hide: <#ty as ::framework::property::Decode>::hide,
            }
        }
    }

    fn default(&self, ty: &Type) -> TokenStream {
        let value = match &self.laws.default {
            None => return quote!(None),
            Some(Default::OfType) => quote!(<#ty as ::core::default::Default>::default()),
            Some(Default::Value(value)) => quote!(<#ty as ::core::convert::From<_>>::from(#value)),
        };
        quote!(Some(|| ::framework::property::Encode::encode(&#value)))
    }
}

/// The argument of a generic type of that name, such as `T` of `Option<T>`.
pub(crate) fn inside<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

/// The fields of a struct.
pub(crate) fn models(input: &syn::DeriveInput, attribute: &str) -> Result<Vec<Model>> {
    let syn::Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "only structs have properties"));
    };
    let read = data.fields.iter().map(|field| Model::read(field, attribute));
    let (models, errors): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    none(errors.into_iter().filter_map(Result::err))?;
    models.into_iter().collect()
}
