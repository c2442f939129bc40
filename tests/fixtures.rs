//! Articles and the reports expected beside them.
//!
//! `fixtures/rules/<rule>/flags-*.md` with `flags-*.txt` beside; `allows-*.md` stays without a finding of the rule.
//! A folder `flags-*/` or `allows-*/` holds articles that are checked in one run; its report stands beside it.
//! A `.yaml` beside an article is the configuration that it is checked with.
//! `fixtures/articles/` are checked by all rules; `*.expected.yaml` says what a careful editor expects of which passage. `UPDATE_EXPECT=1` writes what the program reports now, and a missing report is written.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::date;
use soreaid_lint::config::{Configuration, Configurations, Settings};
use soreaid_lint::diagnostic::Diagnostic;
use soreaid_lint::discover::discover;
use soreaid_lint::document::Document;
use soreaid_lint::engine::Engine;
use soreaid_lint::reading::Reading;
use soreaid_lint::rules::{RULES, rule};
use soreaid_lint::run::Run;
use soreaid_lint::source::Source;
use soreaid_lint::span::Span;

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "md"));
    files.sort();
    files
}

fn read(path: &Path) -> Source {
    let text = String::from_utf8(fs::read(path).expect("a fixture")).expect("UTF-8");
    Source::from_text(path, text)
}

fn check(engine: &Engine, path: &Path) -> Vec<Diagnostic> {
    engine.check(&read(path), &settings(path)).expect("bundled packs").diagnostics
}

/// What holds for an article: the configuration beside it, if there is one.
fn settings(path: &Path) -> Arc<Settings> {
    let today = date(2026, 11, 23);
    let beside = path.with_extension("yaml");
    if !beside.exists() {
        return Arc::new(Settings::new(today));
    }
    let shapes: Vec<_> = RULES.iter().map(|rule| rule.shape()).collect();
    let configuration = Configuration::load(&beside, &shapes).expect("a configuration");
    configuration.settings(&fs::canonicalize(path).expect("a fixture"), today)
}

fn report(diagnostics: &[Diagnostic]) -> String {
    let lines = diagnostics.iter().map(|it| {
        let (start, end) = (it.place.start, it.place.end);
        let place = format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column);
        assert!(!it.message.contains(['\n', '\r']), "{}: {}", it.path.display(), it.message);
        format!("{place}: {}[{}]: {}\n", it.severity, it.rule, it.message)
    });
    lines.collect::<Vec<_>>().concat()
}

/// The folders of a rule that hold articles to be checked together.
fn runs(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut folders: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    let begins = |it: &Path, prefix: &str| name(it).starts_with(prefix);
    folders.retain(|it| it.is_dir() && (begins(it, "flags-") || begins(it, "allows-")));
    folders.sort();
    folders
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// What one run over a folder finds, each article under its path from there on.
fn report_of_run(engine: &Engine, folder: &Path, rule: &str) -> String {
    let shapes: Vec<_> = RULES.iter().map(|rule| rule.shape()).collect();
    let configurations = Configurations::nearest(shapes);
    let found = discover(&[folder.to_owned()], &configurations);
    let today = date(2026, 11, 23);
    let run = Run {
        engine,
        configurations: &configurations,
        today,
        baseline: None,
        cache: None,
        fixing: None,
        keeps_texts: true,
    };
    let checked = run.check_files(&found.articles, || ());
    assert_eq!(checked.failures, [], "{}", folder.display());
    let shown = |path: &Path| path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
    let prefix = format!("{}/", folder.display());
    let lines = checked.diagnostics.iter().filter(|it| it.rule == rule).map(|it| {
        let labels = it.labels_elsewhere().map(|(path, label)| {
            let at = label.place.start;
            format!("  {}:{}:{}: {}\n", shown(path), at.line, at.column, label.message)
        });
        let line = report(std::slice::from_ref(it)).replace(&prefix, "");
        format!("{}:{line}{}", shown(&it.path), labels.collect::<String>())
    });
    lines.collect()
}

fn expect(path: &Path, actual: &str) {
    let beside = path.with_extension("txt");
    let expected = fs::read(&beside).map(|it| String::from_utf8_lossy(&it).into_owned()).unwrap_or_default();
    if std::env::var_os("UPDATE_EXPECT").is_some() || !beside.exists() {
        fs::write(&beside, actual).expect("the expectation is written");
    } else {
        assert_eq!(actual, expected, "{}", path.display());
    }
}

#[test]
fn every_rule_has_a_file_and_fixtures() {
    let mut stems: Vec<String> = fs::read_dir("src/rules")
        .expect("src/rules")
        .map(|it| it.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|stem| stem != "mod")
        .collect();
    stems.sort();
    let table: Vec<String> = RULES.iter().map(|rule| rule.id.replace('-', "_")).collect();
    let missing: Vec<&String> = stems.iter().filter(|stem| !table.contains(stem)).collect();
    assert!(missing.is_empty(), "add these lines to the table in src/rules/mod.rs: {missing:?}");
    assert_eq!(table, stems, "the table is sorted, and every id is its file's name");
    for rule in RULES {
        let folder = format!("fixtures/rules/{}", rule.id);
        let fixtures: Vec<PathBuf> = files(&folder).into_iter().chain(runs(&folder)).collect();
        let named = |prefix: &str| fixtures.iter().any(|it| name(it).starts_with(prefix));
        assert!(named("flags-"), "{} has no flags-*.md", rule.id);
        assert!(named("allows-"), "{} has no allows-*.md", rule.id);
        for heading in ["## What it flags", "## Why it matters", "## Example", "## Instead"] {
            assert!(rule.docs.contains(heading), "{} lacks `{heading}`", rule.id);
        }
        assert!(rule.summary.starts_with(char::is_lowercase) || rule.summary.starts_with('`'), "{}", rule.id);
    }
}

#[test]
fn rules_flag_and_allow_what_their_fixtures_say() {
    for folder in RULES.iter().map(|rule| rule.id) {
        let rule = rule(folder).expect("a rule");
        // What hides nothing can be seen only where the rule that it names runs, too.
        let engine = Engine::new(soreaid_lint::bundled::knowledge, |it| {
            it.id == rule.id || rule.id.ends_with("suppression")
        });
        for path in files(&format!("fixtures/rules/{folder}")) {
            let mut diagnostics = check(&engine, &path);
            diagnostics.retain(|it| it.rule == rule.id);
            if name(&path).starts_with("allows-") {
                assert_eq!(report(&diagnostics), "", "{}", path.display());
            } else {
                assert!(!diagnostics.is_empty(), "{} is not flagged", path.display());
                expect(&path, &report(&diagnostics));
            }
        }
        for path in runs(&format!("fixtures/rules/{folder}")) {
            let found = report_of_run(&engine, &path, rule.id);
            if name(&path).starts_with("allows-") {
                assert_eq!(found, "", "{}", path.display());
            } else {
                assert!(!found.is_empty(), "{} is not flagged", path.display());
                expect(&path, &found);
            }
        }
    }
}

#[test]
fn whole_articles_are_reported_as_expected() {
    let engine = Engine::new(soreaid_lint::bundled::knowledge, |_| true);
    for path in files("fixtures/articles") {
        expect(&path, &report(&check(&engine, &path)));
    }
}

#[test]
fn the_model_article_passes() {
    let engine = Engine::new(soreaid_lint::bundled::knowledge, |_| true);
    assert_eq!(report(&check(&engine, Path::new("fixtures/articles/model-article.md"))), "");
}

#[test]
fn odd_sources_are_reported_at_exact_places() {
    let engine = Engine::new(soreaid_lint::bundled::knowledge, |_| true);
    for path in files("fixtures/source") {
        expect(&path, &report(&check(&engine, &path)));
    }
}

/// Every span of every fixture lies within the file, on character boundaries, and slices to what it claims.
#[test]
fn every_span_slices_the_source_to_what_it_claims() {
    let knowledge = soreaid_lint::bundled::knowledge();
    let engine = Engine::new(soreaid_lint::bundled::knowledge, |_| true);
    let mut folders = vec!["fixtures/articles".to_owned(), "fixtures/source".to_owned()];
    folders.extend(RULES.iter().map(|rule| format!("fixtures/rules/{}", rule.id)));
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let source = read(&path);
        let document = Document::parse(&source);
        let text = source.text();
        for block in &document.content.blocks {
            assert!(text.get(block.span.range()).is_some(), "{}: {:?}", path.display(), block.span);
            let visible = block.prose.text();
            for (at, character) in visible.char_indices() {
                let span = block.prose.source_span(at..at + character.len_utf8());
                let written =
                    text.get(span.range()).unwrap_or_else(|| panic!("{}: {span:?}", path.display()));
                let same = written.starts_with(character);
                let replaced = character.is_whitespace()
                    || character == '\u{fffc}'
                    || written.starts_with(['&', '\\', '\'']);
                assert!(same || replaced, "{}: {character:?} came from {written:?}", path.display());
            }
        }
        for image in &document.content.images {
            let written = source.slice(image.span);
            assert!(
                written.starts_with("![") || written.starts_with("<img"),
                "{}: {written}",
                path.display()
            );
        }
        for comment in &document.content.comments {
            assert!(source.slice(*comment).starts_with("<!--"), "{}", path.display());
        }
        let reading = Reading::of(&document, &knowledge);
        for mention in &reading.mentions {
            assert!(!source.slice(mention.span).trim().is_empty(), "{}", path.display());
        }
        for it in
            engine.check(&source, &Settings::new(date(2026, 11, 23))).expect("bundled packs").diagnostics
        {
            let spans = std::iter::once(it.place).chain(it.labels.iter().map(|label| label.place));
            for place in spans {
                assert!(text.get(place.span.range()).is_some(), "{}: {:?}", path.display(), place.span);
                assert!(place.start <= place.end, "{}", path.display());
            }
        }
    }
}

/// The same article with other line endings gives the same findings on the same lines.
#[test]
fn line_endings_change_nothing() {
    let engine = Engine::new(soreaid_lint::bundled::knowledge, |_| true);
    let settings = Settings::new(date(2026, 11, 23));
    for path in files("fixtures/articles") {
        let source = read(&path);
        let crlf = Source::from_text(&path, source.text().replace('\n', "\r\n"));
        let cr = Source::from_text(&path, source.text().replace('\n', "\r"));
        let lines = |source: &Source| -> Vec<(usize, &str)> {
            engine
                .check(source, &settings)
                .expect("bundled packs")
                .diagnostics
                .iter()
                .map(|it| (it.place.start.line, it.rule))
                .collect()
        };
        assert_eq!(lines(&source), lines(&crlf), "{}", path.display());
        assert_eq!(lines(&source), lines(&cr), "{}", path.display());
    }
}

/// What a careful editor expects of a passage.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    text: String,
    rules: Vec<String>,
    why: String,
}

#[test]
fn an_article_is_read_as_a_careful_editor_reads_it() {
    let article = Path::new("fixtures/articles/post-massage-soreness.md");
    let beside = fs::read_to_string(article.with_extension("expected.yaml")).expect("expectations");
    let expected: Vec<Expected> = serde_saphyr::from_str(&beside).expect("expectations");
    let source = read(article);
    let diagnostics = check(&Engine::new(soreaid_lint::bundled::knowledge, |_| true), article);
    for Expected { text, rules, why } in expected {
        let start = source.text().find(&text).unwrap_or_else(|| panic!("the article has no `{text}`"));
        let passage = Span::new(start, start + text.len());
        let found: BTreeSet<&str> =
            diagnostics.iter().filter(|it| it.place.span.overlaps(passage)).map(|it| it.rule).collect();
        assert_eq!(found, rules.iter().map(String::as_str).collect(), "{text}: {why}");
    }
}
