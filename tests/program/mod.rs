//! What tests of the command line share: a folder of articles, and what the program said of it.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

/// A folder that holds these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The exit status.
pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().expect("an exit status")
}

/// What was written, as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
