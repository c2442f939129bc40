//! What was found in articles before, so that one that has not changed is not checked again.
//!
//! An article is known by a digest of all that its findings rest on: its text and its path, its configuration with the packs
//! and the schema that this names, the rules that run, and the program. What they rest on beside these, the day and the files
//! around it, is asked again. A file that has the stamp under which it was read before is not even read. Whatever of a cache
//! cannot be used is as if it were not there.

mod kept;
mod store;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use jiff::civil::{Date, date};

use crate::config::{SchemaChoice, Settings};
use crate::engine::{Checked, Identity};
use crate::source::Source;
use crate::stamp::Stamp;
use store::{Digest, Store};

/// The file in the folder of a cache.
const FILE: &str = "articles.bin";

/// By what an article is known: the first half of a BLAKE3 digest, which nobody can make two articles share.
type Key = [u8; 16];

/// Of settings and of the files that they name; `None` where findings can rest on more than that.
type SettingsDigest = Option<[u8; 32]>;

/// A cache, shared by all threads of a run.
pub struct Cache {
    folder: PathBuf,
    /// Of the program and the rules that run.
    ground: [u8; 32],
    store: Store,
    /// Digests of the files that configurations name; `None` where findings can rest on more than the file.
    files: Mutex<HashMap<PathBuf, Option<[u8; 32]>>>,
    /// The settings that were asked for last, which are those of most articles, and their digest.
    last_settings: Mutex<Option<(Arc<Settings>, SettingsDigest)>>,
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
            last_settings: Mutex::default(),
        }
    }

    /// What was found in an article, else what `check` finds, which is kept.
    pub fn find_or(
        &self,
        source: &Source,
        settings: &Arc<Settings>,
        check: impl FnOnce() -> Result<Checked, String>,
    ) -> Result<Checked, String> {
        let Some(key) = self.key(source, settings) else { return check() };
        if let Some(stamp) = source.stamp()
            && let Some(unread) = self.key_unread(source.path(), stamp, settings)
        {
            self.store.add_if_new(unread, &key);
        }
        let found = self.found(key, source.path(), settings);
        if let Some(found) = found.filter(|it| kept::lies_within(it, source)) {
            return Ok(found);
        }
        let checked = check()?;
        let digest = kept::written(&checked).and_then(|bytes| self.store.add(key, bytes));
        Ok(Checked { known_as: digest.map(|it| identity(key, it)), ..checked })
    }

    /// What was found in an article that is the same file as then, by all that the file system says.
    pub fn find_unread(&self, path: &Path, settings: &Arc<Settings>) -> Option<Checked> {
        let unread = self.key_unread(path, Stamp::of_file(path)?, settings)?;
        let (key, _) = self.store.find(unread, |it| Key::try_from(it.bytes()).ok())?;
        self.found(key, path, settings)
    }

    fn found(&self, key: Key, path: &Path, settings: &Settings) -> Option<Checked> {
        let (found, digest) = self.store.find(key, |it| kept::read(it, path, settings.today))?;
        Some(Checked { known_as: Some(identity(key, digest)), ..found })
    }

    /// What was found when articles, with these identities, were held against each other, else what `check` finds, which is
    /// kept. Findings are by the places of their articles.
    pub fn find_across_or<E>(
        &self,
        articles: &[(&Path, Identity)],
        check: impl FnOnce() -> Result<Vec<(usize, Checked)>, E>,
    ) -> Result<Vec<(usize, Checked)>, E> {
        let mut digest = blake3::Hasher::new();
        digest.update(&self.ground);
        add(&mut digest, b"across");
        for (_, identity) in articles {
            digest.update(identity);
        }
        let key = half(&digest);
        let paths = || articles.iter().map(|(path, _)| *path).collect::<Vec<&Path>>();
        if let Some((found, _)) = self.store.find(key, |it| kept::read_across(it, &paths())) {
            return Ok(found);
        }
        let found = check()?;
        if let Some(bytes) = kept::written_across(&found) {
            self.store.add(key, bytes);
        }
        Ok(found)
    }

    /// Writes what was added. Another run that closes at the same time may win, and nothing is wrong then.
    pub fn close(self) -> io::Result<()> {
        self.store.write(&self.folder, FILE)
    }

    /// `None` where it is not known what the findings rest on.
    fn key(&self, source: &Source, settings: &Arc<Settings>) -> Option<Key> {
        self.key_of(b"text", source.path(), source.text().as_bytes(), settings)
    }

    /// By what the key of a file with this stamp is known.
    fn key_unread(&self, path: &Path, stamp: Stamp, settings: &Arc<Settings>) -> Option<Key> {
        self.key_of(b"stamp", path, &stamp.bytes(), settings)
    }

    fn key_of(&self, kind: &[u8], path: &Path, known_by: &[u8], settings: &Arc<Settings>) -> Option<Key> {
        let mut digest = blake3::Hasher::new();
        digest.update(&self.ground);
        digest.update(&self.digest_of(settings)?);
        add(&mut digest, kind);
        add(&mut digest, path.as_os_str().as_encoded_bytes());
        add(&mut digest, known_by);
        Some(half(&digest))
    }

    fn digest_of(&self, settings: &Arc<Settings>) -> SettingsDigest {
        let mut last = self.last_settings.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, digest)) if Arc::ptr_eq(known, settings) => *digest,
            _ => {
                let digest = self.new_digest_of(settings);
                *last = Some((Arc::clone(settings), digest));
                digest
            }
        }
    }

    fn new_digest_of(&self, settings: &Settings) -> SettingsDigest {
        /// The day counts where it is asked for.
        const NO_DAY: Date = date(1970, 1, 1);
        let mut digest = blake3::Hasher::new();
        add(&mut digest, format!("{:?}", Settings { today: NO_DAY, ..settings.clone() }).as_bytes());
        let schema = match &settings.schema {
            Some(SchemaChoice::File(path)) => Some((path, true)),
            Some(SchemaChoice::Named(_)) | None => None,
        };
        for (path, is_schema) in settings.packs.iter().map(|it| (it, false)).chain(schema) {
            digest.update(&self.file(path, is_schema)?);
        }
        Some(digest.finalize().into())
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

/// The first half of a digest.
fn half(digest: &blake3::Hasher) -> Key {
    let digest = digest.finalize();
    std::array::from_fn(|at| digest.as_bytes()[at])
}

fn identity(key: Key, digest: Digest) -> Identity {
    let mut identity = Identity::default();
    identity[..key.len()].copy_from_slice(&key);
    identity[key.len()..].copy_from_slice(&digest.to_le_bytes());
    identity
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
        let settings = Arc::new(Settings::new(date(2026, 11, 26)));
        let checks = Cell::new(0);
        let found = |text: &str, settings: &Arc<Settings>| {
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
            &Arc::new(Settings { locale: Some(crate::locale::Locale::Uk), ..(*settings).clone() }),
        );
        assert_eq!(checks.get(), 3);
        // The day is nothing that it rests on.
        let later = Arc::new(Settings::new(date(2027, 1, 1)));
        assert_eq!(found("# Ice\n\nIce it for an hour.\n", &later), first);
        assert_eq!(checks.get(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_the_same_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = Engine::new(bundled::knowledge, |_| true);
        let settings = Arc::new(Settings::new(date(2026, 11, 26)));
        // Not written just now.
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let source = Source::read(&path).expect("a text");
        let cache = Cache::open(folder.path(), engine.rules());
        assert!(cache.find_unread(&path, &settings).is_none());
        let checked = cache.find_or(&source, &settings, || engine.check_one_of_many(&source, &settings));
        cache.close().expect("it is written");
        let cache = Cache::open(folder.path(), engine.rules());
        let unread = cache.find_unread(&path, &settings).expect("it is known");
        let said = |it: &Checked| format!("{:?}", it.diagnostics);
        assert_eq!(said(&unread), said(&checked.expect("no packs")));
        let strict = Settings { profile: crate::config::Profile::Strict, ..(*settings).clone() };
        assert!(cache.find_unread(&path, &Arc::new(strict)).is_none());
    }

    #[test]
    fn a_schema_that_refers_to_a_file_is_not_all_there_is() {
        assert!(!refers_elsewhere(r##"{"$ref": "#/$defs/a", "$dynamicRef":"#b"}"##));
        assert!(!refers_elsewhere("$ref: '#/$defs/a'\n"));
        assert!(refers_elsewhere(r#"{"$ref": "common.json"}"#));
        assert!(refers_elsewhere("a:\n  $ref: common.yaml#/a\n"));
    }
}
