//! The packs that come with the program, read and compiled when it was built: starting costs no more than reading bytes.

use crate::knowledge::Knowledge;

/// What the packs of `rules/` say.
///
/// # Panics
///
/// Never: the build that wrote these bytes had the same types.
pub fn knowledge() -> Knowledge {
    borsh::from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin")))
        .expect("written by the build of this very program")
}
