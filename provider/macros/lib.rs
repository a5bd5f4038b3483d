//! The derive macros of the provider framework: from a struct to its properties.
//!
//! What they write is only tables and conversions; what happens is decided in the framework.

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

mod attributes;
mod choice;
mod component;
mod field;
mod laws;
mod object;
mod record;
mod resource;
mod rule;
mod shape;

fn expand(
    input: TokenStream,
    derive: impl FnOnce(&DeriveInput) -> syn::Result<proc_macro2::TokenStream>,
) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// A custom resource: `#[resource(token = "ec2:Subnet", model = "AWS::EC2::Subnet", id = "subnet_id")]`.
///
/// Fields with `#[input(…)]` are inputs, all others outputs. Writes `SubnetInputs`, `SubnetArgs`,
/// `SubnetHandle`, and a module `fields` with one typed name for each input.
#[proc_macro_derive(Resource, attributes(resource, input, output))]
pub fn resource(input: TokenStream) -> TokenStream {
    expand(input, resource::derive)
}

/// An object inside properties: `#[object(token = "index:AssumeRole")]`, with `#[field(…)]` on its fields.
#[proc_macro_derive(Object, attributes(object, field))]
pub fn object(input: TokenStream) -> TokenStream {
    expand(input, object::derive)
}

/// A fixed set of values: `#[choice(token = "index:Mode")]`, with `#[choice("production")]` on its variants.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(input: TokenStream) -> TokenStream {
    expand(input, choice::derive)
}

/// The inputs of a component, with `#[field(…)]` on its fields.
#[proc_macro_derive(Inputs, attributes(field))]
pub fn inputs(input: TokenStream) -> TokenStream {
    expand(input, component::derive_inputs)
}

/// The outputs of a component: each field an `Output<T>`.
#[proc_macro_derive(Outputs, attributes(field))]
pub fn outputs(input: TokenStream) -> TokenStream {
    expand(input, component::derive_outputs)
}

/// A component's name and description: `#[component(token = "index:Vpc")]`. Its inputs, its outputs and what
/// it is built of are in `impl Component`.
#[proc_macro_derive(Component, attributes(component))]
pub fn component(input: TokenStream) -> TokenStream {
    expand(input, component::derive_component)
}
