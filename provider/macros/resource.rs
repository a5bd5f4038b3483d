//! `#[derive(Resource)]`: a custom resource.

use heck::ToLowerCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, Result};

use crate::{
    attributes::{Header, doc, none},
    field::{Model, models},
    record::{canonical, encode_fields, encode_record, input, record},
};

pub(crate) fn derive(source: &DeriveInput) -> Result<TokenStream> {
    let header = Header::read(source, "resource")?;
    let fields = models(source, "input")?;
    let fields = with_output_laws(fields, source)?;
    let all: Vec<&Model> = fields.iter().collect();
    let inputs: Vec<&Model> = all.iter().copied().filter(|field| field.is_input).collect();
    let parts = [
        resource(source, &header, &all)?,
        inputs_struct(&source.ident, &inputs),
        args_struct(&source.ident, &header, &inputs),
        handle_struct(&source.ident, &all),
        typed_names(&source.ident, &all),
    ];
    Ok(parts.into_iter().collect())
}

/// Outputs may have laws too: `#[output(secret, stable)]`.
fn with_output_laws(mut fields: Vec<Model>, source: &DeriveInput) -> Result<Vec<Model>> {
    let outputs = models(source, "output")?;
    for (field, as_output) in fields.iter_mut().zip(outputs) {
        match (field.is_input, as_output.is_input) {
            (true, true) => {
                return Err(syn::Error::new_spanned(&field.ident, "a property is an input or an output, not both"));
            }
            (true, false) => {}
            (false, _) => field.laws = as_output.laws,
        }
    }
    Ok(sharing(fields))
}

/// An output that follows another one changes with the same inputs as that.
fn sharing(mut fields: Vec<Model>) -> Vec<Model> {
    let lists: Vec<_> = fields.iter().map(|field| (field.ident.clone(), field.laws.follows.clone())).collect();
    let meant = |name: Ident| match lists.iter().find(|(output, list)| *output == name && !list.is_empty()) {
        Some((_, list)) => list.clone(),
        None => vec![name],
    };
    for field in &mut fields {
        field.laws.follows = std::mem::take(&mut field.laws.follows).into_iter().flat_map(meant).collect();
    }
    fields
}

fn row(field: &Model) -> TokenStream {
    let role = if field.is_input { input() } else { quote!(::framework::property::Role::Output) };
    field.row(&field.ty, &role, &canonical(field))
}

fn resource(source: &DeriveInput, header: &Header, all: &[&Model]) -> Result<TokenStream> {
    let name = &source.ident;
    let inputs_name = inputs_name(name);
    let Header { token, model, id, delete_first, holds_data } = header;
    let Some(id) = id.as_ref() else {
        return Err(syn::Error::new_spanned(name, "say which property is the id: id = \"subnet_id\""));
    };
    if !all.iter().any(|field| field.ident == id.value().as_str()) {
        return Err(syn::Error::new_spanned(id, "no field is called so"));
    }
    let inputs = || all.iter().filter(|field| field.is_input);
    let followed = all.iter().flat_map(|field| &field.laws.follows);
    let lost = followed.filter(|name| !inputs().any(|input| input.ident == **name));
    none(lost.map(|name| syn::Error::new_spanned(name, "no input is called so, and no output that follows some")))?;
    let id = id.value().to_lower_camel_case();
    let model = model.as_ref().map(syn::LitStr::value).unwrap_or_default();
    let doc = doc(&source.attrs);
    let rows = all.iter().map(|field| row(field));
    let properties = encode_fields(all);
    Ok(quote! {
        impl ::framework::resource::Resource for #name {
            const TOKEN: &'static str = #token;
            const MODEL: &'static str = #model;
            const DOC: &'static str = #doc;
            const FIELDS: &'static [::framework::property::Field] = &[#(#rows),*];
            const ID: &'static str = #id;
            const DELETE_FIRST: bool = #delete_first;
            const HOLDS_DATA: bool = #holds_data;

            type Inputs = #inputs_name;

            fn properties(&self) -> ::framework::value::Map {
                #properties
            }
        }
    })
}

fn inputs_name(name: &Ident) -> Ident {
    format_ident!("{name}Inputs")
}

fn inputs_struct(name: &Ident, inputs: &[&Model]) -> TokenStream {
    let inputs_name = inputs_name(name);
    let about = format!("The inputs of [`{name}`], as plain values.");
    let idents = inputs.iter().map(|field| &field.ident);
    let types = inputs.iter().map(|field| &field.ty);
    let docs = inputs.iter().map(|field| &field.doc);
    let rows: Vec<_> = inputs.iter().map(|field| row(field)).collect();
    let record = record(&inputs_name, inputs, &rows);
    let encode = encode_record(&inputs_name, inputs);
    quote! {
        #[doc = #about]
        #[derive(Clone)]
        pub struct #inputs_name {
            #(#[doc = #docs] pub #idents: #types,)*
        }

        #record
        #encode
    }
}

fn args_struct(name: &Ident, header: &Header, inputs: &[&Model]) -> TokenStream {
    let args = format_ident!("{name}Args");
    let handle = format_ident!("{name}Handle");
    let about = format!("The inputs of [`{name}`] as a component gives them, each a value or a value to come.");
    let token = &header.token;
    let idents: Vec<_> = inputs.iter().map(|field| &field.ident).collect();
    let names = inputs.iter().map(|field| &field.name);
    let types = inputs.iter().map(|field| field.inner());
    let docs = inputs.iter().map(|field| &field.doc);
    quote! {
        #[doc = #about]
        #[derive(Clone, Default)]
        pub struct #args {
            #(#[doc = #docs] pub #idents: ::framework::value::Input<#types>,)*
        }

        impl ::framework::component::Args for #args {
            const TOKEN: &'static str = #token;

            type Handle = #handle;

            fn into_properties(self) -> ::framework::component::ArgProperties {
                let mut given = ::framework::component::ArgProperties::new();
                #(::framework::component::handed(&mut given, #names, self.#idents);)*
                given
            }
        }
    }
}

fn handle_struct(name: &Ident, all: &[&Model]) -> TokenStream {
    let handle = format_ident!("{name}Handle");
    let about = format!("A [`{name}`] that a component has described.");
    let own = all.iter().filter(|field| field.ident != "id" && field.ident != "urn");
    let (mut idents, mut names, mut types, mut docs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for field in own {
        idents.push(&field.ident);
        names.push(&field.name);
        types.push(if field.laws.computed || !field.is_optional() { field.inner() } else { &field.ty });
        docs.push(&field.doc);
    }
    quote! {
        #[doc = #about]
        #[derive(Clone)]
        pub struct #handle(::framework::component::Child);

        impl ::framework::component::Handle for #handle {
            fn of(child: ::framework::component::Child) -> Self {
                #handle(child)
            }
        }

        impl #handle {
            /// Its URN.
            #[must_use]
            pub fn urn(&self) -> ::framework::value::Output<::framework::value::Urn> {
                self.0.urn()
            }

            /// Its id.
            #[must_use]
            pub fn id(&self) -> ::framework::value::Output<String> {
                self.0.id()
            }

            #(
                #[doc = #docs]
                #[must_use]
                pub fn #idents(&self) -> ::framework::value::Output<#types> {
                    self.0.output(#names)
                }
            )*
        }
    }
}

fn typed_names(name: &Ident, all: &[&Model]) -> TokenStream {
    let idents = all.iter().map(|field| &field.ident);
    let names = all.iter().map(|field| &field.name);
    let types = all.iter().map(|field| &field.ty);
    let docs = all.iter().map(|field| &field.doc);
    let about = format!("The properties of [`{name}`], each by its name and type.");
    quote! {
        #[doc = #about]
        #[allow(non_upper_case_globals, dead_code)]
        pub mod fields {
            use super::*;
            #(
                #[doc = #docs]
                pub const #idents: ::framework::property::FieldOf<#name, #types> =
                    ::framework::property::FieldOf::new(#names);
            )*
        }
    }
}
