//! What each stage costs, on made articles.
//!
//! ```sh
//! cargo bench --bench stages
//! cargo bench --bench stages -- rules        # one stage
//! cargo bench --bench stages -- --save-baseline before
//! ```

#[expect(clippy::disallowed_methods, reason = "a benchmark may read files")]
#[path = "yardsticks/src/articles.rs"]
mod articles;

use std::hint::black_box;
use std::io;
use std::path::Path;
use std::time::Duration;

use articles::Material;
use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use jiff::civil::date;
use pulldown_cmark::{Options, Parser};
use soreaid_lint::bundled;
use soreaid_lint::config::Settings;
use soreaid_lint::document::Document;
use soreaid_lint::document::words::tokens;
use soreaid_lint::engine::Engine;
use soreaid_lint::knowledge::lexicon::Scratch;
use soreaid_lint::reading::Reading;
use soreaid_lint::reading::amount::amounts;
use soreaid_lint::reading::passage::Passage;
use soreaid_lint::render::pretty::{self, Colors};
use soreaid_lint::render::{checkstyle, github, gitlab, html, json, junit, rdjson, sarif, short};
use soreaid_lint::report::Report;
use soreaid_lint::rule::Article;
use soreaid_lint::rules::RULES;
use soreaid_lint::schema::Schemas;
use soreaid_lint::source::Source;
use soreaid_lint::surroundings::Surroundings;

/// Enough for every kind of block and finding, few enough for a round to be short.
const ARTICLES: usize = 50;

fn sources() -> Vec<Source> {
    let material = Material::read(Path::new("fixtures")).expect("the fixtures of the repository");
    (0..ARTICLES).map(|it| Source::from_text(format!("{it}.md"), material.article(it))).collect()
}

fn settings() -> Settings {
    Settings::new(date(2026, 1, 1))
}

/// A group whose figures are shown per byte of the articles, too.
fn group<'c>(criterion: &'c mut Criterion, name: &str, sources: &[Source]) -> BenchmarkGroup<'c, WallTime> {
    let bytes: usize = sources.iter().map(|it| it.text().len()).sum();
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes as u64));
    group
}

fn start_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start-up");
    group.bench_function("knowledge", |it| it.iter(bundled::knowledge));
    group.bench_function("engine", |it| it.iter(|| Engine::new(bundled::knowledge, |_| true)));
    group.finish();
}

fn parse(criterion: &mut Criterion) {
    let sources = sources();
    let mut group = group(criterion, "parse", &sources);
    group.bench_function("bare", |it| {
        it.iter(|| {
            for source in &sources {
                black_box(Parser::new_ext(source.text(), Options::all()).into_offset_iter().count());
            }
        });
    });
    group.bench_function("document", |it| {
        it.iter(|| {
            for source in &sources {
                black_box(Document::parse(source));
            }
        });
    });
    group.finish();
}

fn prose(criterion: &mut Criterion) {
    let sources = sources();
    let documents: Vec<Document<'_>> = sources.iter().map(Document::parse).collect();
    let blocks = || documents.iter().flat_map(|it| &it.content.blocks).filter(|it| !it.prose.is_empty());
    let mut group = group(criterion, "prose", &sources);
    group.bench_function("words", |it| {
        it.iter(|| {
            for block in blocks() {
                black_box(tokens(block.prose.text()));
            }
        });
    });
    // The place of every word: the worst that rules can ask for.
    group.bench_function("map", |it| {
        it.iter(|| {
            for block in blocks() {
                for token in tokens(block.prose.text()) {
                    black_box(block.prose.source_span(token.start as usize..token.end as usize));
                }
            }
        });
    });
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let knowledge = bundled::knowledge();
    let sources = sources();
    let documents: Vec<Document<'_>> = sources.iter().map(Document::parse).collect();
    let texts: Vec<&str> = documents
        .iter()
        .flat_map(|it| &it.content.blocks)
        .map(|it| it.prose.text())
        .filter(|it| !it.is_empty())
        .collect();
    let words: Vec<_> = texts.iter().map(|text| (*text, tokens(text))).collect();
    let mut group = group(criterion, "reading", &sources);
    group.bench_function("lexicon", |it| {
        let mut scratch = Scratch::default();
        it.iter(|| {
            for (block, text) in texts.iter().enumerate() {
                black_box(Passage::read(block, text, &knowledge, &mut scratch));
            }
        });
    });
    group.bench_function("amounts", |it| {
        it.iter(|| {
            for (text, words) in &words {
                black_box(amounts(text, words));
            }
        });
    });
    group.bench_function("whole", |it| {
        it.iter(|| {
            for document in &documents {
                black_box(Reading::of(document, &knowledge).mentions.len());
            }
        });
    });
    group.finish();
}

fn rules(criterion: &mut Criterion) {
    let knowledge = bundled::knowledge();
    let settings = settings();
    let schemas = Schemas::default();
    let sources = sources();
    let documents: Vec<Document<'_>> = sources.iter().map(Document::parse).collect();
    let readings: Vec<Reading<'_>> = documents.iter().map(|it| Reading::of(it, &knowledge)).collect();
    let surroundings: Vec<Surroundings<'_>> =
        sources.iter().map(|it| Surroundings::of(it.path(), settings.today)).collect();
    let articles: Vec<Article<'_>> = documents
        .iter()
        .zip(&readings)
        .zip(&surroundings)
        .map(|((document, reading), surroundings)| Article {
            document,
            reading,
            knowledge: &knowledge,
            settings: &settings,
            schemas: &schemas,
            surroundings,
        })
        .collect();
    let mut group = group(criterion, "rules", &sources);
    for rule in RULES {
        group.bench_function(rule.id, |it| {
            it.iter(|| articles.iter().map(|article| (rule.check)(*article).len()).sum::<usize>());
        });
    }
    group.finish();
}

fn whole(criterion: &mut Criterion) {
    let engine = Engine::new(bundled::knowledge, |_| true);
    let settings = settings();
    let sources = sources();
    let mut group = group(criterion, "engine", &sources);
    group.bench_function("check", |it| {
        it.iter(|| {
            for source in &sources {
                black_box(engine.check(source, &settings)).expect("bundled packs");
            }
        });
    });
    group.finish();
}

fn render(criterion: &mut Criterion) {
    type Write = fn(&Report, &mut dyn io::Write) -> io::Result<()>;
    let formats: [(&str, Write); 11] = [
        ("pretty", |report, out| pretty::write(report, Colors::None, out)),
        ("short", short::write),
        ("json", json::write),
        ("jsonl", json::write_lines),
        ("sarif", sarif::write),
        ("github", github::write),
        ("gitlab", gitlab::write),
        ("junit", junit::write),
        ("checkstyle", checkstyle::write),
        ("rdjson", rdjson::write),
        ("html", html::write),
    ];
    let engine = Engine::new(bundled::knowledge, |_| true);
    let settings = settings();
    let mut report = Report::default();
    for source in sources() {
        let checked = engine.check(&source, &settings).expect("bundled packs");
        report.files += 1;
        report.articles.push(source.path().to_owned());
        report.diagnostics.extend(checked.diagnostics);
        report.sources.insert(source.path().to_owned(), source);
    }
    let mut group = criterion.benchmark_group("render");
    group.throughput(Throughput::Elements(report.diagnostics.len() as u64));
    for (name, write) in formats {
        group.bench_function(name, |it| {
            it.iter(|| {
                let mut out = Vec::new();
                write(&report, &mut out).expect("memory takes all");
                out.len()
            });
        });
    }
    group.finish();
}

fn short_rounds() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group! {
    name = stages;
    config = short_rounds();
    targets = start_up, parse, prose, reading, rules, whole, render
}
criterion_main!(stages);
