//! Messages of the wire contract, written byte by byte as its descriptors say.

use std::{collections::HashMap, sync::OnceLock};

use proptest::{collection, option, prelude::*, sample::select};
use prost::Message;
use prost_types::{
    DescriptorProto, FieldDescriptorProto, FileDescriptorSet, MethodDescriptorProto,
    field_descriptor_proto::{Label, Type},
};

use crate::{
    bags,
    kinds::{self, Kind},
    oddities,
    stage::{NOWHERE, sent},
    structs,
};

/// How deep messages are in each other, properties aside.
const DEEPEST: usize = 4;

/// What the contract is made of.
pub struct Contract {
    messages: HashMap<String, DescriptorProto>,
    /// What the provider is asked.
    pub calls: Vec<MethodDescriptorProto>,
}

/// The contract.
pub fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| {
        let bytes = std::fs::read(env!("PULUMI_DESCRIPTORS")).unwrap();
        let files = FileDescriptorSet::decode(&*bytes).unwrap().file;
        let service = files.iter().flat_map(|file| &file.service).find(|service| service.name() == "ResourceProvider");
        let calls = service.unwrap().method.clone();
        let mut messages = HashMap::new();
        for file in &files {
            file.message_type.iter().for_each(|message| list(message, &format!(".{}", file.package()), &mut messages));
        }
        Contract { messages, calls }
    })
}

impl Contract {
    /// The numbers of a message's fields that are properties.
    pub fn properties_of(&self, message: &str) -> Vec<u64> {
        let fields = self.messages[message].field.iter();
        let properties = fields.filter(|field| field.type_name() == ".google.protobuf.Struct");
        properties.map(|field| u64::try_from(field.number()).unwrap()).collect()
    }
}

fn list(message: &DescriptorProto, within: &str, into: &mut HashMap<String, DescriptorProto>) {
    let name = format!("{within}.{}", message.name());
    message.nested_type.iter().for_each(|nested| list(nested, &name, into));
    into.insert(name, message.clone());
}

/// A message about a type, as bytes; its fields in their order, each of them there or not.
pub fn message(name: &str, about: &'static Kind) -> BoxedStrategy<Vec<u8>> {
    nested(name, about, DEEPEST)
}

fn nested(name: &str, about: &'static Kind, depth: usize) -> BoxedStrategy<Vec<u8>> {
    match name {
        ".google.protobuf.Struct" => properties(about),
        ".google.protobuf.Value" => structs::any_value().prop_map(|value| value.encode_to_vec()).boxed(),
        _ => {
            let fields = &contract().messages[name].field;
            let fields: Vec<_> = fields.iter().map(|field| field_of(field, about, depth)).collect();
            fields.prop_map(|fields| fields.concat()).boxed()
        }
    }
}

/// Inputs of the type, or whatever there may be.
fn properties(about: &'static Kind) -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        3 => bags::of(about).prop_map(|inputs| sent(&inputs).unwrap_or_default()),
        2 => structs::any_struct(),
    ]
    .prop_map(|properties| properties.encode_to_vec())
    .boxed()
}

fn field_of(field: &FieldDescriptorProto, about: &'static Kind, depth: usize) -> BoxedStrategy<Vec<u8>> {
    if depth == 0 {
        return Just(Vec::new()).boxed();
    }
    let one = single(field, about, depth);
    match field.label() {
        Label::Repeated => collection::vec(one, 0..3).prop_map(|all| all.concat()).boxed(),
        _ => option::weighted(0.8, one).prop_map(Option::unwrap_or_default).boxed(),
    }
}

fn single(field: &FieldDescriptorProto, about: &'static Kind, depth: usize) -> BoxedStrategy<Vec<u8>> {
    let number = u64::try_from(field.number()).unwrap();
    match field.r#type() {
        Type::Double => oddities::any_number().prop_map(move |value| tagged(number, 1, &value.to_le_bytes())).boxed(),
        Type::String => text(field.name(), about).prop_map(move |text| delimited(number, text.as_bytes())).boxed(),
        Type::Bytes => collection::vec(any::<u8>(), 0..40).prop_map(move |bytes| delimited(number, &bytes)).boxed(),
        Type::Message => {
            nested(field.type_name(), about, depth - 1).prop_map(move |inner| delimited(number, &inner)).boxed()
        }
        Type::Bool | Type::Enum | Type::Int32 | Type::Int64 => {
            let whole = prop_oneof![4 => 0..4_u64, 1 => any::<u64>()];
            whole.prop_map(move |value| tagged(number, 0, &varint(value))).boxed()
        }
        other => panic!("the contract has a field of a new type: {other:?}"),
    }
}

/// A text for a field of that name.
fn text(field: &str, about: &'static Kind) -> BoxedStrategy<String> {
    let name = field.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if is(&["address", "endpoint", "target"]) {
        // Never a host: nothing leaves this machine.
        return select(&["", NOWHERE, "no address", "127.0.0.1:99999", ":::", "\0", "127.0.0.1:1/%"][..])
            .prop_map(str::to_owned)
            .boxed();
    }
    if is(&["urn", "parent", "deleted", "replace_with", "dependencies"]) {
        return prop_oneof![4 => Just(about.urn()), 1 => urn()].boxed();
    }
    if is(&["type", "tok"]) {
        return prop_oneof![4 => Just(about.token()), 1 => oddities::text()].boxed();
    }
    oddities::text().boxed()
}

/// A URN that is one, or nearly.
pub fn urn() -> impl Strategy<Value = String> {
    let parts = collection::vec(oddities::text(), 0..6).prop_map(|parts| parts.join("::"));
    let named = (select(kinds::all()), oddities::text(), oddities::text())
        .prop_map(|(kind, parent, name)| format!("urn:pulumi:dev::shop::{parent}${}::{name}", kind.token()));
    prop_oneof![2 => named, 1 => parts, 1 => oddities::text()]
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
    bytes
}

fn tagged(field: u64, wire_type: u64, value: &[u8]) -> Vec<u8> {
    [varint(field << 3 | wire_type).as_slice(), value].concat()
}

/// A field whose value says how long it is.
pub fn delimited(field: u64, value: &[u8]) -> Vec<u8> {
    let length = varint(u64::try_from(value.len()).unwrap());
    tagged(field, 2, &[length.as_slice(), value].concat())
}
