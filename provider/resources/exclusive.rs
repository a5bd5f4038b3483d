//! Properties of which one must be given: exactly one, at least one, at most one.

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
    at_least_one(of, problems);
    at_most_one(of, problems);
}

/// Notes unless one of the properties is given, or more.
pub fn at_least_one(of: &[Given], problems: &mut Problems) {
    if of.iter().all(|(_, given)| !given) {
        let names: Vec<_> = of.iter().map(|(name, _)| *name).collect();
        problems.add(Path::root(), format!("needs one of {}", names.join(", ")));
    }
}

/// Notes each property that is given beside another one of them.
pub fn at_most_one(of: &[Given], problems: &mut Problems) {
    let mut present = of.iter().filter(|(_, given)| *given).map(|(name, _)| *name);
    let Some(first) = present.next() else { return };
    for other in present {
        problems.add(Path::of(other), format!("can't be given together with {first}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(law: fn(&[Given], &mut Problems), given: [bool; 3]) -> Vec<String> {
        let mut problems = Problems::default();
        law(&[("a", given[0]), ("b", given[1]), ("c", given[2])], &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    #[test]
    fn what_is_given_is_counted() {
        let (none, one, two) = ([false; 3], [false, true, false], [true, false, true]);
        let missing = vec![" needs one of a, b, c".to_owned()];
        let too_many = vec!["c can't be given together with a".to_owned()];
        assert_eq!([none, one, two].map(|given| told(at_least_one, given)), [missing.clone(), vec![], vec![]]);
        assert_eq!([none, one, two].map(|given| told(at_most_one, given)), [vec![], vec![], too_many.clone()]);
        assert_eq!([none, one, two].map(|given| told(exactly_one, given)), [missing, vec![], too_many]);
    }
}
