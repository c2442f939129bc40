//! The formats that other programs read: what they hold, that they hold to their schemas, and that no text of an
//! article and no name of a file breaks out of them.
//!
//! `fixtures/formats/articles/` are checked once in each format; `UPDATE_EXPECT=1` writes what is reported now to
//! `fixtures/formats/expected/`. Real readers of these formats are asked by `.ci/check-formats`.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde_json::Value;

use program::{status, text};

const ARTICLES: &str = "fixtures/formats/articles";
const FORMATS: [(&str, &str); 6] = [
    ("sarif", "sarif.json"),
    ("github", "github.txt"),
    ("gitlab", "gitlab.json"),
    ("junit", "junit.xml"),
    ("checkstyle", "checkstyle.xml"),
    ("rdjson", "rdjson.json"),
];
const WARNING: &str = "---\ntitle: Tea\n---\n\nHot.\n\n## Sources\n";
const CLEAN: &str = "---\ntitle: Tea\n---\n\nHot.\n";

fn program(folder: &Path, arguments: &[&str]) -> Command {
    program::program(folder, &[&["--isolated", "--today", "2026-11-23"], arguments].concat())
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().expect("the program runs")
}

fn report(folder: &Path, format: &str, path: &str) -> String {
    text(&run(folder, &["--format", format, path]).stdout)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a Vec<Value> {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .unwrap_or_else(|| panic!("no list at {pointer}: {value}"))
}

/// Reads XML to its end; the values of all attributes with this name, as a reader sees them.
fn attributes(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut values = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Eof => return values,
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("an attribute");
                    if attribute.key.as_ref() == name.as_bytes() {
                        values.push(
                            attribute
                                .normalized_value(XmlVersion::Explicit1_0)
                                .expect("a value")
                                .into_owned(),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

/// The rules in a SARIF report are held to the program's own list elsewhere; here they would only be long.
fn without_rules(report: &str) -> String {
    let mut report = json(report);
    let driver = report.pointer_mut("/runs/0/tool/driver").and_then(Value::as_object_mut).expect("a driver");
    for key in ["rules", "version", "semanticVersion"] {
        driver.shift_remove(key).expect(key);
    }
    for result in report.pointer_mut("/runs/0/results").and_then(Value::as_array_mut).expect("results") {
        result.as_object_mut().expect("a result").shift_remove("ruleIndex");
    }
    format!("{report:#}\n")
}

#[test]
fn each_format_reports_the_fixtures_as_expected() {
    for (format, file) in FORMATS {
        let mut actual = report(here(), format, ARTICLES);
        if format == "sarif" {
            actual = without_rules(&actual);
        }
        let path = here().join("fixtures/formats/expected").join(file);
        if std::env::var_os("UPDATE_EXPECT").is_some() || !path.exists() {
            fs::write(&path, actual).expect("the expectation is written");
        } else {
            assert_eq!(actual, text(&fs::read(&path).expect("a file")), "{format}");
        }
    }
}

#[test]
fn sarif_holds_to_the_schema_of_its_publisher() {
    let schema = text(&fs::read("fixtures/formats/schemas/sarif-2.1.0.json").expect("a schema"));
    // A stray bracket, as it is published; to a strict reader of patterns it is an error.
    let schema = json(&schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("clean.md"), CLEAN).expect("a file");
    for (folder, path) in [(here(), ARTICLES), (place.path(), "clean.md"), (place.path(), "nowhere.md")] {
        let report = json(&report(folder, "sarif", path));
        let errors: Vec<String> = validator.iter_errors(&report).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
    }
}

#[test]
fn sarif_lists_every_rule_and_every_result_names_its_own() {
    let report = json(&report(here(), "sarif", ARTICLES));
    let rules = list(&report, "/runs/0/tool/driver/rules");
    assert_eq!(rules.len(), soreaid_lint::rules::RULES.len());
    for result in list(&report, "/runs/0/results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn sarif_places_slice_the_article_to_what_they_claim() {
    let report = json(&report(here(), "sarif", ARTICLES));
    for result in list(&report, "/runs/0/results") {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
        let name = uri.replace("%C3%BC", "ü").replace("%C3%9F", "ß").replace("%20", " ");
        let article = text(&fs::read(here().join(name)).expect("an article"));
        let number =
            |key: &str| usize::try_from(place["region"][key].as_u64().expect(key)).expect("a small number");
        let bytes = number("byteOffset")..number("byteOffset") + number("byteLength");
        assert_eq!(place["region"]["snippet"]["text"], article[bytes.clone()]);
        let line = article.lines().nth(number("startLine") - 1).expect("a line");
        let from_column: String = line.chars().skip(number("startColumn") - 1).collect();
        assert!(article[bytes.start..].starts_with(&from_column), "{from_column}");
    }
}

#[test]
fn columns_of_rdjson_count_bytes() {
    let report = json(&report(here(), "rdjson", ARTICLES));
    let mut beyond_ascii = 0;
    for it in list(&report, "/diagnostics") {
        let range = &it["location"]["range"];
        if range.is_null() {
            continue;
        }
        let number = |end: &str, key: &str| {
            usize::try_from(range[end][key].as_u64().expect(key)).expect("a small number")
        };
        let path = it["location"]["path"].as_str().expect("a path");
        let article = text(&fs::read(here().join(path)).expect("an article"));
        assert_eq!(number("start", "line"), number("end", "line"), "the fixtures' places are on one line");
        let line = article.lines().nth(number("start", "line") - 1).expect("a line");
        let place =
            line.get(number("start", "column") - 1..number("end", "column") - 1).expect("whole characters");
        if !line.is_ascii() && it["code"]["value"] == "unsafe-remedy-duration" {
            assert_eq!(place, "20 to 35 minutes");
            beyond_ascii += 1;
        }
    }
    assert_eq!(beyond_ascii, 1);
}

#[test]
fn a_suggestion_of_rdjson_is_the_fix() {
    let report = json(&report(here(), "rdjson", ARTICLES));
    let level =
        list(&report, "/diagnostics").iter().find(|it| it["code"]["value"] == "skipped-heading-level");
    let suggestion = &level.expect("the finding")["suggestions"][0];
    assert_eq!(suggestion["text"], "##");
    assert_eq!(suggestion["range"]["end"]["column"], 4);
}

#[test]
fn a_safety_finding_carries_its_figure_and_sources_everywhere() {
    for (format, _) in FORMATS {
        let report = report(here(), format, ARTICLES);
        assert!(report.contains("longer than published for ice pack: 20 minutes"), "{format}");
        let sources =
            report.matches("source: NHS (England)").count() + report.matches("\"NHS (England)\"").count();
        assert!(sources > 0, "{format}");
    }
}

#[test]
fn what_could_not_be_read_is_seen_in_every_format() {
    for (format, _) in FORMATS {
        let output = run(here(), &["--format", format, ARTICLES]);
        assert_eq!(status(&output), 2, "{format}");
        let report = text(&output.stdout);
        assert!(report.contains("not-utf-8.md") && report.contains("not UTF-8 text"), "{format}: {report}");
    }
    let report = json(&report(here(), "sarif", ARTICLES));
    let invocation = &report["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["level"], "error");
}

#[test]
fn a_report_without_findings_is_a_whole_document() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("clean.md"), CLEAN).expect("a file");
    let of = |format: &str| report(place.path(), format, "clean.md");
    assert_eq!(of("github"), "");
    assert_eq!(json(&of("gitlab")), Value::Array(Vec::new()));
    assert!(list(&json(&of("sarif")), "/runs/0/results").is_empty());
    assert!(list(&json(&of("rdjson")), "/diagnostics").is_empty());
    assert_eq!(attributes(&of("checkstyle"), "version").len(), 1);
    assert_eq!(attributes(&of("junit"), "failures"), ["0", "0"]);
}

#[test]
fn quiet_output_and_fail_on_hold_for_every_format() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("a.md"), WARNING).expect("a file");
    for (format, _) in FORMATS {
        let status_with = |more: &[&str]| {
            let arguments = [&["--format", format, "a.md"], more].concat();
            status(&run(place.path(), &arguments))
        };
        assert_eq!(status_with(&[]), 1, "{format}");
        assert_eq!(status_with(&["--fail-on", "error"]), 0, "{format}");
        let quiet = text(&run(place.path(), &["--format", format, "--quiet", "a.md"]).stdout);
        assert!(!quiet.contains("`Sources` is empty"), "{format}: {quiet}");
        let output = run(place.path(), &["--format", format, "--output", "report", "a.md"]);
        assert!(output.stdout.is_empty(), "{format}");
        let written = text(&fs::read(place.path().join("report")).expect("a report"));
        assert_eq!(written, report(place.path(), format, "a.md"), "{format}");
    }
}

#[test]
fn github_annotations_are_written_by_themselves_in_a_job() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("a.md"), WARNING).expect("a file");
    let of = |arguments: &[&str], value: &str| {
        let mut program = program(place.path(), arguments);
        text(&program.env("GITHUB_ACTIONS", value).output().expect("the program runs").stdout)
    };
    assert!(of(&["a.md"], "true").starts_with("::warning file=a.md,line=7,col=1,"));
    assert!(of(&["a.md"], "false").starts_with("warning[empty-section]"));
    assert!(of(&["--format", "short", "a.md"], "true").starts_with("a.md:7:1:"));
    assert_eq!(of(&["--output", "report", "a.md"], "true"), "");
    assert!(text(&fs::read(place.path().join("report")).expect("a report")).starts_with("warning["));
}

#[test]
fn columns_of_a_place_over_several_lines_are_left_out_for_github() {
    let place = tempfile::tempdir().expect("a folder");
    let paragraph =
        "Some twelve words stand here so that\nthis paragraph is long enough to be compared with others.";
    fs::write(
        place.path().join("a.md"),
        format!("---\ntitle: Tea\n---\n\n{paragraph}\n\nTea.\n\n{paragraph}\n"),
    )
    .expect("a file");
    let report = report(place.path(), "github", "a.md");
    assert!(
        report.starts_with("::warning file=a.md,line=10,endLine=11,title=duplicate-paragraph::"),
        "{report}"
    );
}

/// What stands in an article or a name, and would be something else to a reader that is not careful.
#[cfg(unix)]
const HOSTILE: &str = "x\n::error::%0A,b\r]]><script>&\"' \u{1b}[31m\u{1}\u{ffff}[l](javascript:x)";

#[cfg(unix)]
fn hostile_folder() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let name = format!("{}.md", HOSTILE.replace('/', "-"));
    fs::write(place.path().join(name), format!("{WARNING}\n## {}\n", HOSTILE.replace(['\n', '\r'], " ")))
        .expect("a file");
    fs::write(place.path().join(format!("bad {HOSTILE}.md")), b"\xff").expect("a file");
    place
}

#[cfg(unix)]
#[test]
fn no_hostile_text_or_name_gives_github_another_command() {
    let place = hostile_folder();
    let output = run(place.path(), &["--format", "github", "."]);
    let report = text(&output.stdout);
    assert_eq!(report.lines().count(), 3, "{report}");
    for line in report.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        let properties = line.split("::").nth(1).expect("a command");
        assert!(line.starts_with("::warning file=") || line.starts_with("::error file="), "{line}");
        assert!(
            properties.matches(',').count() <= 5 && properties.contains("%3A%3Aerror%3A%3A%250A%2Cb"),
            "{line}"
        );
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    let complaints = text(&output.stderr);
    assert!(complaints.split(['\n', '\r']).all(|line| !line.starts_with("::")), "{complaints:?}");
}

#[cfg(unix)]
#[test]
fn no_hostile_text_or_name_breaks_out_of_xml() {
    let place = hostile_folder();
    let kept = "x\n::error::%0A,b\r]]><script>&\"' [31m[l](javascript:x)";
    let names_of_articles = [format!("bad {kept}.md"), format!("{kept}.md")];
    for (format, attribute) in [("checkstyle", "name"), ("junit", "classname")] {
        let report = report(place.path(), format, ".");
        let forbidden =
            |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{ffff}');
        assert!(!report.contains(forbidden), "{report:?}");
        assert!(!report.contains("]]>") && !report.contains("<script"), "{report}");
        let names = attributes(&report, attribute);
        assert!(names.len() >= 2, "{report}");
        for name in names {
            assert!(names_of_articles.contains(&name), "{format}: {name:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn hostile_text_and_names_stay_text_in_json() {
    let place = hostile_folder();
    let name = format!("{HOSTILE}.md");
    let gitlab = json(&report(place.path(), "gitlab", "."));
    assert_eq!(gitlab[0]["location"]["path"], name);
    let rdjson = json(&report(place.path(), "rdjson", "."));
    assert_eq!(rdjson["diagnostics"][0]["location"]["path"], name);
    let sarif = json(&report(place.path(), "sarif", "."));
    let results = list(&sarif, "/runs/0/results");
    let uri =
        results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
    assert!(uri.starts_with("x%0A%3A%3Aerror%3A%3A%250A%2Cb%0D%5D%5D%3E%3Cscript%3E"), "{uri}");
    for it in results {
        assert!(!it["message"]["text"].as_str().expect("a text").contains("[l]("), "{it}");
    }
}

#[test]
fn one_fingerprint_of_gitlab_stands_for_one_finding_of_one_article() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("a.md"), WARNING).expect("a file");
    fs::write(place.path().join("b.md"), WARNING.replace("Tea", "Coffee")).expect("a file");
    let report = json(&report(place.path(), "gitlab", "."));
    assert_eq!(report[0]["description"], report[1]["description"]);
    assert_ne!(report[0]["fingerprint"], report[1]["fingerprint"]);
}

#[test]
fn the_readme_names_every_format() {
    let readme = text(&fs::read(here().join("README.md")).expect("README.md"));
    let row = readme.lines().find(|line| line.starts_with("| `--format")).expect("a row of the table");
    let complaint = text(&run(here(), &["--format", "no-such-format"]).stderr);
    let values = complaint.split("[possible values: ").nth(1).and_then(|it| it.split(']').next());
    for format in values.expect("a list of formats").split(", ") {
        assert!(row.contains(&format!("`{format}`")), "{format}");
    }
}
