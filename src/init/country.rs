//! For the readers of which country articles are written: numbers to call, names of services, spelling.
//!
//! It is a guess, and says its reasons. Spelling alone decides nothing: five countries share the British one.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::document::words::{Token, TokenKind, fold_word, tokens};
use crate::locale::Locale::{self, Au, Ca, Eu, Ie, Nz, Uk, Us};

/// What articles give away, by the number of articles that do.
#[derive(Debug, Clone, Default)]
pub struct Signs {
    /// By index into `SIGNS`.
    seen: BTreeMap<usize, usize>,
    /// Articles in British spelling.
    pub british: usize,
    /// Articles in American spelling.
    pub american: usize,
}

/// A country, or why none is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Unset: what was seen does not decide it.
    pub locale: Option<Locale>,
    /// What speaks for it, or what there is, the strongest first: `999 is called in 12 articles`.
    pub reasons: Vec<(String, usize)>,
}

/// Words that tell a country, and how much they weigh for which.
struct Sign {
    words: &'static [&'static str],
    /// A number tells something only where it is called.
    called: bool,
    weights: &'static [(Locale, usize)],
}

const fn number(words: &'static [&'static str], weights: &'static [(Locale, usize)]) -> Sign {
    Sign { words, called: true, weights }
}

const fn name(words: &'static [&'static str], weights: &'static [(Locale, usize)]) -> Sign {
    Sign { words, called: false, weights }
}

const SIGNS: &[Sign] = &[
    number(&["999"], &[(Uk, 3), (Ie, 1)]),
    number(&["911"], &[(Us, 3), (Ca, 1)]),
    number(&["000"], &[(Au, 3)]),
    number(&["111"], &[(Nz, 2), (Uk, 2)]),
    number(&["112"], &[(Eu, 2), (Ie, 1)]),
    number(&["811"], &[(Ca, 3)]),
    name(&["999", "or", "112"], &[(Ie, 3), (Uk, 1)]),
    name(&["112", "or", "999"], &[(Ie, 3), (Uk, 1)]),
    name(&["NHS"], &[(Uk, 3)]),
    name(&["A", "&", "E"], &[(Uk, 2), (Ie, 1)]),
    name(&["GP"], &[(Uk, 1), (Ie, 1), (Au, 1), (Nz, 1)]),
    name(&["HSE"], &[(Ie, 3)]),
    name(&["ER"], &[(Us, 2), (Ca, 1)]),
    name(&["FDA"], &[(Us, 1)]),
    name(&["PCP"], &[(Us, 1)]),
    name(&["Triple", "Zero"], &[(Au, 3)]),
    name(&["Healthdirect"], &[(Au, 3)]),
    name(&["Healthline"], &[(Nz, 2)]),
    name(&["ACC"], &[(Nz, 1)]),
    name(&["Health", "Link"], &[(Ca, 2)]),
    name(&["Health", "Canada"], &[(Ca, 3)]),
    name(&["acetaminophen"], &[(Us, 1), (Ca, 1)]),
    name(&["paracetamol"], &[(Uk, 1), (Ie, 1), (Au, 1), (Nz, 1), (Eu, 1)]),
];

const CALLING: &[&str] =
    &["call", "calling", "dial", "dialling", "dialing", "ring", "ringing", "phone", "phoning", "text"];

const BRITISH: &[&str] = &[
    "colour",
    "colours",
    "flavour",
    "odour",
    "behaviour",
    "favourite",
    "neighbour",
    "tumour",
    "vapour",
    "fibre",
    "fibres",
    "centre",
    "centres",
    "litre",
    "litres",
    "metre",
    "metres",
    "millilitres",
    "anaemia",
    "oedema",
    "haemorrhage",
    "diarrhoea",
    "oesophagus",
    "orthopaedic",
    "paediatric",
    "moisturise",
    "moisturiser",
    "organise",
    "recognise",
    "grey",
    "mould",
    "tyre",
    "ageing",
    "travelling",
    "labelled",
    "physiotherapist",
    "whilst",
    "programme",
    "aluminium",
];

const AMERICAN: &[&str] = &[
    "color",
    "colors",
    "flavor",
    "odor",
    "behavior",
    "favorite",
    "neighbor",
    "tumor",
    "vapor",
    "fiber",
    "fibers",
    "center",
    "centers",
    "liter",
    "liters",
    "milliliters",
    "anemia",
    "edema",
    "hemorrhage",
    "diarrhea",
    "esophagus",
    "orthopedic",
    "pediatric",
    "moisturize",
    "moisturizer",
    "organize",
    "recognize",
    "gray",
    "mold",
    "tire",
    "aging",
    "traveling",
    "labeled",
    "aluminum",
];

impl Signs {
    /// What the text of one article gives away.
    pub fn of(document: &Document<'_>) -> Self {
        let mut signs = Self::default();
        let (mut british, mut american) = (0, 0);
        let mut folded = String::new();
        for block in document.content.blocks.iter().filter(|it| it.kind.is_prose()) {
            let visible = block.prose.text();
            let tokens = tokens(visible);
            for at in 0..tokens.len() {
                for (index, _) in
                    SIGNS.iter().enumerate().filter(|(_, sign)| sign.stands_at(visible, &tokens, at))
                {
                    signs.seen.insert(index, 1);
                }
                if tokens[at].kind == TokenKind::Word {
                    fold_word(tokens[at].text(visible), &mut folded);
                    british += usize::from(BRITISH.contains(&folded.as_str()));
                    american += usize::from(AMERICAN.contains(&folded.as_str()));
                }
            }
        }
        signs.british = usize::from(british > american);
        signs.american = usize::from(american > british);
        signs
    }

    /// What more articles give away.
    pub fn add(&mut self, other: Self) {
        self.british += other.british;
        self.american += other.american;
        for (index, count) in other.seen {
            *self.seen.entry(index).or_default() += count;
        }
    }

    /// The country for which far more speaks than for any other.
    pub fn guess(&self) -> Guess {
        const LEAST: usize = 3;
        let mut scores: BTreeMap<Locale, usize> = BTreeMap::new();
        for (&index, articles) in &self.seen {
            for (locale, weight) in SIGNS[index].weights {
                *scores.entry(*locale).or_default() += weight * articles;
            }
        }
        let mut ranked: Vec<(Locale, usize)> = scores.into_iter().collect();
        ranked.sort_by_key(|&(_, score)| std::cmp::Reverse(score));
        let second = ranked.get(1).map_or(0, |it| it.1);
        let best = ranked.first().filter(|it| it.1 >= LEAST && it.1 >= 2 * second).map(|it| it.0);
        let locale = best.filter(|&it| !self.is_spelled_unlike(it));
        Guess { locale, reasons: self.reasons(locale) }
    }

    /// Whether most articles are spelled as nobody there spells.
    fn is_spelled_unlike(&self, locale: Locale) -> bool {
        match locale {
            Us => self.british > 2 * self.american,
            Uk | Ie | Au | Nz => self.american > 2 * self.british,
            Ca | Eu => false,
        }
    }

    fn reasons(&self, locale: Option<Locale>) -> Vec<(String, usize)> {
        const MOST: usize = 4;
        let weight = |index: usize| {
            let weights = SIGNS[index].weights.iter();
            weights.filter(|(it, _)| locale.is_none_or(|locale| locale == *it)).map(|it| it.1).max()
        };
        let mut all: Vec<(usize, usize, usize)> = self
            .seen
            .iter()
            .filter_map(|(&index, &articles)| Some((weight(index)? * articles, index, articles)))
            .collect();
        all.sort_by_key(|&(weight, index, _)| (std::cmp::Reverse(weight), index));
        all.into_iter().take(MOST).map(|(_, index, articles)| (SIGNS[index].shown(), articles)).collect()
    }
}

impl Sign {
    fn stands_at(&self, visible: &str, tokens: &[Token], at: usize) -> bool {
        const AWAY: usize = 4;
        let found = self.words.iter().enumerate().all(|(offset, word)| {
            tokens.get(at + offset).is_some_and(|token| is_same(token.text(visible), word))
        });
        let is_called = || {
            let before = &tokens[at.saturating_sub(AWAY)..at];
            before.iter().any(|it| CALLING.iter().any(|word| it.text(visible).eq_ignore_ascii_case(word)))
        };
        found && (!self.called || is_called())
    }

    fn shown(&self) -> String {
        let words = self.words.join(" ").replace(" & ", "&");
        if self.called { format!("{words} is the number to call") } else { format!("{words} is named") }
    }
}

/// Abbreviations and names keep their case; words may stand at the begin of a sentence.
fn is_same(text: &str, word: &str) -> bool {
    text == word || (word.starts_with(|c: char| c.is_ascii_lowercase()) && text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn guess(texts: &[&str]) -> Option<Locale> {
        let mut signs = Signs::default();
        for text in texts {
            let source = Source::from_text("a.md", *text);
            signs.add(Signs::of(&Document::parse(&source)));
        }
        signs.guess().locale
    }

    #[test]
    fn numbers_and_services_tell_the_country() {
        assert_eq!(guess(&["Call 999 or see your GP."]), Some(Uk));
        assert_eq!(guess(&["Call 911 or go to the ER."]), Some(Us));
        assert_eq!(guess(&["In an emergency call Triple Zero (000)."]), Some(Au));
        assert_eq!(guess(&["Call 111, or ask Healthline."]), Some(Nz));
        assert_eq!(guess(&["Call 111, says the NHS."]), Some(Uk));
        assert_eq!(guess(&["Dial 112 or 999. The HSE has a leaflet."]), Some(Ie));
        assert_eq!(guess(&["Call 811. Health Canada says so."]), Some(Ca));
    }

    #[test]
    fn what_does_not_decide_is_no_guess() {
        assert_eq!(guess(&["The colour of the fibre."]), None);
        assert_eq!(guess(&["It burns 999 calories. Paracetamol helps."]), None);
        assert_eq!(guess(&["Call 999.", "Call 911."]), None);
        assert_eq!(guess(&["Call 911.", "The colour.", "The colour."]), None);
        assert_eq!(guess(&[]), None);
    }
}
