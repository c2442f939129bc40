//! What was found in articles before, so that one that has not changed is not checked again.
//!
//! An article is known by a digest of all that its findings rest on: its text and its path, its configuration with the packs
//! and the schema that this names, the rules that run, and the program. What they rest on beside these, the day and the files
//! around it, is asked again. Whatever of a cache cannot be used is as if it were not there.

mod kept;
mod store;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use jiff::civil::{Date, date};

use crate::config::{SchemaChoice, Settings};
use crate::engine::Checked;
use crate::source::Source;
use store::Store;

/// The file in the folder of a cache.
const FILE: &str = "articles.bin";

/// By what an article is known: the first half of a BLAKE3 digest, which nobody can make two articles share.
type Key = [u8; 16];

/// A cache, shared by all threads of a run.
pub struct Cache {
    folder: PathBuf,
    /// Of the program and the rules that run.
    ground: [u8; 32],
    store: Store,
    /// Digests of the files that configurations name; `None` where findings can rest on more than the file.
    files: Mutex<HashMap<PathBuf, Option<[u8; 32]>>>,
}

impl Cache {
    /// Opens the cache of a folder for runs of some rules; one that is not there or cannot be read is empty.
    pub fn open<'r>(folder: &Path, rules: impl Iterator<Item = &'r str>) -> Self {
        let mut ground = blake3::Hasher::new();
        add(&mut ground, env!("CARGO_PKG_VERSION").as_bytes());
        add(&mut ground, program().as_bytes());
        rules.for_each(|id| add(&mut ground, id.as_bytes()));
        // Relative paths begin there.
        let here = std::env::current_dir().unwrap_or_default();
        add(&mut ground, here.as_os_str().as_encoded_bytes());
        Self {
            folder: folder.to_owned(),
            ground: ground.finalize().into(),
            store: Store::read(&folder.join(FILE)),
            files: Mutex::default(),
        }
    }

    /// What was found in an article, else what `check` finds, which is kept.
    pub fn find_or(
        &self,
        source: &Source,
        settings: &Settings,
        check: impl FnOnce() -> Result<Checked, String>,
    ) -> Result<Checked, String> {
        let Some(key) = self.key(source, settings) else { return check() };
        if let Some(found) = self.store.find(key, |bytes| kept::read(bytes, source, settings.today)) {
            return Ok(found);
        }
        let checked = check()?;
        if let Some(bytes) = kept::written(&checked) {
            self.store.add(key, bytes);
        }
        Ok(checked)
    }

    /// Writes what was added. Another run that closes at the same time may win, and nothing is wrong then.
    pub fn close(self) -> io::Result<()> {
        self.store.write(&self.folder, FILE)
    }

    /// `None` where it is not known what the findings rest on.
    fn key(&self, source: &Source, settings: &Settings) -> Option<Key> {
        /// The day counts where it is asked for.
        const NO_DAY: Date = date(1970, 1, 1);
        let mut digest = blake3::Hasher::new();
        digest.update(&self.ground);
        add(&mut digest, format!("{:?}", Settings { today: NO_DAY, ..settings.clone() }).as_bytes());
        let schema = match &settings.schema {
            Some(SchemaChoice::File(path)) => Some((path, true)),
            Some(SchemaChoice::Named(_)) | None => None,
        };
        for (path, is_schema) in settings.packs.iter().map(|it| (it, false)).chain(schema) {
            digest.update(&self.file(path, is_schema)?);
        }
        add(&mut digest, source.path().as_os_str().as_encoded_bytes());
        add(&mut digest, source.text().as_bytes());
        digest.finalize().as_bytes().first_chunk().copied()
    }

    fn file(&self, path: &Path, is_schema: bool) -> Option<[u8; 32]> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let digest = || {
            let source = Source::read(path).ok()?;
            let is_whole = !is_schema || !refers_elsewhere(source.text());
            is_whole.then(|| blake3::hash(source.text().as_bytes()).into())
        };
        *files.entry(path.to_owned()).or_insert_with(digest)
    }
}

/// Adds bytes so that no two rows of them are the same.
fn add(digest: &mut blake3::Hasher, bytes: &[u8]) {
    digest.update(&(bytes.len() as u64).to_le_bytes());
    digest.update(bytes);
}

/// Whether a schema may refer to another file: whether a reference does not begin with `#`.
fn refers_elsewhere(schema: &str) -> bool {
    let reference =
        |rest: &str| rest.trim_start_matches(['"', '\'', ':', ' ', '\t', '\r', '\n']).starts_with('#');
    ["$ref", "$dynamicRef", "$recursiveRef"]
        .iter()
        .any(|key| schema.match_indices(key).any(|(at, _)| !reference(&schema[at + key.len()..])))
}

/// Tells one build of the program from another of the same version.
fn program() -> String {
    let metadata = std::env::current_exe().and_then(|it| it.metadata());
    let changed = metadata.as_ref().ok().and_then(|it| it.modified().ok());
    let age = changed.and_then(|it| it.duration_since(SystemTime::UNIX_EPOCH).ok());
    format!("{:?} {:?}", metadata.map(|it| it.len()).ok(), age)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::bundled;
    use crate::engine::Engine;

    #[test]
    fn what_is_known_is_not_checked() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = Engine::new(bundled::knowledge, |_| true);
        let settings = Settings::new(date(2026, 11, 26));
        let checks = Cell::new(0);
        let found = |text: &str, settings: &Settings| {
            let source = Source::from_text("a.md", text);
            let cache = Cache::open(folder.path(), engine.rules());
            let check = || {
                checks.set(checks.get() + 1);
                engine.check_one_of_many(&source, settings)
            };
            let checked = cache.find_or(&source, settings, check).expect("no packs");
            cache.close().expect("it is written");
            format!("{:?}", checked.diagnostics)
        };
        let first = found("# Ice\n\nIce it for an hour.\n", &settings);
        assert_eq!(found("# Ice\n\nIce it for an hour.\n", &settings), first);
        assert_eq!(checks.get(), 1);
        found("# Ice\n\nIce it for two hours.\n", &settings);
        found(
            "# Ice\n\nIce it for an hour.\n",
            &Settings { locale: Some(crate::locale::Locale::Uk), ..settings.clone() },
        );
        assert_eq!(checks.get(), 3);
        // The day is nothing that it rests on.
        assert_eq!(found("# Ice\n\nIce it for an hour.\n", &Settings::new(date(2027, 1, 1))), first);
        assert_eq!(checks.get(), 3);
    }

    #[test]
    fn a_schema_that_refers_to_a_file_is_not_all_there_is() {
        assert!(!refers_elsewhere(r##"{"$ref": "#/$defs/a", "$dynamicRef":"#b"}"##));
        assert!(!refers_elsewhere("$ref: '#/$defs/a'\n"));
        assert!(refers_elsewhere(r#"{"$ref": "common.json"}"#));
        assert!(refers_elsewhere("a:\n  $ref: common.yaml#/a\n"));
    }
}
