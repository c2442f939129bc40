//! Reads and compiles the packs of `rules/`, so that the program has not to do it at every start.
//!
//! A pack that does not hold together ends the build with its place and what is wrong.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    unfulfilled_lint_expectations,
    reason = "the modules of the program, of which this needs a part"
)]

use std::path::PathBuf;
use std::{env, fs};

use knowledge::cues::CuePack;
use knowledge::packs::BUNDLED;
use knowledge::{Knowledge, Packs};

#[path = "src/citation.rs"]
mod citation;
#[path = "src/knowledge/mod.rs"]
mod knowledge;
#[path = "src/locale.rs"]
mod locale;
#[path = "src/severity.rs"]
mod severity;
#[path = "src/document/words.rs"]
mod words;

mod document {
    pub(crate) use crate::words;
}

const CUES: &str = "rules/cues.yaml";

#[expect(clippy::disallowed_methods, reason = "a build reads files")]
fn main() -> anyhow::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let texts = BUNDLED.iter().map(|path| Ok((*path, fs::read_to_string(path)?)));
    let cues = CuePack::read(&fs::read_to_string(CUES)?)?;
    let packs = Packs::read(texts.collect::<Result<Vec<_>, std::io::Error>>()?, cues)?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(folder.join("packs.bin"), borsh::to_vec(&packs)?)?;
    fs::write(folder.join("knowledge.bin"), Knowledge::compile(packs)?.to_bytes()?)?;
    Ok(())
}
