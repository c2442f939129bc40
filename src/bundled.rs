//! The packs that come with the program, read and compiled when it was built: starting costs no more than reading bytes.

use std::path::Path;

use borsh::BorshDeserialize;

use crate::knowledge::{Knowledge, PackError, Packs};

/// What the packs of `rules/` say, compiled.
pub fn knowledge() -> Knowledge {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
    written(Knowledge::from_bytes(bytes))
}

/// The packs of `rules/`, with all that is said in them.
pub fn packs() -> Packs {
    written(Packs::try_from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"))).ok())
}

/// The packs of `rules/` with more of them, each a path and its text. Their entries replace those with the same id.
pub fn extended<'t>(more: impl IntoIterator<Item = (&'t Path, &'t str)>) -> Result<Packs, PackError> {
    let mut packs = packs();
    for (path, text) in more {
        packs.add(text, path)?;
    }
    Ok(packs)
}

fn written<T>(read: Option<T>) -> T {
    read.expect("written by the build of this very program")
}
