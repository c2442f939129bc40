//! From the paths of a command line to the articles to check.
//!
//! A file that is named is always taken. A folder is walked, with `.gitignore`, `.ignore` and hidden files respected;
//! its configuration says which files are articles. Links to folders are not followed, so no loop is walked, and pipes
//! and devices are no articles.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::config::Configurations;
use crate::report::Failure;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Articles, by path, each once.
    pub articles: Vec<PathBuf>,
    /// Paths that led to nothing.
    pub failures: Vec<Failure>,
}

/// Finds the articles under some paths.
pub fn discover(paths: &[PathBuf], configurations: &Configurations) -> Found {
    let mut found = Found::default();
    for path in paths {
        match path.metadata() {
            Err(_) if path.symlink_metadata().is_ok() => {
                found.failures.push(Failure::new(path, "this link leads to nothing"));
            }
            Err(error) => found.failures.push(Failure::new(path, format!("failed to find it: {error}"))),
            Ok(metadata) if metadata.is_dir() => walk(path, configurations, &mut found),
            Ok(_) => found.articles.push(path.clone()),
        }
    }
    found.articles.sort_by_cached_key(|path| names(path));
    found.articles.dedup();
    found.failures.sort();
    found
}

/// A path in the order of its names, as bytes: quick to compare, and no name holds the one that parts them.
fn names(path: &Path) -> Vec<u8> {
    let mut names = Vec::with_capacity(path.as_os_str().len());
    for component in path.components() {
        names.extend_from_slice(component.as_os_str().as_encoded_bytes());
        names.push(0);
    }
    names
}

fn walk(folder: &Path, configurations: &Configurations, found: &mut Found) {
    let before = (found.articles.len(), found.failures.len());
    let root = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    for entry in WalkBuilder::new(folder).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.failures.push(Failure::new(folder, format!("failed to look into it: {error}")));
                continue;
            }
        };
        let path = entry.path();
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { continue };
        let absolute = path.strip_prefix(folder).map_or_else(|_| path.to_owned(), |inside| root.join(inside));
        let parent = absolute.parent().unwrap_or(&absolute);
        // A configuration that cannot be read is reported when its files are checked.
        let takes =
            configurations.of_folder(parent).map_or_else(|_| is_markdown(path), |it| it.takes(&absolute));
        if !takes {
            continue;
        }
        // A pipe or device has no end, or never begins; by its name alone, nobody asked for it.
        if !kind.is_file() && !kind.is_symlink() {
            continue;
        }
        if kind.is_symlink() {
            match path.metadata() {
                Ok(target) if !target.is_file() => continue,
                Ok(_) => {}
                Err(_) => {
                    found.failures.push(Failure::new(path, "this link leads to nothing"));
                    continue;
                }
            }
        }
        found.articles.push(path.to_owned());
    }
    if before == (found.articles.len(), found.failures.len()) {
        found.failures.push(Failure::new(folder, "there is no article in this folder"));
    }
}

fn is_markdown(path: &Path) -> bool {
    path.extension().and_then(|it| it.to_str()).is_some_and(|it| matches!(it, "md" | "markdown" | "mdx"))
}
