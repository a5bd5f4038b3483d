//! A child of a component, from the moment that it is described.

use std::sync::Arc;

use super::construct::Construction;
use crate::{
    cloud::Cloud,
    engine::Registered,
    property::{Decode, Decoding},
    value::{Output, Path, Resolved, Urn},
};

/// What stands for a child of a known type. `#[derive(Resource)]` writes it.
pub trait Handle {
    /// The handle of that child.
    fn of(child: Child) -> Self;
}

/// A child, registered or about to be.
#[derive(Clone)]
pub struct Child {
    registered: Output<Registered>,
    course: Arc<dyn Course>,
}

/// What a child has to know of the construction that it is part of.
pub(super) trait Course: Send + Sync {
    /// Whether this is a preview.
    fn is_preview(&self) -> bool;

    /// Ends the construction with a message.
    fn fail(&self, message: String);
}

impl<C: Cloud> Course for Construction<C> {
    fn is_preview(&self) -> bool {
        self.preview
    }

    fn fail(&self, message: String) {
        Construction::fail(self, message);
    }
}

impl Child {
    pub(super) fn new(registered: Output<Registered>, course: Arc<dyn Course>) -> Self {
        Child { registered, course }
    }

    /// Its URN.
    #[must_use]
    pub fn urn(&self) -> Output<Urn> {
        self.registered.map(|child| child.urn)
    }

    /// Its id, which is unknown until it is made.
    #[must_use]
    pub fn id(&self) -> Output<String> {
        let registered = self.registered.clone();
        Output::later(async move {
            let child = registered.resolve().await;
            let id = child.value.map(|child| child.id).filter(|id| !id.is_empty());
            Resolved { value: id, secret: false, dependencies: child.dependencies }
        })
    }

    /// One of its outputs.
    pub fn output<T: Decode + Clone + Send + Sync + 'static>(&self, name: &'static str) -> Output<T> {
        let (registered, course) = (self.registered.clone(), self.course.clone());
        Output::later(async move {
            let child = registered.resolve().await;
            let nothing = Resolved { value: None, secret: false, dependencies: child.dependencies.clone() };
            let Some(made) = child.value.filter(|made| !made.skipped) else { return nothing };
            let at = Path::of(name);
            let mut notes = Decoding::new();
            let value = match made.outputs.get(name) {
                Some(value) => T::decode(value, &at, &mut notes),
                None if course.is_preview() => None,
                None => T::absent(&at, &mut notes),
            };
            for problem in notes.problems().iter() {
                course.fail(format!("output {} of {} {}", problem.path, made.urn, problem.reason));
            }
            Resolved { value: value.filter(|_| !notes.saw_unknown()), secret: notes.saw_secret(), ..nothing }
        })
    }
}
