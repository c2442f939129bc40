//! `conflicting-remedy-advice`.

use std::collections::{BTreeMap, HashMap};

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::Block;
use crate::knowledge::cues::Cue;
use crate::library::figure::{Figure, Range, is_comparable};
use crate::library::{FoundAcross, Library, Summary};
use crate::reading::advice::Advice;
use crate::reading::amount::Kind;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// Two passages of an article that give one remedy ranges that cannot both hold: at most 10 minutes here, 15 to
    /// 20 there. Ranges that touch or overlap do not conflict; nor do figures for different readers, body parts or
    /// products, nor a session and an interval. The later figure has to stand with its remedy: in its paragraph or row, or
    /// right under its heading.
    ///
    /// Articles that are checked in one run are compared, too, more strictly: ranges and limits alone, said of the same
    /// parts of the body and circumstances, for readers of the same country. The articles that differ from what most
    /// of them say are flagged, each once for a remedy.
    ///
    /// ## Why it matters
    ///
    /// A reader who finds two figures takes the one that suits.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Keep an ice pack on for no longer than 10 minutes.
    /// …
    /// Hold an ice pack on it for 15 to 20 minutes.
    /// ```
    ///
    /// ## Instead
    ///
    /// Decide for one range, or say to whom or what each applies.
    "conflicting-remedy-advice", Warning, "two passages whose figures for one remedy cannot both hold", across: also
}

/// An article that gives more figures for one remedy than this is a list of figures.
const MOST_COMPARED: usize = 64;

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut settled: Vec<(u16, Kind)> = Vec::new();
    let mut known: HashMap<(u16, Kind), Vec<&Advice>> = HashMap::new();
    for later in article.reading.advice.iter().filter(|it| is_comparable(article.knowledge, it)) {
        let key = (later.remedy, later.amount.kind);
        if settled.contains(&key) {
            continue;
        }
        let before = known.entry(key).or_default();
        let Some(&earlier) = before.iter().find(|earlier| conflict(article, earlier, later)) else {
            if before.len() < MOST_COMPARED {
                before.push(later);
            }
            continue;
        };
        settled.push(key);
        let name = &article.knowledge.remedy(later.remedy).name;
        let (first, second) = (article.document.source.slice(earlier.span), article.document.source.slice(later.span));
        let message = format!("`{second}` for {name} cannot hold together with `{first}` earlier in the article");
        findings.push(
            Finding::new(later.span, message)
                .label("this figure")
                .also(earlier.span, "and this one")
                .help("decide for one range, or say to whom or what each figure applies"),
        );
    }
    findings
}

fn conflict(article: Article<'_>, earlier: &Advice, later: &Advice) -> bool {
    let same_kind = earlier.remedy == later.remedy && earlier.amount.kind == later.amount.kind;
    if !same_kind || earlier.block == later.block {
        return false;
    }
    // How long a massage lasts is no figure that could be wrong.
    let remedy = article.knowledge.remedy(earlier.remedy);
    if remedy.limits.is_empty() {
        return false;
    }
    is_named_with(article, later) && Range::of(earlier).excludes(Range::of(later))
        && !are_of_two_deeds(earlier, later)
        && (!are_moments(earlier, later) || are_of_one_muscle(article, earlier, later))
        && !differ_by_case(article, earlier, later)
}

/// Whether the remedy of a figure is named where the figure stands: in its block or row, or in the heading right over it. What a
/// figure further off is said of is a guess, and two guesses are no contradiction.
fn is_named_with(article: Article<'_>, advice: &Advice) -> bool {
    let named_in = article.reading.mentions[advice.mention].block;
    let document = article.document;
    let rows = [named_in, advice.block].map(|it| document.block(it).place.cell.map(|it| (it.table, it.row)));
    let over = document.outline.heading_right_over(advice.block).map(|it| it.block);
    named_in == advice.block || (rows[0].is_some() && rows[0] == rows[1]) || over == Some(named_in)
}

fn are_of_one_muscle(article: Article<'_>, one: &Advice, other: &Advice) -> bool {
    let parts = article.reading.body_parts(one);
    !parts.is_empty() && parts == article.reading.body_parts(other)
}

/// Seconds on one muscle and seconds on another: each exercise has its own, unless both name the same one.
fn are_moments(one: &Advice, other: &Advice) -> bool {
    const MOMENT: f64 = 2.0;
    let is_short = |it: &Advice| it.amount.kind == Kind::Duration && it.amount.high.is_some_and(|high| high <= MOMENT);
    is_short(one) && is_short(other)
}

/// `Press for ten seconds` and `Wear it for 8 hours` are of two deeds.
fn are_of_two_deeds(one: &Advice, other: &Advice) -> bool {
    const MOMENT: f64 = 1.0;
    const LONG: f64 = 10.0;
    let lasts = |it: &Advice| (it.amount.kind == Kind::Duration).then_some(it.amount.high.or(it.amount.low)).flatten();
    lasts(one).zip(lasts(other)).is_some_and(|(one, other)| one.min(other) <= MOMENT && LONG <= one.max(other))
}

/// Whether the two are said of different readers or parts of the body, as far as their own passages tell.
fn differ_by_case(article: Article<'_>, one: &Advice, other: &Advice) -> bool {
    let reading = article.reading;
    if reading.speaks_of(one, Cue::Group) || reading.speaks_of(other, Cue::Group) {
        return true;
    }
    if let (Some(one), Some(other)) = (label(article, one), label(article, other))
        && one != other
    {
        return true;
    }
    if are_cases(article, one, other) || are_other_kinds(article, one, other) {
        return true;
    }
    let parts = [reading.body_parts(one), reading.body_parts(other)];
    !parts[0].is_empty() && !parts[1].is_empty() && parts[0].iter().all(|it| !parts[1].contains(it))
}

/// Rows of one table, or items of one list, that are headed by different words: each is a case. So is a row for a part of the body
/// beside what is said of none.
fn are_cases(article: Article<'_>, one: &Advice, other: &Advice) -> bool {
    let place = |it: &Advice| article.document.block(it.block).place;
    let same_table = match (place(one).cell, place(other).cell) {
        (Some(one), Some(other)) => one.table == other.table && one.row != other.row,
        _ => false,
    };
    let same_list = match (place(one).item, place(other).item) {
        (Some(one), Some(other)) => one.0 == other.0 && one.1 != other.1,
        _ => false,
    };
    match [one, other].map(|it| heading_words(article, it)) {
        [Some(one), Some(other)] => (same_table || same_list) && one.text != other.text,
        [Some(only), None] | [None, Some(only)] => only.names_a_part && !same_table,
        // `With a heating pad, ten minutes`, `With a wheat bag, twenty`
        [None, None] => same_list && last_word(article, one) != last_word(article, other),
    }
}

/// The last word of what a remedy is called where some advice names it.
fn last_word(article: Article<'_>, advice: &Advice) -> Option<String> {
    let mention = &article.reading.mentions[advice.mention];
    let last = mention.tokens.end.checked_sub(1)?;
    let visible = article.document.block(mention.block).prose.text();
    Some(article.reading.passage(mention.block)?.tokens.get(last)?.text(visible).to_lowercase())
}

/// What heads a row or an item, unless it says no more than what is measured.
struct HeadingWords {
    text: String,
    names_a_part: bool,
}

fn heading_words(article: Article<'_>, advice: &Advice) -> Option<HeadingWords> {
    let block = article.document.block(advice.block);
    let (head, end) = if let Some(cell) = block.place.cell {
        let table = &article.document.content.tables[cell.table];
        let first = table.row_label(cell)?;
        (first, article.document.block(first).prose.text().len())
    } else {
        (advice.block, block.strong_start().or_else(|| label_end(block))?)
    };
    let passage = article.reading.passage(head)?;
    let words = 0..passage.tokens_before(end);
    let is_measure = passage.has_cue(&words, &[Cue::Measure]) || passage.has_cue(&words, &[Cue::Hold]);
    (!is_measure).then(|| HeadingWords {
        text: article.document.block(head).prose.text()[..end].trim().to_lowercase(),
        names_a_part: passage.has_cue(&words, &[Cue::BodyPart]),
    })
}

/// Where the words end that label an item: `Cubs (6 to 10): a cold pack for five minutes`.
fn label_end(block: &Block) -> Option<usize> {
    /// So many bytes has a label, at most.
    const LONGEST: usize = 60;
    block.place.item?;
    let end = block.prose.text().find(": ")?;
    (end <= LONGEST).then_some(end)
}

/// Two kinds of one thing: `the Finnish sauna`, `the infrared sauna`.
fn are_other_kinds(article: Article<'_>, one: &Advice, other: &Advice) -> bool {
    match [one, other].map(|it| kind_of(article, it)) {
        [Some((kind, name)), Some((other_kind, other_name))] => name == other_name && kind != other_kind,
        _ => false,
    }
}

/// What a remedy is called where some advice names it, and the word for its kind before that.
fn kind_of(article: Article<'_>, advice: &Advice) -> Option<(String, String)> {
    let mention = &article.reading.mentions[advice.mention];
    let visible = article.document.block(mention.block).prose.text();
    let tokens = &article.reading.passage(mention.block)?.tokens;
    let before = mention.tokens.end.checked_sub(2)?;
    let kind = tokens.get(before)?.text(visible).to_lowercase();
    let is_kind = kind.starts_with(char::is_alphabetic) && !NO_KIND.contains(&kind.as_str());
    is_kind.then_some((kind, last_word(article, advice)?))
}

/// Words before a remedy that say nothing of its kind.
const NO_KIND: &[&str] = &[
    "a", "an", "the", "your", "my", "our", "this", "that", "each", "every", "any", "one", "of", "in", "with", "for", "and", "or", "to",
    "use", "try", "take", "after", "before", "hot", "cold", "warm", "long", "short", "quick", "good", "nice", "on", "from", "into",
];

/// What an item or a row is headed by, where that names the remedy: `Infrared sauna:`, beside `Finnish sauna:`.
fn label(article: Article<'_>, advice: &Advice) -> Option<String> {
    let mention = &article.reading.mentions[advice.mention];
    let block = article.document.block(mention.block);
    let visible = block.prose.text();
    let end = article.reading.passage(mention.block)?.visible(&mention.tokens).end;
    let rest = visible[end..].trim_start();
    let is_label = block.place.cell.is_some() && rest.is_empty()
        || block.place.item.is_some() && (rest.is_empty() || rest.starts_with([':', '–', '—', '-']));
    is_label.then(|| visible[..end].trim().to_lowercase())
}

/// A remedy, for which readers, said of what.
type Case<'s> = (&'s str, &'s str, &'s [String]);

/// A figure, with the article that gives it.
type Given<'s> = (usize, &'s Summary, &'s Figure);

fn across(library: &Library<'_>) -> Vec<FoundAcross> {
    // Only figures of one group are said of the same.
    let mut groups: BTreeMap<Case<'_>, Vec<Given<'_>>> = BTreeMap::new();
    for &(id, article) in &library.articles {
        // What an article says in two ways is reported of it alone.
        let agrees = |one: &&Figure| {
            let same = |it: &&Figure| it.remedy == one.remedy && it.kind == one.kind;
            article.figures.iter().filter(same).all(|other| !other.range.excludes(one.range))
        };
        for figure in article.figures.iter().filter(agrees) {
            let key = (figure.remedy.as_str(), article.readers.as_str(), figure.said_of.as_slice());
            groups.entry(key).or_default().push((id, article, figure));
        }
    }
    let kinds = [Kind::Duration, Kind::Interval, Kind::Temperature];
    let mut found = Vec::new();
    for group in groups.values() {
        for kind in kinds {
            let of_kind: Vec<Given<'_>> = group.iter().filter(|it| it.2.kind == kind).copied().collect();
            found.extend(conflicts(&of_kind));
        }
    }
    found
}

/// The articles whose figure cannot hold together with the one that fits most of the others.
fn conflicts(given: &[Given<'_>]) -> Vec<FoundAcross> {
    let ends = Ends::of(given);
    let Some(&(_, most, usual)) = given.iter().min_by_key(|(_, _, figure)| ends.excluded_by(figure.range)) else {
        return Vec::new();
    };
    let mut found: Vec<FoundAcross> = Vec::new();
    for own in given.chunk_by(|one, other| one.0 == other.0) {
        let differs = |it: &&Given<'_>| it.2.range.excludes(usual.range) && !feel_different(it.2, usual);
        let Some(&(id, article, figure)) = own.iter().find(differs) else { continue };
        if article.path == most.path {
            continue;
        }
        let (text, name, path) = (&figure.text, &figure.remedy, most.name());
        let message = format!("`{text}` for {name} cannot hold together with `{}` in `{path}`", usual.text);
        let finding = Finding::new(figure.span, message)
            .label("this figure")
            .also_in(&most.path, usual.span, "and this one")
            .help("decide for one range, or say to whom or what each figure applies");
        found.push((id, finding));
    }
    found
}

/// Whether two figures are said of what feels different: for a headache, for sore legs.
fn feel_different(one: &Figure, other: &Figure) -> bool {
    let is_said = !one.symptoms.is_empty() && !other.symptoms.is_empty();
    is_said && one.symptoms.iter().all(|it| !other.symptoms.contains(it))
}

/// Both ends of many ranges, each in order: how many a range excludes is then found without comparing it with each.
struct Ends {
    lows: Vec<f64>,
    highs: Vec<f64>,
}

impl Ends {
    fn of(given: &[Given<'_>]) -> Self {
        let sorted = |end: fn(&Range) -> Option<f64>| {
            let mut ends: Vec<f64> = given.iter().filter_map(|(_, _, it)| end(&it.range)).collect();
            ends.sort_by(f64::total_cmp);
            ends
        };
        Self { lows: sorted(|it| it.low), highs: sorted(|it| it.high) }
    }

    fn excluded_by(&self, range: Range) -> usize {
        let below = range.low.map_or(0, |low| self.highs.partition_point(|&high| high < low));
        let above = range.high.map_or(0, |high| self.lows.len() - self.lows.partition_point(|&low| low <= high));
        below + above
    }
}
