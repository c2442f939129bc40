//! A pack is understood and compiled beside the bundled ones, or refused with a reason.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use soreaid_lint::bundled;
use soreaid_lint::knowledge::Knowledge;

fuzz_target!(|text: &str| {
    let refusal = match bundled::extended([(Path::new("pack.yaml"), text)]) {
        Ok(packs) => Knowledge::compile(packs).err().map(|error| error.to_string()),
        Err(error) => Some(error.to_string()),
    };
    assert!(refusal.is_none_or(|reason| !reason.is_empty()));
});
