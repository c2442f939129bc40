//! Headings that most articles share.

use std::collections::BTreeMap;

use super::share::Share;
use crate::document::Document;
use crate::document::outline::Heading;

/// Headings, and how many articles have each. A rare one may be forgotten, so that what is kept stays small; one that
/// all articles have is always counted in full.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    /// As the rule compares headings: the first spelling, and how many.
    counts: BTreeMap<String, (String, usize)>,
}

/// What is kept at most, until rare ones are forgotten.
const MOST: usize = 2000;
/// More than any article has.
const MOST_IN_ARTICLE: usize = 100;
/// In bytes; what is longer is a sentence.
const LONGEST: usize = 80;
/// Of fewer articles nothing can be said.
const FEWEST_ARTICLES: usize = 10;

impl Sections {
    /// The headings of one article, without its title.
    pub fn of(document: &Document<'_>) -> Self {
        let is_section = |it: &&Heading| it.marked && it.level > 1;
        let mut sections = Self::default();
        for heading in document.outline.headings.iter().filter(is_section).take(MOST_IN_ARTICLE) {
            let text = document.block(heading.block).prose.text().trim();
            let plain = plain(text);
            // Anything else could not stand in a line of the configuration as it is.
            let is_writable = text.chars().all(|c| {
                c == ' ' || c.is_alphanumeric() || c.is_ascii_punctuation() || "’‘“”–—…".contains(c)
            });
            if text.len() <= LONGEST && is_writable && !plain.is_empty() {
                sections.counts.insert(plain, (text.to_owned(), 1));
            }
        }
        sections
    }

    /// The headings of more articles; `articles` is how many there are together.
    pub fn add(&mut self, other: Self, articles: usize) {
        for (plain, (text, count)) in other.counts {
            self.counts.entry(plain).or_insert((text, 0)).1 += count;
        }
        if self.counts.len() > MOST {
            self.counts.retain(|_, (_, count)| *count * 5 >= articles);
        }
    }

    /// Headings that at least four in five articles have, the most frequent first.
    pub fn shared(&self, articles: usize) -> Vec<(&str, Share)> {
        let mut shared: Vec<(&str, Share)> = self
            .counts
            .values()
            .map(|(text, count)| (text.as_str(), Share::of(*count, articles)))
            .filter(|(_, share)| articles >= FEWEST_ARTICLES && share.percent() >= 80)
            .collect();
        shared.sort_by_key(|(_, share)| std::cmp::Reverse(share.part));
        shared
    }
}

/// Case and punctuation do not count, as in `missing-required-section`.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}
