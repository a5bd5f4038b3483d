//! Properties of which exactly one must be given.

use framework::{
    problem::Problems,
    property::{FieldOf, Properties},
    value::Path,
};

/// A property's name, and whether the program gives it.
pub type Given = (&'static str, bool);

/// Whether the program gives a property, even if its value isn't known yet.
pub fn given<R, T>(want: &Properties<'_, R>, field: FieldOf<R, T>) -> Given {
    (field.name(), want.has(field))
}

/// Notes unless exactly one of the properties is given.
pub fn exactly_one(of: &[Given], problems: &mut Problems) {
    if of.iter().all(|(_, given)| !given) {
        let names: Vec<_> = of.iter().map(|(name, _)| *name).collect();
        problems.add(Path::root(), format!("needs one of {}", names.join(", ")));
    }
    at_most_one(of, problems);
}

/// Notes each property that is given beside another one of them.
pub fn at_most_one(of: &[Given], problems: &mut Problems) {
    let mut present = of.iter().filter(|(_, given)| *given).map(|(name, _)| *name);
    let Some(first) = present.next() else { return };
    for other in present {
        problems.add(Path::of(other), format!("can't be given together with {first}"));
    }
}
