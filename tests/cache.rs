//! `--cache`: whatever it holds, a run says what a run without it says.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

mod program;

use std::fs;
use std::path::Path;

use program::{folder, program, run, status, text, write};

const ICE: &str = "---\ntitle: Ice\n---\n\n# Ice\n\nIce your knee for 60 minutes.\n";
const HEAT: &str = "---\ntitle: Heat\n---\n\n# Heat\n\nSee [ice](ice.md). Rest well.\n";

const PACK: &str = "
sources:
  - {id: house, publisher: A house, title: Its words, url: \"https://example.org/\", checked: 2026-11-02, status: confirmed}
claims:
  - id: house-word
    name: a word of the house
    severity: warning
    phrases: [PHRASE]
    why: the house does not say so
    instead: say it in other words
    sources: [house]
    examples:
      flags: [{rule: misleading-health-claim, text: PHRASE heals.}]
      allows: [Nothing.]
";

/// What a run on the folder says with the cache, which has to be what one without it says.
fn said(place: &Path, more: &[&str]) -> String {
    let arguments = [&["--format", "json", "."], more].concat();
    let plain = run(place, &arguments);
    let cached = run(place, &[&arguments[..], &["--cache", "kept"]].concat());
    assert_eq!(status(&plain), status(&cached));
    assert_eq!(text(&plain.stdout), text(&cached.stdout));
    assert_eq!(text(&plain.stderr), text(&cached.stderr));
    text(&cached.stdout)
}

fn kept(place: &Path) -> Vec<u8> {
    fs::read(place.join("kept/articles.bin")).expect("a cache")
}

#[test]
fn what_has_not_changed_is_said_again_and_not_written_again() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT)]);
    let first = said(place.path(), &[]);
    assert!(first.contains("unsafe-remedy-duration"));
    let bytes = kept(place.path());
    assert_eq!(said(place.path(), &[]), first);
    assert_eq!(kept(place.path()), bytes);
    assert_eq!(fs::read_to_string(place.path().join("kept/.gitignore")).expect("a note"), "*\n");
}

#[test]
fn what_was_damaged_is_checked_again() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT)]);
    said(place.path(), &[]);
    let honest = kept(place.path());
    let mut damaged = honest.clone();
    let words = b"unsafe-remedy-duration";
    let at = honest.windows(words.len()).position(|it| it == words).expect("the finding");
    damaged[at] = b'U';
    fs::write(place.path().join("kept/articles.bin"), damaged).expect("a cache");
    said(place.path(), &[]);
    assert_eq!(kept(place.path()), honest, "what was damaged is replaced");
}

#[test]
fn a_changed_article_is_checked_again() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT)]);
    said(place.path(), &[]);
    write(place.path(), "ice.md", &ICE.replace("60", "15"));
    assert!(!said(place.path(), &[]).contains("unsafe-remedy-duration"));
    write(place.path(), "ice.md", ICE);
    assert!(said(place.path(), &[]).contains("unsafe-remedy-duration"));
}

/// Files of the repository are old enough to be known by their stamps; links lead to one and then to another.
#[cfg(unix)]
#[test]
fn another_file_in_its_place_is_checked() {
    let rule = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules/unsafe-remedy-duration");
    let mut files: Vec<_> =
        fs::read_dir(rule).expect("fixtures").map(|it| it.expect("a file").path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "md"));
    files.sort();
    let place = folder(&[("heat.md", HEAT)]);
    let article = place.path().join("ice.md");
    for file in files.iter().take(8).chain(files.iter().take(3)) {
        std::os::unix::fs::symlink(file, &article).expect("a link");
        let first = said(place.path(), &[]);
        assert_eq!(said(place.path(), &[]), first);
        fs::remove_file(&article).expect("it is there");
    }
}

#[test]
fn a_changed_configuration_holds() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT)]);
    said(place.path(), &[]);
    write(place.path(), "soreaid-lint.yaml", "rules:\n  unsafe-remedy-duration: off\n");
    assert!(!said(place.path(), &[]).contains("unsafe-remedy-duration"));
    assert!(!said(place.path(), &["--skip", "missing-front-matter"]).contains("unsafe-remedy-duration"));
    fs::remove_file(place.path().join("soreaid-lint.yaml")).expect("it is there");
    assert!(said(place.path(), &[]).contains("unsafe-remedy-duration"));
    assert!(!said(place.path(), &["--rule", "duplicate-title"]).contains("unsafe-remedy-duration"));
}

#[test]
fn changed_packs_and_schemas_hold() {
    let schema = |kind: &str| format!("{{\"type\": \"object\", \"properties\": {{\"title\": {kind}}}}}\n");
    let pack = |phrase: &str| PACK.replace("PHRASE", phrase);
    let place = folder(&[
        ("ice.md", ICE),
        ("heat.md", HEAT),
        ("soreaid-lint.yaml", "packs: [p.yaml]\nschemas: [{files: [\"**\"], schema: s.json}]\n"),
        ("s.json", &schema(r#"{"type": "string"}"#)),
        ("p.yaml", &pack("never ever said")),
    ]);
    let first = said(place.path(), &[]);
    write(place.path(), "s.json", &schema(r#"{"type": "number"}"#));
    let second = said(place.path(), &[]);
    assert_ne!(first, second);
    write(place.path(), "p.yaml", &pack("rest well"));
    assert_ne!(said(place.path(), &[]), second);
    // What a schema refers to is not looked at, so that nothing is kept under it.
    write(place.path(), "t.json", r#"{"type": "number"}"#);
    write(place.path(), "s.json", &schema(r#"{"$ref": "t.json"}"#));
    let third = said(place.path(), &[]);
    write(place.path(), "t.json", r#"{"type": "string"}"#);
    assert_ne!(said(place.path(), &[]), third);
}

#[test]
fn files_and_days_that_findings_rest_on_are_looked_at_again() {
    let reviewed = ICE.replace("title: Ice\n", "title: Ice\nnext_review: 2026-12-01\n");
    let place = folder(&[("ice.md", &reviewed), ("heat.md", HEAT)]);
    let november = ["--today", "2026-11-26"];
    assert!(!said(place.path(), &november).contains("stale-review"));
    assert!(said(place.path(), &["--today", "2026-12-02"]).contains("stale-review"));
    assert!(!said(place.path(), &november).contains("stale-review"));
    fs::rename(place.path().join("ice.md"), place.path().join("cold.md")).expect("a new name");
    write(place.path(), "third.md", "# Third\n");
    assert!(said(place.path(), &november).contains("broken-link"));
    write(place.path(), "ice.md", &ICE.replace("Ice", "Frost"));
    assert!(!said(place.path(), &november).contains("broken-link"));
}

#[test]
fn what_stands_in_other_articles_is_looked_at_again() {
    let place = folder(&[("ice.md", ICE), ("heat.md", &HEAT.replace("Heat", "Ice"))]);
    assert!(said(place.path(), &[]).contains("duplicate-title"));
    assert!(said(place.path(), &[]).contains("duplicate-title"));
    write(place.path(), "heat.md", HEAT);
    assert!(!said(place.path(), &[]).contains("duplicate-title"));
}

#[test]
fn no_damage_does_harm() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT)]);
    said(place.path(), &[]);
    let honest = kept(place.path());
    let step = (honest.len() / 40).max(1);
    for at in (0..honest.len()).step_by(step) {
        let mut damaged = honest.clone();
        damaged[at] ^= 0x55;
        fs::write(place.path().join("kept/articles.bin"), &damaged).expect("a cache");
        said(place.path(), &[]);
        fs::write(place.path().join("kept/articles.bin"), &honest[..at]).expect("a cache");
        said(place.path(), &[]);
    }
    fs::remove_dir_all(place.path().join("kept")).expect("it can be deleted");
    said(place.path(), &[]);
}

#[test]
fn runs_at_once_do_no_harm() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT)]);
    let expected = text(&run(place.path(), &["--format", "json", "."]).stdout);
    for round in 0..5 {
        write(place.path(), "extra.md", &format!("# Extra {round}\n"));
        let runs: Vec<_> = (0..4)
            .map(|_| {
                let mut program =
                    program(place.path(), &["--format", "json", "--cache", "kept", "ice.md", "heat.md"]);
                program.stdout(std::process::Stdio::piped()).spawn().expect("the program runs")
            })
            .collect();
        for run in runs {
            let output = run.wait_with_output().expect("it ends");
            assert_eq!(text(&output.stdout).replace("\"ice.md\"", "\"./ice.md\"").len(), expected.len());
        }
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_said_and_changes_no_status() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT), ("kept", "a file")]);
    let output = run(place.path(), &["--cache", "kept", "."]);
    assert_eq!(status(&output), 1);
    assert!(text(&output.stderr).contains("failed to write the cache"), "{}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_its_place_is_not_waited_for() {
    let place = folder(&[("ice.md", ICE), ("heat.md", HEAT), ("kept/.gitignore", "*\n")]);
    let made = std::process::Command::new("mkfifo").arg(place.path().join("kept/articles.bin")).status();
    assert!(made.expect("mkfifo").success());
    let mut program = program(place.path(), &["--cache", "kept", "."]);
    let mut child = program
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it runs");
    for _ in 0..600 {
        if child.try_wait().expect("a state").is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    child.kill().expect("it is stopped");
    panic!("it waits for a pipe");
}

#[test]
fn fixes_are_the_same_with_it() {
    let article = "# One\n\n### Two\n\nText of the article.\n";
    let place = folder(&[("a.md", article), ("b.md", HEAT)]);
    said(place.path(), &[]);
    let output = run(place.path(), &["--cache", "kept", "--fix", "--fail-on", "never", "."]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert!(fs::read_to_string(place.path().join("a.md")).expect("an article").contains("\n## Two"));
    said(place.path(), &[]);
}
