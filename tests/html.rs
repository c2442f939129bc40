//! The HTML report: nothing of an article runs or breaks the page, and every finding is in it. What the page does in
//! a browser is held by `.ci/check-html`.

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use program::{run, run_on, text};

const HOSTILE: &str = include_str!("html/hostile.md");

const TODAY: &[&str] = &["--today", "2026-11-23"];

fn report_of_files(folder: &Path, arguments: &[&str]) -> String {
    text(&run(folder, &[TODAY, arguments].concat()).stdout)
}

fn report_of_text(article: &str, name: &str) -> String {
    let arguments = [TODAY, &["--format", "html", "--stdin-filename", name, "-"]].concat();
    text(&run_on(article, Path::new("."), &arguments).stdout)
}

/// A tag of the page: its name, with `/` before it when it closes, and its attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

/// All tags of a page, which is read more strictly than a browser does: a `<` begins a tag, and values are quoted.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find([' ', '>']).expect("a tag ends");
        let name = &rest[..end];
        assert!(name.trim_matches('/').chars().all(|it| it.is_ascii_alphanumeric()), "`<{name}` is no tag");
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start().trim_start_matches('/');
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest.find(['=', ' ', '>']).expect("an attribute ends");
            let key = &rest[..end];
            rest = &rest[end..];
            let mut value = "";
            if let Some(after) = rest.strip_prefix("=\"") {
                (value, rest) = after.split_once('"').expect("a closing quote");
            }
            assert!(!key.starts_with("on") && key != "style", "{name} has `{key}`");
            attributes.push((key, value));
        }
        if name == "style" || name == "script" {
            rest = &rest[rest.find(&format!("</{name}>")).expect("its end")..];
        }
        tags.push(Tag { name, attributes });
    }
    tags
}

/// Asserts that elements close in order, that ids are unique, and that links lead somewhere.
fn assert_well_formed(page: &str) {
    const VOID: &[&str] = &["meta", "input", "rect"];
    let tags = tags(page);
    let mut open = Vec::new();
    let mut ids = BTreeSet::new();
    for tag in &tags {
        if let Some(name) = tag.name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "`</{name}>` closes something else");
        } else if !VOID.contains(&tag.name) {
            open.push(tag.name);
        }
        for (key, value) in &tag.attributes {
            assert!(*key != "id" || ids.insert(*value), "two elements are called {value}");
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    for (key, value) in tags.iter().flat_map(|tag| &tag.attributes) {
        if let Some(id) = value.strip_prefix('#').filter(|it| *key == "href" && !it.contains('=')) {
            assert!(ids.contains(id), "a link leads to `{id}`, which is nowhere");
        }
        if *key == "href" {
            assert!(
                ["#", "https://", "http://"].iter().any(|it| value.starts_with(it)),
                "a link leads to {value}"
            );
        }
    }
}

fn number_of(page: &str, what: &str) -> usize {
    page.matches(what).count()
}

#[test]
fn nothing_of_an_article_or_its_name_becomes_markup() {
    let name = "a\"><img src=x onerror=alert(8)>\u{1b}'</script><!--.md";
    let page = report_of_text(HOSTILE, name);
    assert_well_formed(&page);
    assert_eq!(number_of(&page, "<script"), 1);
    assert_eq!(number_of(&page, "<noscript"), 1);
    for wrong in ["<img", "<!--", "<svg onload", "<b ", "\u{1b}", "\u{202e}", "\u{0}"] {
        assert!(!page.contains(wrong), "the page holds {wrong:?}");
    }
    assert!(page.contains("&lt;img src=x onerror=alert(8)&gt;\\u{1b}&#39;&lt;/script&gt;&lt;!--.md"));
    assert!(page.contains("\\u{1b}[31m \\u{202e}"));
}

#[test]
fn the_page_allows_its_own_style_and_script_and_nothing_else() {
    let page = report_of_files(Path::new("."), &["--format", "html", "fixtures/articles"]);
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).expect("a policy");
    let policy = policy.split('"').next().expect("its end");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains("; script-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    for forbidden in [" src=", "url(", "@import", "<link", "fetch(", "eval("] {
        assert!(!page.contains(forbidden), "the page holds {forbidden}");
    }
}

#[test]
fn every_finding_is_in_the_page_with_its_message_help_and_sources() {
    let json: Value =
        serde_json::from_str(&report_of_files(Path::new("."), &["--format", "json", "fixtures/articles"]))
            .expect("a report");
    let page = report_of_files(Path::new("."), &["--format", "html", "fixtures/articles"]);
    assert_well_formed(&page);
    let findings = json["diagnostics"].as_array().expect("findings");
    assert_eq!(number_of(&page, "<section class=\"card "), findings.len());
    let shown =
        page.replace("<code>", "`").replace("</code>", "`").replace("&amp;", "&").replace("&#39;", "'");
    let has = |text: &str| shown.contains(text.split_at(1).1);
    for finding in findings {
        for text in [&finding["message"], &finding["help"]].into_iter().filter_map(Value::as_str) {
            assert!(has(text), "the page lacks {text:?}");
        }
        for source in finding["sources"].as_array().expect("sources") {
            let url = source["url"].as_str().expect("an address");
            assert!(shown.contains(&format!("href=\"{url}\"")), "the page lacks {url}");
        }
        let id = format!(".{}\"", finding["fingerprint"].as_str().expect("a fingerprint"));
        assert!(page.contains(&id), "no place is called {id}");
    }
}

#[test]
fn the_same_articles_give_the_same_page() {
    let page =
        |jobs| report_of_files(Path::new("."), &["--format", "html", "--jobs", jobs, "fixtures/source"]);
    assert_well_formed(&page("1"));
    assert_eq!(page("1"), page("3"));
}

#[test]
fn articles_without_findings_give_a_page_that_says_so() {
    let page = report_of_text("---\ntitle: Tea\n---\n\nHot.\n", "tea.md");
    assert_well_formed(&page);
    assert!(page.contains("Nothing was found in 1 article."));
    assert!(!page.contains("id=\"filter\""));
}

#[test]
fn what_could_not_be_done_stands_in_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("latin.md"), b"caf\xe9").expect("a file");
    let page = report_of_files(folder.path(), &["--format", "html", "latin.md", "<b>.md"]);
    assert_well_formed(&page);
    assert!(page.contains("What could not be done"));
    assert!(page.contains("latin.md</span> Not UTF-8 text"));
    assert!(page.contains("&lt;b&gt;.md</span>"));
}

#[test]
fn long_stretches_without_findings_are_folded_and_of_very_long_ones_only_the_number_is_said() {
    let line = "Rest is pleasant for everybody.\n\n";
    let article = format!("# Rest\n\n{}massage, masseur, spa\n\n## Tea\n\nHot.\n", line.repeat(20));
    let page = report_of_text(&article, "a.md");
    assert_well_formed(&page);
    assert!(page.contains("lines without findings</summary>"));
    let longer = format!("# Rest\n\n{}massage, masseur, spa\n", line.repeat(20_000));
    let page = report_of_text(&longer, "a.md");
    assert!(page.contains("left out of this page"));
    assert!(page.len() < 300_000, "{} bytes", page.len());
}
