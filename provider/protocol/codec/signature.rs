//! The strings by which the wire marks what plain JSON has no word for.

/// The key whose presence makes a struct special.
pub const KEY: &str = "4dabf18193072939515e22adb298388d";

/// A secret.
pub const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";
/// A value with its history.
pub const OUTPUT: &str = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/// Another resource.
pub const REFERENCE: &str = "5cf8f73096256a8f31e491e813e4eb8e";
/// A file.
pub const ASSET: &str = "c44067f5952c0a294b673a41bacd8c17";
/// A tree of files.
pub const ARCHIVE: &str = "0def7320c3a5731c473e5ecbe6d01bc7";
/// Bytes that aren't text.
pub const BYTES: &str = "803fd3297a5875dc03ca845dda5d2a98";

/// What stands for a value that isn't known yet, and for an unknown id.
pub use framework::value::UNKNOWN;

/// What others may send for an unknown bool, number, array, asset, archive and object.
const UNKNOWN_OF_A_TYPE: [&str; 6] = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/// The hash of an empty text. The engine sends an asset with no text without its text.
pub const HASH_OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Whether the text stands for a value that isn't known yet.
#[must_use]
pub fn is_unknown(text: &str) -> bool {
    text == UNKNOWN || UNKNOWN_OF_A_TYPE.contains(&text)
}
