//! Comments to the program are read whatever they say, in the body and in front matter.

#![no_main]

use libfuzzer_sys::fuzz_target;
use soreaid_lint::document::Document;
use soreaid_lint::suppression::{Reason, Says, instructions};
use soreaid_lint_fuzz::{assert_sound, assert_within, check, source};

fuzz_target!(|text: &str| {
    let in_body = format!("# Tea\n\n<!-- soreaid-lint: {text} -->\n\n## Leaves\n\n## Leaves\n");
    let in_front_matter = format!("---\ntitle: Tea\n# soreaid-lint: {text}\ntags: [a]\n---\n\n## Leaves\n");
    for text in [text, &in_body, &in_front_matter] {
        let source = source(text);
        let document = Document::parse(&source);
        for it in instructions(&document) {
            assert_within(text, it.span);
            let Says::Allow(allow) = it.says else { continue };
            assert_within(text, allow.covers);
            allow.rules.iter().for_each(|named| assert_eq!(source.slice(named.span), named.id));
            if let Reason::Unlabelled(span) = allow.reason {
                assert_within(text, span);
            }
        }
        assert_sound(text, &check(&source));
    }
});
