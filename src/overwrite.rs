//! Replaces the text of a file: all of it or nothing, and only where it still says what was checked.
//!
//! With `source` and the report's own file, the one place that touches the file system.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::config::FILE_NAME;
use crate::source::{Source, SourceError};

/// Why a file was left as it is.
#[derive(Debug, thiserror::Error)]
pub enum OverwriteError {
    /// Somebody else wrote to it.
    #[error("not fixed: the file has changed since it was checked; run again")]
    Changed,
    /// It may not be written to.
    #[error("not fixed: the file is read-only")]
    ReadOnly,
    /// It is a link out of what was to be checked.
    #[error("not fixed: it is a link to {0}, outside the folder that is checked and its project")]
    Outside(PathBuf),
    /// It cannot be read again.
    #[error("not fixed: {0}")]
    Unreadable(#[from] SourceError),
    /// The operating system refused.
    #[error("not fixed: failed to write: {0}")]
    Unwritable(#[from] io::Error),
}

/// The folders in which files may be replaced, links resolved.
#[derive(Debug, Clone, Default)]
pub struct Territory {
    folders: Vec<PathBuf>,
}

impl Territory {
    /// The folders among some paths, and those of the files among them, with the projects that they lie in.
    pub fn around(paths: &[PathBuf]) -> Self {
        let mut folders = Vec::new();
        for path in paths {
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            let folder = if absolute.is_dir() { &absolute } else { absolute.parent().unwrap_or(&absolute) };
            let Ok(folder) = folder.canonicalize() else { continue };
            folders.push(project(&folder).unwrap_or(&folder).to_owned());
        }
        folders.sort();
        folders.dedup();
        Self { folders }
    }

    fn holds(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }
}

/// The nearest folder, upward, that a repository or a configuration begins at.
fn project(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|it| it.join(".git").exists() || it.join(FILE_NAME).exists())
}

/// Replaces the text of an article, of which `checked` was the text. A link stays one: what it leads to is replaced.
pub fn replace(path: &Path, territory: &Territory, checked: &str, text: &str) -> Result<(), OverwriteError> {
    let target = target(path, territory)?;
    let metadata = target.metadata()?;
    let mut file = beside(&target)?;
    file.write_all(text.as_bytes())?;
    keep_owner(file.as_file(), &metadata);
    file.as_file().set_permissions(metadata.permissions())?;
    file.as_file().sync_all()?;
    // Last of all, so that the time in which another program could write is as short as it gets.
    if Source::read(&target)?.text() != checked {
        return Err(OverwriteError::Changed);
    }
    file.persist(&target).map_err(|error| error.error)?;
    sync_folder(&target);
    Ok(())
}

/// Names of what is open already. Behind one there can be a file, and whoever opened it expects to find the text there.
const OPEN_ALREADY: &[&str] = &["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"];

/// Writes a file of the program's own, new or in place of what was there: all of it or nothing. A pipe, a device and what is
/// open already are written to as they are, after what they hold.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let is_stream =
        OPEN_ALREADY.iter().any(|it| path.starts_with(it)) || path.metadata().is_ok_and(|it| !it.is_file());
    if is_stream {
        return std::fs::OpenOptions::new().append(true).open(path)?.write_all(content);
    }
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut file = beside(&target)?;
    file.write_all(content)?;
    if let Ok(metadata) = target.metadata() {
        keep_owner(file.as_file(), &metadata);
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    sync_folder(&target);
    Ok(())
}

/// Writes a file of the program's own in a folder of its own, which is made where it is not there, with a note to
/// repositories to leave it alone.
pub fn create_in(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    if !folder.exists() {
        std::fs::create_dir_all(folder)?;
        create(&folder.join(".gitignore"), b"*\n")?;
    }
    let path = folder.join(name);
    // Nobody asked to write to a pipe there.
    if path.metadata().is_ok_and(|it| !it.is_file()) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    create(&path, content)
}

/// The file that would be replaced: what a link leads to.
pub fn target(path: &Path, territory: &Territory) -> Result<PathBuf, OverwriteError> {
    let target = path.canonicalize()?;
    if !territory.holds(&target) {
        return Err(OverwriteError::Outside(target));
    }
    if target.metadata()?.permissions().readonly() {
        return Err(OverwriteError::ReadOnly);
    }
    Ok(target)
}

/// A new file in the folder of another: only within one file system a file takes another's place at once. It is gone
/// when it is dropped, and hidden, so that no run takes it for an article.
fn beside(target: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".soreaid-lint-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder_of(target))
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where this is refused, the file belongs to who ran the program, as with most editors.
#[cfg(unix)]
fn keep_owner(file: &std::fs::File, metadata: &std::fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_file: &std::fs::File, _metadata: &std::fs::Metadata) {}

/// So that the new name outlives a power failure; where folders cannot be synchronised, nothing is lost but that.
fn sync_folder(target: &Path) {
    #[expect(clippy::disallowed_methods, reason = "a folder is opened, and not read")]
    let folder = std::fs::File::open(folder_of(target));
    if let Ok(folder) = folder {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("a.md");
        std::fs::write(&path, "theirs").expect("a file");
        let territory = Territory::around(std::slice::from_ref(&path));
        let error = replace(&path, &territory, "checked", "ours").expect_err("it changed");
        assert!(matches!(error, OverwriteError::Changed));
        assert_eq!(Source::read(&path).expect("a file").text(), "theirs");
        replace(&path, &territory, "theirs", "ours").expect("it is written");
        assert_eq!(Source::read(&path).expect("a file").text(), "ours");
        assert_eq!(std::fs::read_dir(place.path()).expect("a folder").count(), 1, "nothing is left over");
    }
}
