//! Patterns of a configuration, held against paths.
//!
//! A pattern without a slash holds at any depth; one with a slash begins at the configuration's folder. A folder
//! stands for all that it contains.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A list of patterns and the folder that they begin at.
#[derive(Debug, Clone)]
pub(super) struct Globs {
    folder: PathBuf,
    set: GlobSet,
}

impl Globs {
    /// Compiles patterns; on failure, the index of the wrong one and why.
    pub(super) fn new(folder: &Path, patterns: &[&str]) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let wrong = |error: globset::Error| (index, error.kind().to_string());
            for glob in spellings_of(pattern) {
                set.add(GlobBuilder::new(&glob).literal_separator(true).build().map_err(wrong)?);
            }
        }
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
        Ok(Self { folder: folder.to_owned(), set })
    }

    /// Whether any pattern holds for this path, which is absolute.
    pub(super) fn hold_for(&self, path: &Path) -> bool {
        match path.strip_prefix(&self.folder) {
            Ok(inside) => self.set.is_match(inside),
            // A configuration named on the command line may stand beside the articles.
            Err(_) => self.set.is_match(path.strip_prefix("/").unwrap_or(path)),
        }
    }
}

fn spellings_of(pattern: &str) -> [String; 2] {
    let bare = pattern.trim_end_matches('/');
    let bare = bare.strip_prefix("./").unwrap_or(bare);
    let anchored = match bare.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None if bare.contains('/') => bare.to_owned(),
        None => format!("**/{bare}"),
    };
    let inside = format!("{anchored}/**");
    [anchored, inside]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(pattern: &str, path: &str) -> bool {
        Globs::new(Path::new("/site"), &[pattern]).unwrap().hold_for(&Path::new("/site").join(path))
    }

    #[test]
    fn a_pattern_without_a_slash_holds_at_any_depth() {
        assert!(holds("*.md", "a/b/c.md"));
        assert!(holds("drafts", "a/drafts/b/c.md"));
        assert!(!holds("drafts", "a/draft.md"));
    }

    #[test]
    fn a_pattern_with_a_slash_begins_at_the_folder() {
        assert!(holds("uk/*.md", "uk/a.md"));
        assert!(!holds("uk/*.md", "x/uk/a.md"));
        assert!(!holds("uk/*.md", "uk/deeper/a.md"));
        assert!(holds("uk/**/*.md", "uk/a.md"));
        assert!(holds("/drafts/", "drafts/x/a.md"));
        assert!(holds("./uk", "uk/a.md"));
        assert!(!holds("/drafts", "x/drafts/a.md"));
    }

    #[test]
    fn a_wrong_pattern_is_named() {
        assert_eq!(Globs::new(Path::new("/"), &["a", "[b"]).unwrap_err().0, 1);
    }
}
