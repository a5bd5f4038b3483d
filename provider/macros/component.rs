//! `#[derive(Inputs)]`, `#[derive(Outputs)]` and `#[derive(Component)]`: the edges of a component.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Result};

use crate::{
    attributes::{Header, doc},
    field::{Model, inside, models},
    object::as_inputs,
    record::{input, record},
};

pub(crate) fn derive_inputs(source: &DeriveInput) -> Result<TokenStream> {
    let name = &source.ident;
    let fields = as_inputs(models(source, "field")?);
    let fields: Vec<&Model> = fields.iter().collect();
    let as_it_is = quote!(::framework::property::as_it_is);
    let rows: Vec<_> = fields.iter().map(|field| field.row(&field.ty, &input(), &as_it_is)).collect();
    let record = record(name, &fields, &rows);
    let idents = fields.iter().map(|field| &field.ident);
    let names = fields.iter().map(|field| &field.name);
    Ok(quote! {
        #record

        impl ::framework::component::Inputs for #name {
            fn properties(&self) -> ::framework::component::ArgProperties {
                let mut given = ::framework::component::ArgProperties::new();
                #(
                    if let Some(output) = ::framework::component::Reveal::reveal(&self.#idents) {
                        given.push((#names, output));
                    }
                )*
                given
            }
        }
    })
}

pub(crate) fn derive_outputs(source: &DeriveInput) -> Result<TokenStream> {
    let name = &source.ident;
    let fields = models(source, "field")?;
    let mut rows = Vec::new();
    for field in &fields {
        let Some(inner) = inside(&field.ty, "Output") else {
            return Err(Error::new_spanned(&field.ty, "an output of a component is an Output<T>"));
        };
        let role = quote!(::framework::property::Role::Output);
        rows.push(field.row(inner, &role, &quote!(::framework::property::as_it_is)));
    }
    let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    Ok(quote! {
        impl ::framework::component::Outputs for #name {
            const FIELDS: &'static [::framework::property::Field] = &[#(#rows),*];

            fn into_properties(self) -> ::framework::component::ArgProperties {
                vec![#((#names, self.#idents.erase())),*]
            }

            fn read_from(map: &::framework::value::Output<::framework::value::Map>) -> Self {
                #name { #(#idents: ::framework::component::property_of(map, #names)),* }
            }
        }
    })
}

pub(crate) fn derive_component(source: &DeriveInput) -> Result<TokenStream> {
    let token = Header::read(source, "component")?.token;
    let doc = doc(&source.attrs);
    let name = &source.ident;
    Ok(quote! {
        impl ::framework::component::Described for #name {
            const TOKEN: &'static str = #token;
            const DOC: &'static str = #doc;
        }
    })
}
