//! A pack is understood and compiled beside the bundled ones, or refused with a reason.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use soreaid_lint::bundled;
use soreaid_lint::knowledge::Knowledge;

static BUNDLED: LazyLock<Knowledge> = LazyLock::new(bundled::knowledge);

fuzz_target!(|text: &str| {
    if let Err(error) = BUNDLED.extended([(Path::new("pack.yaml"), text)]) {
        assert!(!error.to_string().is_empty());
    }
});
