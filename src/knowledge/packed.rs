//! What is compiled, as plain bytes: the lists that the program was built with are looked at where they stand in it, and no
//! start of it reads them. Those that are compiled while it runs, from a project's packs, are of the same form.

use std::borrow::Cow;

/// Rows of so many bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rows<const N: usize>(Cow<'static, [[u8; N]]>);

/// A number of 32 bits, low bytes first.
pub(super) type Number = [u8; 4];

/// Numbers of 32 bits.
pub(super) type Numbers = Rows<4>;

impl<const N: usize> Rows<N> {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn all(&self) -> &[[u8; N]] {
        &self.0
    }

    pub(super) fn push(&mut self, row: [u8; N]) {
        self.0.to_mut().push(row);
    }

    pub(super) fn set(&mut self, at: usize, row: [u8; N]) {
        self.0.to_mut()[at] = row;
    }

    /// Appends them, after how many they are.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        write_count(self.len(), out);
        out.extend_from_slice(self.0.as_flattened());
    }

    /// What [`Rows::write`] wrote, where it stands; `None` where the bytes end before.
    pub(super) fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        let count = read_count(bytes)?;
        Some(Self(Cow::Borrowed(take(bytes, count.checked_mul(N)?)?.as_chunks().0)))
    }
}

impl<const N: usize> FromIterator<[u8; N]> for Rows<N> {
    fn from_iter<I: IntoIterator<Item = [u8; N]>>(rows: I) -> Self {
        Self(Cow::Owned(rows.into_iter().collect()))
    }
}

impl Numbers {
    pub(super) fn number(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.0[at])
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        numbers.into_iter().map(u32::to_le_bytes).collect()
    }
}

impl Extend<u32> for Numbers {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, numbers: I) {
        self.0.to_mut().extend(numbers.into_iter().map(u32::to_le_bytes));
    }
}

/// Texts, one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts {
    /// Where each ends.
    ends: Numbers,
    text: Cow<'static, str>,
}

impl Texts {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends.number(before));
        &self.text[start as usize..self.ends.number(at) as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.to_mut().push_str(text);
        self.ends.push(number(self.text.len()));
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        self.ends.write(out);
        write_count(self.text.len(), out);
        out.extend_from_slice(self.text.as_bytes());
    }

    /// What [`Texts::write`] wrote, where it stands.
    pub(super) fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        Some(Self {
            ends: Numbers::read(bytes)?,
            text: Cow::Borrowed(str::from_utf8(read_bytes(bytes)?).ok()?),
        })
    }
}

impl<'t> FromIterator<&'t str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|it| all.push(it));
        all
    }
}

/// Bytes after how many they are, as borsh writes them, too.
pub(super) fn read_bytes(bytes: &mut &'static [u8]) -> Option<&'static [u8]> {
    let count = read_count(bytes)?;
    take(bytes, count)
}

/// A count as it is written.
pub(super) fn number(count: usize) -> Number {
    u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes()
}

fn write_count(count: usize, out: &mut Vec<u8>) {
    out.extend(number(count));
}

/// How many there are, as borsh writes it, too.
pub(super) fn read_count(bytes: &mut &[u8]) -> Option<usize> {
    let (count, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    usize::try_from(u32::from_le_bytes(*count)).ok()
}

fn take(bytes: &mut &'static [u8], count: usize) -> Option<&'static [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

/// What bytes made by a test are read from.
#[cfg(test)]
pub(super) fn kept(bytes: Vec<u8>) -> &'static [u8] {
    bytes.leak()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let numbers: Numbers = [1, 70_000].into_iter().collect();
        let rows: Rows<3> = [*b"ice"].into_iter().collect();
        let texts: Texts = ["heat", "", "ice"].into_iter().collect();
        let mut out = Vec::new();
        numbers.write(&mut out);
        rows.write(&mut out);
        texts.write(&mut out);
        let short = kept(out[..7].to_vec());
        let rest = &mut kept(out);
        assert_eq!(Numbers::read(rest), Some(numbers));
        assert_eq!(Rows::read(rest), Some(rows));
        let read = Texts::read(rest).unwrap();
        assert_eq!(read, texts);
        assert_eq!(read.iter().collect::<Vec<_>>(), ["heat", "", "ice"]);
        assert!(rest.is_empty());
        assert_eq!(Numbers::read(&mut &*short), None);
    }
}
