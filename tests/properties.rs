//! What holds for every article, tried on all fixtures and on articles cut together from them at random: spans lie on
//! character boundaries within the file, order is fixed, line endings and threads change nothing, fixes come to an end.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use soreaid_lint::bundled;
use soreaid_lint::config::{Configurations, Settings};
use soreaid_lint::diagnostic::{Applicability, Diagnostic, Place};
use soreaid_lint::document::Document;
use soreaid_lint::engine::{Checked, Engine};
use soreaid_lint::fix::fixed;
use soreaid_lint::run::Run;
use soreaid_lint::source::Source;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(bundled::knowledge, |_| true));

/// All Markdown of the fixtures that is text.
static FIXTURES: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(|| {
    let mut found = Vec::new();
    collect(Path::new("fixtures"), &mut found);
    found.sort();
    found
});

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|it| it == "md" || it == "mdx")
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((path, text));
        }
    }
}

fn check(source: &Source) -> Checked {
    ENGINE.check(source, &Settings::new(date(2026, 11, 23))).expect("bundled packs")
}

fn places(it: &Diagnostic) -> impl Iterator<Item = Place> {
    std::iter::once(it.place).chain(it.labels.iter().map(|label| label.place))
}

/// Blocks within the file, marked words within their blocks.
fn assert_document_is_sound(source: &Source) {
    for block in &Document::parse(source).content.blocks {
        assert!(source.text().get(block.span.range()).is_some(), "{block:?}");
        for mark in &block.marks {
            assert!(block.prose.text().get(mark.range.clone()).is_some_and(|it| !it.is_empty()), "{block:?}");
        }
    }
}

/// Spans, lines, columns, order and edits of everything that is found.
fn assert_sound(path: &Path, text: &str) {
    let source = Source::from_text(path, text);
    assert_document_is_sound(&source);
    let diagnostics = check(&source).diagnostics;
    for it in &diagnostics {
        for place in places(it) {
            let span = place.span;
            assert!(text.get(span.range()).is_some(), "{}: {span:?} in {text:?}", it.rule);
            assert_eq!((place.start, place.end), (source.position(span.start), source.position(span.end)));
        }
        for edit in it.fixes.iter().flat_map(|fix| &fix.edits) {
            assert!(text.get(edit.span.range()).is_some(), "{}: {edit:?} in {text:?}", it.rule);
        }
        assert!(!it.message.contains(['\n', '\r']), "{}: {:?}", it.rule, it.message);
    }
    assert!(diagnostics.is_sorted_by_key(|it| (it.place.span, it.rule)), "{text:?}");
    let again = check(&source).diagnostics;
    let shown = |all: &[Diagnostic]| all.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>();
    assert_eq!(shown(&again), shown(&diagnostics), "{text:?}");
}

/// What is found, in words that do not depend on line endings.
fn found(path: &Path, text: String) -> Vec<(usize, &'static str, String)> {
    let diagnostics = check(&Source::from_text(path, text)).diagnostics;
    diagnostics.into_iter().map(|it| (it.place.start.line, it.rule, it.fingerprint)).collect()
}

fn assert_same_with_other_line_endings(path: &Path, text: &str) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lf = found(path, text.clone());
    assert_eq!(found(path, text.replace('\n', "\r\n")), lf, "{text:?}");
}

/// The text with all fixes, which leave nothing to fix.
fn assert_fixes_end(path: &Path, text: &str) {
    let fix = |text: &str| {
        let source = Source::from_text(path, text);
        let checked = check(&source);
        fixed::<()>(source, checked, Applicability::Unsafe, |it| Ok(check(it))).expect("bundled packs")
    };
    let once = fix(text);
    let twice = fix(once.source.text());
    assert_eq!(twice.source.text(), once.source.text(), "{text:?}");
    assert_eq!(twice.count, 0, "{text:?}");
}

#[test]
fn what_is_found_in_fixtures_is_sound() {
    for (path, text) in FIXTURES.iter() {
        assert_sound(path, text);
    }
}

#[test]
fn line_endings_change_nothing_in_fixtures() {
    for (path, text) in FIXTURES.iter() {
        assert_same_with_other_line_endings(path, text);
    }
}

#[test]
fn one_thread_finds_what_many_find() {
    let paths: Vec<PathBuf> = FIXTURES.iter().map(|(path, _)| path.clone()).collect();
    let configurations = Configurations::isolated(Vec::new());
    let run = Run {
        engine: &ENGINE,
        configurations: &configurations,
        today: date(2026, 11, 23),
        baseline: None,
        cache: None,
        fixing: None,
        keeps_texts: false,
    };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let report = pool.install(|| run.check_files(&paths, || ()));
        report.diagnostics.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>()
    };
    assert_eq!(with(8), with(1));
}

/// A piece of a fixture: which one, and from where to where, in thousandths of its length.
fn piece() -> impl Strategy<Value = (usize, usize, usize)> {
    (0..FIXTURES.len(), 0..1000_usize, 0..1000_usize)
}

/// Text that no fixture holds, between the pieces.
const GLUE: &[&str] = &[
    "",
    "",
    "\n",
    "\n\n",
    "---\n",
    "> ",
    "- ",
    "1. ",
    "```\n",
    "<!-- ",
    " -->",
    "\u{feff}",
    "\0",
    "é",
    "\u{301}",
    "👩‍👩‍👧",
    "&amp;",
    "\\",
    "|",
    "<p>",
    "</p>",
    "<pre>",
    "<em>",
    "</b> ",
    "*",
    "**",
    "[",
    "](",
    "\t",
    "\u{2028}",
    "\u{a0}",
    "{{< ",
    " >}}",
    "10 minutes",
    "ice pack",
];

fn spliced(pieces: &[((usize, usize, usize), usize)]) -> String {
    let mut text = String::new();
    for &((fixture, one, two), glue) in pieces {
        let whole = &FIXTURES[fixture].1;
        let at = |thousandths: usize| {
            let wanted = whole.len() * thousandths / 1000;
            (0..=wanted).rfind(|it| whole.is_char_boundary(*it)).unwrap_or_default()
        };
        text.push_str(&whole[at(one.min(two))..at(one.max(two))]);
        text.push_str(GLUE[glue]);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_holds_for_fixtures_holds_for_splices_of_them(
        pieces in prop::collection::vec((piece(), 0..GLUE.len()), 1..5)
    ) {
        let text = spliced(&pieces);
        let path = Path::new("spliced.md");
        assert_sound(path, &text);
        assert_same_with_other_line_endings(path, &text);
        assert_fixes_end(path, &text);
    }
}
