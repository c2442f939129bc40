//! The language server as editors know it: the real program over pipes.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

#[path = "lsp/client.rs"]
mod client;
mod program;
mod tree;

use std::fs;
use std::path::Path;
use std::time::Duration;

use client::{Client, byte, capabilities, command_line, edited, is_about, run, uri};
use lsp_server::Message;
use program::folder;
use serde_json::{Value, json};

const EMPTY_SECTION: &str = "---\ntitle: Tea\n---\n\nHot.\n\n## Sources\n";
const SKIPPED: &str = "---\ntitle: Tea\n---\n\n## One\n\nHot.\n\n#### Two\n\nCold.\n\n#### Three\n\nMild.\n";

fn rules(published: &Value) -> Vec<String> {
    let findings = published["diagnostics"].as_array().expect("a list").iter();
    findings.map(|it| it["code"].as_str().unwrap_or("none").to_owned()).collect()
}

/// A finding of the protocol as far as it can be compared: severity, rule, message with help, bytes, second places.
fn plain(it: &Value, text: &str, is_utf16: bool) -> Value {
    let bytes = |range: &Value| [&range["start"], &range["end"]].map(|at| byte(text, at, is_utf16));
    let related = it["relatedInformation"].as_array().cloned().unwrap_or_default();
    let related: Vec<Value> =
        related.iter().map(|it| json!([bytes(&it["location"]["range"]), it["message"]])).collect();
    assert_eq!(it["source"], "soreaid-lint");
    json!([it["severity"], it["code"], it["message"], bytes(&it["range"]), related, it["data"]])
}

/// A finding of the JSON report in the same shape.
fn expected(it: &Value) -> Value {
    let severity = match it["severity"].as_str() {
        Some("error") => 1,
        Some("warning") => 2,
        _ => 3,
    };
    let message = it["message"].as_str().expect("a message");
    let message = match it["help"].as_str() {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.to_owned(),
    };
    let bytes = |it: &Value| json!([it["start"]["byte"], it["end"]["byte"]]);
    let labels = it["labels"].as_array().expect("a list").iter().filter(|it| it["message"] != "");
    let labels: Vec<Value> = labels.map(|it| json!([bytes(it), it["message"]])).collect();
    json!([severity, it["rule"], message, bytes(it), labels, it["fingerprint"]])
}

#[test]
fn findings_are_those_of_the_command_line_in_both_encodings() {
    let here = fs::canonicalize(".").expect("the repository");
    let mut paths = Vec::new();
    for folder in ["fixtures/articles", "fixtures/rules", "fixtures/source"] {
        tree::files(&here.join(folder), "md", &mut paths);
    }
    assert!(100 < paths.len());
    let mut report = command_line(&here, &["fixtures/articles", "fixtures/rules", "fixtures/source"]);
    // The server looks at one article at a time: what stands against another one is the command line's to find.
    let names_another =
        |it: &Value| it["labels"].as_array().is_some_and(|it| it.iter().any(|it| it["path"].is_string()));
    report.retain(|it| !names_another(it));
    for (encodings, chosen) in
        [(&["utf-16", "utf-8"][..], "utf-8"), (&["utf-16"][..], "utf-16"), (&[], "utf-16")]
    {
        let mut client = Client::start(&here);
        let answer = client.request("initialize", &json!({"capabilities": capabilities(encodings)}));
        assert_eq!(answer["capabilities"]["positionEncoding"], chosen);
        client.notify("initialized", &json!({}));
        for path in &paths {
            let text = String::from_utf8(fs::read(path).expect("a fixture")).expect("UTF-8");
            client.open(&uri(path), 1, &text);
        }
        let mut count = 0;
        for path in &paths {
            let text = String::from_utf8(fs::read(path).expect("a fixture")).expect("UTF-8");
            let published = client.published(&uri(path));
            assert_eq!(published["version"], 1);
            let findings = published["diagnostics"].as_array().expect("a list");
            let found: Vec<Value> = findings.iter().map(|it| plain(it, &text, chosen == "utf-16")).collect();
            let name = path.strip_prefix(&here).expect("inside").to_string_lossy();
            let wanted = report.iter().filter(|it| it["path"] == *name);
            assert_eq!(found, wanted.map(expected).collect::<Vec<_>>(), "{name} in {chosen}");
            count += found.len();
        }
        assert_eq!(count, report.len(), "every finding was compared");
        assert_eq!(client.stop(), 0);
    }
}

#[test]
fn edits_are_applied_in_the_units_of_the_client() {
    let place = folder(&[]);
    let file = uri(&place.path().join("a b/é.md"));
    for (encodings, is_utf16) in [(["utf-16"], true), (["utf-8"], false)] {
        let mut client = Client::ready(place.path(), &encodings);
        let text = "\u{feff}---\r\ntitle: Tea\r\n---\r\n\r\n😀é😀 x\r\n\r\n## Sources\r\n";
        client.open(&file, 1, text);
        assert_eq!(rules(&client.published(&file)), ["empty-section"]);
        let at = |line: u32, utf16: u32, utf8: u32| json!({"line": line, "character": if is_utf16 { utf16 } else { utf8 }});
        // The `x` after the emoji becomes a word, then the section gets words, in one notification.
        let changes = json!([
            {"range": {"start": at(4, 6, 11), "end": at(4, 7, 12)}, "text": "Hot 😀.\r\n\r\nNew"},
            {"range": {"start": at(8, 10, 10), "end": at(8, 10, 10)}, "text": "\r\n\r\nNHS 😀"},
        ]);
        client.change(&file, 2, &changes);
        let published = client.published(&file);
        assert_eq!((rules(&published), &published["version"]), (vec![], &json!(2)));
        // Before the last emoji a second heading: that the columns are right is told by the place that is found.
        let change =
            json!([{"range": {"start": at(10, 4, 4), "end": at(10, 6, 8)}, "text": "😀\n\n## 😀 Origins\n"}]);
        client.change(&file, 3, &change);
        let published = client.published(&file);
        assert_eq!(rules(&published), ["empty-section"]);
        let range = &published["diagnostics"][0]["range"];
        assert_eq!((&range["start"], &range["end"]), (&at(12, 0, 0), &at(12, 13, 15)));
        // All at once.
        client.change(&file, 4, &json!([{"text": "---\ntitle: Tea\n---\n\nHot.\n"}]));
        assert_eq!(rules(&client.published(&file)), Vec::<String>::new());
        assert_eq!(client.stop(), 0);
    }
}

#[test]
fn outdated_versions_are_never_published() {
    let place = folder(&[]);
    let (one, other) = (uri(&place.path().join("one.md")), uri(&place.path().join("other.md")));
    let mut client = Client::ready(place.path(), &["utf-8"]);
    let part = "\n## Part\n\nPress an ice pack on the shin for 35 minutes.\n";
    let long = format!("{EMPTY_SECTION}{}", part.repeat(400));
    client.open(&one, 1, &long);
    client.open(&other, 1, EMPTY_SECTION);
    for version in 2..30 {
        let end = json!({"line": 0, "character": 3});
        client.change(&one, version, &json!([{"range": {"start": end, "end": end}, "text": " "}]));
    }
    client.change(&one, 30, &json!([{"text": EMPTY_SECTION}]));
    assert_eq!(rules(&client.published(&other)), ["empty-section"]);
    let messages = client.rest(Duration::from_secs(5));
    let versions: Vec<&Value> = messages
        .iter()
        .filter(|it| is_about(it, "textDocument/publishDiagnostics", &one))
        .map(|it| match it {
            Message::Notification(it) => &it.params["version"],
            _ => unreachable!(),
        })
        .collect();
    assert_eq!(versions, [&json!(30)], "what was open or typed before was superseded");
    assert_eq!(client.stop(), 0);
}

#[test]
fn closing_takes_findings_away_and_other_documents_are_left_alone() {
    let place = folder(&[]);
    let file = uri(&place.path().join("a.md"));
    let mut client = Client::ready(place.path(), &["utf-8"]);
    client.open(&file, 1, EMPTY_SECTION);
    assert_eq!(rules(&client.published(&file)), ["empty-section"]);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": file}}));
    assert_eq!(rules(&client.published(&file)), Vec::<String>::new());
    let document = json!({"uri": uri(&place.path().join("a.txt")), "languageId": "plaintext", "version": 1, "text": EMPTY_SECTION});
    client.notify("textDocument/didOpen", &json!({"textDocument": document}));
    let untitled = "untitled:Untitled-1";
    client.open(untitled, 1, EMPTY_SECTION);
    assert_eq!(rules(&client.published(untitled)), ["empty-section"]);
    let others = client.rest(Duration::from_millis(500));
    assert!(others.iter().all(|it| matches!(it, Message::Request(_))), "{others:?}");
    assert_eq!(client.stop(), 0);
}

#[test]
fn a_changed_configuration_holds_at_once() {
    let place = folder(&[("soreaid-lint.yaml", "rules:\n  empty-section: error\n")]);
    let configuration = place.path().join("soreaid-lint.yaml");
    let file = uri(&place.path().join("a.md"));
    let mut client = Client::ready(place.path(), &["utf-16"]);
    let registered = client.asked("client/registerCapability");
    assert_eq!(registered["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.open(&file, 1, EMPTY_SECTION);
    assert_eq!(client.published(&file)["diagnostics"][0]["severity"], 1);
    let changed = json!({"changes": [{"uri": uri(&configuration), "type": 2}]});

    fs::write(&configuration, "rules:\n  empty-section: off\n").expect("a file");
    client.notify("workspace/didChangeWatchedFiles", &changed);
    let published = client.published(&file);
    assert_eq!((rules(&published), &published["version"]), (vec![], &json!(1)));

    // A wrong one is told once with its place, and shown in it, though it is not open.
    fs::write(&configuration, "# 😀\nrules:\n  empty-secton: off\n").expect("a file");
    client.notify("workspace/didChangeWatchedFiles", &changed);
    let shown = client.published(&uri(&configuration));
    let trouble = &shown["diagnostics"][0];
    assert_eq!(trouble["range"]["start"], json!({"line": 2, "character": 2}), "{shown}");
    assert!(trouble["message"].as_str().expect("a text").contains("empty-section"), "{shown}");
    let told = client.told("window/showMessage");
    assert!(told["message"].as_str().expect("a text").contains("soreaid-lint.yaml:3:3"), "{told}");
    assert_eq!(rules(&client.published(&file)), Vec::<String>::new());
    client.change(&file, 2, &json!([{"text": format!("{EMPTY_SECTION}\n")}]));
    assert_eq!(client.published(&file)["version"], 2);
    let others = client.rest(Duration::from_millis(300));
    assert!(others.is_empty(), "told once: {others:?}");

    // A client that watches nothing says that settings have changed.
    fs::write(&configuration, "packs: [house.yaml]\n").expect("a file");
    fs::write(place.path().join("house.yaml"), "claims: 7\n").expect("a file");
    client.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
    assert_eq!(rules(&client.published(&uri(&configuration))), Vec::<String>::new());
    let told = client.told("window/showMessage");
    assert!(told["message"].as_str().expect("a text").contains("house.yaml"), "{told}");
    fs::remove_file(&configuration).expect("a file");
    client.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
    client.published(&file);
    assert_eq!(rules(&client.published(&file)), ["empty-section"]);
    assert_eq!(client.stop(), 0);
}

#[test]
fn excluded_articles_are_left_alone() {
    let place = folder(&[("soreaid-lint.yaml", "exclude: [\"drafts/**\"]\n")]);
    let (draft, article) = (uri(&place.path().join("drafts/a.md")), uri(&place.path().join("a.md")));
    let mut client = Client::ready(place.path(), &["utf-16"]);
    client.open(&draft, 1, EMPTY_SECTION);
    client.open(&article, 1, EMPTY_SECTION);
    assert_eq!(rules(&client.published(&draft)), Vec::<String>::new());
    assert_eq!(rules(&client.published(&article)), ["empty-section"]);
}

#[test]
fn a_session_ends_as_the_protocol_says() {
    let place = folder(&[]);
    assert_eq!(Client::ready(place.path(), &["utf-16"]).stop(), 0);

    let mut without_shutdown = Client::ready(place.path(), &["utf-16"]);
    without_shutdown.notify("exit", &Value::Null);
    assert_eq!(without_shutdown.status(), 1);

    let mut gone = Client::ready(place.path(), &["utf-16"]);
    gone.close_input();
    assert_eq!(gone.status(), 1);

    let mut before = Client::start(place.path());
    let id = before.ask("textDocument/hover", &json!({}));
    assert_eq!(before.answer(id), Err(-32002));
    before.notify("exit", &Value::Null);
    assert_eq!(before.status(), 1);

    let mut after = Client::ready(place.path(), &["utf-16"]);
    after.request("shutdown", &Value::Null);
    let id = after.ask("textDocument/hover", &json!({}));
    assert_eq!(after.answer(id), Err(-32600));
    after.notify("exit", &Value::Null);
    assert_eq!(after.status(), 0);
}

#[test]
fn what_is_malformed_ends_nothing() {
    let place = folder(&[]);
    let file = uri(&place.path().join("a.md"));
    let mut client = Client::ready(place.path(), &["utf-16"]);
    client.raw("Content-Length: 3\r\n\r\n{]}");
    client.raw("nonsense\r\n");
    client.send(&json!([1, 2]));
    client.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 7}}));
    client.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": null}));
    client.send(&json!({"jsonrpc": "2.0", "method": "$/unheardOf"}));
    client.change("file:///nowhere.md", 1, &json!([{"text": "x"}]));
    client.open("file://elsewhere/a.md", 1, "\u{0}---\n");
    let id = client.ask("textDocument/hover", &json!({"textDocument": {}}));
    assert_eq!(client.answer(id), Err(-32602));
    let id = client.ask("textDocument/completion", &json!({}));
    assert_eq!(client.answer(id), Err(-32601));
    client.open(&file, 1, EMPTY_SECTION);
    // A change that comes late would find this published already.
    assert_eq!(client.published(&file)["version"], 1);
    let (first, last) =
        (json!({"line": 7000, "character": 9}), json!({"line": 0, "character": 4_000_000_000_u32}));
    client.change(&file, 2, &json!([{"range": {"start": first, "end": last}, "text": ""}]));
    assert_eq!(client.published(&file)["version"], 2);
    assert_eq!(client.stop(), 0);
}

#[test]
fn what_is_too_large_is_said_and_holds_up_nothing() {
    let place = folder(&[]);
    let (large, small) = (uri(&place.path().join("large.md")), uri(&place.path().join("small.md")));
    let mut client = Client::ready(place.path(), &["utf-8"]);
    client.open(&large, 1, &"Hot tea.\n".repeat(2_000_000));
    client.open(&small, 1, EMPTY_SECTION);
    assert_eq!(rules(&client.published(&small)), ["empty-section"]);
    assert_eq!(rules(&client.published(&large)), Vec::<String>::new());
    let told = client.told("window/showMessage");
    assert!(told["message"].as_str().expect("a text").contains("large.md"), "{told}");
    client.change(&large, 2, &json!([{"text": EMPTY_SECTION}]));
    assert_eq!(rules(&client.published(&large)), ["empty-section"]);
    assert_eq!(client.stop(), 0);
}

#[test]
fn fixes_take_their_findings_away() {
    let place = folder(&[]);
    let file = uri(&place.path().join("a.md"));
    let mut client = Client::ready(place.path(), &["utf-16"]);
    let text = format!("{SKIPPED}\n## 😀 End\n\nHot.\n\nmassage, masseur, spa\n");
    client.open(&file, 7, &text);
    let published = client.published(&file);
    let found = rules(&published);
    assert_eq!(found, ["skipped-heading-level", "stray-image-caption"]);
    let ask = |client: &mut Client, range: &Value, only: Value| {
        let context = json!({"diagnostics": [], "only": only});
        let params = json!({"textDocument": {"uri": file}, "range": range, "context": context});
        client.request("textDocument/codeAction", &params).as_array().expect("a list").clone()
    };
    let edits = |action: &Value| {
        let change = &action["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({"uri": file, "version": 7}));
        change["edits"].clone()
    };

    let first = &published["diagnostics"][0];
    let actions = ask(&mut client, &first["range"], json!(["quickfix"]));
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(&actions[0]["diagnostics"][0], first);
    let fixed = edited(&text, &edits(&actions[0]), true);
    assert!(fixed.contains("\n### Two\n") && fixed.contains("\n### Three\n"), "{fixed}");

    let caption = &published["diagnostics"][1]["range"];
    let actions = ask(&mut client, caption, json!(["quickfix"]));
    assert!(actions[0]["title"].as_str().expect("a title").contains("unsafe"), "{actions:?}");
    assert_eq!(actions[0]["isPreferred"], Value::Null);
    assert!(!edited(&text, &edits(&actions[0]), true).contains("masseur"));

    let nowhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    for only in ["source", "source.fixAll", "source.fixAll.soreaid-lint"] {
        let actions = ask(&mut client, &nowhere, json!([only]));
        assert_eq!(actions.len(), 1, "{only}");
        assert_eq!(actions[0]["kind"], "source.fixAll.soreaid-lint");
        let fixed = edited(&text, &edits(&actions[0]), true);
        assert!(fixed.contains("\n### Two\n") && fixed.contains("masseur"), "{fixed}");
    }
    assert!(ask(&mut client, &nowhere, json!(["refactor"])).is_empty());
    assert_eq!(client.stop(), 0);
}

#[test]
fn a_question_waits_for_the_check_of_the_text_it_is_about() {
    let place = folder(&[]);
    let file = uri(&place.path().join("a.md"));
    let mut client = Client::ready(place.path(), &["utf-8"]);
    client.open(&file, 1, "---\ntitle: Tea\n---\n\nHot.\n");
    client.change(&file, 2, &json!([{"text": EMPTY_SECTION}]));
    let params = json!({"textDocument": {"uri": file}, "position": {"line": 6, "character": 4}});
    let hover = client.request("textDocument/hover", &params);
    assert!(hover["contents"]["value"].as_str().expect("a text").contains("empty-section"), "{hover}");
    client.change(&file, 3, &json!([{"text": SKIPPED}]));
    let overtaken = client.ask("textDocument/hover", &params);
    client.change(&file, 4, &json!([{"text": EMPTY_SECTION}]));
    assert_eq!(client.answer(overtaken), Err(-32801));
    let cancelled = client.ask("textDocument/hover", &params);
    client.notify("$/cancelRequest", &json!({"id": cancelled}));
    // The answer may be under way already.
    if let Err(code) = client.answer(cancelled) {
        assert_eq!(code, -32800);
    }
    assert_eq!(client.stop(), 0);
}

/// Every comment that is offered for a finding of a fixture takes that finding away, and brings in none but the one that
/// asks for the reason.
#[test]
fn comments_allow_what_they_are_offered_for() {
    let place = folder(&[]);
    let mut client = Client::ready(place.path(), &["utf-8"]);
    let mut paths = Vec::new();
    for folder in ["fixtures/articles", "fixtures/rules", "fixtures/source"] {
        tree::files(Path::new(folder), "md", &mut paths);
    }
    let (mut offered, mut without) = (0, 0);
    for path in paths {
        let text = String::from_utf8(fs::read(&path).expect("a fixture")).expect("UTF-8");
        let file = uri(&place.path().join(&path));
        client.open(&file, 1, &text);
        let published = client.published(&file);
        let before = beginnings(&published, &text);
        for (finding, known) in published["diagnostics"].as_array().expect("a list").iter().zip(&before) {
            let Some(edits) = allowing(&mut client, &file, finding) else {
                without += 1;
                continue;
            };
            offered += 1;
            let comment = &edits[0];
            let at = byte(&text, &comment["range"]["start"], false);
            let length = comment["newText"].as_str().expect("a text").len();
            let others = before.iter().filter(|it| *it != known);
            let moved = others
                .map(|(rule, start)| (rule.clone(), if at <= *start { start + length } else { *start }));
            let mut expected: Vec<_> = moved.collect();
            let allowed = edited(&text, &edits, false);
            let allowed_file = uri(&place.path().join("allowed").join(&path));
            client.open(&allowed_file, 1, &allowed);
            let after = beginnings(&client.published(&allowed_file), &allowed);
            let mut reasons = 0;
            for it in after {
                // What is said of the first line of an article is said of the comment when that is the first line.
                let of_the_begin = (it.0.clone(), it.1 + length);
                let is_known =
                    |other: &(String, usize)| *other == it || (it.1 == at && *other == of_the_begin);
                if let Some(index) = expected.iter().position(is_known) {
                    expected.swap_remove(index);
                } else {
                    assert_eq!(it.0, "unexplained-suppression", "{}: {known:?}\n{allowed}", path.display());
                    reasons += 1;
                }
            }
            assert_eq!(reasons, 1, "a reason is asked for in\n{allowed}");
            client.notify("textDocument/didClose", &json!({"textDocument": {"uri": allowed_file}}));
            client.published(&allowed_file);
        }
    }
    assert!(without * 10 < offered, "{offered} comments; none for {without} findings");
    assert_eq!(client.stop(), 0);
}

/// The rule of each finding, and the byte that it begins at.
fn beginnings(published: &Value, text: &str) -> Vec<(String, usize)> {
    let starts = published["diagnostics"].as_array().expect("a list").iter();
    let starts = starts.map(|it| byte(text, &it["range"]["start"], false));
    rules(published).into_iter().zip(starts).collect()
}

/// The edits of the action that allows a finding, if there is one.
fn allowing(client: &mut Client, file: &str, finding: &Value) -> Option<Value> {
    let context = json!({"diagnostics": [finding], "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": file}, "range": finding["range"], "context": context});
    let actions = client.request("textDocument/codeAction", &params);
    let title = format!("Allow `{}`", finding["code"].as_str().expect("a rule"));
    let actions = actions.as_array().expect("a list").iter();
    let mut allowing = actions.filter(|it| it["title"].as_str().is_some_and(|it| it.starts_with(&title)));
    // Of two findings of one rule at one place the first one has it.
    let action = allowing.find(|it| it["diagnostics"][0]["range"]["start"] == finding["range"]["start"])?;
    Some(action["edit"]["documentChanges"][0]["edits"].clone())
}

#[test]
fn a_comment_stands_as_near_as_one_works() {
    let place = folder(&[]);
    let mut client = Client::ready(place.path(), &["utf-8"]);
    let reason = "reason:  -->";
    for (number, (text, allowed)) in [
        // The first line of an article without front matter cannot be allowed from above: the comment would be the first.
        ("Hot.\n", format!("<!-- soreaid-lint: allow-file(missing-front-matter) {reason}\nHot.\n")),
        (
            "---\ntitle: Tea\n---\r\n\r\n## One\r\n\r\n**Two**\r\n\r\nHot.\r\n",
            format!("---\ntitle: Tea\n---\r\n\r\n## One\r\n\r\n**Two** <!-- soreaid-lint: allow(unmarked-heading) {reason}\r\n\r\nHot.\r\n"),
        ),
        (
            "---\ntitle: Tea\n---\n\nHot.\n\n> ## Sources\n",
            format!("---\ntitle: Tea\n---\n\nHot.\n\n> <!-- soreaid-lint: allow(empty-section) {reason}\n> ## Sources\n"),
        ),
        (
            "---\r\ntitel: Tea\r\n---\r\n\r\nHot.\r\n",
            "---\r\n# soreaid-lint: allow(invalid-front-matter) reason: \r\ntitel: Tea\r\n---\r\n\r\nHot.\r\n".to_owned(),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let file = uri(&place.path().join(format!("{number}.md")));
        client.open(&file, 1, text);
        let published = client.published(&file);
        let edits = allowing(&mut client, &file, &published["diagnostics"][0]).expect("a comment");
        assert_eq!(edited(text, &edits, false), allowed);
    }
    assert_eq!(client.stop(), 0);
}

#[test]
fn what_a_baseline_knows_is_not_shown() {
    let place = folder(&[("old.md", EMPTY_SECTION)]);
    let baseline = place.path().join("known.json");
    let path = baseline.to_str().expect("UTF-8");
    run(place.path(), &["--write-baseline", "--baseline", path, "."]);
    let (old, new) = (uri(&place.path().join("old.md")), uri(&place.path().join("new.md")));
    let mut client = Client::start_with(place.path(), &["--baseline", path]);
    client.begin(place.path(), &capabilities(&["utf-8"]));
    client.open(&old, 1, EMPTY_SECTION);
    client.open(&new, 1, EMPTY_SECTION);
    assert_eq!(rules(&client.published(&old)), Vec::<String>::new());
    assert_eq!(rules(&client.published(&new)), ["empty-section"]);

    fs::write(&baseline, "{}").expect("a file");
    let changed = json!({"changes": [{"uri": uri(&baseline), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(rules(&client.published(&old)), ["empty-section"]);
    let told = client.told("window/showMessage");
    assert!(told["message"].as_str().expect("a text").contains("known.json"), "{told}");
    assert_eq!(client.stop(), 0);
}

#[test]
fn what_is_shown_on_a_finding_names_the_figure_and_its_source() {
    let place = folder(&[]);
    let file = uri(&place.path().join("a.md"));
    let text = "---\ntitle: Tea\n---\n\nSee your GP today if you faint. Never sit in the sauna for more than **40** minutes <b>.\n";
    for markdown in [true, false] {
        let mut abilities = capabilities(&["utf-16"]);
        abilities["textDocument"]["hover"]["contentFormat"] =
            json!([if markdown { "markdown" } else { "plaintext" }]);
        let mut client = Client::ready_with(place.path(), &abilities);
        client.open(&file, 1, text);
        let published = client.published(&file);
        let findings = published["diagnostics"].as_array().expect("a list");
        let finding = findings.iter().find(|it| it["code"] == "unsafe-remedy-duration").expect("the finding");
        let params = json!({"textDocument": {"uri": file}, "position": finding["range"]["start"]});
        let hover = client.request("textDocument/hover", &params);
        let shown = hover["contents"]["value"].as_str().expect("a text");
        assert_eq!(hover["contents"]["kind"], if markdown { "markdown" } else { "plaintext" });
        assert!(shown.contains("What it flags") && shown.contains("Why it matters"), "{shown}");
        assert_eq!(shown.contains("](https://"), markdown, "{shown}");
        assert!(shown.contains("https://"), "{shown}");
        let elsewhere = json!({"textDocument": {"uri": file}, "position": {"line": 0, "character": 0}});
        assert_eq!(client.request("textDocument/hover", &elsewhere), Value::Null);
        assert_eq!(client.stop(), 0);
    }
}

#[test]
fn a_client_without_newer_abilities_gets_what_it_understands() {
    let place = folder(&[]);
    let file = uri(&place.path().join("a.md"));
    let mut client = Client::ready_with(place.path(), &json!({}));
    client.open(&file, 1, SKIPPED);
    let published = client.published(&file);
    assert_eq!(published["diagnostics"][0]["relatedInformation"], Value::Null);
    let range = &published["diagnostics"][0]["range"];
    let params = json!({"textDocument": {"uri": file}, "range": range, "context": {"diagnostics": []}});
    assert_eq!(client.request("textDocument/codeAction", &params), json!([]));
    assert!(!client.rest(Duration::from_millis(200)).iter().any(|it| matches!(it, Message::Request(_))));
    assert_eq!(client.stop(), 0);
}
