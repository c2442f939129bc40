//! A first configuration and schema: `fixtures/init/<site>/articles/` with what is written and said beside.
//!
//! `UPDATE_EXPECT=1` writes what the program writes now.

#![expect(clippy::disallowed_methods, reason = "a test may read and write files")]

mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use program::{folder, program, run, status, text, write};

const CONFIGURATION: &str = "soreaid-lint.yaml";
const SCHEMA: &str = "article.schema.json";
const FRONT_MATTER_RULES: &str = "invalid-front-matter,missing-front-matter";

fn read(path: &Path) -> String {
    fs::read(path).map(|it| text(&it)).unwrap_or_default()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).expect("a copy");
        }
    }
}

fn sites() -> Vec<PathBuf> {
    let entries = fs::read_dir("fixtures/init").expect("fixtures/init");
    let mut sites: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    sites.sort();
    sites
}

fn expect(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() || !path.exists() {
        fs::write(path, actual).expect("the expectation is written");
    } else {
        assert_eq!(actual, read(path), "{}", path.display());
    }
}

/// What the front-matter rules say with the configuration that was written.
fn findings(folder: &Path) -> Value {
    let arguments = ["--rule", FRONT_MATTER_RULES, "--fail-on", "never", "--format", "json", "."];
    let output = run(folder, &arguments);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    report["diagnostics"].clone()
}

fn schema(folder: &Path) -> Value {
    serde_json::from_str(&read(&folder.join(SCHEMA))).expect("JSON")
}

#[test]
fn each_site_gets_what_is_written_beside_it() {
    for site in sites() {
        let place = tempfile::tempdir().expect("a folder");
        copy(&site.join("articles"), place.path());
        let output = run(place.path(), &["init"]);
        assert_eq!((status(&output), text(&output.stderr)), (0, String::new()), "{}", site.display());
        expect(&site.join("expected.yaml"), &read(&place.path().join(CONFIGURATION)));
        expect(&site.join("expected.schema.json"), &read(&place.path().join(SCHEMA)));
        expect(&site.join("expected.txt"), &text(&output.stdout));
        assert_eq!(findings(place.path()), Value::Array(Vec::new()), "{}", site.display());
    }
}

#[test]
fn every_schema_is_one_of_its_draft() {
    let validator = jsonschema::draft202012::meta::validator();
    for site in sites() {
        let written: Value = serde_json::from_str(&read(&site.join("expected.schema.json"))).expect("JSON");
        assert!(validator.is_valid(&written), "{}", site.display());
    }
}

/// Every line that is switched off is right as well: it may be switched on.
#[test]
fn what_is_switched_off_can_be_switched_on() {
    for site in sites() {
        let place = tempfile::tempdir().expect("a folder");
        copy(&site.join("articles"), place.path());
        run(place.path(), &["init"]);
        let path = place.path().join(CONFIGURATION);
        let is_option = |line: &str| {
            let key = line.split(':').next().unwrap_or_default();
            let is_key = key.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == ' ');
            line.trim_start().starts_with("- ") || (is_key && line.contains(':') && !key.trim().contains(' '))
        };
        let switched_on: String = read(&path)
            .lines()
            .map(|line| match line.split_once("# ") {
                Some((indent, rest)) if indent.trim().is_empty() && is_option(rest) => {
                    format!("{indent}{rest}\n")
                }
                _ => format!("{line}\n"),
            })
            .filter(|line| !line.starts_with("packs:"))
            .collect();
        for key in
            ["root: true", "  hugo: true", "  mdx: true", "rules:", "  unmarked-heading: off", "overrides:"]
        {
            assert!(switched_on.lines().any(|line| line == key), "{key}: {switched_on}");
        }
        fs::write(&path, &switched_on).expect("a file");
        let output = run(place.path(), &["--fail-on", "never", "."]);
        assert_eq!(text(&output.stderr), "", "{switched_on}");
    }
}

#[test]
fn what_is_there_is_replaced_by_force_alone() {
    let article = "---\ntitle: Tea\n---\n\nHot.\n";
    let place = folder(&[("a.md", article), (CONFIGURATION, "locale: nz\n")]);
    let output = run(place.path(), &["init"]);
    assert_eq!(status(&output), 2);
    let message = "soreaid-lint: ./soreaid-lint.yaml is there already: nothing was written; `--force` replaces what is there\n";
    assert_eq!(text(&output.stderr), message);
    assert_eq!(read(&place.path().join(CONFIGURATION)), "locale: nz\n");
    assert!(!place.path().join(SCHEMA).exists());
    write(place.path(), SCHEMA, "mine");
    let output = run(place.path(), &["init", "."]);
    assert!(text(&output.stderr).contains("./soreaid-lint.yaml and ./article.schema.json are there already"));
    assert_eq!(read(&place.path().join(SCHEMA)), "mine");
    assert_eq!(status(&run(place.path(), &["init", "--force"])), 0);
    assert_ne!(read(&place.path().join(SCHEMA)), "mine");
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 3, "nothing is left over");
}

#[test]
fn a_configuration_further_up_is_not_forgotten() {
    let place = folder(&[(CONFIGURATION, "locale: nz\n"), ("docs/a.md", "---\ntitle: Tea\n---\n\nHot.\n")]);
    let said = text(&run(place.path(), &["init", "docs"]).stdout);
    let note = "note: soreaid-lint.yaml further up holds there no more; `extends: ../soreaid-lint.yaml` would take it over\n";
    assert!(said.ends_with(note), "{said}");
    assert!(said.contains("run `soreaid-lint docs`"), "{said}");
}

#[test]
fn without_articles_nothing_is_written() {
    let place = folder(&[("notes.txt", "no article")]);
    let output = run(place.path(), &["init"]);
    assert_eq!(status(&output), 2);
    assert_eq!(
        text(&output.stderr),
        "soreaid-lint: . holds no article that can be read: nothing was written\n"
    );
    assert_eq!(status(&run(place.path(), &["init", "nowhere"])), 2);
    assert_eq!(status(&run(place.path(), &["init", "notes.txt"])), 2);
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
}

#[test]
fn what_cannot_be_read_is_named_and_skipped() {
    let place = folder(&[("a.md", "---\ntitle: Tea\n---\n\nHot.\n")]);
    fs::write(place.path().join("b.md"), b"---\ntitle: \xff\n---\n").expect("a file");
    let output = run(place.path(), &["init"]);
    assert_eq!(status(&output), 2);
    assert!(
        text(&output.stderr).starts_with("soreaid-lint: ./b.md: not UTF-8 text"),
        "{}",
        text(&output.stderr)
    );
    assert!(text(&output.stdout).starts_with("1 article, 1 with front matter\n"));
    assert!(place.path().join(CONFIGURATION).exists());
}

/// Forty articles with habits and slips.
fn large_site() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for number in 0..40 {
        let kind = ["guide", "news", "recipe"][number % 3];
        let author = ["Ana Ruiz", "Li Wei"][number % 2];
        let mut front = format!("title: Article {number}\nkind: {kind}\nauthor: {author}\nlayout: post\n");
        let tags = if number == 7 { "tags: sore\n" } else { "tags: [sore, 2026]\n" };
        front.push_str(tags);
        if number != 3 {
            front.push_str("date: 2026-01-30T09:00:00+01:00\n");
        }
        if number == 5 {
            front.push_str("titel: a slip\n");
        }
        let section = if number == 11 { "" } else { "## When to get help\n\nAsk.\n\n" };
        let body = format!("Hot.\n\n{section}## Part {number}\n\nMore.\n");
        write(place.path(), &format!("{number:02}.md"), &format!("---\n{front}---\n\n{body}"));
    }
    place
}

#[test]
fn habits_are_asked_for_and_slips_are_reported() {
    let place = large_site();
    let output = run(place.path(), &["init"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let written = schema(place.path());
    let properties = &written["properties"];
    assert_eq!(written["required"], serde_json::json!(["author", "kind", "layout", "tags", "title", "date"]));
    assert_eq!(properties["kind"]["enum"], serde_json::json!(["guide", "news", "recipe"]));
    assert_eq!(properties["author"].get("enum"), None, "people are no fixed choice");
    assert_eq!(properties["layout"].get("enum"), None, "one text is a habit, and no choice");
    assert_eq!(properties["date"]["format"], "date-time");
    assert_eq!(properties["tags"]["type"], "array");
    assert_eq!(properties.get("titel"), None);
    let configuration = read(&place.path().join(CONFIGURATION));
    assert!(
        configuration.contains("#   # Seen: \"When to get help\" in 39 of 40 articles.\n"),
        "{configuration}"
    );
    let said = text(&output.stdout);
    assert!(said.contains("in one article alone, perhaps by mistake: titel\n"), "{said}");
    assert!(said.contains("a list; but text in 1 article, which is reported\n"), "{said}");
    let found = findings(place.path());
    let lines: Vec<String> =
        found.as_array().expect("a list").iter().map(|it| it["message"].to_string()).collect();
    assert_eq!(lines, [r#""the front matter has no `date`""#, r#""`tags` has to be a list""#]);
}

#[test]
fn what_is_nested_is_asked_for_and_its_slips_are_reported() {
    let place = tempfile::tempdir().expect("a folder");
    for number in 0..40 {
        let answer = if number == 7 { "" } else { ", answer: It is" };
        let seo = if number == 5 { "[a slip]" } else { "{title: Tea}" };
        let front = format!("title: Tea {number}\nfaq:\n  - {{question: Is it hot{answer}}}\nseo: {seo}\n");
        write(place.path(), &format!("{number:02}.md"), &format!("---\n{front}---\n\nHot.\n"));
    }
    assert_eq!(status(&run(place.path(), &["init"])), 0);
    let properties = &schema(place.path())["properties"];
    assert_eq!(properties["faq"]["items"]["required"], serde_json::json!(["question", "answer"]));
    assert_eq!(properties["seo"]["required"], serde_json::json!(["title"]));
    let found = findings(place.path());
    let found: Vec<(&Value, &Value)> =
        found.as_array().expect("a list").iter().map(|it| (&it["path"], &it["start"]["line"])).collect();
    assert_eq!(found, [(&"./05.md".into(), &5.into()), (&"./07.md".into(), &4.into())]);
}

#[test]
fn very_deep_keys_stay_few() {
    let deep = format!("{}1{}", "{key: ".repeat(40), "}".repeat(40));
    let place = folder(&[("a.md", &format!("---\ntitle: Tea\ndeep: {deep}\n---\n\nHot.\n"))]);
    let said = text(&run(place.path(), &["init"]).stdout);
    assert!(said.contains("there are more keys, or longer ones, than were looked at\n"), "{said}");
    assert!(read(&place.path().join(SCHEMA)).matches("\"properties\"").count() < 10);
    assert_eq!(findings(place.path()), Value::Array(Vec::new()));
}

#[test]
fn nothing_depends_on_threads() {
    let place = large_site();
    let said: Vec<String> = ["1", "8"]
        .iter()
        .map(|threads| {
            let mut program = program(place.path(), &["init", "--force"]);
            let output = program.env("RAYON_NUM_THREADS", threads).output().expect("the program runs");
            text(&output.stdout)
                + &read(&place.path().join(CONFIGURATION))
                + &read(&place.path().join(SCHEMA))
        })
        .collect();
    assert_eq!(said[0], said[1]);
}

#[test]
fn very_many_keys_stay_few() {
    let place = tempfile::tempdir().expect("a folder");
    for article in 0..30 {
        let mut front = format!("title: Article {article}\n{}: long\n", "k".repeat(500));
        for key in 0..3000 {
            writeln!(front, "key-{article}-{key}: {}", "x".repeat(20)).expect("a string takes all");
        }
        write(place.path(), &format!("{article:02}.md"), &format!("---\n{front}---\n\nHot.\n"));
    }
    let output = run(place.path(), &["init"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("there are more keys, or longer ones, than were looked at\n"), "{said}");
    assert!(said.len() < 5000, "{said}");
    assert_eq!(schema(place.path())["required"], serde_json::json!(["title"]));
    assert!(schema(place.path())["properties"].as_object().expect("keys").len() <= 100);
    assert_eq!(findings(place.path()), Value::Array(Vec::new()));
}

#[test]
fn names_of_files_and_keys_reach_no_terminal_as_they_are() {
    let place = folder(&[
        ("a\u{1b}[31m.md", "---\ntitle: a: b\n---\n"),
        ("b.md", "---\n\"\\u001b[31mred\": x\n\"\\u202eturned\": x\n---\n\nHot.\n"),
    ]);
    let output = run(place.path(), &["init"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said}");
}
