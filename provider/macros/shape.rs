//! What a type holds, as far as its name tells: a law that can't be true or false of that is refused.

use syn::{Error, Ident, Type};

use crate::field::inside;

/// What values of a type are like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Number,
    Truth,
    List,
    Map,
}

/// Types around another one, of which the laws are those of that one.
const WRAPPERS: [&str; 3] = ["Option", "Output", "Input"];

impl Shape {
    /// The shape of a type; nothing if its name doesn't tell.
    fn of(ty: &Type) -> Option<Shape> {
        let Type::Path(path) = unwrapped(ty) else { return None };
        match path.path.segments.last()?.ident.to_string().as_str() {
            "String" => Some(Shape::Text),
            "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" | "f32" | "f64" => {
                Some(Shape::Number)
            }
            "bool" => Some(Shape::Truth),
            "Vec" => Some(Shape::List),
            "BTreeMap" => Some(Shape::Map),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Shape::Text => "a text",
            Shape::Number => "a number",
            Shape::Truth => "a truth value",
            Shape::List => "a list",
            Shape::Map => "a map",
        }
    }
}

fn unwrapped(ty: &Type) -> &Type {
    WRAPPERS.iter().find_map(|wrapper| inside(ty, wrapper)).map_or(ty, unwrapped)
}

/// The type of the elements of a list.
pub(crate) fn element(ty: &Type) -> Option<&Type> {
    inside(unwrapped(ty), "Vec")
}

/// Why a law does nothing to values of that type, if it is for others.
pub(crate) fn misplaced(law: &Ident, is_for: &[Shape], ty: &Type) -> Option<Error> {
    let shape = Shape::of(ty).filter(|shape| !is_for.contains(shape))?;
    let wanted: Vec<_> = is_for.iter().map(|shape| shape.word()).collect();
    let advice = match (law.to_string().as_str(), shape) {
        ("items", Shape::Text) => "; `length` is for its characters".to_owned(),
        ("length", Shape::Map) => "; `items` is for how many there are".to_owned(),
        ("length", Shape::List) => {
            "; `items` is for how many elements there are, `each(length(…))` for the characters of each".to_owned()
        }
        ("named", _) => String::new(),
        (law, Shape::List) => format!("; `each({law}(…))` is for its elements"),
        _ => String::new(),
    };
    Some(Error::new(
        law.span(),
        format!("`{law}` is for {}, and this is {}{advice}", wanted.join(" or "), shape.word()),
    ))
}
