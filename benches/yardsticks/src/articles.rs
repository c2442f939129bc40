//! Articles in any number and of any length, made from the project's fixtures: the same for the same wish, everywhere.
//!
//! Sentences are drawn from all fixtures, most from those that a rule allows, because most of what people write is
//! nothing to report; headings, lists, tables and the like are taken whole.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What made articles are made of.
pub(crate) struct Material {
    headings: Vec<String>,
    /// Of fixtures that a rule allows.
    quiet: Vec<String>,
    /// Of fixtures that a rule flags.
    flagged: Vec<String>,
    /// Lists, tables, quotations, pictures.
    pieces: Vec<String>,
}

/// In bytes; chosen so that made articles are as long as those of health publishers: half of them under 2 kB, some
/// of more than 10.
const LENGTHS: [usize; 8] = [400, 500, 600, 800, 1_500, 2_500, 4_500, 11_000];
/// What is shorter is a label more often than a sentence.
const FEWEST_WORDS: usize = 4;
/// Of so many sentences, one comes from a fixture that a rule flags.
const SENTENCES_FOR_ONE_FLAGGED: usize = 40;

impl Material {
    /// Reads what articles are made of.
    pub(crate) fn read(fixtures: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        find(fixtures, &mut files)?;
        files.sort_unstable();
        let mut material =
            Self { headings: Vec::new(), quiet: Vec::new(), flagged: Vec::new(), pieces: Vec::new() };
        for file in files {
            // One fixture is no UTF-8, to show what is said of such a file.
            let text = String::from_utf8_lossy(&fs::read(&file)?).replace("\r\n", "\n");
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let is_quiet = name.starts_with("allows-") || name.starts_with("model-");
            material.add(body(&text), is_quiet);
        }
        Ok(material)
    }

    fn add(&mut self, body: &str, is_quiet: bool) {
        for block in body.split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
            if block.starts_with(|it: char| it.is_alphabetic()) && !block.contains("\n#") {
                let sentences = if is_quiet { &mut self.quiet } else { &mut self.flagged };
                let ended = block.split_inclusive(". ").map(str::trim);
                let is_sentence = |it: &&str| it.ends_with('.') && it.split(' ').count() >= FEWEST_WORDS;
                sentences.extend(ended.filter(is_sentence).map(str::to_owned));
            } else if is_quiet && block.starts_with("## ") && !block.contains('\n') {
                self.headings.push(block.trim_start_matches(['#', ' ']).to_owned());
            } else if is_quiet && block.starts_with(['-', '*', '1', '|', '>', '!']) {
                self.pieces.push(block.to_owned());
            }
        }
    }

    /// The article with this number, as long as articles are.
    pub(crate) fn article(&self, number: usize) -> String {
        let mut draw = Draw::of(number);
        let length = LENGTHS[draw.below(LENGTHS.len())];
        self.article_of(number, length + draw.below(length))
    }

    /// The article with this number, of about this length in bytes.
    pub(crate) fn article_of(&self, number: usize, length: usize) -> String {
        let mut draw = Draw::of(number);
        let mut text = format!(
            "---\ntitle: \"Sore muscles, part {number}\"\ndescription: \"What helps after a massage, part {number}.\"\n\
             date: 2026-0{}-1{}\nauthor: \"A. Writer\"\n---\n",
            1 + draw.below(9),
            draw.below(9),
        );
        let mut section = 0;
        while text.len() < length {
            section += 1;
            let heading = &self.headings[draw.below(self.headings.len())];
            // A number keeps headings apart, so that long articles are no heap of repeated ones.
            write!(text, "\n## {heading}, {section}\n").expect("a string takes all");
            for _ in 0..=draw.below(3) {
                text.push('\n');
                self.write_paragraph(&mut draw, &mut text);
            }
            if draw.below(3) == 0 {
                write!(text, "\n{}\n", self.pieces[draw.below(self.pieces.len())])
                    .expect("a string takes all");
            }
        }
        text
    }

    fn write_paragraph(&self, draw: &mut Draw, text: &mut String) {
        for position in 0..2 + draw.below(4) {
            if position > 0 {
                text.push(' ');
            }
            let flagged = draw.below(SENTENCES_FOR_ONE_FLAGGED) == 0;
            let sentences = if flagged { &self.flagged } else { &self.quiet };
            text.push_str(&sentences[draw.below(sentences.len())]);
        }
        text.push('\n');
    }
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "md") {
            files.push(path);
        }
    }
    Ok(())
}

/// A text without its front matter.
fn body(text: &str) -> &str {
    let after = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    after.map_or(text, |(_, body)| body)
}

/// Numbers that look drawn and are the same each time (`SplitMix64`).
struct Draw(u64);

impl Draw {
    fn of(number: usize) -> Self {
        Self(number as u64)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.0;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((drawn ^ (drawn >> 31)) % bound as u64).unwrap_or_default()
    }
}
