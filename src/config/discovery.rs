//! Which configuration holds for a file: the nearest one, upward from the file's folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{ConfigError, Configuration, FILE_NAME, RuleShape};

type Loaded = Result<Arc<Configuration>, Arc<ConfigError>>;

/// All configurations of a run, each read once; shared by all threads.
pub struct Configurations {
    rules: Vec<RuleShape>,
    /// When set, it holds for every file.
    fixed: Option<Loaded>,
    /// By folder.
    found: Mutex<HashMap<PathBuf, Loaded>>,
    /// The working directory, asked for once.
    here: OnceLock<PathBuf>,
}

impl Configurations {
    /// The nearest configuration holds for each file.
    pub fn nearest(rules: Vec<RuleShape>) -> Self {
        Self { rules, fixed: None, found: Mutex::default(), here: OnceLock::new() }
    }

    /// One configuration holds for every file.
    pub fn fixed(path: &Path, rules: Vec<RuleShape>) -> Self {
        let loaded = Configuration::load(path, &rules).map(Arc::new).map_err(Arc::new);
        Self { fixed: Some(loaded), ..Self::nearest(rules) }
    }

    /// No configuration holds for any file.
    pub fn isolated(rules: Vec<RuleShape>) -> Self {
        Self { fixed: Some(Ok(Arc::default())), ..Self::nearest(rules) }
    }

    /// A path from the root of the file system on, which is what the others ask for.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        let here = || std::env::current_dir().unwrap_or_default();
        let path = if path.is_absolute() { path.to_owned() } else { self.here.get_or_init(here).join(path) };
        std::path::absolute(&path).unwrap_or(path)
    }

    /// What holds for the files of a folder, which is absolute.
    pub fn of_folder(&self, folder: &Path) -> Loaded {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        let mut unknown = Vec::new();
        let mut found: Option<Loaded> = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.known(folder) {
                found = Some(known);
                break;
            }
            unknown.push(folder);
            let path = folder.join(FILE_NAME);
            if path.is_file() {
                let loaded = Configuration::load(&shown(&path), &self.rules);
                found = Some(loaded.map(Arc::new).map_err(Arc::new));
                break;
            }
        }
        let found = found.unwrap_or_else(|| Ok(Arc::default()));
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been here meanwhile; the first answer stays, so that an error is one error.
        let answer = unknown.last().and_then(|it| all.get(*it)).cloned().unwrap_or(found);
        for folder in unknown {
            all.entry(folder.to_owned()).or_insert_with(|| answer.clone());
        }
        answer
    }

    fn known(&self, folder: &Path) -> Option<Loaded> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).get(folder).cloned()
    }
}

/// A path as messages show it: from the working directory on, where it lies in there.
pub(super) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|it| it.canonicalize());
    let inside = here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    match inside {
        Some(inside) if !inside.as_os_str().is_empty() => inside,
        _ => path.to_owned(),
    }
}
