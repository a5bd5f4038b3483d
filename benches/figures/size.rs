//! How large the plugin is.

use std::{fs, process::Command};

use crate::{line, megabytes, plugin::binary};

pub fn print() {
    line("stripped release binary", megabytes(fs::metadata(binary()).unwrap().len()));
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("plugin.tar.gz");
    let packed = Command::new("tar")
        .args(["-czf".as_ref(), archive.as_os_str(), "-C".as_ref(), binary().parent().unwrap().as_os_str()])
        .arg(binary().file_name().unwrap())
        .status();
    match packed.is_ok_and(|status| status.success()) {
        true => line("the same as .tar.gz, as it is downloaded", megabytes(fs::metadata(archive).unwrap().len())),
        false => line("the same as .tar.gz", "no tar here"),
    }
}
