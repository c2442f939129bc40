//! Where the lines of a text begin, and how many columns lie before a byte.

/// The lines of a text, and how many units stand before every 256th byte, so that a column in a very long line costs no
/// more than in a short one.
pub(crate) struct Columns {
    /// The first byte of each line.
    pub(crate) starts: Vec<usize>,
    /// Empty when units are bytes.
    units_before: Vec<usize>,
    count: fn(&[u8]) -> usize,
}

const STRIDE: usize = 256;

impl Columns {
    /// Looks for the lines of a text; `\n`, `\r\n` and a lone `\r` end one. `count` says how many units some bytes are, each
    /// character being counted at its first one; of ASCII, every byte is one.
    pub(crate) fn of(text: &str, count: fn(&[u8]) -> usize) -> Self {
        let mut columns = Self::of_bytes(text);
        columns.count = count;
        if !text.is_ascii() {
            let mut units = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                columns.units_before.push(units);
                units += count(chunk);
            }
        }
        columns
    }

    /// The same, with bytes for units.
    pub(crate) fn of_bytes(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let splits_pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !splits_pair {
                starts.push(at + 1);
            }
        }
        Self { starts, units_before: Vec::new(), count: <[u8]>::len }
    }

    /// The line that a byte stands on, from 0.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    /// How many units stand before a byte of the text.
    pub(crate) fn units(&self, text: &str, byte: usize) -> usize {
        // Past the last stride there is the end of the text alone.
        let Some(last) = self.units_before.len().checked_sub(1) else { return byte };
        let stride = last.min(byte / STRIDE);
        self.units_before[stride] + (self.count)(&text.as_bytes()[stride * STRIDE..byte])
    }

    /// A byte with no more than so many units before it, from which on they can be counted; `None` when units are bytes.
    pub(crate) fn byte_before(&self, units: usize) -> Option<usize> {
        let stride = self.units_before.partition_point(|&before| before <= units).saturating_sub(1);
        (!self.units_before.is_empty()).then_some(stride * STRIDE)
    }
}
