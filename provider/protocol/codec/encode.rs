//! From values to the wire.

use base64::{Engine, engine::general_purpose::STANDARD};
use framework::value::{Archive, ArchiveContent, Asset, AssetContent, Map, OutputValue, Reference, ReferenceId, Value};
use prost_types::{ListValue, Struct, value::Kind};

use super::{
    Accepts, DEEPEST, Malformed,
    accepts::{Outputs, Unknowns},
    signature, special, too_deep,
};

/// The struct of these properties.
///
/// # Errors
///
/// The place of the first value that the wire has no form for.
pub fn encode(map: &Map, accepts: Accepts) -> Result<Struct, Malformed> {
    entries(map, accepts, 0)
}

/// A single value; nothing when it is to be left out.
///
/// # Errors
///
/// The place of the first value that the wire has no form for.
pub fn encode_value(value: &Value, accepts: Accepts) -> Result<Option<prost_types::Value>, Malformed> {
    Ok(kind_of(value, accepts, 0)?.map(wrapped))
}

type Encoded = Result<Option<Kind>, Malformed>;

fn kind_of(value: &Value, accepts: Accepts, depth: usize) -> Encoded {
    if depth > DEEPEST {
        return Err(too_deep());
    }
    let depth = depth + 1;
    match value {
        Value::Null => Ok(Some(null())),
        Value::Bool(truth) => Ok(Some(Kind::BoolValue(*truth))),
        Value::Number(number) if number.is_finite() => Ok(Some(Kind::NumberValue(*number))),
        Value::Number(_) => Err(Malformed::new("not a finite number")),
        Value::String(text) => Ok(Some(string(text))),
        Value::List(items) => list(items, accepts, depth).map(Some),
        Value::Map(map) => object(map, accepts, depth).map(Some),
        Value::Unknown => Ok(unknown(accepts)),
        Value::Secret(inner) => secret(inner, accepts, depth),
        Value::Output(output) => self::output(output, accepts, depth),
        Value::Reference(reference) => Ok(Some(self::reference(reference))),
        Value::Asset(asset) => Ok(Some(self::asset(asset))),
        Value::Archive(archive) => self::archive(archive, accepts, depth).map(Some),
        Value::Bytes(bytes) => Ok(Some(marked(signature::BYTES, [("value", string(&STANDARD.encode(bytes)))]))),
    }
}

fn list(items: &[Value], accepts: Accepts, depth: usize) -> Result<Kind, Malformed> {
    let items = items.iter().enumerate().map(|(index, item)| match kind_of(item, accepts, depth) {
        Ok(kind) => Ok(wrapped(kind.unwrap_or_else(null))),
        Err(bad) => Err(bad.at(index)),
    });
    Ok(Kind::ListValue(ListValue { values: items.collect::<Result<_, _>>()? }))
}

fn object(map: &Map, accepts: Accepts, depth: usize) -> Result<Kind, Malformed> {
    if map.contains_key(signature::KEY) {
        return Err(Malformed::new("a key that means something else on the wire"));
    }
    Ok(Kind::StructValue(entries(map, accepts, depth)?))
}

fn entries(map: &Map, accepts: Accepts, depth: usize) -> Result<Struct, Malformed> {
    let fields = map.iter().filter_map(|(key, value)| match kind_of(value, accepts, depth) {
        Ok(kind) => kind.map(|kind| Ok((key.clone(), wrapped(kind)))),
        Err(bad) => Some(Err(bad.under(key))),
    });
    Ok(Struct { fields: fields.collect::<Result<_, _>>()? })
}

fn unknown(accepts: Accepts) -> Option<Kind> {
    match accepts.unknowns {
        Unknowns::Marked => Some(string(signature::UNKNOWN)),
        Unknowns::AsOutputs => Some(marked(signature::OUTPUT, [])),
        Unknowns::LeftOut => None,
    }
}

fn secret(inner: &Value, accepts: Accepts, depth: usize) -> Encoded {
    let inner = kind_of(inner, accepts, depth)?;
    Ok(inner.map(|inner| marked(signature::SECRET, [("value", inner)])))
}

fn output(output: &OutputValue, accepts: Accepts, depth: usize) -> Encoded {
    match accepts.outputs {
        Outputs::Kept => kept(output, accepts, depth).map(Some),
        Outputs::Flattened => flattened(output, accepts, depth),
    }
}

fn kept(output: &OutputValue, accepts: Accepts, depth: usize) -> Result<Kind, Malformed> {
    let known = output.value.iter().filter(|value| **value != Value::Unknown);
    let mut fields = Vec::new();
    for value in known {
        fields.extend(kind_of(value, accepts, depth)?.map(|kind| ("value", kind)));
    }
    if output.secret {
        fields.push(("secret", Kind::BoolValue(true)));
    }
    if !output.dependencies.is_empty() {
        let urns = output.dependencies.iter().map(|urn| wrapped(string(urn.as_str())));
        fields.push(("dependencies", Kind::ListValue(ListValue { values: urns.collect() })));
    }
    Ok(marked(signature::OUTPUT, fields))
}

fn flattened(output: &OutputValue, accepts: Accepts, depth: usize) -> Encoded {
    let value = output.value.as_ref().unwrap_or(&Value::Unknown);
    if output.secret { secret(value, accepts, depth) } else { kind_of(value, accepts, depth) }
}

fn reference(reference: &Reference) -> Kind {
    let id = match &reference.id {
        ReferenceId::Component => None,
        ReferenceId::Unknown => Some(""),
        ReferenceId::Known(id) => Some(id.as_str()),
    };
    let version = Some(reference.package_version.as_str()).filter(|version| !version.is_empty());
    let fields = [("urn", Some(reference.urn.as_str())), ("id", id), ("packageVersion", version)];
    marked(signature::REFERENCE, texts(fields))
}

fn asset(asset: &Asset) -> Kind {
    let content = asset.content.as_ref().map(|content| match content {
        AssetContent::Text(text) => ("text", string(text)),
        AssetContent::Path(path) => ("path", string(path)),
        AssetContent::Uri(uri) => ("uri", string(uri)),
    });
    marked(signature::ASSET, hash(&asset.hash).chain(content))
}

fn archive(archive: &Archive, accepts: Accepts, depth: usize) -> Result<Kind, Malformed> {
    let content = match &archive.content {
        None => None,
        Some(ArchiveContent::Path(path)) => Some(("path", string(path))),
        Some(ArchiveContent::Uri(uri)) => Some(("uri", string(uri))),
        Some(ArchiveContent::Parts(parts)) => Some(("assets", self::parts(parts, accepts, depth)?)),
    };
    Ok(marked(signature::ARCHIVE, hash(&archive.hash).chain(content)))
}

fn parts(parts: &Map, accepts: Accepts, depth: usize) -> Result<Kind, Malformed> {
    match parts.iter().find(|(_, part)| !special::is_part(part)) {
        None => object(parts, accepts, depth).map_err(|bad| bad.under("assets")),
        Some((name, _)) => Err(Malformed::new("neither an asset nor an archive").under(name).under("assets")),
    }
}

fn hash(hash: &str) -> impl Iterator<Item = (&'static str, Kind)> {
    texts([("hash", Some(hash).filter(|hash| !hash.is_empty()))])
}

fn texts<'a, const N: usize>(
    fields: [(&'static str, Option<&'a str>); N],
) -> impl Iterator<Item = (&'static str, Kind)> + use<'a, N> {
    fields.into_iter().filter_map(|(key, text)| Some((key, string(text?))))
}

fn marked(signature: &str, fields: impl IntoIterator<Item = (&'static str, Kind)>) -> Kind {
    let signature = (signature::KEY, string(signature));
    let fields = fields.into_iter().chain([signature]);
    Kind::StructValue(Struct { fields: fields.map(|(key, kind)| (key.to_owned(), wrapped(kind))).collect() })
}

fn string(text: &str) -> Kind {
    Kind::StringValue(text.to_owned())
}

fn null() -> Kind {
    Kind::NullValue(0)
}

fn wrapped(kind: Kind) -> prost_types::Value {
    prost_types::Value { kind: Some(kind) }
}
