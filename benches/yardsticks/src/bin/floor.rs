//! The floor: the least that any linter of Markdown does. Walks a folder, reads every article and takes every event
//! and its place from the parser, with all of GFM; nothing else.
//!
//! ```sh
//! floor FOLDER [THREADS]
//! ```

use std::fs;
use std::path::PathBuf;

use ignore::WalkBuilder;
use pulldown_cmark::{Event, Options, Parser};
use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    if let Some(threads) = arguments.next().and_then(|it| it.parse().ok()) {
        ThreadPoolBuilder::new().num_threads(threads).build_global().expect("threads start");
    }
    let mut articles: Vec<PathBuf> = WalkBuilder::new(folder)
        .build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|it| it.extension().is_some_and(|it| it == "md" || it == "mdx" || it == "markdown"))
        .collect();
    articles.sort_unstable();
    let read = articles.par_iter().filter_map(|it| fs::read_to_string(it).ok());
    let (count, bytes, words) = read
        .map(|text| (1, text.len(), bytes_of_prose(&text)))
        .reduce(|| (0, 0, 0), |one, other| (one.0 + other.0, one.1 + other.1, one.2 + other.2));
    println!("{count} articles, {bytes} bytes, {words} of them prose");
}

/// Something that depends on every event and its place, so that none is left out.
fn bytes_of_prose(text: &str) -> usize {
    let options = Options::ENABLE_GFM
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let events = Parser::new_ext(text, options).into_offset_iter();
    events.map(|(event, place)| if matches!(event, Event::Text(_)) { place.len() } else { 0 }).sum()
}
