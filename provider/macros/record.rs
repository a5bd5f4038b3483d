//! What all structs of properties share: the table, reading, writing.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::field::Model;

/// The role of an input.
pub(crate) fn input() -> TokenStream {
    quote!(::framework::property::Role::Input)
}

/// How equal values of a field are found equal, when its type can be written.
pub(crate) fn canonical(model: &Model) -> TokenStream {
    let ty = &model.ty;
    quote!(::framework::property::canonical::<#ty>)
}

/// `impl Record` from the rows of the table.
pub(crate) fn record(name: &Ident, fields: &[&Model], rows: &[TokenStream]) -> TokenStream {
    let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    // Not the fields' own names: a field may be called `map`, `at` or `to`, and `r#type` loses its prefix.
    let read: Vec<_> = idents.iter().map(|ident| format_ident!("read_{}", ident)).collect();
    let at = 0..fields.len();
    quote! {
        impl ::framework::property::Record for #name {
            const FIELDS: &'static [::framework::property::Field] = &[#(#rows),*];

            fn decode_fields(
                map: &::framework::value::Map,
                at: &::framework::value::Path,
                to: &mut ::framework::property::Decoding,
            ) -> Option<Self> {
                #(let #read = ::framework::property::take::<#types>(map, &Self::FIELDS[#at], at, to);)*
                Some(#name { #(#idents: #read?),* })
            }
        }
    }
}

/// The body of writing fields into a map.
pub(crate) fn encode_fields(fields: &[&Model]) -> TokenStream {
    let idents = fields.iter().map(|field| &field.ident);
    let names = fields.iter().map(|field| &field.name);
    let put = fields.iter().map(|field| if field.laws.set { quote!(put_set) } else { quote!(put) });
    quote! {
        let mut map = ::framework::value::Map::new();
        #(::framework::property::#put(&mut map, #names, &self.#idents);)*
        map
    }
}

/// `impl EncodeRecord`.
pub(crate) fn encode_record(name: &Ident, fields: &[&Model]) -> TokenStream {
    let body = encode_fields(fields);
    quote! {
        impl ::framework::property::EncodeRecord for #name {
            fn encode_fields(&self) -> ::framework::value::Map {
                #body
            }
        }
    }
}
