//! A pack is understood, or refused; what is understood can be compiled, or is refused then.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use soreaid_lint::knowledge::cues::CuePack;
use soreaid_lint::knowledge::{Knowledge, Packs};

static BUNDLED: LazyLock<Packs> = LazyLock::new(|| Packs::bundled().expect("bundled packs"));

fuzz_target!(|text: &str| {
    let mut packs = BUNDLED.clone();
    if packs.add(text, Path::new("pack.yaml")).is_ok() {
        let _ = Knowledge::compile(packs, &CuePack::bundled());
    }
});
