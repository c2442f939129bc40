//! What reading costs, as a multiple of the bare Markdown parse of the same articles.
//!
//! ```sh
//! cargo bench --bench reading -- FOLDER
//! ```
//!
//! Prints medians over five rounds, on one thread, files read beforehand. Without a folder, the repository's own articles.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use soreaid_lint::document::Document;
use soreaid_lint::reading::Reading;
use soreaid_lint::source::Source;

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    let named = std::env::args().skip(1).find(|it| !it.starts_with("--"));
    let folder = named.map_or_else(|| PathBuf::from("fixtures/articles"), PathBuf::from);
    let sources: Vec<Source> = ignore::Walk::new(&folder)
        .filter_map(Result::ok)
        .filter(|it| it.path().extension().is_some_and(|it| it == "md"))
        .filter_map(|it| Source::read(Path::new(it.path())).ok())
        .collect();
    let bytes: usize = sources.iter().map(|it| it.text().len()).sum();
    let begun = Instant::now();
    let knowledge = soreaid_lint::bundled::knowledge();
    let compiled = begun.elapsed();
    let bare = median(|| {
        for source in &sources {
            black_box(Parser::new_ext(source.text(), Options::ENABLE_GFM).into_offset_iter().count());
        }
    });
    let parsed = median(|| {
        for source in &sources {
            black_box(Document::parse(source));
        }
    });
    let read = median(|| {
        for source in &sources {
            let document = Document::parse(source);
            black_box(Reading::of(&document, &knowledge).mentions.len());
        }
    });
    let times = |it: Duration| it.as_secs_f64() / bare.as_secs_f64();
    println!("{} articles, {bytes} bytes; packs compiled in {compiled:.1?}", sources.len());
    println!("bare parse   {bare:>10.1?}   1.0");
    println!("document     {parsed:>10.1?}   {:.1}", times(parsed));
    println!("reading      {read:>10.1?}   {:.1}", times(read));
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut rounds: Vec<Duration> = (0..5)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    rounds.sort_unstable();
    rounds[2]
}
