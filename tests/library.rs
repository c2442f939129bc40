//! Articles held against each other: what is found does not depend on order, and everything that holds for a finding
//! holds for these.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use program::{folder, status, text};
use serde_json::Value;

const FIRST: &str = "---\ntitle: Green tea\n---\n\nCold.\n";
const SECOND: &str = "---\ntitle: GREEN TEA\n---\n\nVery cold.\n";

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_soreaid-lint"));
    program.current_dir(folder).args(["--today", "2026-11-23"]).args(arguments);
    program
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().expect("the program runs")
}

/// The short report.
fn short(folder: &Path, arguments: &[&str]) -> String {
    text(&program(folder, &["--format", "short"]).args(arguments).output().expect("the program runs").stdout)
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_slice(&run(folder, &[&["--format", "json"], arguments].concat()).stdout).expect("JSON")
}

const FOUND: &str = "b.md:2:8: warning[duplicate-title]: `GREEN TEA` is the title of `a.md`, too\n";

#[test]
fn neither_order_nor_threads_change_what_is_found() {
    let place = folder(&[("a.md", FIRST), ("b.md", SECOND), ("c.md", "---\ntitle: Water\n---\n\nHot.\n")]);
    for arguments in [&["a.md", "b.md", "c.md"], &["c.md", "b.md", "a.md"], &["b.md", "a.md", "b.md"]] {
        assert_eq!(short(place.path(), arguments), FOUND, "{arguments:?}");
    }
    for jobs in ["1", "2", "8"] {
        assert_eq!(short(place.path(), &["--jobs", jobs, "c.md", "b.md", "a.md"]), FOUND);
    }
}

#[test]
fn an_article_alone_has_no_twin() {
    let place = folder(&[("a.md", FIRST), ("b.md", SECOND)]);
    assert_eq!(short(place.path(), &["b.md"]), "");
    assert_eq!(short(place.path(), &["--skip", "duplicate-title", "."]), "");
    assert_eq!(status(&run(place.path(), &["--rule", "duplicate-title", "."])), 1);
}

#[test]
fn a_configuration_holds_for_its_own_articles() {
    let place = folder(&[
        (
            "soreaid-lint.yaml",
            "rules:\n  duplicate-title: error\noverrides:\n  - files: [drafts]\n    rules: {duplicate-title: off}\n",
        ),
        ("a.md", FIRST),
        ("b.md", SECOND),
        ("drafts/a.md", FIRST),
        ("0/drafts/c.md", FIRST),
    ]);
    assert_eq!(short(place.path(), &["a.md", "b.md", "drafts", "0"]), FOUND.replace("warning", "error"));
}

#[test]
fn a_comment_allows_what_stands_against_another_article() {
    let allowed =
        SECOND.replace("title", "# soreaid-lint: allow(duplicate-title) reason: the old one\ntitle");
    let place = folder(&[("a.md", FIRST), ("b.md", &allowed)]);
    let report = json(place.path(), &["."]);
    assert_eq!(report["diagnostics"].as_array().expect("a list").len(), 0);
    assert_eq!(report["summary"]["suppressed"], 1);
    // Whether the comment is needed cannot be seen from one article.
    assert_eq!(short(place.path(), &["b.md"]), "");
    let configuration = "rules:\n  duplicate-title: {non-suppressible: true}\n";
    fs::write(place.path().join("soreaid-lint.yaml"), configuration).expect("a configuration");
    let found = short(place.path(), &["a.md", "b.md"]);
    let is_said = |rule: &str| found.contains(&format!("warning[{rule}]"));
    assert!(is_said("duplicate-title") && is_said("unused-suppression"), "{found}");
}

#[test]
fn a_baseline_knows_what_stands_against_another_article() {
    let place = folder(&[("a.md", FIRST), ("b.md", SECOND)]);
    assert_eq!(status(&run(place.path(), &["--write-baseline", "a.md", "b.md"])), 0);
    let known = ["--baseline", "soreaid-lint-baseline.json", "."];
    assert_eq!(json(place.path(), &known)["summary"]["baselined"], 1);
    let alone = run(place.path(), &["--baseline", "soreaid-lint-baseline.json", "--prune-baseline", "b.md"]);
    assert_eq!(
        (status(&alone), text(&alone.stderr)),
        (0, String::new()),
        "one article does not show that it is gone"
    );
    fs::write(place.path().join("c.md"), FIRST).expect("an article");
    let found = short(place.path(), &known);
    assert!(
        found.starts_with("./c.md:2:8: warning[duplicate-title]") && found.lines().count() == 1,
        "{found}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_under_two_names_is_no_twin_of_itself() {
    let place = folder(&[("b.md", FIRST)]);
    std::os::unix::fs::symlink("b.md", place.path().join("a.md")).expect("a link");
    assert_eq!(short(place.path(), &["."]), "");
    assert_eq!(short(place.path(), &["b.md", "./b.md"]), "");
}

#[test]
fn what_is_compared_is_what_fixes_leave() {
    let advice = |figure: &str| {
        format!("---\ntitle: Cold\n---\n\n## One\n\n#### Two\n\nHold an ice pack on it for {figure}.\n")
    };
    let place = folder(&[("a.md", &advice("5 to 10 minutes")), ("b.md", &advice("15 to 20 minutes"))]);
    let rules = ["--rule", "conflicting-remedy-advice,skipped-heading-level", "--fix", "."];
    let report = json(place.path(), &rules);
    assert_eq!(report["summary"]["fixed"], 2);
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    assert_eq!(diagnostics.len(), 1, "{report}");
    let slice = |path: &str, at: &Value| {
        let text = fs::read_to_string(place.path().join(path)).expect("an article");
        let byte = |end: &str| usize::try_from(at[end]["byte"].as_u64().expect("a byte")).expect("small");
        text[byte("start")..byte("end")].to_owned()
    };
    let (found, label) = (&diagnostics[0], &diagnostics[0]["labels"][0]);
    assert_eq!(slice(found["path"].as_str().expect("a path"), found), "15 to 20 minutes");
    assert_eq!(slice(label["path"].as_str().expect("a path"), label), "5 to 10 minutes");
}

#[test]
fn every_format_with_room_names_the_other_article() {
    let place = folder(&[("a.md", FIRST), ("b.md", SECOND)]);
    for format in
        ["pretty", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "html"]
    {
        let report = text(&run(place.path(), &["--format", format, "b.md", "a.md"]).stdout);
        let names_it = report.contains("a.md:2:8: first used here")
            || report.contains("a.md, line 2: first used here")
            || report.contains("\"path\":\"a.md\"") && report.contains("first used here")
            || report.contains("\"path\": \"a.md\"") && report.contains("first used here");
        assert!(names_it, "{format}: {report}");
    }
    let sarif = run(place.path(), &["--format", "sarif", "b.md", "a.md"]).stdout;
    let sarif: Value = serde_json::from_slice(&sarif).expect("JSON");
    let related = &sarif["runs"][0]["results"][0]["relatedLocations"][0]["physicalLocation"];
    assert_eq!(related["artifactLocation"]["uri"], "a.md");
    assert_eq!(related["region"]["startLine"], 2);
    let schema: Value =
        serde_json::from_str(&fs::read_to_string("schemas/report.schema.json").expect("a schema"))
            .expect("JSON");
    let report = json(place.path(), &["."]);
    let problems: Vec<String> = jsonschema::validator_for(&schema)
        .expect("a schema")
        .iter_errors(&report)
        .map(|it| it.to_string())
        .collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn links_are_followed_from_where_an_article_stands() {
    let article = "---\ntitle: Links\n---\n\n[There](there.md), [not there](her.md), [up](../up.md), [out](../../out.md).\n";
    let place =
        folder(&[("site/soreaid-lint.yaml", ""), ("site/a/here.md", article), ("site/a/there.md", FIRST)]);
    let found = "error[broken-link]: there is no file `her.md` to link to\n";
    let up = "error[broken-link]: there is no file `../up.md` to link to\n";
    let expected = format!("site/a/here.md:5:20: {found}site/a/here.md:5:41: {up}");
    assert_eq!(short(place.path(), &["site/a/here.md"]), expected);
    // On standard input the name says where it stands; a text without one stands nowhere.
    for (name, wanted) in [(Some("site/a/here.md"), expected.as_str()), (None, "")] {
        let mut arguments = vec!["--format", "short", "-"];
        arguments.extend(name.into_iter().flat_map(|it| ["--stdin-filename", it]));
        let mut program = program(place.path(), &arguments);
        let mut child =
            program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program runs");
        child.stdin.take().expect("a pipe").write_all(article.as_bytes()).expect("it reads");
        assert_eq!(text(&child.wait_with_output().expect("it ends").stdout), wanted);
    }
    let report = json(place.path(), &["site/a/here.md"]);
    assert_eq!(report["diagnostics"][0]["help"], "did you mean `here.md`?");
}

/// Where nothing says what belongs to the project, names of files are looked for from the working directory down.
#[test]
fn nothing_outside_of_the_project_is_named() {
    let article = "---\ntitle: Links\n---\n\n[Out](../secret-nam.md), [in](sub/b.md).\n";
    let place = folder(&[("site/a.md", article), ("site/sub/c.md", FIRST), ("secret-name.md", FIRST)]);
    let project = place.path().join("site");
    let report = json(&project, &["a.md"]);
    let found = report["diagnostics"].as_array().expect("a list");
    assert_eq!(found.len(), 1, "{report}");
    assert_eq!(found[0]["help"], "did you mean `sub/c.md`?");
}
