//! What is compiled, as plain bytes: read back list by list with no work for each number, because that is done at every start.

/// Writes numbers, low bytes first, after how many they are.
pub(super) fn write(numbers: &[u32], out: &mut Vec<u8>) {
    write_count(numbers.len(), out);
    out.extend(numbers.iter().flat_map(|it| it.to_le_bytes()));
}

/// Takes what [`write`] wrote; `None` where the bytes end before.
pub(super) fn read(bytes: &mut &[u8]) -> Option<Vec<u32>> {
    Some(numbers(bytes)?.iter().map(|&it| u32::from_le_bytes(it)).collect())
}

/// The same, so many numbers at once, each still as its bytes.
pub(super) fn read_rows<'b, const N: usize>(bytes: &mut &'b [u8]) -> Option<&'b [[Number; N]]> {
    Some(numbers(bytes)?.as_chunks().0)
}

/// A number, low bytes first.
pub(super) type Number = [u8; 4];

fn numbers<'b>(bytes: &mut &'b [u8]) -> Option<&'b [Number]> {
    let count = read_count(bytes)?;
    Some(take(bytes, count.checked_mul(size_of::<Number>())?)?.as_chunks().0)
}

/// The same for numbers of 64 bits.
pub(super) fn write_long(numbers: &[u64], out: &mut Vec<u8>) {
    write_count(numbers.len(), out);
    out.extend(numbers.iter().flat_map(|it| it.to_le_bytes()));
}

/// Takes what [`write_long`] wrote; `None` where the bytes end before.
pub(super) fn read_long(bytes: &mut &[u8]) -> Option<Vec<u64>> {
    let count = read_count(bytes)?;
    let numbers = take(bytes, count.checked_mul(size_of::<u64>())?)?.as_chunks().0;
    Some(numbers.iter().map(|&it| u64::from_le_bytes(it)).collect())
}

/// Writes bytes after how many they are.
pub(super) fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    write_count(bytes.len(), out);
    out.extend_from_slice(bytes);
}

/// Takes what [`write_bytes`] wrote.
pub(super) fn read_bytes<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let count = read_count(bytes)?;
    take(bytes, count)
}

/// Writes texts after how many they are.
pub(super) fn write_texts<'t>(texts: impl ExactSizeIterator<Item = &'t String>, out: &mut Vec<u8>) {
    write_count(texts.len(), out);
    texts.for_each(|it| write_bytes(it.as_bytes(), out));
}

/// Takes what [`write_texts`] wrote.
pub(super) fn read_texts(bytes: &mut &[u8]) -> Option<Vec<String>> {
    let count = read_count(bytes)?;
    (0..count).map(|_| String::from_utf8(read_bytes(bytes)?.to_vec()).ok()).collect()
}

fn write_count(count: usize, out: &mut Vec<u8>) {
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn read_count(bytes: &mut &[u8]) -> Option<usize> {
    let (count, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    usize::try_from(u32::from_le_bytes(*count)).ok()
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let texts = vec!["ice".to_owned(), String::new()];
        let mut out = Vec::new();
        write(&[1, 70_000], &mut out);
        write_long(&[u64::MAX], &mut out);
        write_bytes(b"heat", &mut out);
        write_texts(texts.iter(), &mut out);
        let rest = &mut &*out;
        assert_eq!(read(rest), Some(vec![1, 70_000]));
        assert_eq!(read_long(rest), Some(vec![u64::MAX]));
        assert_eq!(read_bytes(rest), Some(&b"heat"[..]));
        assert_eq!(read_texts(rest), Some(texts));
        assert!(rest.is_empty());
        assert_eq!(read(&mut &out[..7]), None);
    }
}
