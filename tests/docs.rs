//! What the documents say of the program is what it is, and no link in them leads nowhere.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use soreaid_lint::config::Configuration;
use soreaid_lint::engine::Engine;
use soreaid_lint::examples;
use soreaid_lint::explain::{self, Context, Form};
use soreaid_lint::knowledge::Knowledge;
use soreaid_lint::rules::RULES;

const BOOK: &str = "docs/src";
const GENERATED: &str = "<!-- made from the program; `UPDATE_EXPECT=1 cargo test` writes it -->\n\n";

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// Writes a file where that is wished, or says that it is stale.
fn hold(path: &Path, wanted: &str) {
    if is_updating() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, wanted).expect("it is written");
    } else {
        let text = fs::read_to_string(path).unwrap_or_default();
        assert!(text == wanted, "{} is stale: run UPDATE_EXPECT=1 cargo test", path.display());
    }
}

#[test]
fn the_readme_lists_every_rule() {
    let text = read(Path::new("README.md"));
    let mut table = String::from("\n\n| rule | default | flags |\n| --- | --- | --- |\n");
    for rule in RULES {
        writeln!(table, "| `{}` | {} | {} |", rule.id, rule.severity, rule.summary)
            .expect("a string takes all");
    }
    table.push('\n');
    let begin = text
        .find("<!-- rules: begin")
        .and_then(|at| text[at..].find("-->").map(|end| at + end + 3))
        .expect("a begin");
    let end = text.find("<!-- rules: end").expect("an end");
    hold(Path::new("README.md"), &format!("{}{table}{}", &text[..begin], &text[end..]));
}

/// The pages of rules, remedies, red flags, claims and cautions, by path.
fn pages() -> BTreeMap<PathBuf, String> {
    let packs = soreaid_lint::bundled::packs();
    let context = Context { packs: &packs, form: Form::Site };
    let mut pages = BTreeMap::new();
    let mut rules = String::from("# Rules\n\n| rule | default | flags |\n| --- | --- | --- |\n");
    for rule in RULES {
        let id = rule.id;
        writeln!(rules, "| [`{id}`](rules/{id}.md) | {} | {} |", rule.severity, rule.summary)
            .expect("a string takes all");
        let text = format!("# {id}\n\nFlags {}.\n\n{}", rule.summary, explain::rule(context, rule));
        pages.insert(format!("rules/{id}.md"), text);
    }
    pages.insert("rules.md".to_owned(), rules);

    let mut remedies = String::from("# Remedies\n\n| remedy | id |\n| --- | --- |\n");
    for remedy in &packs.remedies {
        let (id, name) = (&remedy.id.value, &remedy.name);
        writeln!(remedies, "| [{name}](remedies/{id}.md) | `{id}` |").expect("a string takes all");
        let text = format!("# {name}\n\n`{id}`\n\n{}", explain::remedy(context, remedy));
        pages.insert(format!("remedies/{id}.md"), text);
    }
    pages.insert("remedies.md".to_owned(), remedies);

    let flags = packs.red_flags.iter().map(|it| (&it.id.value, &it.name, explain::red_flag(context, it)));
    pages.insert("knowledge/red-flags.md".to_owned(), sections("Red flags", flags));
    let claims = packs.claims.iter().map(|it| (&it.id.value, &it.name, explain::claim(context, it)));
    pages.insert("knowledge/claims.md".to_owned(), sections("Claims", claims));
    let cautions = packs.cautions.iter().map(|it| (&it.id.value, &it.name, explain::caution(context, it)));
    pages.insert("knowledge/cautions.md".to_owned(), sections("Cautions", cautions));
    pages.into_iter().map(|(path, text)| (Path::new(BOOK).join(path), GENERATED.to_owned() + &text)).collect()
}

/// Entries under their ids, so that a link to one is its id.
fn sections<'a>(title: &str, entries: impl Iterator<Item = (&'a String, &'a String, String)>) -> String {
    entries.fold(format!("# {title}\n"), |mut text, (id, name, entry)| {
        write!(text, "\n## {id}\n\n*{name}*\n\n{entry}").expect("a string takes all");
        text
    })
}

#[test]
fn every_rule_and_entry_has_its_page() {
    let pages = pages();
    for (path, text) in &pages {
        hold(path, text);
    }
    // A page of what is there no longer stays nowhere.
    for folder in ["rules", "remedies"] {
        for entry in fs::read_dir(Path::new(BOOK).join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            assert!(pages.contains_key(&path), "{} is of nothing that is there: remove it", path.display());
        }
    }
}

/// The summary is written by hand, but for what stands below `Rules` and `Remedies`.
#[test]
fn the_summary_lists_every_rule_and_remedy() {
    let packs = soreaid_lint::bundled::packs();
    let path = Path::new(BOOK).join("SUMMARY.md");
    let mut wanted = String::new();
    let is_made = |line: &str| line.contains("](rules/") || line.contains("](remedies/");
    for line in read(&path).lines().filter(|line| !is_made(line)) {
        writeln!(wanted, "{line}").expect("a string takes all");
        if line.ends_with("(rules.md)") {
            for rule in RULES {
                writeln!(wanted, "  - [{id}](rules/{id}.md)", id = rule.id).expect("a string takes all");
            }
        }
        if line.ends_with("(remedies.md)") {
            for remedy in &packs.remedies {
                writeln!(wanted, "  - [{}](remedies/{}.md)", remedy.name, remedy.id.value)
                    .expect("a string takes all");
            }
        }
    }
    hold(&path, &wanted);
}

/// What links can lead to, and what they lead to, of one document.
#[derive(Default)]
struct Links {
    anchors: BTreeSet<String>,
    addresses: Vec<String>,
}

fn links(text: &str) -> Links {
    let mut links = Links::default();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => links.anchors.extend(heading.take().map(|it| anchor(&it))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.addresses.push(dest_url.into_string());
            }
            _ => {}
        }
    }
    links
}

/// The anchor that mdBook and GitHub give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|it| it.is_alphanumeric() || [' ', '-', '_'].contains(it));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// `a/b/../c` is `a/c`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, component| {
        if component == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(component);
        }
        plain
    })
}

#[test]
fn every_link_within_the_repository_leads_somewhere() {
    if is_updating() {
        return; // Another test is writing the pages.
    }
    let mut paths: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .map(PathBuf::from)
        .into_iter()
        .collect();
    tree::files(Path::new(BOOK), "md", &mut paths);
    let all: BTreeMap<PathBuf, Links> = paths.into_iter().map(|it| (it.clone(), links(&read(&it)))).collect();
    let mut dead = Vec::new();
    for (path, links) in &all {
        for address in links.addresses.iter().filter(|it| !it.contains(':')) {
            let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                plain(&path.parent().expect("a folder").join(file))
            };
            // The site holds nothing but the book.
            let is_published = !path.starts_with(BOOK) || target.starts_with(BOOK);
            let has_anchor = || all.get(&target).is_some_and(|it| it.anchors.contains(anchor));
            if !target.exists() || !is_published || (!anchor.is_empty() && !has_anchor()) {
                dead.push(format!("{}: {address}", path.display()));
            }
        }
    }
    for (path, _) in all {
        for included in read(&path).split("{{#include ").skip(1) {
            let file = included.split("}}").next().unwrap_or_default();
            if !plain(&path.parent().expect("a folder").join(file)).exists() {
                dead.push(format!("{}: {file}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "links that lead nowhere:\n{}", dead.join("\n"));
}

/// A page that the summary leaves out is no part of the book.
#[test]
fn every_page_stands_in_the_summary() {
    if is_updating() {
        return; // Another test is writing the pages.
    }
    let listed = links(&read(&Path::new(BOOK).join("SUMMARY.md"))).addresses;
    let listed: BTreeSet<PathBuf> = listed.iter().map(|it| Path::new(BOOK).join(it)).collect();
    let mut pages = Vec::new();
    tree::files(Path::new(BOOK), "md", &mut pages);
    for page in pages.iter().filter(|it| !it.ends_with("SUMMARY.md")) {
        assert!(listed.contains(page), "{} does not stand in SUMMARY.md", page.display());
    }
}

/// What is shown of a name in angle brackets that stands outside of code is nothing.
#[test]
fn no_page_of_what_is_there_holds_html() {
    for (path, text) in pages() {
        let text = text.trim_start_matches(GENERATED);
        for (event, span) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_));
            assert!(!is_html, "{}: {}", path.display(), &text[span]);
        }
    }
}

/// The first block of code of a document.
fn first_code(text: &str) -> String {
    let mut code: Option<String> = None;
    for event in Parser::new(text) {
        match (event, &mut code) {
            (Event::Start(Tag::CodeBlock(_)), _) => code = Some(String::new()),
            (Event::Text(text), Some(code)) => code.push_str(&text),
            (Event::End(TagEnd::CodeBlock), _) => break,
            _ => {}
        }
    }
    code.expect("a block of code")
}

#[test]
fn the_pack_of_the_guide_does_what_it_says() {
    let text = first_code(&read(&Path::new(BOOK).join("packs.md")));
    let extended = soreaid_lint::bundled::extended([(Path::new("house-style.yaml"), text.as_str())]);
    let packs = extended.unwrap_or_else(|error| panic!("{error}"));
    let knowledge = Knowledge::compile(packs.clone()).expect("phrases");
    let engine = Engine::new(|| knowledge, |_| true);
    let (_, broken) = examples::run(&packs, &engine, jiff::civil::date(2026, 11, 23));
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn the_configuration_of_the_reference_is_one() {
    let place = tempfile::tempdir().expect("a folder");
    let text = first_code(&read(&Path::new(BOOK).join("configuration.md")));
    fs::write(place.path().join("house-style.yaml"), "claims: []").expect("a pack");
    let path = place.path().join("soreaid-lint.yaml");
    fs::write(&path, text).expect("a configuration");
    let shapes: Vec<_> = RULES.iter().map(|it| it.shape()).collect();
    if let Err(error) = Configuration::load(&path, &shapes) {
        panic!("{error}");
    }
}

/// The keys of a schema, with those within.
fn keys(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                if let ("properties", Some(properties)) = (key.as_str(), value.as_object()) {
                    found.extend(properties.keys().cloned());
                }
                keys(value, found);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|it| keys(it, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_schemas_is_written_about() {
    for (schema, page) in [
        ("config.schema.json", "configuration.md"),
        ("pack.schema.json", "packs.md"),
        ("report.schema.json", "output.md"),
    ] {
        let text = read(&Path::new(BOOK).join(page));
        let schema: serde_json::Value =
            serde_json::from_str(&read(&Path::new("schemas").join(schema))).expect("JSON");
        let mut wanted = BTreeSet::new();
        keys(&schema, &mut wanted);
        let missing: Vec<&String> = wanted.iter().filter(|key| !text.contains(&format!("`{key}`"))).collect();
        assert!(missing.is_empty(), "{page} says nothing of {missing:?}");
    }
}
