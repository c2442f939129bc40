//! A configuration is understood, or refused with a place; what is understood says what holds for any file.

#![no_main]

use std::io::Write;
use std::path::Path;

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use soreaid_lint::config::{Configuration, RuleShape};
use soreaid_lint::rules::RULES;

fuzz_target!(|text: &str| {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("it is written");
    let shapes: Vec<RuleShape> = RULES.iter().map(|rule| rule.shape()).collect();
    match Configuration::load(file.path(), &shapes) {
        Ok(configuration) => {
            for path in ["/site/a.md", "/site/drafts/b.mdx", "/", "/é/\n"] {
                configuration.takes(Path::new(path));
                configuration.settings(Path::new(path), date(2026, 11, 23));
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
