//! Front matter is split off and read whatever it holds; every place is one of the file, and schemas judge all of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use soreaid_lint::document::front_matter::FrontMatter;
use soreaid_lint::document::yaml::{Node, Value};
use soreaid_lint::schema::Schema;
use soreaid_lint_fuzz::{assert_within, source};

fn assert_nodes(text: &str, node: &Node) {
    assert_within(text, node.span);
    match &node.value {
        Value::Sequence(nodes) => nodes.iter().for_each(|it| assert_nodes(text, it)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| {
            assert_within(text, entry.key_span);
            assert_nodes(text, &entry.value);
        }),
        _ => {}
    }
}

fuzz_target!(|text: &str| {
    // The fuzzer need not find the fence each time.
    let fenced = format!("---\n{text}");
    for text in [text, &fenced] {
        let source = source(text);
        let Some(front_matter) = FrontMatter::of(&source) else { continue };
        assert!(text.is_char_boundary(front_matter.end));
        front_matter.root.iter().for_each(|root| assert_nodes(text, root));
        front_matter.problems.iter().for_each(|it| assert_within(text, it.span));
        front_matter.comments.iter().for_each(|it| assert_within(text, *it));
        for name in ["article", "reviewed-health-article"] {
            let schema = Schema::bundled(name).expect("bundled");
            for it in schema.violations(front_matter.root.as_ref(), front_matter.fence) {
                assert_within(text, it.span);
            }
        }
    }
});
