//! Lists of numbers as plain bytes: read back in one go, where a list of values would be read one by one.

use std::io::{self, Read, Write};

use borsh::{BorshDeserialize, BorshSerialize};

/// Writes numbers, low bytes first.
#[expect(clippy::ptr_arg, reason = "what the derived code calls it with")]
pub(super) fn write<W: Write>(numbers: &Vec<u32>, writer: &mut W) -> io::Result<()> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|it| it.to_le_bytes()).collect();
    bytes.serialize(writer)
}

/// Reads what [`write`] wrote.
pub(super) fn read<R: Read>(reader: &mut R) -> io::Result<Vec<u32>> {
    let bytes = Vec::<u8>::deserialize_reader(reader)?;
    Ok(bytes.as_chunks().0.iter().map(|&it| u32::from_le_bytes(it)).collect())
}
