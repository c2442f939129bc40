//! What the targets share: how an article is checked, and what must hold for all that is found in it.

use std::sync::LazyLock;

use jiff::civil::date;
use soreaid_lint::bundled;
use soreaid_lint::config::Settings;
use soreaid_lint::diagnostic::Applicability;
use soreaid_lint::document::Document;
use soreaid_lint::engine::{Checked, Engine};
use soreaid_lint::fix::{self, Fixed};
use soreaid_lint::source::Source;
use soreaid_lint::span::Span;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(bundled::knowledge, |_| true));

/// An article; one that begins as MDX does is read as such.
pub fn source(text: &str) -> Source {
    let name = if text.starts_with("import ") { "article.mdx" } else { "article.md" };
    Source::from_text(name, text)
}

/// What all rules find.
pub fn check(source: &Source) -> Checked {
    ENGINE.check(source, &Settings::new(date(2026, 11, 23))).expect("bundled packs")
}

/// An article with its fixes applied.
pub fn fixed(text: &str, boldest: Applicability) -> Fixed {
    let source = source(text);
    let checked = check(&source);
    fix::fixed::<()>(source, checked, boldest, |it| Ok(check(it))).expect("bundled packs")
}

/// Asserts that a span lies within a text, on boundaries of characters.
pub fn assert_within(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?}");
}

/// Asserts what holds for every block, for every finding, and their order.
pub fn assert_sound(text: &str, checked: &Checked) {
    for block in &Document::parse(&source(text)).content.blocks {
        assert_within(text, block.span);
        block
            .marks
            .iter()
            .for_each(|mark| assert!(block.prose.text().get(mark.range.clone()).is_some(), "{block:?}"));
    }
    for it in &checked.diagnostics {
        assert_within(text, it.place.span);
        it.labels.iter().for_each(|label| assert_within(text, label.place.span));
        it.fixes.iter().flat_map(|fix| &fix.edits).for_each(|edit| assert_within(text, edit.span));
        assert!(!it.message.contains(['\n', '\r']), "{}", it.message);
    }
    assert!(checked.diagnostics.is_sorted_by_key(|it| (it.place.span, it.rule)));
}
