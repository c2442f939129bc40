//! Fixes come to an end, bring in no finding, and leave nothing for a second time.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use soreaid_lint::diagnostic::Applicability;
use soreaid_lint::engine::Checked;
use soreaid_lint_fuzz::{assert_sound, check, fixed, source};

fn counts(checked: &Checked) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for it in &checked.diagnostics {
        *counts.entry(it.rule).or_default() += 1;
    }
    counts
}

fuzz_target!(|text: &str| {
    let before = counts(&check(&source(text)));
    for boldest in [Applicability::Safe, Applicability::Unsafe] {
        let once = fixed(text, boldest);
        assert_sound(once.source.text(), &once.checked);
        for (rule, count) in counts(&once.checked) {
            assert!(count <= before.get(rule).copied().unwrap_or(0), "{rule} grows");
        }
        let twice = fixed(once.source.text(), boldest);
        assert_eq!(twice.source.text(), once.source.text());
        assert_eq!(twice.count, 0);
    }
});
