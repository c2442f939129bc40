//! What a project knows already: it is not reported, not fixed, and goes when it is gone.

#![expect(clippy::disallowed_methods, reason = "a test may read and write files")]

mod program;

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use program::{folder, program, status, text, write};

const EMPTY: &str = "---\ntitle: Tea\n---\n\nHot.\n\n## Sources\n";
const TWICE: &str = "---\ntitle: Tea\n---\n\nHot.\n\n## Sources\n\n## Sources\n";
const CLEAN: &str = "---\ntitle: Tea\n---\n\nHot.\n";
const NAME: &str = "soreaid-lint-baseline.json";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut program = program(folder, arguments);
    if !arguments.contains(&"--format") {
        program.args(["--format", "short"]);
    }
    // The articles of these tests are all about one tea.
    program.args(["--skip", "duplicate-title"]);
    program.output().expect("the program runs")
}

fn baseline(folder: &Path) -> String {
    fs::read_to_string(folder.join(NAME)).expect("a baseline")
}

#[test]
fn what_is_known_is_not_reported_wherever_it_moves() {
    let place = folder(&[("docs/a.md", EMPTY), ("docs/b.md", CLEAN)]);
    let written = run(place.path(), &["--write-baseline", "docs"]);
    assert_eq!(status(&written), 0, "{}", text(&written.stderr));
    assert_eq!(text(&written.stderr), format!("soreaid-lint: 1 finding written to {NAME}\n"));
    assert_eq!(text(&written.stdout), "");
    assert_eq!(status(&run(place.path(), &["docs"])), 1, "a baseline has to be asked for");
    assert_eq!(status(&run(place.path(), &["--baseline", NAME, "docs"])), 0);
    write(place.path(), "docs/a.md", &EMPTY.replace("Hot.", "Hot.\n\nOr cold, with a slice of lemon."));
    let moved = run(place.path(), &["--baseline", NAME, "docs"]);
    assert_eq!((status(&moved), text(&moved.stderr)), (0, String::new()));
    write(place.path(), "docs/b.md", EMPTY);
    let new = run(place.path(), &["--baseline", NAME, "docs"]);
    assert_eq!(status(&new), 1);
    assert_eq!(text(&new.stdout), "docs/b.md:7:1: warning[empty-section]: the section `Sources` is empty\n");
    let json = run(place.path(), &["--baseline", NAME, "--format", "json", "docs"]);
    let report: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(report["summary"]["baselined"], 1);
}

#[test]
fn paths_are_those_of_the_baselines_folder_from_wherever_the_program_runs() {
    let place = folder(&[("docs/a.md", EMPTY)]);
    run(place.path(), &["--write-baseline", "docs"]);
    assert!(baseline(place.path()).contains("\"path\": \"docs/a.md\""), "{}", baseline(place.path()));
    let file = format!("../{NAME}");
    assert_eq!(status(&run(&place.path().join("docs"), &["--baseline", &file, "a.md"])), 0);
    assert_eq!(status(&run(&place.path().join("docs"), &["--baseline", &file, "."])), 0);
    let absolute = place.path().join("docs/a.md");
    assert_eq!(status(&run(place.path(), &["--baseline", NAME, &absolute.to_string_lossy()])), 0);
}

#[test]
fn one_more_of_the_same_is_new() {
    let place = folder(&[("a.md", EMPTY)]);
    run(place.path(), &["--write-baseline", "--rule", "empty-section", "a.md"]);
    write(place.path(), "a.md", TWICE);
    let output = run(place.path(), &["--baseline", NAME, "--rule", "empty-section", "a.md"]);
    assert_eq!(text(&output.stdout).lines().count(), 1, "{}", text(&output.stdout));
    assert_eq!(status(&output), 1);
}

#[test]
fn what_is_gone_is_said_and_taken_out_when_that_is_asked_for() {
    let place = folder(&[("a.md", EMPTY), ("b.md", EMPTY), ("sub/c.md", EMPTY)]);
    run(place.path(), &["--write-baseline", "."]);
    let full = baseline(place.path());
    write(place.path(), "a.md", CLEAN);
    let output = run(place.path(), &["--baseline", NAME, "."]);
    assert_eq!(status(&output), 0);
    assert_eq!(
        text(&output.stderr),
        format!(
            "soreaid-lint: found no more of 1 known to {NAME}: empty-section in a.md; --prune-baseline takes it out\n"
        )
    );
    let other = run(place.path(), &["--baseline", NAME, "b.md"]);
    assert_eq!(text(&other.stderr), "", "an article that was not checked is not stale");
    let other = run(place.path(), &["--baseline", NAME, "--rule", "duplicate-heading", "."]);
    assert_eq!(text(&other.stderr), "", "a rule that did not run is not stale");
    assert_eq!(baseline(place.path()), full);
    write(place.path(), "b.md", TWICE);
    let pruned = run(place.path(), &["--baseline", NAME, "--prune-baseline", "."]);
    assert_eq!(status(&pruned), 1, "what is new stays new");
    let after = baseline(place.path());
    assert!(!after.contains("a.md") && after.contains("b.md") && after.contains("sub/c.md"), "{after}");
    assert!(!after.contains("duplicate-heading"), "{after}");
    fs::remove_file(place.path().join("sub/c.md")).expect("a file");
    assert_eq!(text(&run(place.path(), &["--baseline", NAME, "b.md"]).stderr), "");
    run(place.path(), &["--prune-baseline", "."]);
    assert!(!baseline(place.path()).contains("c.md"), "{}", baseline(place.path()));
}

#[test]
fn writing_anew_keeps_what_was_not_looked_at() {
    let place = folder(&[("a.md", EMPTY), ("b.md", EMPTY)]);
    run(place.path(), &["--write-baseline", "."]);
    let full = baseline(place.path());
    run(place.path(), &["--write-baseline", "a.md"]);
    assert_eq!(baseline(place.path()), full);
    write(place.path(), "a.md", CLEAN);
    run(place.path(), &["--write-baseline", "--skip", "empty-section", "."]);
    assert_eq!(baseline(place.path()), full);
    run(place.path(), &["--write-baseline", "."]);
    assert!(!baseline(place.path()).contains("a.md"));
}

#[test]
fn a_baseline_is_one_line_an_entry_and_holds_to_its_schema() {
    let place = folder(&[("a.md", TWICE), ("quo\"te.md", EMPTY)]);
    run(place.path(), &["--write-baseline", "."]);
    let text = baseline(place.path());
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let schema: Value =
        serde_json::from_str(include_str!("../schemas/baseline.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&value).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let entries = value["findings"].as_array().expect("a list").len();
    assert_eq!(text.lines().count(), entries + 5, "{text}");
    run(place.path(), &["--write-baseline", "."]);
    assert_eq!(baseline(place.path()), text);
}

#[test]
fn what_is_no_baseline_is_named_with_its_place() {
    let right = r#"{"path": "a.md", "rule": "x", "fingerprint": "0000000000000000", "count": 1}"#;
    let place = folder(&[("a.md", EMPTY)]);
    assert_eq!(status(&run(place.path(), &["--baseline", "nowhere.json", "a.md"])), 2);
    for (file, place_of_it) in [
        ("{\n  \"version\": 1,\n<<<<<<< HEAD\n".to_owned(), ":3:1: "),
        ("{\"version\": 1, \"findings\": [{}]}".to_owned(), ":1:"),
        (format!("{{\"version\": 2, \"findings\": [{right}]}}"), "version 2"),
        (
            format!("{{\"version\": 1, \"findings\": [{}]}}", right.replace("\"count\": 1", "\"count\": 0")),
            ":1:",
        ),
    ] {
        write(place.path(), "broken.json", &file);
        for option in [&["--baseline", "broken.json"][..], &["--baseline", "broken.json", "--write-baseline"]]
        {
            let output = run(place.path(), &[option, &["a.md"]].concat());
            assert_eq!(status(&output), 2, "{file}");
            let complaint = text(&output.stderr);
            assert!(
                complaint.contains("broken.json") && complaint.contains(place_of_it),
                "{file}: {complaint}"
            );
        }
        assert_eq!(fs::read_to_string(place.path().join("broken.json")).expect("a file"), file);
    }
}

#[test]
fn what_is_known_is_not_fixed() {
    let bold = "---\ntitle: Boots\n---\n\n# Boots\n\n**How to try them on**\n\nGo in the afternoon.\n";
    let place = folder(&[("a.md", bold), ("b.md", bold)]);
    run(place.path(), &["--write-baseline", "a.md"]);
    let output = run(place.path(), &["--baseline", NAME, "--fix", "."]);
    assert_eq!(status(&output), 0, "{}", text(&output.stdout));
    assert_eq!(fs::read_to_string(place.path().join("a.md")).expect("a file"), bold);
    assert_ne!(fs::read_to_string(place.path().join("b.md")).expect("a file"), bold);
    assert_eq!(status(&run(place.path(), &["--write-baseline", "--fix", "."])), 2);
}

#[test]
fn an_article_that_cannot_be_read_keeps_its_entries() {
    let place = folder(&[("a.md", EMPTY), ("b.md", EMPTY)]);
    run(place.path(), &["--write-baseline", "."]);
    let full = baseline(place.path());
    fs::write(place.path().join("a.md"), b"\xff").expect("a file");
    let output = run(place.path(), &["--write-baseline", "."]);
    assert_eq!(status(&output), 2);
    assert_eq!(baseline(place.path()), full);
}
