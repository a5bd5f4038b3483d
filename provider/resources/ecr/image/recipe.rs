//! What an image is made of, and the hash that tells one content from another.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::{digest, ignore::Ignored};

/// Everything that a build gets.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    /// The folder whose files the build sees.
    pub(super) context: PathBuf,
    /// The file that says how to build, relative to the folder.
    pub(super) dockerfile: PathBuf,
    /// The stage that is built; empty for the last one.
    pub(super) target: String,
    /// The build's arguments.
    pub(super) args: BTreeMap<String, String>,
    /// What it is built for.
    pub(super) platform: &'static str,
}

/// Why a recipe can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// There is no such folder.
    Context(String),
    /// There is no such file in it.
    Dockerfile(String),
    /// Something in the folder can't be read.
    Inside(String),
}

/// Whatever changes what the hash is made of changes this, so that no image is taken for another.
const FORM: &str = "tenantstack image 1";

impl Recipe {
    /// Where the file is that says how to build.
    pub(super) fn dockerfile(&self) -> PathBuf {
        self.context.join(&self.dockerfile)
    }

    /// The hash of everything that a build gets, in hex.
    ///
    /// Of files it is their names, contents, and whether they can be run, as in Git; not who owns them and when they
    /// were changed, which is different on each machine.
    ///
    /// # Errors
    ///
    /// What can't be read.
    pub(super) fn hash(&self) -> Result<String, Unreadable> {
        if !self.context.is_dir() {
            return Err(Unreadable::Context(format!(
                "must be a folder, and there is none of that name{}",
                from_here()
            )));
        }
        let instructions = fs::read(self.dockerfile()).map_err(|error| {
            Unreadable::Dockerfile(format!("must be a file in the context that can be read: {}", error.kind()))
        })?;
        let ignored = self.ignored()?;
        let mut hash = Parts::new();
        hash.add(FORM.as_bytes());
        hash.add(self.platform.as_bytes());
        hash.add(self.target.as_bytes());
        for (name, value) in &self.args {
            hash.add(name.as_bytes());
            hash.add(value.as_bytes());
        }
        hash.add(b"files");
        hash.add(&instructions);
        add_folder(&self.context, "", &ignored, &mut hash)?;
        Ok(hash.in_hex())
    }

    /// What is left out: by the file beside the Dockerfile that has its name, or else by the context's own.
    fn ignored(&self) -> Result<Ignored, Unreadable> {
        let mut beside: OsString = self.dockerfile().into();
        beside.push(".dockerignore");
        for path in [PathBuf::from(beside), self.context.join(".dockerignore")] {
            match fs::read_to_string(&path) {
                Ok(text) => return Ignored::read(&text).map_err(|line| no_pattern(&path, line)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(unreadable(&path, &error)),
            }
        }
        Ok(Ignored::default())
    }
}

/// Where relative paths begin.
fn from_here() -> String {
    std::env::current_dir()
        .map_or_else(|_| String::new(), |here| format!(" (relative paths begin at {})", here.display()))
}

fn no_pattern(path: &Path, line: usize) -> Unreadable {
    Unreadable::Inside(format!("has a {} whose line {line} is no pattern", name_of(path)))
}

fn unreadable(path: &Path, error: &io::Error) -> Unreadable {
    Unreadable::Inside(format!("has {}, which can't be read: {error}", name_of(path)))
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Adds what is in a folder, in the order of the names. `inside` is its path in the context, with a slash at its end.
fn add_folder(folder: &Path, inside: &str, ignored: &Ignored, hash: &mut Parts) -> Result<(), Unreadable> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>();
    let mut names = read().map_err(|error| unreadable(folder, &error))?;
    names.sort_by(|one, other| one.as_encoded_bytes().cmp(other.as_encoded_bytes()));
    for name in names {
        let path = folder.join(&name);
        let inside = format!("{inside}{}", name.to_string_lossy());
        let left_out = ignored.leaves_out(&inside);
        if left_out && !ignored.has_exceptions() {
            continue;
        }
        let about = fs::symlink_metadata(&path).map_err(|error| unreadable(&path, &error))?;
        if !left_out {
            add(&path, &inside, &about, hash).map_err(|error| unreadable(&path, &error))?;
        }
        if about.is_dir() {
            add_folder(&path, &format!("{inside}/"), ignored, hash)?;
        }
    }
    Ok(())
}

/// Adds a file, a folder's name, or where a link leads. Sockets and the like aren't sent to a build.
fn add(path: &Path, inside: &str, about: &Metadata, hash: &mut Parts) -> io::Result<()> {
    let kind = about.file_type();
    let what = if kind.is_dir() {
        "folder"
    } else if kind.is_symlink() {
        "link"
    } else if !kind.is_file() {
        return Ok(());
    } else if can_be_run(about) {
        "program"
    } else {
        "file"
    };
    hash.add(what.as_bytes());
    hash.add(inside.as_bytes());
    hash.add(path.file_name().unwrap_or_default().as_encoded_bytes());
    if kind.is_symlink() {
        hash.add(fs::read_link(path)?.as_os_str().as_encoded_bytes());
    } else if kind.is_file() {
        hash.add(&digest::of_file(path)?);
    }
    Ok(())
}

#[cfg(unix)]
fn can_be_run(about: &Metadata) -> bool {
    const BY_ITS_OWNER: u32 = 0o100;
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & BY_ITS_OWNER != 0
}

/// Docker sends all files of a Windows machine as ones that can be run.
#[cfg(not(unix))]
fn can_be_run(_: &Metadata) -> bool {
    true
}

/// A hash of parts, none of which can be taken for a piece of its neighbour.
struct Parts(Sha256);

impl Parts {
    fn new() -> Self {
        Parts(Sha256::new())
    }

    fn add(&mut self, part: &[u8]) {
        self.0.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.update(part);
    }

    fn in_hex(self) -> String {
        digest::in_hex(&self.0.finalize())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A context with these files, and what changes in it.
    struct Context(TempDir);

    impl Context {
        fn new() -> Self {
            let context = Context(TempDir::new().unwrap());
            context.write("Dockerfile", "FROM scratch");
            context.write("src/main.rs", "fn main() {}");
            context
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn recipe(&self) -> Recipe {
            Recipe {
                context: self.0.path().to_owned(),
                dockerfile: "Dockerfile".into(),
                target: String::new(),
                args: BTreeMap::new(),
                platform: "linux/arm64",
            }
        }

        fn hash(&self) -> String {
            self.recipe().hash().unwrap()
        }

        /// Whether something changes the hash.
        fn is_changed_by(&self, change: impl FnOnce(&Self)) -> bool {
            let before = self.hash();
            change(self);
            self.hash() != before
        }
    }

    #[test]
    fn the_same_content_has_the_same_hash_wherever_it_is() {
        let (one, other) = (Context::new().hash(), Context::new().hash());
        assert_eq!(one, other);
        assert_eq!(one.len(), 64);
        assert!(one.chars().all(|digit| digit.is_ascii_hexdigit()));
    }

    #[test]
    fn the_hash_stays_what_it_is_from_version_to_version() {
        assert_eq!(Context::new().hash(), "7438fa48cc01cdc51581ac20f6b2f800691c954dfeb69d9c9de6dcde1c35dd3c");
    }

    #[test]
    fn whatever_a_build_sees_changes_the_hash() {
        let context = Context::new();
        assert!(context.is_changed_by(|context| context.write("src/main.rs", "fn main() { }")));
        assert!(context.is_changed_by(|context| context.write("src/lib.rs", "")));
        assert!(context.is_changed_by(|context| context.write("Dockerfile", "FROM busybox")));
        assert!(context.is_changed_by(|context| fs::create_dir(context.0.path().join("empty")).unwrap()));
        assert!(context.is_changed_by(|context| {
            fs::rename(context.0.path().join("src/lib.rs"), context.0.path().join("src/lab.rs")).unwrap();
        }));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_programs_are_seen_and_other_marks_of_files_are_not() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let context = Context::new();
        let main = context.0.path().join("src/main.rs");
        let mode = |mode| fs::set_permissions(&main, fs::Permissions::from_mode(mode)).unwrap();
        assert!(!context.is_changed_by(|_| mode(0o600)));
        assert!(context.is_changed_by(|_| mode(0o755)));
        let link = context.0.path().join("link");
        assert!(context.is_changed_by(|_| symlink("src", &link).unwrap()));
        assert!(context.is_changed_by(|_| {
            fs::remove_file(&link).unwrap();
            symlink("/nowhere", &link).unwrap();
        }));
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
        assert!(
            !context.is_changed_by(|_| fs::File::options()
                .write(true)
                .open(&main)
                .unwrap()
                .set_modified(later)
                .unwrap())
        );
    }

    #[test]
    fn what_is_left_out_changes_nothing() {
        let context = Context::new();
        context.write(".dockerignore", "target\nlogs\n!logs/keep\n");
        assert!(!context.is_changed_by(|context| context.write("target/app", "binary")));
        assert!(!context.is_changed_by(|context| context.write("logs/a", "line")));
        assert!(context.is_changed_by(|context| context.write("logs/keep", "line")));
        assert!(context.is_changed_by(|context| context.write(".dockerignore", "logs\n!logs/keep\n")));
    }

    #[test]
    fn the_dockerfiles_own_list_comes_first() {
        let context = Context::new();
        context.write(".dockerignore", "*");
        context.write("Dockerfile.dockerignore", "target");
        assert!(!context.is_changed_by(|context| context.write("target/app", "binary")));
        assert!(context.is_changed_by(|context| context.write("src/lib.rs", "")));
    }

    #[test]
    fn the_dockerfile_counts_even_where_it_is_left_out() {
        let context = Context::new();
        context.write(".dockerignore", "*");
        assert!(context.is_changed_by(|context| context.write("Dockerfile", "FROM busybox")));
        assert!(!context.is_changed_by(|context| context.write("src/lib.rs", "")));
    }

    #[test]
    fn what_else_a_build_is_told_changes_the_hash() {
        let context = Context::new();
        let with = |args: &[(&str, &str)]| Recipe {
            args: args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ..context.recipe()
        };
        let recipes = [
            context.recipe(),
            Recipe { target: "web".to_owned(), ..context.recipe() },
            Recipe { platform: "linux/amd64", ..context.recipe() },
            with(&[("A", "BC")]),
            with(&[("AB", "C")]),
            with(&[("A", "B"), ("C", "")]),
        ];
        let hashes: std::collections::BTreeSet<_> = recipes.iter().map(|recipe| recipe.hash().unwrap()).collect();
        assert_eq!(hashes.len(), recipes.len());
    }

    #[test]
    fn what_cant_be_read_is_told_by_its_place() {
        let context = Context::new();
        let nowhere = Recipe { context: context.0.path().join("nowhere"), ..context.recipe() };
        assert!(matches!(nowhere.hash(), Err(Unreadable::Context(why)) if why.contains("relative paths begin at")));
        let unsaid = Recipe { dockerfile: "Containerfile".into(), ..context.recipe() };
        assert!(matches!(unsaid.hash(), Err(Unreadable::Dockerfile(why)) if why.contains("not found")));
        context.write(".dockerignore", "a\n[");
        let Err(Unreadable::Inside(why)) = context.recipe().hash() else { panic!() };
        assert_eq!(why, "has a .dockerignore whose line 2 is no pattern");
    }
}
