//! What other projects ask of every reader of Markdown, YAML and JSON Schema, held against the way that articles take:
//! `Document`, the tree of front matter, and schemas. `tests/suites/README.md` says where the suites come from.
//!
//! Where the program deviates, the case is listed here with its reason; a case that is listed and does not deviate is a
//! failure, too.

#![expect(clippy::disallowed_methods, reason = "a test may read and write files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value as Json;
use soreaid_lint::document::Document;
use soreaid_lint::document::blocks::BlockKind;
use soreaid_lint::document::yaml;
use soreaid_lint::schema::Schema;
use soreaid_lint::source::Source;
use soreaid_lint::span::Span;

fn suite(name: &str) -> Vec<Json> {
    let text = fs::read_to_string(format!("tests/suites/{name}.json")).expect("a suite");
    serde_json::from_str(&text).expect("JSON")
}

fn word<'j>(case: &'j Json, key: &str) -> &'j str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} of {case}"))
}

/// Asserts that just the listed cases deviate; each list comes with a reason.
fn assert_deviations(found: &BTreeMap<String, String>, listed: &[(&str, &[&str])]) {
    let listed: BTreeSet<&str> = listed.iter().flat_map(|(_, cases)| cases.iter().copied()).collect();
    let unlisted: Vec<&str> = found
        .iter()
        .filter(|(case, _)| !listed.contains(case.as_str()))
        .map(|(_, told)| told.as_str())
        .collect();
    let count = unlisted.len();
    assert!(unlisted.is_empty(), "{count} deviate and are not listed:\n{}", unlisted.join("\n"));
    let idle: Vec<&&str> = listed.iter().filter(|it| !found.contains_key(**it)).collect();
    assert!(idle.is_empty(), "these are listed and do not deviate: {idle:?}");
}

// CommonMark ----------------------------------------------------------------------------------------------------------

/// What a reader sees of a page.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    /// All words, without white space; code is left out, as it is no prose.
    text: String,
    /// Levels and words.
    headings: Vec<(u8, String)>,
    /// Alternative texts and addresses.
    images: Vec<(String, String)>,
    /// Addresses.
    links: Vec<String>,
}

fn without_space(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && *it != '\u{fffc}').collect()
}

/// An address in one spelling.
fn address(url: &str) -> String {
    let url = url.strip_prefix("mailto:").unwrap_or(url);
    percent_encoding::percent_decode_str(url).decode_utf8_lossy().into_owned()
}

fn seen_by_the_program(text: &str) -> Seen {
    let source = Source::from_text("example.md", text);
    let document = Document::parse(&source);
    let mut seen = Seen::default();
    for block in &document.content.blocks {
        assert!(text.get(block.span.range()).is_some(), "{:?} of {text:?}", block.span);
        let visible = block.prose.text();
        for (at, character) in visible.char_indices() {
            let span = block.prose.source_span(at..at + character.len_utf8());
            assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
        }
        match block.kind {
            BlockKind::AltText | BlockKind::Code | BlockKind::Break => continue,
            BlockKind::Heading(level) => seen.headings.push((level, without_space(visible))),
            _ => {}
        }
        seen.text += &without_space(visible);
    }
    for image in &document.content.images {
        assert!(text.get(image.span.range()).is_some(), "{:?} of {text:?}", image.span);
        seen.images.push((without_space(image.alt.as_deref().unwrap_or_default()), address(&image.url)));
    }
    for link in &document.content.links {
        assert!(text.get(link.span.range()).is_some(), "{:?} of {text:?}", link.span);
        seen.links.push(address(&link.url));
    }
    seen
}

/// The length of a tag; a `>` in quotes does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    text.find('>').map_or(text.len(), |at| at + 1)
}

/// Reads the page that the specification gives for an example. It is well-formed, but for what an example passes on.
fn seen_by_a_browser(html: &str) -> Seen {
    const NOT_PROSE: &[&str] = &["code", "pre", "script", "style", "textarea"];
    let mut seen = Seen::default();
    let mut rest = html;
    let mut heading: Option<(u8, String)> = None;
    while let Some(open) = rest.find('<') {
        let visible = without_space(&htmlize::unescape(&rest[..open]));
        seen.text += &visible;
        if let Some((_, words)) = &mut heading {
            *words += &visible;
        }
        rest = &rest[open..];
        let end = ["<!--", "<?", "<![CDATA["]
            .iter()
            .zip(["-->", "?>", "]]>"])
            .find(|(start, _)| rest.starts_with(**start));
        let length = match end {
            Some((_, end)) => rest.find(end).map_or(rest.len(), |at| at + end.len()),
            None => tag_length(rest),
        };
        let tag = &rest[..length];
        rest = &rest[length..];
        let name: String = tag[1..]
            .chars()
            .take_while(|it| it.is_ascii_alphanumeric() || *it == '/')
            .collect::<String>()
            .to_lowercase();
        let attribute = |key: &str| {
            let value = tag.split(&format!(" {key}=\"")).nth(1)?.split('"').next()?;
            Some(htmlize::unescape_attribute(value).into_owned())
        };
        match name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                heading = Some((name.as_bytes()[1] - b'0', String::new()));
            }
            "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" => seen.headings.extend(heading.take()),
            "img" => seen.images.push((
                without_space(&attribute("alt").unwrap_or_default()),
                address(&attribute("src").unwrap_or_default()),
            )),
            "a" => seen.links.push(address(&attribute("href").unwrap_or_default())),
            name if NOT_PROSE.contains(&name) => {
                rest = rest.find(&format!("</{name}>")).map_or("", |at| &rest[at..]);
            }
            _ => {}
        }
    }
    seen.text += &without_space(&htmlize::unescape(rest));
    seen
}

const COMMONMARK: &[(&str, &[&str])] = &[
    (
        "addresses are no prose, so that no word of one is taken for a remedy",
        &[
            "20", "346", "480", "481", "526", "538", "594", "595", "596", "599", "600", "602", "603", "608",
            "611",
        ],
    ),
    (
        "an `<a>` that is never closed leads nowhere that a reader could click on",
        &["21", "31", "150", "187", "344", "476", "477", "613", "615", "616", "630", "631", "642", "643"],
    ),
    ("a tag that is never closed is shown, so that its words are not lost", &["156", "157", "158"]),
    ("Markdown that goes on within a `<pre>` is prose", &["148"]),
    ("`---` in the first line opens front matter", &["96"]),
];

#[test]
fn examples_of_commonmark_are_read_as_the_specification_says() {
    let mut deviations = BTreeMap::new();
    for case in suite("commonmark") {
        let (markdown, html) = (word(&case, "markdown"), word(&case, "html"));
        let (ours, theirs) = (seen_by_the_program(markdown), seen_by_a_browser(html));
        if ours != theirs {
            let number = case["example"].to_string();
            let told = format!(
                "{number} ({}): {markdown:?}\n  is    {ours:?}\n  wants {theirs:?}",
                word(&case, "section")
            );
            deviations.insert(number, told);
        }
    }
    assert_deviations(&deviations, COMMONMARK);
}

// YAML ----------------------------------------------------------------------------------------------------------------

const YAML: &[(&str, &[&str])] = &[
    (
        "front matter is one document: a second one is a problem",
        &[
            "35KP", "5TYM", "6WLZ", "6XDY", "6ZKB", "7Z25", "9DXL", "9KAX", "9WXW", "JHB9", "KSS4", "L383",
            "M7A3", "NKF9", "PUW8", "RZT7", "U9NS", "UT92", "W4TN",
        ],
    ),
    (
        "a value with a tag is text, and so is a number that JSON would not write",
        &["2AUY", "33X3", "74H7", "C4HZ", "F2C7", "L94M"],
    ),
    ("keys are compared by their text, and a list or mapping for a key is `?`", &["2JQS", "M5DY", "X38W"]),
    ("the parser lets through an indentation that readers understand", &["9C9N", "DK95/1", "QB6E"]),
];

fn assert_spans(node: &yaml::Node, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{:?} of {text:?}", node.span);
    match &node.value {
        yaml::Value::Sequence(nodes) => nodes.iter().for_each(|it| assert_spans(it, text)),
        yaml::Value::Mapping(entries) => {
            for entry in entries {
                assert!(text.get(entry.key_span.range()).is_some(), "{:?} of {text:?}", entry.key_span);
                assert_spans(&entry.value, text);
            }
        }
        _ => {}
    }
}

/// Whether two values are the same; 2.0 is 2.
fn is_same(one: &Json, two: &Json) -> bool {
    match (one, two) {
        (Json::Number(one), Json::Number(two)) => one.as_f64() == two.as_f64(),
        (Json::Array(one), Json::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_same(one, two))
        }
        (Json::Object(one), Json::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(key, it)| two.get(key).is_some_and(|two| is_same(it, two)))
        }
        _ => one == two,
    }
}

#[test]
fn the_yaml_test_suite_is_read_as_it_says() {
    let mut deviations = BTreeMap::new();
    for case in suite("yaml") {
        let text = word(&case, "yaml");
        let parsed = yaml::parse(text, 0);
        if let Some(node) = &parsed.root {
            assert_spans(node, text);
        }
        for problem in &parsed.problems {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?} of {text:?}");
        }
        let ours = parsed.root.as_ref().map(yaml::Node::to_json);
        let is_refused = !parsed.problems.is_empty();
        let fails = case["fails"] == true;
        let wanted: Vec<Json> = case["json"].as_str().map_or_else(Vec::new, |json| {
            serde_json::Deserializer::from_str(json).into_iter().map(|it| it.expect("JSON")).collect()
        });
        let is_right = match (fails, case["json"].as_str()) {
            (true, _) => is_refused,
            // What JSON cannot say is only read.
            (false, None) => !is_refused,
            (false, Some(_)) => {
                !is_refused
                    && is_same(ours.as_ref().unwrap_or(&Json::Null), wanted.first().unwrap_or(&Json::Null))
                    && wanted.len() < 2
            }
        };
        if !is_right {
            let name = word(&case, "case");
            let wanted = if fails { "a refusal".to_owned() } else { case["json"].to_string() };
            let told = format!(
                "{name} ({}): {text:?}\n  is    {ours:?} {:?}\n  wants {wanted}",
                case["name"], parsed.problems
            );
            deviations.insert(name.to_owned(), told);
        }
    }
    assert_deviations(&deviations, YAML);
}

// JSON Schema ---------------------------------------------------------------------------------------------------------

/// Tests of schemas that refer to a server.
const OUT_OF_REACH: usize = 49;
/// Tests in which a `format` is held that the specification would not hold without being asked.
const ASSERTED: usize = 17;

#[test]
fn the_json_schema_test_suite_is_judged_as_it_says() {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("schema.json");
    let (mut out_of_reach, mut asserted) = (0, 0);
    let mut wrong = Vec::new();
    for group in suite("json-schema") {
        fs::write(&path, group["schema"].to_string()).expect("a file");
        let schema = Schema::read(&path).map_err(|error| error.to_string());
        for test in group["tests"].as_array().expect("tests") {
            let judged = schema.as_ref().map(|schema| {
                // JSON is YAML: the value goes the way of front matter.
                let text = test["data"].to_string();
                let root = yaml::parse(&text, 0).root;
                let violations = schema.violations(root.as_ref(), Span::empty(0));
                assert!(violations.iter().all(|it| text.get(it.span.range()).is_some()), "{violations:?}");
                violations.is_empty()
            });
            match judged {
                Ok(is_valid) if test["valid"] == is_valid => {}
                // The suite would have these read from a server.
                Err(error) if error.contains("http://localhost:1234/") => {
                    out_of_reach += 1;
                }
                // What writers are told of a date that is none is worth more than that a schema may leave it open.
                Ok(false) if group["file"] == "format" => asserted += 1,
                judged => {
                    wrong.push(format!("{}: {}: {judged:?}", group["description"], test["description"]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} deviate:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!((out_of_reach, asserted), (OUT_OF_REACH, ASSERTED));
}
