//! The program as people and machines call it: exit status, streams, bad input.

mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use program::{folder, program, run, run_on, status, text};

const CLEAN: &str = "---\ntitle: Tea\n---\n\nHot.\n";
const ERROR: &str = "---\ntitle: Tea\n---\n\nSee your GP today if you faint. Never sit in the sauna for more than 40 minutes.\n";
const WARNING: &str = "---\ntitle: Tea\n---\n\nHot.\n\n## Sources\n";

#[test]
fn exit_status_says_what_happened() {
    let place = folder(&[("clean.md", CLEAN), ("warning.md", WARNING), ("error.md", ERROR)]);
    let at = |arguments: &[&str]| status(&run(place.path(), arguments));
    assert_eq!(at(&["clean.md"]), 0);
    assert_eq!(at(&["warning.md"]), 1);
    assert_eq!(at(&["--fail-on", "error", "warning.md"]), 0);
    assert_eq!(at(&["--fail-on", "never", "error.md"]), 0);
    assert_eq!(at(&["--fail-on", "error", "error.md"]), 1);
    assert_eq!(at(&["--fail-on", "error", "--max-warnings", "0", "warning.md"]), 1);
    assert_eq!(at(&["nowhere.md"]), 2);
    assert_eq!(at(&["nowhere.md", "error.md"]), 2);
    assert_eq!(at(&["--rule", "no-such-rule", "clean.md"]), 2);
    assert_eq!(at(&["--no-such-option"]), 2);
    assert_eq!(at(&["explain", "empty-section"]), 0);
    assert_eq!(at(&["explain", "ice-pack"]), 0);
    assert_eq!(at(&["explain", "empty-secton"]), 2);
    assert_eq!(at(&["rules"]), 0);
}

#[test]
fn a_path_without_articles_is_no_silent_pass() {
    let place = folder(&[("notes.txt", "x")]);
    let output = run(place.path(), &["."]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("no article"), "{}", text(&output.stderr));
}

#[test]
fn people_and_editors_are_told_the_same_places() {
    let said = |format: &str| {
        let arguments = ["--isolated", "--today", "2026-11-23", "--format", format, "fixtures/source"];
        text(&run(Path::new("."), &arguments).stdout)
    };
    let (pretty, short) = (said("pretty"), said("short"));
    let heads: Vec<&str> = pretty.lines().filter_map(|line| line.split_once(" ┌─ ")).map(|it| it.1).collect();
    let places: Vec<&str> = short.lines().filter_map(|line| line.split_once(": ")).map(|it| it.0).collect();
    assert!(places.len() > 10, "{short}");
    assert_eq!(heads, places);
}

#[test]
fn short_lines_are_what_editors_read() {
    let place = folder(&[("a.md", WARNING)]);
    let output = run(place.path(), &["--format", "short", "a.md"]);
    assert_eq!(text(&output.stdout), "a.md:7:1: warning[empty-section]: the section `Sources` is empty\n");
}

#[test]
fn json_holds_to_its_schema() {
    let place = folder(&[("a.md", ERROR), ("b.md", WARNING)]);
    let output = run(place.path(), &["--format", "json", "."]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../schemas/report.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&report).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(report["summary"]["files"], 2);
    let lines = run(place.path(), &["--format", "jsonl", "."]);
    let count = text(&lines.stdout).lines().count();
    assert_eq!(count, report["diagnostics"].as_array().expect("a list").len());
}

#[test]
fn standard_input_is_an_article() {
    let place = folder(&[]);
    let arguments = ["--format", "short", "--stdin-filename", "draft.md", "-"];
    let output = run_on(WARNING, place.path(), &arguments);
    assert!(text(&output.stdout).starts_with("draft.md:7:1: warning[empty-section]"));
    assert_eq!(status(&output), 1);
}

#[test]
fn order_does_not_depend_on_threads() {
    let names: Vec<String> = (0..40).map(|it| format!("{it:02}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), ERROR)).collect();
    let place = folder(&files);
    let one = run(place.path(), &["--format", "short", "--jobs", "1", "."]).stdout;
    let many = run(place.path(), &["--format", "short", "--jobs", "8", "."]).stdout;
    assert_eq!(text(&one), text(&many));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let names: Vec<String> = (0..300).map(|it| format!("{it:03}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), ERROR)).collect();
    let place = folder(&files);
    let mut child = program(place.path(), &["--fail-on", "never", "."])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn one_bad_file_does_not_hide_the_others() {
    let place = folder(&[("good.md", WARNING)]);
    fs::write(place.path().join("bad.md"), b"Tea \xff\xfe\n").expect("a file");
    let output = run(place.path(), &["--format", "short", "."]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stdout).contains("good.md:7:1"));
    assert!(text(&output.stderr).contains("bad.md: not UTF-8"), "{}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_round_are_harmless() {
    use std::os::unix::fs::symlink;
    let place = folder(&[("good.md", WARNING), ("inner/clean.md", CLEAN)]);
    symlink("nowhere.md", place.path().join("broken.md")).expect("a link");
    symlink("..", place.path().join("inner/up")).expect("a link");
    let output = run(place.path(), &["--format", "short", "."]);
    assert_eq!(status(&output), 2);
    assert!(
        text(&output.stderr).contains("broken.md: this link leads to nothing"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(text(&output.stdout).matches("empty-section").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = folder(&[("good.md", WARNING), ("locked/a.md", CLEAN)]);
    let locked = place.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("permissions");
    let may_read_all = fs::read_dir(&locked).is_ok();
    let output = run(place.path(), &["--format", "short", "."]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("permissions");
    assert!(text(&output.stdout).contains("good.md:7:1"));
    if !may_read_all {
        assert_eq!(status(&output), 2);
        assert!(text(&output.stderr).contains("locked"), "{}", text(&output.stderr));
    }
}

#[test]
fn no_control_character_of_an_article_reaches_the_terminal() {
    let article = "---\ntitle: Tea\n---\n\n## \u{1b}[31mSo\u{0}urces\u{202e}\n";
    let place = folder(&[("a.md", article)]);
    for format in ["pretty", "short"] {
        let output = text(&run(place.path(), &["--format", format, "a.md"]).stdout);
        assert!(output.contains("empty-section"), "{output}");
        let raw = |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || c == '\u{202e}';
        assert!(!output.contains(raw), "{output:?}");
    }
}

#[test]
fn an_empty_file_is_an_article_without_findings() {
    let place = folder(&[("a.md", "")]);
    assert_eq!(status(&run(place.path(), &["a.md"])), 0);
}

#[test]
fn a_wrong_configuration_is_named_with_its_place() {
    let place = folder(&[("a.md", CLEAN), ("soreaid-lint.yaml", "root: true\nlocal: uk\n")]);
    let output = run(place.path(), &["."]);
    assert_eq!(status(&output), 2);
    let complaint = text(&output.stderr);
    assert!(complaint.contains("soreaid-lint.yaml:2:1") && complaint.contains("locale"), "{complaint}");
}

#[test]
fn configuration_sets_severities_options_and_locale() {
    let configuration =
        "root: true\nlocale: uk\nrules:\n  empty-section: off\n  wrong-emergency-number: error\n";
    let article = "---\ntitle: Tea\n---\n\nCall 911 if you faint.\n\n## Sources\n";
    let place = folder(&[("a.md", article), ("soreaid-lint.yaml", configuration)]);
    let output = run(place.path(), &["--format", "short", "."]);
    let lines = text(&output.stdout);
    assert!(lines.contains("error[wrong-emergency-number]") && !lines.contains("empty-section"), "{lines}");
    let isolated = text(&run(place.path(), &["--isolated", "--format", "short", "."]).stdout);
    assert!(isolated.contains("empty-section") && !isolated.contains("wrong-emergency-number"), "{isolated}");
}

#[test]
fn huge_and_hostile_articles_end_in_a_report() {
    let sentence = "Walk a little, drink a little, sleep a lot. ";
    let one_line = sentence.repeat(5_000_000 / sentence.len() / 5);
    let quotes = "> ".repeat(10_000) + "deep\n";
    let mut lists = String::new();
    for level in 0..400 {
        lists.push_str(&" ".repeat(level * 2));
        lists.push_str("- deep\n");
    }
    let flat_lists = "- ".repeat(10_000) + "deep\n";
    let mut bomb = "---\ntitle: x\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let references = vec![format!("*a{}", level - 1); 9].join(", ");
        let line = format!("a{level}: &a{level} [{references}]\n");
        bomb.push_str(&line);
    }
    bomb += "---\n\nText.\n";
    let place = folder(&[
        ("line.md", &one_line),
        ("quotes.md", &quotes),
        ("lists.md", &lists),
        ("flat-lists.md", &flat_lists),
        ("bomb.md", &bomb),
        ("nul.md", "a\u{0}b\n"),
    ]);
    let output = run(place.path(), &["--format", "json", "--fail-on", "never", "."]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["summary"]["files"], 6);
    let found = report["diagnostics"].as_array().expect("a list");
    assert!(
        found.iter().any(|it| it["path"] == "./bomb.md" && it["rule"] == "malformed-front-matter"),
        "{found:?}"
    );
}

#[test]
fn a_pack_of_the_configuration_adds_a_claim() {
    let pack = "claims:\n  - id: moon-water\n    name: moon water\n    severity: warning\n    phrases: [moon water heals]\n    why: nobody has shown it\n    instead: leave it out\n    sources: [ftc-hpcg]\n    examples:\n      flags: [{text: Moon water heals., rule: misleading-health-claim}]\n      allows: [The moon is out.]\n";
    let place = folder(&[
        ("a.md", "---\ntitle: Tea\n---\n\nMoon water heals.\n"),
        ("packs/house.yaml", pack),
        ("broken.yaml", "claims: [{id: x}]\n"),
        ("soreaid-lint.yaml", "root: true\npacks: [packs/house.yaml]\n"),
    ]);
    let output = run(place.path(), &["--format", "short", "."]);
    assert!(text(&output.stdout).contains("warning[misleading-health-claim]"), "{}", text(&output.stderr));
    fs::write(place.path().join("soreaid-lint.yaml"), "root: true\npacks: [broken.yaml]\n").expect("a file");
    let output = run(place.path(), &["."]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("broken.yaml"), "{}", text(&output.stderr));
}

#[test]
fn the_schema_of_the_configuration_knows_what_the_program_knows() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../schemas/config.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let right = serde_json::json!({
        "root": true, "extends": "base.yaml", "files": ["**/*.md"], "exclude": ["drafts/**"], "locale": "uk",
        "profile": "strict", "dialect": {"mdx": true}, "fail-on": "error", "packs": ["p.yaml"],
        "schemas": [{"files": ["health/**"], "schema": "reviewed-health-article"}],
        "rules": {"empty-section": "off", "duplicate-heading": {"severity": "error", "scope": "document", "non-suppressible": true}},
        "overrides": [{"files": ["us/**"], "locale": "us", "rules": {"unmarked-heading": "note"}}],
    });
    assert!(
        validator.is_valid(&right),
        "{:?}",
        validator.iter_errors(&right).map(|it| it.to_string()).collect::<Vec<_>>()
    );
    let place = folder(&[
        ("a.md", CLEAN),
        ("base.yaml", "locale: us\n"),
        ("p.yaml", "claims: []\n"),
        ("soreaid-lint.yaml", &right.to_string()),
    ]);
    let output = run(place.path(), &["."]);
    assert_eq!(status(&output), 0, "{}{}", text(&output.stdout), text(&output.stderr));
    for wrong in [
        serde_json::json!({"local": "uk"}),
        serde_json::json!({"locale": "fr"}),
        serde_json::json!({"rules": {"x": "of"}}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
        fs::write(place.path().join("soreaid-lint.yaml"), wrong.to_string()).expect("a file");
        assert_eq!(status(&run(place.path(), &["."])), 2, "{wrong}");
    }
}

#[test]
fn packs_are_tested_by_their_examples() {
    let pack = |flagged: &str| {
        format!(
            "claims:\n  - id: moon-water\n    name: moon water\n    severity: warning\n    phrases: [moon water heals]\n    why: nobody has shown it\n    instead: leave it out\n    sources: [ftc-hpcg]\n    examples:\n      flags: [{{text: {flagged}, rule: misleading-health-claim}}]\n      allows: [The moon is out.]\n"
        )
    };
    let place =
        folder(&[("right.yaml", &pack("Moon water heals.")), ("wrong.yaml", &pack("Moon water is wet."))]);
    assert_eq!(status(&run(place.path(), &["test"])), 0);
    assert_eq!(status(&run(place.path(), &["test", "right.yaml"])), 0);
    let output = run(place.path(), &["test", "wrong.yaml"]);
    assert_eq!(status(&output), 1);
    assert!(text(&output.stdout).contains("missing: moon-water"), "{}", text(&output.stdout));
    assert_eq!(status(&run(place.path(), &["test", "nowhere.yaml"])), 2);
}

const RESIDUE: &str = "residue:
  - id: print-note
    rule: leftover-markup
    phrases: ['^ see page # of the print edition']
    not: [page 3 of the print edition]
    message: a note of the print edition is left in the article
    help: remove it
    examples:
      flags: [See page 12 of the print edition.]
      allows: [We printed 12 pages., See page 3 of the print edition.]
";

#[test]
fn a_pack_of_the_configuration_adds_and_replaces_residue() {
    let replacing = RESIDUE.replace("print-note", "feed-teaser");
    let article = "---\ntitle: Tea\n---\n\nSee page 12 of the print edition.\n\nContinue reading →\n";
    let place = folder(&[
        ("a.md", article),
        ("print.yaml", RESIDUE),
        ("instead.yaml", &replacing),
        ("soreaid-lint.yaml", "root: true\npacks: [print.yaml]\n"),
    ]);
    let lines = || text(&run(place.path(), &["--format", "short", "."]).stdout);
    let print = "warning[leftover-markup]: a note of the print edition is left in the article";
    let teaser = "warning[leftover-markup]: a teaser of a feed is left in the article";
    assert_eq!(lines(), format!("./a.md:5:1: {print}\n./a.md:7:1: {teaser}\n"));
    fs::write(place.path().join("soreaid-lint.yaml"), "root: true\npacks: [instead.yaml]\n").expect("a file");
    assert_eq!(lines(), format!("./a.md:5:1: {print}\n"));
}

#[test]
fn residue_of_a_pack_is_tested_by_its_examples() {
    let missing = RESIDUE.replace("flags: [See page 12", "flags: [Look at page 12");
    let noisy = RESIDUE.replace("We printed 12 pages.", "See page 7 of the print edition.");
    let without =
        RESIDUE.replace("      allows: [We printed 12 pages., See page 3 of the print edition.]\n", "");
    let unknown = RESIDUE.replace("leftover-markup", "empty-section");
    let malformed = RESIDUE.replace("of the print edition']", "(of']");
    let place = folder(&[
        ("right.yaml", RESIDUE),
        ("missing.yaml", &missing),
        ("noisy.yaml", &noisy),
        ("without.yaml", &without),
        ("unknown.yaml", &unknown),
        ("malformed.yaml", &malformed),
    ]);
    let test = |pack: &str| {
        let output = run(place.path(), &["test", pack]);
        (status(&output), text(&output.stdout) + &text(&output.stderr))
    };
    let count = |said: &str| said.split(' ').next().and_then(|it| it.parse::<usize>().ok()).expect("a count");
    let bundled = text(&run(place.path(), &["test"]).stdout);
    let (right, said) = test("right.yaml");
    assert_eq!((right, count(&said)), (0, count(&bundled) + 3), "{said}");
    let (broken, said) = test("missing.yaml");
    assert!(
        broken == 1 && said.starts_with("missing: print-note: leftover-markup: Look at page 12"),
        "{said}"
    );
    let (broken, said) = test("noisy.yaml");
    assert!(broken == 1 && said.starts_with("noisy: print-note: leftover-markup: See page 7"), "{said}");
    let (refused, said) = test("without.yaml");
    let message = "failed to check pack without.yaml:2:9: `print-note` has no example under `allows`";
    assert!(refused == 2 && said.contains(message), "{said}");
    for pack in ["unknown.yaml", "malformed.yaml"] {
        assert_eq!(test(pack).0, 2, "{pack}");
    }
}

#[test]
fn phrases_name_sets_of_their_pack() {
    let phrase = "of the print edition']";
    let named = RESIDUE.replace(phrase, "of <edition>']") + "sets: {edition: the print edition}\n";
    let unknown = RESIDUE.replace(phrase, "of <edition>']");
    let place = folder(&[("named.yaml", &named), ("unknown.yaml", &unknown)]);
    assert_eq!(status(&run(place.path(), &["test", "named.yaml"])), 0);
    let refused = run(place.path(), &["test", "unknown.yaml"]);
    assert_eq!(status(&refused), 2);
    assert!(text(&refused.stderr).contains("no pack has a set of this name"), "{}", text(&refused.stderr));
}

#[test]
fn the_schema_of_packs_knows_residue() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../schemas/pack.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let pack: serde_json::Value = serde_saphyr::from_str(RESIDUE).expect("YAML");
    assert!(validator.is_valid(&pack));
    let mut wrong = pack.clone();
    wrong["residue"][0]["rule"] = "empty-section".into();
    assert!(!validator.is_valid(&wrong));
    wrong = pack;
    wrong["residue"][0]["examples"]["allows"] = serde_json::json!([]);
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_and_the_others_are_checked() {
    let place = folder(&[("good.md", WARNING)]);
    fs::write(place.path().join("huge.md"), "Rest. ".repeat(50_000_000 / 6)).expect("a file");
    let output = run(place.path(), &["--format", "short", "."]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stdout).contains("good.md:7:1"));
    assert!(text(&output.stderr).contains("huge.md: too large to be an article"), "{}", text(&output.stderr));
}

#[test]
fn the_manual_tells_every_option_and_every_command() {
    let place = folder(&[]);
    let help = text(&run(place.path(), &["--help"]).stdout);
    let output = run(place.path(), &["man"]);
    assert_eq!(status(&output), 0);
    let manual = text(&output.stdout).replace("\\-", "-");
    assert!(manual.contains(".TH soreaid-lint 1"), "{manual}");
    let options = help.split_whitespace().filter(|word| word.starts_with("--"));
    let options: Vec<&str> =
        options.map(|word| word.trim_end_matches(|c: char| !c.is_alphabetic())).collect();
    assert!(options.contains(&"--format"), "{help}");
    for option in options {
        assert!(manual.contains(option), "{option}: {manual}");
    }
    assert_eq!(status(&run(place.path(), &["man", "."])), 0);
    for page in ["soreaid-lint.1", "soreaid-lint-explain.1", "soreaid-lint-man.1"] {
        assert!(place.path().join(page).exists(), "{page}");
        assert!(page == "soreaid-lint.1" || manual.contains(page.trim_end_matches(".1")), "{page}");
    }
    assert_eq!(status(&run(place.path(), &["man", "nowhere"])), 2);
}

#[test]
fn completions_are_written_for_every_shell() {
    let place = folder(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(place.path(), &["completions", shell]);
        assert_eq!(status(&output), 0, "{shell}");
        assert!(text(&output.stdout).contains("fail-on"), "{shell}");
    }
}

#[test]
fn explain_knows_rules_and_every_entry_of_the_packs() {
    let place = folder(&[]);
    let begin = |name: &str| {
        let output = run(place.path(), &["explain", name]);
        assert_eq!(status(&output), 0, "{name}");
        text(&output.stdout).lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(begin("empty-section"), "empty-section, a rule: a heading with nothing under it");
    assert_eq!(begin("ice-pack"), "ice-pack, a remedy: ice pack");
    assert_eq!(begin("dvt"), "dvt, a red flag: a blood clot in one leg (DVT)");
    assert_eq!(begin("detox-toxins"), "detox-toxins, a claim: getting rid of toxins");
    assert_eq!(begin("raynauds"), "raynauds, a caution: Raynaud's");
    let output = run(place.path(), &["explain", "ice-pak"]);
    assert_eq!(text(&output.stderr), "soreaid-lint: nothing is called `ice-pak`; did you mean `ice-pack`?\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_goes_after_what_an_open_file_holds_and_in_place_of_what_a_closed_one_does() {
    let place = folder(&[("warning.md", WARNING), ("log", "before\n")]);
    let report_to = |output: &str, stdout: Stdio| {
        let mut program = program(place.path(), &["--format", "short", "--output", output, "warning.md"]);
        assert_eq!(program.stdout(stdout).status().expect("the program runs").code(), Some(1), "{output}");
    };
    let content = |path: &Path| text(&Command::new("cat").arg(path).output().expect("cat runs").stdout);
    let log = place.path().join("log");
    let short = text(&run(place.path(), &["--format", "short", "warning.md"]).stdout);
    let open = fs::OpenOptions::new().append(true).open(&log).expect("a file");
    report_to("/dev/stdout", open.into());
    assert_eq!(content(&log), format!("before\n{short}"));
    report_to("log", Stdio::null());
    assert_eq!(content(&log), short);

    // A disk in memory stands among the devices, and what lies on it are files.
    let Ok(memory) = tempfile::tempdir_in("/dev/shm") else { return };
    let report = memory.path().join("report");
    for longer in [false, true] {
        if longer {
            fs::write(&report, "x".repeat(10_000)).expect("a file");
        }
        report_to(report.to_str().expect("text"), Stdio::null());
        assert_eq!(content(&report), short);
    }
}
