//! Properties as one of the SDK's types has them, and back.
//!
//! A service such as Amazon ECS takes and tells objects that are many levels deep. Here stands once what becomes
//! of absence, of empty lists, and of values that this version doesn't know.

use std::collections::HashMap;

use aws_smithy_types::error::operation::BuildError;

use super::collections::{Flag, Ordered, Texts, Unordered};
use crate::aws::{Error, Result};

/// A type of property with a counterpart in the SDK.
pub trait Wire: Default {
    /// The SDK's type.
    type Aws;

    /// The value for a request.
    ///
    /// # Errors
    ///
    /// That the SDK can't build it.
    fn to_aws(&self) -> Result<Self::Aws>;

    /// The value of an answer; nothing if it is one that this version doesn't know.
    fn from_aws(aws: Self::Aws) -> Option<Self>;

    /// Whether it says nothing, so that AWS needn't be told and the program needn't hear of it.
    fn is_blank(&self) -> bool {
        false
    }
}

/// A field that holds such a property, or may hold one.
pub trait Slot: Sized {
    /// The SDK's type.
    type Aws;

    /// The value for a request, where there is one.
    ///
    /// # Errors
    ///
    /// That the SDK can't build it.
    fn put(&self) -> Result<Option<Self::Aws>>;

    /// The value of an answer, or what its absence means.
    fn take(aws: Option<Self::Aws>) -> Self;
}

impl<T: Wire> Slot for T {
    type Aws = T::Aws;

    fn put(&self) -> Result<Option<T::Aws>> {
        if self.is_blank() { Ok(None) } else { self.to_aws().map(Some) }
    }

    fn take(aws: Option<T::Aws>) -> Self {
        aws.and_then(T::from_aws).unwrap_or_default()
    }
}

impl<T: Wire> Slot for Option<T> {
    type Aws = T::Aws;

    fn put(&self) -> Result<Option<T::Aws>> {
        self.as_ref().map(Wire::to_aws).transpose()
    }

    fn take(aws: Option<T::Aws>) -> Self {
        aws.and_then(T::from_aws).filter(|read| !read.is_blank())
    }
}

/// What a builder of the SDK gives: some can fail, as they need a value.
pub trait Built<T> {
    /// The thing that was built.
    ///
    /// # Errors
    ///
    /// That something was missing.
    fn built(self) -> Result<T>;
}

impl<T> Built<T> for T {
    fn built(self) -> Result<T> {
        Ok(self)
    }
}

impl<T> Built<T> for Result<T, BuildError> {
    fn built(self) -> Result<T> {
        self.map_err(Error::from)
    }
}

macro_rules! as_it_is {
    ($($ty:ty),*) => {
        $(impl Wire for $ty {
            type Aws = $ty;

            fn to_aws(&self) -> Result<$ty> {
                Ok(self.clone())
            }

            fn from_aws(aws: $ty) -> Option<Self> {
                Some(aws)
            }
        })*
    };
}

as_it_is!(String, i32, f64, bool);

impl Wire for Flag {
    type Aws = bool;

    fn to_aws(&self) -> Result<bool> {
        Ok(self.0)
    }

    fn from_aws(aws: bool) -> Option<Self> {
        Some(Flag(aws))
    }

    fn is_blank(&self) -> bool {
        !self.0
    }
}

impl Wire for Texts {
    type Aws = HashMap<String, String>;

    fn to_aws(&self) -> Result<HashMap<String, String>> {
        Ok(self.0.clone().into_iter().collect())
    }

    fn from_aws(aws: HashMap<String, String>) -> Option<Self> {
        Some(Texts(aws.into_iter().collect()))
    }

    fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

macro_rules! lists {
    ($($list:ident),*) => {
        $(impl<T: Wire> Wire for $list<T> {
            type Aws = Vec<T::Aws>;

            fn to_aws(&self) -> Result<Vec<T::Aws>> {
                self.0.iter().map(Wire::to_aws).collect()
            }

            fn from_aws(aws: Vec<T::Aws>) -> Option<Self> {
                Some($list(aws.into_iter().filter_map(T::from_aws).collect()))
            }

            fn is_blank(&self) -> bool {
                self.0.is_empty()
            }
        })*
    };
}

lists!(Ordered, Unordered);

impl<T: Wire> Wire for Vec<T> {
    type Aws = Vec<T::Aws>;

    fn to_aws(&self) -> Result<Vec<T::Aws>> {
        self.iter().map(Wire::to_aws).collect()
    }

    fn from_aws(aws: Vec<T::Aws>) -> Option<Self> {
        Some(aws.into_iter().filter_map(T::from_aws).collect())
    }
}

/// Objects whose fields have the SDK's names: each with the name of its setter.
macro_rules! wired {
    ($($ours:ident = $aws:path { $($field:ident $setter:ident),* $(,)? })*) => {
        $(impl $crate::resources::wire::Wire for $ours {
            type Aws = $aws;

            fn to_aws(&self) -> $crate::aws::Result<$aws> {
                use $crate::resources::wire::{Built, Slot};
                Built::built(<$aws>::builder()$(.$setter(Slot::put(&self.$field)?))*.build())
            }

            fn from_aws(aws: $aws) -> Option<Self> {
                use $crate::resources::wire::Slot;
                Some($ours { $($field: Slot::take(aws.$field.into())),* })
            }
        })*
    };
}

/// Fixed sets of texts, which the SDK has too.
macro_rules! wired_choices {
    ($($ours:ident = $aws:path,)*) => {
        $(impl $crate::resources::wire::Wire for $ours {
            type Aws = $aws;

            fn to_aws(&self) -> $crate::aws::Result<$aws> {
                Ok(<$aws>::from(framework::property::Choice::text(*self)))
            }

            fn from_aws(aws: $aws) -> Option<Self> {
                framework::property::Choice::from_text(aws.as_str())
            }
        })*
    };
}

pub(crate) use wired;
pub(crate) use wired_choices;
