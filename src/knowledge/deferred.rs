//! Entries of packs that are read from their bytes when somebody first asks for one: an article without a claim needs no
//! claims, one on ice needs no sauna, and every start of the program would wait for all of them.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

use super::packed;

/// Entries, as themselves or still as bytes.
#[derive(Debug, Clone)]
pub struct Deferred<E> {
    unread: Vec<Unread<E>>,
    all: OnceLock<Vec<E>>,
}

/// An entry as its bytes, and as itself once it was asked for alone.
#[derive(Debug, Clone)]
struct Unread<E> {
    bytes: Cow<'static, [u8]>,
    entry: OnceLock<Box<E>>,
}

impl<E> From<Cow<'static, [u8]>> for Unread<E> {
    fn from(bytes: Cow<'static, [u8]>) -> Self {
        Self { bytes, entry: OnceLock::new() }
    }
}

impl<E> Default for Deferred<E> {
    fn default() -> Self {
        Self { unread: Vec::new(), all: OnceLock::new() }
    }
}

impl<E> Deferred<E> {
    /// What was written as [`Deferred`], left where it stands; `None` where the bytes end before.
    pub(super) fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        let count = packed::read_count(bytes)?;
        let unread = (0..count).map(|_| Some(Unread::from(Cow::Borrowed(packed::read_bytes(bytes)?))));
        Some(Self { unread: unread.collect::<Option<_>>()?, all: OnceLock::new() })
    }
}

impl<E: BorshDeserialize> Deferred<E> {
    /// One entry, without reading the others.
    pub fn entry(&self, index: usize) -> &E {
        if let Some(all) = self.all.get() {
            return &all[index];
        }
        let unread = &self.unread[index];
        unread.entry.get_or_init(|| Box::new(entry(&unread.bytes)))
    }

    fn all(&self) -> &Vec<E> {
        self.all.get_or_init(|| self.unread.iter().map(|it| entry(&it.bytes)).collect())
    }
}

/// An entry that others name by its id, which is the first that is written of it.
pub trait Named {
    /// How others name it.
    fn id(&self) -> &str;
}

impl<E: BorshDeserialize + Named> Deferred<E> {
    /// The entry of this id, without reading the others.
    pub fn named(&self, id: &str) -> Option<&E> {
        if let Some(all) = self.all.get() {
            return all.iter().find(|it| it.id() == id);
        }
        let length = packed::number(id.len());
        let is_named_so = |it: &Unread<E>| {
            it.bytes.strip_prefix(&length).is_some_and(|rest| rest.starts_with(id.as_bytes()))
        };
        self.unread.iter().position(is_named_so).map(|index| self.entry(index))
    }
}

fn entry<E: BorshDeserialize>(bytes: &[u8]) -> E {
    E::try_from_slice(bytes).expect("written by the build of this very program")
}

impl<E: BorshDeserialize> Deref for Deferred<E> {
    type Target = Vec<E>;

    fn deref(&self) -> &Vec<E> {
        self.all()
    }
}

impl<E: BorshDeserialize> DerefMut for Deferred<E> {
    fn deref_mut(&mut self) -> &mut Vec<E> {
        self.all();
        self.unread.clear();
        self.all.get_mut().expect("entries that were just read")
    }
}

impl<'d, E: BorshDeserialize> IntoIterator for &'d Deferred<E> {
    type Item = &'d E;
    type IntoIter = std::slice::Iter<'d, E>;

    fn into_iter(self) -> Self::IntoIter {
        self.all().iter()
    }
}

impl<E: BorshSerialize + BorshDeserialize> BorshSerialize for Deferred<E> {
    fn serialize<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        self.all().iter().map(borsh::to_vec).collect::<io::Result<Vec<Vec<u8>>>>()?.serialize(writer)
    }
}

impl<E> BorshDeserialize for Deferred<E> {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        let bytes: Vec<Vec<u8>> = Vec::deserialize_reader(reader)?;
        let unread = bytes.into_iter().map(|it| Unread::from(Cow::Owned(it))).collect();
        Ok(Self { unread, all: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Named for (String, u8) {
        fn id(&self) -> &str {
            &self.0
        }
    }

    #[test]
    fn an_entry_is_found_by_its_id_read_or_not() {
        let mut times: Deferred<(String, u8)> = Deferred::default();
        times.extend([("ice".to_owned(), 20), ("ice-bath".to_owned(), 10)]);
        let unread: Deferred<(String, u8)> =
            Deferred::try_from_slice(&borsh::to_vec(&times).unwrap()).unwrap();
        for times in [&times, &unread] {
            assert_eq!(times.named("ice-bath").map(|it| it.1), Some(10));
            assert_eq!(times.named("ice").map(|it| it.1), Some(20));
            assert_eq!(times.named("sauna"), None);
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_can_be_changed() {
        let mut words: Deferred<String> = Deferred::default();
        words.push("ice".to_owned());
        words.push("heat".to_owned());
        let bytes = borsh::to_vec(&words).unwrap();
        let mut back: Deferred<String> = Deferred::try_from_slice(&bytes).unwrap();
        assert_eq!(back.entry(1), "heat");
        assert_eq!(*back, ["ice", "heat"]);
        back.push("cold".to_owned());
        assert_eq!(back.entry(2), "cold");
        let bytes = packed::kept(bytes);
        let there: Deferred<String> = Deferred::read(&mut &*bytes).unwrap();
        assert_eq!(there.entry(0), "ice");
        assert_eq!(there.len(), 2);
        assert!(Deferred::<String>::read(&mut &bytes[..7]).is_none());
    }
}
