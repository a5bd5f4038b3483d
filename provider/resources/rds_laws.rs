//! What has to hold between the properties of databases, instances and clusters alike.

use framework::{
    problem::Problems,
    property::{FieldOf, Properties},
    value::Path,
};

use super::{
    exclusive::{Given, at_most_one, given},
    rds_version as version,
};

/// The properties by which a database has its master user's password, and its end. Both kinds have them.
pub struct Fields<R> {
    /// The password that the program gives.
    pub password: FieldOf<R, Option<String>>,
    /// Whether RDS makes it.
    pub managed: FieldOf<R, bool>,
    /// What encrypts the secret then.
    pub secret_key: FieldOf<R, Option<String>>,
    /// Whether there is a last snapshot.
    pub final_snapshot: FieldOf<R, Option<bool>>,
    /// And its name.
    pub final_name: FieldOf<R, Option<String>>,
}

/// Whether a switch is on.
pub fn on<R>(want: &Properties<'_, R>, field: FieldOf<R, bool>) -> Given {
    (field.name(), want.get(field) == Some(true))
}

/// Notes each property that is given, for a reason.
pub fn refuse(of: &[Given], told: &str, problems: &mut Problems) {
    for (name, _) in of.iter().filter(|(_, given)| *given) {
        problems.add(Path::of(name), told);
    }
}

/// Notes what doesn't fit together of the master user's password, and of the end.
pub fn check<R>(want: &Properties<'_, R>, fields: &Fields<R>, problems: &mut Problems) {
    at_most_one(&[on(want, fields.managed), given(want, fields.password)], problems);
    if want.get(fields.managed) == Some(false) && want.has(fields.secret_key) {
        problems.add(want.path(fields.secret_key), "needs manageMasterUserPassword");
    }
    if want.get(fields.final_snapshot).flatten() == Some(false) && want.has(fields.final_name) {
        problems.add(want.path(fields.final_name), "can't be given when finalSnapshot is false");
    }
}

/// Notes the changes of the master user's password that RDS can't make.
pub fn forbid<R>(was: &Properties<'_, R>, want: &Properties<'_, R>, fields: &Fields<R>, problems: &mut Problems) {
    let stays_managed = [was, want].iter().all(|one| one.get(fields.managed) == Some(true));
    let key = |of: &Properties<'_, R>| of.get(fields.secret_key).flatten();
    if stays_managed && key(was).is_some() && key(want).is_some() && key(want) != key(was) {
        let told = "can't be changed while RDS manages the password: turn manageMasterUserPassword off with a masterUserPassword, and on again with the other key";
        problems.add(want.path(fields.secret_key), told);
    }
    let ends = was.get(fields.managed) == Some(true) && want.get(fields.managed) == Some(false);
    if ends && !want.has(fields.password) {
        let told = "is required when manageMasterUserPassword is turned off: RDS deletes the secret with the password";
        problems.add(want.path(fields.password), told);
    }
}

/// A change of an engine's version.
pub struct Versions<'a> {
    /// The one that was.
    pub was: &'a str,
    /// The one that is wanted.
    pub want: &'a str,
    /// Of which engine.
    pub engine: &'a str,
    /// Whether another major one is as well.
    pub major_allowed: bool,
}

/// Notes a change of version that can't be made, or that the program has to ask for in words.
pub fn upgrade(versions: &Versions<'_>, at: Path, problems: &mut Problems) {
    let Versions { was, want, engine, major_allowed } = *versions;
    if version::is_major_downgrade(was, want, engine) {
        problems.add(at, "can't go back to an earlier major version: restore a snapshot from before the upgrade in a second database");
    } else if version::is_major_upgrade(was, want, engine) && !major_allowed {
        problems.add(at, "is another major version, to which the database is upgraded in place and from which it never comes back: make a snapshot, try the upgrade on a copy, and set allowMajorVersionUpgrade to true");
    }
}
