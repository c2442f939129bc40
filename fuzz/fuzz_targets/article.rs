//! Any text is an article: all rules run over it, and all that they find has its place. Other line ends change nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use soreaid_lint_fuzz::{assert_sound, check, source};

fuzz_target!(|text: &str| {
    let checked = check(&source(text));
    assert_sound(text, &checked);
    if !text.contains('\r') {
        let other = text.replace('\n', "\r\n");
        let other_checked = check(&source(&other));
        assert_sound(&other, &other_checked);
        let lines = |it: &soreaid_lint::engine::Checked| -> Vec<_> {
            it.diagnostics.iter().map(|it| (it.place.start.line, it.rule)).collect()
        };
        assert_eq!(lines(&checked), lines(&other_checked));
    }
});
