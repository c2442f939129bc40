//! Entries of packs that are read from their bytes when somebody first asks for them: an article without a claim needs no
//! claims, and every start of the program would wait for them.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

use super::packed;

/// Entries, as themselves or still as bytes.
#[derive(Debug, Clone, Default)]
pub struct Deferred<T> {
    bytes: Cow<'static, [u8]>,
    entries: OnceLock<T>,
}

impl<T: BorshDeserialize + Default> Deferred<T> {
    /// The entries; none where the bytes are not such, which bytes that the program was built with always are.
    fn entries(&self) -> &T {
        self.entries.get_or_init(|| T::try_from_slice(&self.bytes).unwrap_or_default())
    }
}

impl<T> Deferred<T> {
    /// What was written as [`Deferred`], left where it stands; `None` where the bytes end before.
    pub(super) fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        Some(Self { bytes: Cow::Borrowed(packed::read_bytes(bytes)?), entries: OnceLock::new() })
    }
}

impl<T: BorshDeserialize + Default> Deref for Deferred<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.entries()
    }
}

impl<T: BorshDeserialize + Default> DerefMut for Deferred<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.entries();
        self.entries.get_mut().expect("entries that were just read")
    }
}

impl<'d, E: BorshDeserialize> IntoIterator for &'d Deferred<Vec<E>> {
    type Item = &'d E;
    type IntoIter = std::slice::Iter<'d, E>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries().iter()
    }
}

impl<T: BorshSerialize + BorshDeserialize + Default> BorshSerialize for Deferred<T> {
    fn serialize<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        borsh::to_vec(self.entries())?.serialize(writer)
    }
}

impl<T> BorshDeserialize for Deferred<T> {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        let bytes = Cow::Owned(Vec::deserialize_reader(reader)?);
        Ok(Self { bytes, entries: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_can_be_changed() {
        let mut words: Deferred<Vec<String>> = Deferred::default();
        words.push("ice".to_owned());
        let bytes = borsh::to_vec(&words).unwrap();
        let mut back: Deferred<Vec<String>> = Deferred::try_from_slice(&bytes).unwrap();
        assert_eq!(*back, ["ice"]);
        back.push("heat".to_owned());
        assert_eq!(back.len(), 2);
    }
}
