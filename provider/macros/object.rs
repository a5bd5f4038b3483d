//! `#[derive(Object)]`: an object inside properties.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Result};

use crate::{
    attributes::{Header, doc},
    field::{Model, models},
    record::{canonical, encode_record, input, record},
};

pub(crate) fn derive(source: &DeriveInput) -> Result<TokenStream> {
    let token = Header::read(source, "object")?.token;
    let doc = doc(&source.attrs);
    let name = &source.ident;
    let fields = as_inputs(models(source, "field")?);
    let fields: Vec<&Model> = fields.iter().collect();
    let rows: Vec<_> = fields.iter().map(|field| field.row(&field.ty, &input(), &canonical(field))).collect();
    let record = record(name, &fields, &rows);
    let encode = encode_record(name, &fields);
    Ok(quote! {
        #record
        #encode

        impl ::framework::property::Decode for #name {
            fn spec(types: &mut ::framework::schema::Types) -> ::framework::schema::TypeSpec {
                types.object::<#name>(#token, #doc)
            }

            fn from_known(
                value: &::framework::value::Value,
                at: &::framework::value::Path,
                to: &mut ::framework::property::Decoding,
            ) -> Option<Self> {
                ::framework::property::read_object(value, at, to)
            }
        }

        impl ::framework::property::Encode for #name {
            fn encode(&self) -> ::framework::value::Value {
                ::framework::value::Value::Map(::framework::property::EncodeRecord::encode_fields(self))
            }
        }

        ::framework::revealed_as_written!(#name);
    })
}

/// All fields of an object are inputs, with laws of their own or without.
pub(crate) fn as_inputs(mut fields: Vec<Model>) -> Vec<Model> {
    fields.iter_mut().for_each(|field| field.is_input = true);
    fields
}
