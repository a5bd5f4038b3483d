//! SHA-256, of files and in words.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use sha2::{Digest as _, Sha256};

/// How much of a file is read at once.
const CHUNK: usize = 64 * 1024;

/// The digest of a file, which may be greater than the memory.
pub(super) fn of_file(path: &Path) -> io::Result<Vec<u8>> {
    let (mut file, mut digest, mut chunk) = (File::open(path)?, Sha256::new(), vec![0; CHUNK]);
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(digest.finalize().to_vec()),
            length => digest.update(chunk.get(..length).unwrap_or_default()),
        }
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn in_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
