//! What fixes make of articles, and what becomes of the files.
//!
//! `fixtures/fix/<name>/before.md` becomes `after.md` by safe fixes and `after-unsafe.md` by all of them; a missing one
//! says that nothing changes, or nothing more. `UPDATE_EXPECT=1` writes them.

#![expect(clippy::disallowed_methods, reason = "a test may read and write files")]

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::date;
use proptest::prelude::*;
use soreaid_lint::config::Settings;
use soreaid_lint::diagnostic::Applicability;
use soreaid_lint::document::Document;
use soreaid_lint::document::blocks::BlockKind;
use soreaid_lint::engine::{Checked, Engine};
use soreaid_lint::fix::{Fixed, fixed};
use soreaid_lint::rules::RULES;
use soreaid_lint::source::Source;

use program::{folder, program, run, run_on, status, text};

const BOLD: &str = "---\ntitle: Boots\n---\n\n# Boots\n\n**How to try them on**\n\nGo in the afternoon, in the socks that you will wear.\n";
const MARKED: &str = "---\ntitle: Boots\n---\n\n# Boots\n\n## How to try them on\n\nGo in the afternoon, in the socks that you will wear.\n";

fn engine() -> Engine {
    Engine::new(soreaid_lint::bundled::knowledge, |_| true)
}

fn check(engine: &Engine, source: &Source) -> Checked {
    engine.check(source, &Settings::new(date(2026, 11, 23))).expect("bundled packs")
}

fn fix(engine: &Engine, source: Source, boldest: Applicability) -> Fixed {
    let checked = check(engine, &source);
    fixed::<()>(source, checked, boldest, |it| Ok(check(engine, it))).expect("bundled packs")
}

/// Files with such a name; what is no text is nothing to fix.
fn below(folder: &Path, name_ends: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(below(&path, name_ends));
        } else if path.to_string_lossy().ends_with(name_ends) && fs::read_to_string(&path).is_ok() {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> Source {
    Source::from_text(path, String::from_utf8(fs::read(path).expect("a fixture")).expect("UTF-8"))
}

#[test]
fn articles_become_what_their_fixtures_say() {
    let engine = engine();
    let mut wrong = Vec::new();
    for path in below(Path::new("fixtures/fix"), "before.md") {
        let before = read(&path);
        let safe = fix(&engine, read(&path), Applicability::Safe).source;
        let all = fix(&engine, read(&path), Applicability::Unsafe).source;
        let is_changed = [safe.text() != before.text(), all.text() != safe.text()];
        for (name, actual, is_changed) in
            [("after.md", &safe, is_changed[0]), ("after-unsafe.md", &all, is_changed[1])]
        {
            let beside = path.with_file_name(name);
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                let _ = fs::remove_file(&beside);
                if is_changed {
                    fs::write(&beside, actual.text()).expect("it is written");
                }
            } else if beside.exists() != is_changed || is_changed && read(&beside).text() != actual.text() {
                wrong.push(format!("{}:\n{}", beside.display(), actual.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_has_the_fixes_that_it_declares() {
    let engine = engine();
    let mut safest: BTreeMap<&str, Applicability> = BTreeMap::new();
    for path in below(Path::new("fixtures"), ".md") {
        for it in check(&engine, &read(&path)).diagnostics {
            for fix in &it.fixes {
                let known = safest.entry(it.rule).or_insert(fix.applicability);
                if fix.applicability == Applicability::Safe {
                    *known = Applicability::Safe;
                }
            }
        }
    }
    for rule in RULES {
        assert_eq!(rule.fix, safest.get(rule.id).copied(), "{}", rule.id);
    }
}

/// How many findings each rule has.
fn counts(fixed: &Fixed) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for it in &fixed.checked.diagnostics {
        *counts.entry(it.rule).or_default() += 1;
    }
    counts
}

/// What readers see of the body, without how it is marked.
fn words(source: &Source) -> String {
    let document = Document::parse(source);
    let body = document.content.blocks.iter().filter(|it| !matches!(it.kind, BlockKind::FrontMatter(_)));
    let texts: Vec<&str> = body.flat_map(|it| it.prose.text().split_whitespace()).collect();
    texts.join(" ")
}

/// A line without what fixes change: marks of headings and bold lines, numbers of items, comments, tags, pictures.
fn bare(line: &str) -> String {
    let mut line = line.to_owned();
    for (begin, end) in [("<!", '>'), ("<img", '>'), ("![", ')')] {
        while let Some(at) = line.find(begin) {
            let length = line[at..].find(end).map_or(begin.len(), |at| at + 1);
            line.replace_range(at..at + length, "");
        }
    }
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_matches(['#', '*', '_', ' ']).trim_start_matches(|c: char| c.is_ascii_digit()).to_owned()
}

fn holds_to_its_promises(engine: &Engine, path: &Path, text: &str) {
    let shown = || format!("{}:\n{text}", path.display());
    for boldest in [Applicability::Safe, Applicability::Unsafe] {
        let of = |text: &str| fix(engine, Source::from_text(path, text), boldest);
        let before = Source::from_text(path, text);
        let known = counts(&Fixed { checked: check(engine, &before), source: before, count: 0 });
        let after = of(text);
        for (rule, count) in counts(&after) {
            assert!(count <= known.get(rule).copied().unwrap_or(0), "{rule} grows: {}", shown());
        }
        let again = of(after.source.text());
        assert_eq!(again.source.text(), after.source.text(), "a second time changes more: {}", shown());
        assert_eq!(again.count, 0, "{}", shown());
        let crlf = of(&text.replace('\n', "\r\n"));
        assert_eq!(crlf.source.text(), after.source.text().replace('\n', "\r\n"), "{}", shown());
        let marked = of(&format!("\u{feff}{text}"));
        assert_eq!(marked.source.text(), format!("\u{feff}{}", after.source.text()), "{}", shown());
        let own: Vec<String> = text.lines().map(bare).collect();
        let is_changed_key = |line: &str| line.contains(':') && text.starts_with("---");
        // A blank line may stay where a line was taken out, so that its neighbours do not grow together.
        let may_be_new = |line: &str| line.trim().is_empty() || is_changed_key(line);
        for line in after.source.text().lines().filter(|line| !may_be_new(line)) {
            assert!(own.contains(&bare(line)), "`{line}` is new: {}", shown());
        }
        if boldest == Applicability::Safe {
            let seen = words(&Source::from_text(path, text));
            assert_eq!(words(&after.source), seen, "readers see something else: {}", shown());
        }
    }
}

#[test]
fn fixes_hold_to_their_promises_in_every_fixture() {
    let engine = engine();
    for path in below(Path::new("fixtures"), ".md") {
        let source = read(&path);
        // Other line endings and a byte order mark are what is added here.
        if !source.text().contains('\r') && !source.text().starts_with('\u{feff}') {
            holds_to_its_promises(&engine, &path, source.text());
        }
    }
}

const PARTS: &[&str] = &[
    "# Tea\n",
    "## Leaves\n",
    "### Water\n",
    "#### Sitting\n",
    "##### Sitting\n",
    "**How to try them on**\n",
    "The Right Socks for the Way\n",
    "Bring the socks that you will wear on the way, and leave the thin ones at home.\n",
    "Drink it slowly.\n",
    "sauna, towel, steam\n",
    "sauna, woman, relax\n",
    "1. Fill a bowl with lukewarm water.\n2. feet, water, spa\n3. Sit down and let the feet float.\n",
    "- Dry between the toes.\n\n- feet, towel, relax\n\n- Put on dry socks.\n",
    "Photo by Ida Holm on Unsplash\n",
    "[gallery ids=\"4,5\"]\n",
    "<!-- soreaid-lint: allow(duplicate-heading, empty-section) reason: the plan repeats -->\n",
    "<!-- soreaid-lint: allow(unmarked-heading) reason: a motto -->\n",
    "<p><img src=\"a.jpg\" alt=\"sauna, towel, steam\"></p>\n",
    "![sauna, towel, steam](a.jpg)\n",
    "- ![sauna, woman, relax](b.jpg)\n",
    "Sit low ![sauna, towel, steam](a.jpg?w=1&h=2) and leave when you have had enough.\n",
    "<h4>Standing</h4>\n",
    "> quoted\n",
    "```\ncode\n```\n",
    "***\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixes_hold_to_their_promises_in_articles_put_together_at_random(
        parts in prop::collection::vec((0..PARTS.len(), any::<bool>()), 1..12)
    ) {
        thread_local! { static ENGINE: Engine = engine(); }
        let mut text = String::new();
        for (part, is_apart) in parts {
            text.push_str(PARTS[part]);
            text.push_str(if is_apart { "\n" } else { "" });
        }
        ENGINE.with(|engine| holds_to_its_promises(engine, Path::new("random.md"), &text));
    }
}

fn content(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a file")
}

#[test]
fn a_fix_is_written_and_counted() {
    let place = folder(&[("a.md", BOLD), ("clean.md", &MARKED.replace("title: Boots", "title: Shoes"))]);
    let output = run(place.path(), &["--fix", "."]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "no findings in 2 articles, 1 fixed in 1 article\n");
    assert_eq!(content(place.path(), "a.md"), MARKED);
    let output = run(place.path(), &["--fix", "--format", "json", "."]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["summary"]["fixed"], 0);
}

#[test]
fn what_remains_is_reported_where_it_stands_now() {
    let place = folder(&[("a.md", &format!("{BOLD}\nPhoto by Ida Holm on Unsplash\n\n## Sources\n"))]);
    let output = run(place.path(), &["--fix", "--unsafe-fixes", "--format", "short", "a.md"]);
    assert_eq!(status(&output), 1);
    assert_eq!(text(&output.stdout), "a.md:11:1: warning[empty-section]: the section `Sources` is empty\n");
    assert_eq!(text(&output.stderr), "soreaid-lint: 2 fixed in 1 article\n");
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let place = folder(&[("a.md", BOLD), ("clean.md", MARKED)]);
    let output = run(place.path(), &["--diff", "."]);
    assert_eq!(status(&output), 1);
    let diff = text(&output.stdout);
    assert!(diff.starts_with("--- ./a.md\n+++ ./a.md\n@@ -4,6 +4,6 @@\n"), "{diff}");
    assert!(diff.contains("\n-**How to try them on**\n+## How to try them on\n"), "{diff}");
    assert_eq!(content(place.path(), "a.md"), BOLD);
    assert_eq!(status(&run(place.path(), &["--diff", "clean.md"])), 0);
    assert_eq!(status(&run(place.path(), &["--diff", "clean.md", "nowhere.md"])), 2);
}

#[test]
fn bold_fixes_have_to_be_asked_for() {
    let article = "---\ntitle: Tea\n---\n\nPhoto by Ida Holm on Unsplash\n\nHot.\n";
    let place = folder(&[("a.md", article)]);
    assert_eq!(status(&run(place.path(), &["--diff", "a.md"])), 0);
    assert_eq!(status(&run(place.path(), &["--diff", "--unsafe-fixes", "a.md"])), 1);
    assert_eq!(status(&run(place.path(), &["--unsafe-fixes", "a.md"])), 2);
    assert_eq!(status(&run(place.path(), &["--fix", "--diff", "a.md"])), 2);
    assert_eq!(content(place.path(), "a.md"), article);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    for (article, fixed) in [(BOLD, MARKED), (MARKED, MARKED)] {
        let output = run_on(article, folder(&[]).path(), &["--fix", "--format", "short", "-"]);
        assert_eq!(text(&output.stdout), fixed);
        assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    }
}

#[cfg(unix)]
#[test]
fn the_mode_of_a_file_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let place = folder(&[("a.md", BOLD)]);
    let path = place.path().join("a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    assert_eq!(status(&run(place.path(), &["--fix", "a.md"])), 0);
    assert_eq!(path.metadata().expect("a file").permissions().mode() & 0o7777, 0o640);
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_written_stays_and_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = folder(&[("locked/a.md", BOLD), ("read-only.md", BOLD), ("b.md", BOLD)]);
    let locked = place.path().join("locked");
    let read_only = place.path().join("read-only.md");
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o444)).expect("permissions");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("permissions");
    let may_write_all = fs::write(locked.join("probe.txt"), "").is_ok();
    let output = run(place.path(), &["--fix", "--format", "short", "."]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(status(&output), 2);
    let complaint = text(&output.stderr);
    assert!(complaint.contains("read-only.md: not fixed: the file is read-only"), "{complaint}");
    assert!(text(&output.stdout).contains("read-only.md:7:1: warning[unmarked-heading]"));
    assert_eq!(content(place.path(), "read-only.md"), BOLD);
    assert_eq!(content(place.path(), "b.md"), MARKED);
    if !may_write_all {
        assert!(complaint.contains("a.md: not fixed: failed to write"), "{complaint}");
        assert_eq!(content(place.path(), "locked/a.md"), BOLD);
    }
}

#[cfg(unix)]
#[test]
fn a_link_within_the_folder_stays_one_and_a_link_out_of_it_is_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("theirs.md", BOLD)]);
    let place = folder(&[("articles/a.md", BOLD)]);
    let theirs = outside.path().join("theirs.md");
    symlink(&theirs, place.path().join("articles/out.md")).expect("a link");
    symlink("a.md", place.path().join("articles/in.md")).expect("a link");
    let output = run(place.path(), &["--fix", "--format", "short", "articles"]);
    assert_eq!(status(&output), 2);
    assert_eq!(text(&output.stderr).matches("not fixed").count(), 1, "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("out.md: not fixed: it is a link to"));
    assert_eq!(content(outside.path(), "theirs.md"), BOLD);
    assert_eq!(content(place.path(), "articles/a.md"), MARKED);
    assert!(place.path().join("articles/in.md").symlink_metadata().expect("a link").is_symlink());
    let output = run(place.path(), &["--fix", "articles/out.md"]);
    assert_eq!(status(&output), 2, "{}", text(&output.stderr));
    assert_eq!(content(outside.path(), "theirs.md"), BOLD);
}

/// A pack that is a pipe holds the program up between reading the article and writing it.
#[cfg(unix)]
#[test]
fn a_file_that_changes_between_check_and_write_is_left_alone() {
    let place = folder(&[("a.md", BOLD), ("soreaid-lint.yaml", "root: true\npacks: [pack.yaml]\n")]);
    let pipe = place.path().join("pack.yaml");
    let made = Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|it| it.success()) {
        return;
    }
    let mut program = program(place.path(), &["--fix", "a.md"]);
    let child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    // Opening waits for the program to open it, too, which it does when it has read the article.
    let pack = fs::OpenOptions::new().write(true).open(&pipe).expect("a pipe");
    fs::write(place.path().join("a.md"), "Somebody else was here.\n").expect("a file");
    std::io::Write::write_all(&mut &pack, b"claims: []\n").expect("it reads");
    drop(pack);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(status(&output), 2, "{}", text(&output.stdout));
    let complaint = text(&output.stderr);
    assert!(complaint.contains("a.md: not fixed: the file has changed since it was checked"), "{complaint}");
    assert_eq!(content(place.path(), "a.md"), "Somebody else was here.\n");
}
