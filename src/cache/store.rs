//! The file of a cache: what is known by which key, since when it has not been asked for, and a digest of each piece, so
//! that what was damaged is not used.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use borsh::{BorshDeserialize, BorshSerialize};

use super::Key;
use crate::clock::days_since_1970;
use crate::overwrite;
use crate::source;

/// What such a file begins with; another form gets another number.
const BEGINNING: &[u8] = b"soreaid-lint cache 1\n";

/// What was not asked for in so many days is forgotten: texts that were changed, articles that are gone.
const DAYS_KEPT: u32 = 7;

/// Pieces by key.
pub(super) struct Store {
    /// As read, by key.
    known: Vec<Piece>,
    bytes: Vec<u8>,
    added: Mutex<Vec<(Key, Vec<u8>)>>,
    today: u32,
}

struct Piece {
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
    digest: Key,
    length: u32,
}

impl Store {
    /// What a file holds; nothing where it is none of this kind.
    pub(super) fn read(path: &Path) -> Self {
        let bytes = source::bytes(path).unwrap_or_default();
        let known = pieces(&bytes).unwrap_or_default();
        Self { known, bytes, added: Mutex::default(), today: days_since_1970() }
    }

    /// What `read` makes of the piece with a key, if there is one and it makes something of it.
    pub(super) fn find<T>(&self, key: Key, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let at = self.known.binary_search_by_key(&key, |it| it.entry.key).ok()?;
        let piece = &self.known[at];
        let bytes = self.bytes_of(piece);
        if digest_of(bytes) != piece.entry.digest {
            return None;
        }
        let found = read(bytes)?;
        piece.was_asked_for.store(true, Ordering::Relaxed);
        Some(found)
    }

    /// Adds a piece.
    pub(super) fn add(&self, key: Key, bytes: Vec<u8>) {
        self.added.lock().unwrap_or_else(PoisonError::into_inner).push((key, bytes));
    }

    /// Writes the file, if it has to say something new.
    pub(super) fn write(self, folder: &Path, name: &str) -> io::Result<()> {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        let is_dated = |it: &Piece| it.was_asked_for.load(Ordering::Relaxed) && it.entry.day != self.today;
        if added.is_empty() && !self.known.iter().any(is_dated) {
            return Ok(());
        }
        added.sort_unstable_by_key(|it| it.0);
        added.dedup_by_key(|it| it.0);
        let is_replaced = |key: Key| added.binary_search_by_key(&key, |it| it.0).is_ok();
        let mut pieces: Vec<(Entry, &[u8])> = Vec::new();
        for piece in self.known.iter().filter(|it| !is_replaced(it.entry.key)) {
            let is_used = piece.was_asked_for.load(Ordering::Relaxed);
            let entry = Entry { day: if is_used { self.today } else { piece.entry.day }, ..piece.entry };
            if self.today <= entry.day.saturating_add(DAYS_KEPT) {
                pieces.push((entry, self.bytes_of(piece)));
            }
        }
        for (key, bytes) in added.iter() {
            let Ok(length) = u32::try_from(bytes.len()) else { continue };
            pieces.push((Entry { key: *key, day: self.today, digest: digest_of(bytes), length }, bytes));
        }
        pieces.sort_unstable_by_key(|(entry, _)| entry.key);
        let mut file = BEGINNING.to_vec();
        pieces.iter().map(|(entry, _)| *entry).collect::<Vec<Entry>>().serialize(&mut file)?;
        for (_, bytes) in &pieces {
            file.extend_from_slice(bytes);
        }
        overwrite::create_in(folder, name, &file)
    }

    fn bytes_of(&self, piece: &Piece) -> &[u8] {
        &self.bytes[piece.start..piece.start + piece.entry.length as usize]
    }
}

/// The pieces of a file; `None` where they do not fill it.
fn pieces(bytes: &[u8]) -> Option<Vec<Piece>> {
    let mut rest = bytes.strip_prefix(BEGINNING)?;
    let entries = Vec::<Entry>::deserialize(&mut rest).ok()?;
    let mut start = bytes.len() - rest.len();
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        found.push(Piece { entry, start, was_asked_for: AtomicBool::new(false) });
        start = start.checked_add(entry.length as usize)?;
    }
    let is_sorted = found.is_sorted_by_key(|it| it.entry.key);
    (start == bytes.len() && is_sorted).then_some(found)
}

fn digest_of(bytes: &[u8]) -> Key {
    let digest = blake3::hash(bytes);
    std::array::from_fn(|at| digest.as_bytes()[at])
}
