//! The file of a cache: what is known by which key, since when it has not been asked for, and a digest of each piece, so
//! that what was damaged is not used.

use std::hash::BuildHasher;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use borsh::{BorshDeserialize, BorshSerialize};
use foldhash::quality::FixedState;

use super::Key;
use crate::clock::days_since_1970;
use crate::overwrite;
use crate::source;

/// What such a file begins with; another form gets another number.
const BEGINNING: &[u8] = b"soreaid-lint cache 3\n";

/// What was not asked for in so many days is forgotten: texts that were changed, articles that are gone.
const DAYS_KEPT: u32 = 7;

/// Tells a piece that was damaged from one that was not; no more is asked of it.
pub(super) type Digest = u64;

/// Pieces by key.
pub(super) struct Store {
    /// As read, by key.
    known: Vec<Known>,
    file: Arc<Vec<u8>>,
    added: Mutex<Vec<(Entry, Vec<u8>)>>,
    today: u32,
}

struct Known {
    entry: Entry,
    /// Where its bytes begin.
    start: usize,
    was_asked_for: AtomicBool,
}

/// What the file says of a piece before all pieces.
#[derive(Clone, Copy, BorshSerialize, BorshDeserialize)]
struct Entry {
    key: Key,
    /// When it was asked for the last time, in days since 1970.
    day: u32,
    digest: Digest,
    length: u32,
}

/// One piece of a store, undamaged.
pub(super) struct Piece<'s> {
    store: &'s Store,
    range: Range<usize>,
}

impl Piece<'_> {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.store.file[self.range.clone()]
    }

    /// The file that it stands in.
    pub(super) fn file(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.store.file)
    }

    /// Where its last bytes stand in that.
    pub(super) fn last(&self, count: usize) -> Range<usize> {
        self.range.end - count..self.range.end
    }
}

impl Store {
    /// Reads what a file holds; nothing where it is none of this kind.
    pub(super) fn read(path: &Path) -> Self {
        let bytes = source::bytes(path).unwrap_or_default();
        let known = pieces(&bytes).unwrap_or_default();
        Self { known, file: Arc::new(bytes), added: Mutex::default(), today: days_since_1970() }
    }

    /// What `read` makes of the piece with a key, if there is one and it makes something of it; and the digest of that.
    pub(super) fn find<T>(
        &self,
        key: Key,
        read: impl FnOnce(&Piece<'_>) -> Option<T>,
    ) -> Option<(T, Digest)> {
        let at = self.known.binary_search_by_key(&key, |it| it.entry.key).ok()?;
        let known = &self.known[at];
        let piece = self.piece(known);
        let digest = digest_of(piece.bytes());
        if digest != known.entry.digest {
            return None;
        }
        let found = read(&piece)?;
        known.was_asked_for.store(true, Ordering::Relaxed);
        Some((found, digest))
    }

    /// Adds a piece, if there is none with this key.
    pub(super) fn add_if_new(&self, key: Key, bytes: &[u8]) {
        if self.find(key, |piece| (piece.bytes() == bytes).then_some(())).is_none() {
            self.add(key, bytes.to_vec());
        }
    }

    /// Adds a piece, and says its digest.
    pub(super) fn add(&self, key: Key, bytes: Vec<u8>) -> Option<Digest> {
        let digest = digest_of(&bytes);
        let entry = Entry { key, day: self.today, digest, length: u32::try_from(bytes.len()).ok()? };
        self.added.lock().unwrap_or_else(PoisonError::into_inner).push((entry, bytes));
        Some(digest)
    }

    /// Writes the file, if it has to say something new.
    pub(super) fn write(self, folder: &Path, name: &str) -> io::Result<()> {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        let is_dated = |it: &Known| it.was_asked_for.load(Ordering::Relaxed) && it.entry.day != self.today;
        if added.is_empty() && !self.known.iter().any(is_dated) {
            return Ok(());
        }
        added.sort_unstable_by_key(|it| it.0.key);
        added.dedup_by_key(|it| it.0.key);
        let is_replaced = |key: Key| added.binary_search_by_key(&key, |it| it.0.key).is_ok();
        let mut pieces: Vec<(Entry, &[u8])> = added.iter().map(|(entry, bytes)| (*entry, &**bytes)).collect();
        for known in self.known.iter().filter(|it| !is_replaced(it.entry.key)) {
            let is_used = known.was_asked_for.load(Ordering::Relaxed);
            let entry = Entry { day: if is_used { self.today } else { known.entry.day }, ..known.entry };
            if self.today <= entry.day.saturating_add(DAYS_KEPT) {
                pieces.push((entry, &self.file[self.piece(known).range]));
            }
        }
        pieces.sort_unstable_by_key(|(entry, _)| entry.key);
        let mut file = BEGINNING.to_vec();
        pieces.iter().map(|(entry, _)| *entry).collect::<Vec<Entry>>().serialize(&mut file)?;
        for (_, bytes) in &pieces {
            file.extend_from_slice(bytes);
        }
        overwrite::create_in(folder, name, &file)
    }

    fn piece(&self, known: &Known) -> Piece<'_> {
        Piece { store: self, range: known.start..known.start + known.entry.length as usize }
    }
}

/// The pieces of a file; `None` where they do not fill it.
fn pieces(bytes: &[u8]) -> Option<Vec<Known>> {
    let mut rest = bytes.strip_prefix(BEGINNING)?;
    let entries = Vec::<Entry>::deserialize(&mut rest).ok()?;
    let mut start = bytes.len() - rest.len();
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        found.push(Known { entry, start, was_asked_for: AtomicBool::new(false) });
        start = start.checked_add(entry.length as usize)?;
    }
    let is_sorted = found.is_sorted_by_key(|it| it.entry.key);
    (start == bytes.len() && is_sorted).then_some(found)
}

fn digest_of(bytes: &[u8]) -> Digest {
    FixedState::default().hash_one(bytes)
}
