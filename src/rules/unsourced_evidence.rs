//! `unsourced-evidence`.

use std::collections::HashMap;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::{BlockId, BlockKind, MarkKind};
use crate::knowledge::claims::ClaimRule;
use crate::rule::Article;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// `Studies show`, `clinically proven` and the like in a paragraph that names no source: no link, no footnote, no
    /// author with a year, no named body. A heading that asks (`What the evidence says`) is quiet, and so is `the trials agree`
    /// where a paragraph shortly before names them.
    ///
    /// ## Why it matters
    ///
    /// Evidence that has no name cannot be checked.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Studies show that rolling takes the edge off.
    /// ```
    ///
    /// ## Instead
    ///
    /// Name the study with its year and link, or leave it out.
    "unsourced-evidence", Note, "evidence without a named source"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    if has_reference_list(article) {
        return Vec::new();
    }
    // A paragraph is looked at once, however many claims it makes.
    let mut looked_at: HashMap<BlockId, bool> = HashMap::new();
    let mut may_lack_one = |block| {
        *looked_at.entry(block).or_insert_with(|| !names_source(article, block) && !asks(article, block))
    };
    article
        .reading
        .claims_made(article.knowledge, ClaimRule::UnsourcedEvidence)
        .into_iter()
        .filter(|made| {
            may_lack_one(made.block)
                && !speaks_of_named(article, made.block, made.span)
                && !is_asked_for(article, made.block, made.span)
        })
        .map(|made| {
            let claim = article.knowledge.claim(made.claim);
            let words = article.document.source.slice(made.span);
            Finding::new(made.span, format!("`{words}` names no source in this paragraph"))
                .severity(claim.severity)
                .label("which one?")
                .note(claim.why.clone())
                .help(claim.instead.clone())
                .sources(article.knowledge.citations(&claim.sources))
        })
        .collect()
}

/// Whether the article ends in a list of what it rests on.
fn has_reference_list(article: Article<'_>) -> bool {
    const TITLES: &[&str] = &["references", "reference list", "bibliography", "works cited", "citations", "sources"];
    let document = article.document;
    document.outline.headings.iter().any(|heading| {
        let text = document.block(heading.block).prose.text();
        let is_title = TITLES.iter().any(|it| text.trim().trim_end_matches(':').eq_ignore_ascii_case(it));
        is_title && heading.block + 1 < document.content.blocks.len()
    })
}

/// `What the evidence says`: a heading or description that asks, and claims nothing.
fn asks(article: Article<'_>, block: BlockId) -> bool {
    let here = article.document.block(block);
    let announces =
        article.document.outline.heading_at(block).is_some() || matches!(here.kind, BlockKind::FrontMatter(_));
    // `Cold water after a workout: what the evidence says`
    let mut parts = here.prose.text().split([':', '–', '—', '?']).filter_map(|it| it.split_whitespace().next());
    announces && parts.any(|first| ASKING.iter().any(|word| first.eq_ignore_ascii_case(word)))
}

/// `A bad weekend, and what the evidence says about it`, in a heading or description.
fn is_asked_for(article: Article<'_>, block: BlockId, span: Span) -> bool {
    const NEAR: usize = 2;
    let here = article.document.block(block);
    let announces =
        article.document.outline.heading_at(block).is_some() || matches!(here.kind, BlockKind::FrontMatter(_));
    let before = article.document.source.slice(Span { start: here.span.start, end: span.start });
    announces && before.split_whitespace().rev().take(NEAR).any(|it| ASKING.iter().any(|word| it.eq_ignore_ascii_case(word)))
}

const ASKING: &[&str] = &["what", "how", "why", "whether", "where", "which"];

/// `The trials agree`, where a paragraph before names them.
fn speaks_of_named(article: Article<'_>, block: BlockId, span: Span) -> bool {
    let before = article.document.source.slice(Span { start: article.document.block(block).span.start, end: span.start });
    let last = before.split_whitespace().next_back();
    last.is_some_and(|it| DEFINITE.iter().any(|word| it.eq_ignore_ascii_case(word)))
        && (block.saturating_sub(FAR)..block).any(|earlier| names_source(article, earlier))
}

/// So many blocks later, nobody knows which trials were meant.
const FAR: usize = 60;

const DEFINITE: &[&str] = &["the", "these", "those", "both", "all"];

/// Whether a paragraph names its source.
fn names_source(article: Article<'_>, id: BlockId) -> bool {
    let document = article.document;
    let block = document.block(id);
    let text = block.prose.text();
    let has_footnote = block.marks.iter().any(|mark| mark.kind == MarkKind::Footnote);
    let links = &document.content.links;
    let first = links.partition_point(|link| link.span.end <= block.span.start);
    let own = links[first..].iter().take_while(|link| link.span.start < block.span.end);
    let has_link = own.into_iter().any(|link| may_be_source(&link.url));
    // An address that is no link
    let written = document.source.slice(block.span);
    let has_address = [" https://", " http://", "\nhttps://"].iter().any(|it| written.contains(it));
    // `a cool room helps<sup>1</sup>`
    let has_raised_number = written.split("<sup>").skip(1).any(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    has_footnote || has_link || has_address || has_raised_number || names_survey(text) || cites_in_brackets(text) || names_body(text)
}

/// Whether a link can lead to evidence: a page of one's own shop cannot.
fn may_be_source(url: &str) -> bool {
    const WARES: &[&str] = &["shop", "store", "product", "basket", "cart", "checkout", "buy", "book", "pricing"];
    let is_own = !url.contains("://");
    let mut parts = url.split(['/', '-', '?', '#']);
    !(is_own && parts.any(|part| WARES.iter().any(|it| part.trim_end_matches('s').eq_ignore_ascii_case(it))))
}

/// `(Wiltshire et al., 2010)`, `[3]`, `Wiltshire and colleagues`, a DOI.
fn cites_in_brackets(text: &str) -> bool {
    let year = |part: &str| {
        part.split(|c: char| !c.is_ascii_digit()).any(|it| it.len() == 4 && (it.starts_with("19") || it.starts_with("20")))
    };
    let bracketed = text.split('(').skip(1).any(|part| year(part.split(')').next().unwrap_or_default()));
    let numbered = text.split('[').skip(1).any(|part| {
        let inside = part.split(']').next().unwrap_or_default();
        !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'))
    });
    bracketed || numbered || text.contains("et al") || text.contains(" and colleagues") || text.contains("doi")
}

/// `as Sport England's Active Lives survey found in 2023`: a study by its name, with its year.
fn names_survey(text: &str) -> bool {
    // `A Clinical Trial` names none.
    const GENERIC: &[&str] = &["A", "The", "This", "One", "Another", "New", "Recent", "Clinical", "Early", "In"];
    const STUDIES: &[&str] = &["survey", "study", "trial", "review", "report", "census", "cohort", "audit"];
    let is_year = |it: &str| {
        let it = it.trim_matches(|it: char| !it.is_ascii_digit());
        it.len() == 4 && (it.starts_with("19") || it.starts_with("20"))
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |it: &str| it.starts_with(char::is_uppercase) && !GENERIC.contains(&it);
    let is_named = words.windows(3).any(|it| {
        let [first, second, study] = it else { return false };
        let study = study.trim_matches(|it: char| !it.is_alphanumeric());
        is_name(first) && is_name(second) && STUDIES.iter().any(|it| study.eq_ignore_ascii_case(it))
    });
    is_named && words.iter().any(|it| is_year(it))
}

/// A body, journal or university by name.
fn names_body(text: &str) -> bool {
    const BODIES: &[&str] = &[
        "Cochrane", "NHS", "NICE", "CDC", "FDA", "WHO", "NIH", "BMJ", "Lancet", "JAMA", "Mayo Clinic", "Cleveland Clinic",
        "Harvard", "Stanford", "Oxford", "Cambridge", "University", "Journal", "Institute", "College of", "Association",
        "National Institute", "National Center", "Centers for Disease", "Department of", "Ministry of", "NCCIH", "Royal Society",
        "Society for", "Society of", "Academy of", "Council for", "Council of",
    ];
    BODIES.iter().any(|body| text.contains(body))
}
