//! What a struct with a signature stands for.

use base64::{Engine, engine::general_purpose::STANDARD};
use framework::value::{
    Archive, ArchiveContent, Asset, AssetContent, Map, OutputValue, Reference, ReferenceId, Urn, Value,
};

use super::{Malformed, signature};

/// The value that these fields make up, by the struct's signature.
pub fn decode(kind: &str, mut fields: Map) -> Result<Value, Malformed> {
    match kind {
        signature::SECRET => secret(&mut fields),
        signature::OUTPUT => output(&mut fields),
        signature::REFERENCE => reference(&mut fields),
        signature::ASSET => Ok(Value::Asset(asset(&mut fields)?)),
        signature::ARCHIVE => Ok(Value::Archive(archive(&mut fields)?)),
        signature::BYTES => bytes(&mut fields),
        _ => Err(Malformed::new("its signature is none that we know")),
    }
}

fn secret(fields: &mut Map) -> Result<Value, Malformed> {
    let value = fields.remove("value").ok_or_else(|| Malformed::new("a secret without a value"))?;
    Ok(Value::Secret(Box::new(value)))
}

fn output(fields: &mut Map) -> Result<Value, Malformed> {
    Ok(Value::Output(Box::new(OutputValue {
        value: fields.remove("value").filter(|value| *value != Value::Unknown),
        secret: truth(fields, "secret")?,
        dependencies: urns(fields, "dependencies")?.into_iter().collect(),
    })))
}

fn reference(fields: &mut Map) -> Result<Value, Malformed> {
    let urn = text(fields, "urn")?.ok_or_else(|| Malformed::new("a resource reference without a URN"))?;
    Ok(Value::Reference(Reference {
        urn: Urn::new(urn),
        id: reference_id(fields.remove("id"))?,
        package_version: text(fields, "packageVersion")?.unwrap_or_default(),
    }))
}

/// Programs may send the id as an output; its history is that of the resource, so nothing is lost.
fn reference_id(id: Option<Value>) -> Result<ReferenceId, Malformed> {
    match id.map(|id| id.plain()) {
        None | Some(Value::Null) => Ok(ReferenceId::Component),
        Some(Value::Unknown) => Ok(ReferenceId::Unknown),
        Some(Value::String(id)) if id.is_empty() => Ok(ReferenceId::Unknown),
        Some(Value::String(id)) => Ok(ReferenceId::Known(id)),
        Some(_) => Err(Malformed::new("not a string").under("id")),
    }
}

fn asset(fields: &mut Map) -> Result<Asset, Malformed> {
    let hash = text(fields, "hash")?.unwrap_or_default();
    let content = match place(fields)? {
        Some(Place::Path(path)) => Some(AssetContent::Path(path)),
        Some(Place::Uri(uri)) => Some(AssetContent::Uri(uri)),
        None => text(fields, "text")?.map(AssetContent::Text),
    };
    let empty = || (hash == signature::HASH_OF_NOTHING).then(|| AssetContent::Text(String::new()));
    Ok(Asset { content: content.or_else(empty), hash })
}

fn archive(fields: &mut Map) -> Result<Archive, Malformed> {
    let hash = text(fields, "hash")?.unwrap_or_default();
    let content = match place(fields)? {
        Some(Place::Path(path)) => Some(ArchiveContent::Path(path)),
        Some(Place::Uri(uri)) => Some(ArchiveContent::Uri(uri)),
        None => parts(fields)?.map(ArchiveContent::Parts),
    };
    Ok(Archive { content, hash })
}

fn parts(fields: &mut Map) -> Result<Option<Map>, Malformed> {
    match fields.remove("assets") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Map(parts)) => match parts.iter().find(|(_, part)| !is_part(part)) {
            None => Ok(Some(parts)),
            Some((name, _)) => Err(Malformed::new("neither an asset nor an archive").under(name).under("assets")),
        },
        Some(_) => Err(Malformed::new("not an object").under("assets")),
    }
}

/// Whether the value can be a part of an archive.
pub fn is_part(value: &Value) -> bool {
    matches!(value, Value::Asset(_) | Value::Archive(_))
}

enum Place {
    Path(String),
    Uri(String),
}

/// Where content lies, if it isn't here. Some SDKs send empty strings for what doesn't apply.
fn place(fields: &mut Map) -> Result<Option<Place>, Malformed> {
    let path = text(fields, "path")?.filter(|path| !path.is_empty()).map(Place::Path);
    let uri = text(fields, "uri")?.filter(|uri| !uri.is_empty()).map(Place::Uri);
    Ok(path.or(uri))
}

fn bytes(fields: &mut Map) -> Result<Value, Malformed> {
    let coded = text(fields, "value")?.ok_or_else(|| Malformed::new("a byte string without a value"))?;
    let bytes = STANDARD.decode(coded).map_err(|_| Malformed::new("not base64").under("value"))?;
    Ok(Value::Bytes(bytes))
}

fn text(fields: &mut Map, key: &str) -> Result<Option<String>, Malformed> {
    match fields.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Malformed::new("not a string").under(key)),
    }
}

fn truth(fields: &mut Map, key: &str) -> Result<bool, Malformed> {
    match fields.remove(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(truth)) => Ok(truth),
        Some(_) => Err(Malformed::new("not a bool").under(key)),
    }
}

fn urns(fields: &mut Map, key: &str) -> Result<Vec<Urn>, Malformed> {
    let items = match fields.remove(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::List(items)) => items,
        Some(_) => return Err(Malformed::new("not a list").under(key)),
    };
    let urns = items.into_iter().enumerate().map(|(index, item)| match item {
        Value::String(urn) => Ok(Urn::new(urn)),
        _ => Err(Malformed::new("not a string").at(index).under(key)),
    });
    urns.collect()
}
