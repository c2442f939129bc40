//! `leftover-markup`.

use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::{Applicability, Finding, Fix};
use crate::document::blocks::{Block, BlockId, BlockKind};
use crate::document::prose::HIDDEN;
use crate::knowledge::residue::ResidueRule;
use crate::reading::residue::ResidueFound;
use crate::removal;
use crate::rule::Article;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// What a content system left behind: its shortcodes (`[gallery ids="1,2"]`, `[/caption]`), `[Edit]` buttons, share
    /// widgets, feed teasers, links to staging or admin pages, spreadsheet errors. Shortcodes of Hugo and block comments
    /// of WordPress are fine, and so is code.
    ///
    /// ## Why it matters
    ///
    /// Readers see it as it stands, and admin links lead strangers to the door.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// [gallery ids="412,413"]
    /// ```
    ///
    /// ## Instead
    ///
    /// Remove it, or write in Markdown what it stood for.
    "leftover-markup", Warning, "shortcodes, widgets, admin links and other left-overs of a content system", fix: Unsafe
}

const INTERNAL: &str = "this link leads to an admin, preview or test page";
const LINK_INSTEAD: &str = "link to the published page, or remove the link";

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let mut findings: Vec<Finding> = article
        .reading
        .residue(article.knowledge, ResidueRule::LeftoverMarkup)
        .into_iter()
        .map(|ResidueFound { residue, span, .. }| finding(span, &residue.message, &residue.help))
        .collect();
    for link in &document.content.links {
        if is_internal(&link.url) {
            findings.push(finding(link.span, INTERNAL, LINK_INSTEAD));
        }
    }
    findings.sort_by_key(|it| it.label.span.start);
    // A paragraph of left-overs is one finding.
    let mut kept: Vec<Finding> = Vec::new();
    let mut rest = findings.into_iter().peekable();
    for (id, block) in document.content.blocks.iter().enumerate() {
        let mut own = Vec::new();
        while let Some(it) = rest.next_if(|it| it.label.span.start < block.span.end) {
            own.push(it);
        }
        let is_seen = !matches!(block.kind, BlockKind::AltText | BlockKind::Code | BlockKind::Break);
        if is_seen && may_hold_left_overs(block.prose.text().as_bytes()) {
            own.extend(in_text(block, document.source.text()));
        }
        own.sort_by_key(|it| it.label.span.start);
        kept.extend(own.into_iter().next().map(|it| with_fix(article, id, it)));
    }
    kept.extend(rest);
    kept
}

/// A shortcode, button or widget that is all of its paragraph can go; text that was cut off, or a value, is to be written.
fn with_fix(article: Article<'_>, id: BlockId, finding: Finding) -> Finding {
    let block = article.document.block(id);
    let text = block.prose.text().trim();
    let is_all = text.starts_with('[') && text.ends_with(']');
    let edits = if is_all && finding.label.span.contains(block.span) {
        removal::of_block(article.document, id)
    } else {
        None
    };
    match edits {
        Some(edits) => finding.fix(Fix {
            message: "remove it".to_owned(),
            applicability: Applicability::Unsafe,
            edits,
        }),
        None => finding,
    }
}

fn finding(span: Span, message: &str, help: &str) -> Finding {
    Finding::new(span, message).label("left over").help(help)
}

/// Whether a mark is there that something which [`in_text`] looks for begins with.
fn may_hold_left_overs(text: &[u8]) -> bool {
    memchr::memchr3(b'[', b'#', b'&', text).is_some()
        || memchr::memchr(b'%', text).is_some()
        || memchr::memmem::find(text, HIDDEN.encode_utf8(&mut [0; 4]).as_bytes()).is_some()
}

/// What the letters themselves give away.
fn in_text(block: &Block, source: &str) -> Vec<Finding> {
    const SHORTCODE: &str = "a shortcode or button of a content system is left in the article";
    const ERROR: &str = "a spreadsheet error is left in the article";
    const ENTITY: &str = "readers see the code of a character instead of the character";
    const VARIABLE: &str = "a variable of a content system was never filled in";
    const CUT: &str = "the text is cut off, as in a feed";
    let all = [
        (shortcode(block), SHORTCODE, "remove it"),
        (spreadsheet_error(block), ERROR, "write the value that belongs here"),
        (visible_entity(block), ENTITY, "write the character itself"),
        (variable(block), VARIABLE, "write what it stands for"),
        (cut_off(block), CUT, "bring in the rest of the text"),
        (bare_address(block, source), INTERNAL, LINK_INSTEAD),
    ];
    all.into_iter().filter_map(|(span, message, help)| Some(finding(span?, message, help))).collect()
}

/// `[/caption]`, `[gallery ids="1"]`, `[vc_row]`, `[Edit]`: brackets that a content system would have read, and those right behind
/// them: `[/vc_column][/vc_row]`.
fn shortcode(block: &Block) -> Option<Span> {
    let text = block.prose.text();
    let first = first_shortcode(text, 0)?;
    let mut end = first.end;
    while let Some(next) = first_shortcode(text, end).filter(|it| text[end..it.start].trim().is_empty()) {
        end = next.end;
    }
    Some(block.prose.source_span(first.start..end))
}

fn first_shortcode(text: &str, start: usize) -> Option<Range<usize>> {
    let mut from = start;
    let mut close = 0;
    while let Some(open) = text[from..].find('[').map(|at| from + at) {
        from = open + 1;
        if close <= open {
            close = open + text[open..].find(']')?;
        }
        if close - open > LONGEST {
            continue;
        }
        let is_alone = text[..open].trim().is_empty() && text[close + 1..].trim().is_empty();
        if is_shortcode(&text[open + 1..close], is_alone) {
            return Some(open..close + 1);
        }
    }
    None
}

/// More bytes than a shortcode has. Of brackets within brackets, each is looked at.
const LONGEST: usize = 1000;

/// What content systems call their shortcodes; some begin so.
const NAMES: &[&str] = &[
    "contact-form", "et_pb_", "vc_", "fusion_", "su_", "elementor", "wp_", "ez-toc", "tablepress", "sc_", "adsense",
    "read_more", "rev_slider", "gravityform", "wpforms", "ninja_form", "woocommerce", "product_", "one_half",
    "one_third", "two_third", "print-me", "sharethis", "addtoany", "related_posts", "av_", "siteorigin", "mc4wp",
    "wpseo", "smartslider", "table-of-contents", "nextpage", "user_registration", "gravityforms",
];

/// Shortcodes that are words as well: only alone on their line, closed, or with attributes.
const WORDS: &[&str] = &[
    "caption", "gallery", "embed", "audio", "video", "playlist", "toc", "button", "youtube", "vimeo", "instagram",
    "tweet", "ads", "ad", "social", "newsletter", "readmore", "slider", "products", "column", "columns", "row", "divider",
    "spacer", "accordion", "tabs", "toggle", "quote", "dropcap", "highlight", "amazon", "recipe", "table",
];

fn is_shortcode(inside: &str, is_alone: bool) -> bool {
    let lower = inside.to_lowercase();
    if ["[category:", "[file:", "[image:"].iter().any(|wiki| lower.starts_with(wiki)) {
        return true;
    }
    let closing = lower.starts_with('/');
    let name = lower.trim_start_matches('/').split([' ', '=', '/']).next().unwrap_or_default();
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if !is_name {
        return false;
    }
    let has_attribute = inside.contains('=') && inside.contains(['"', '“', '”', '\'', '’']);
    let is_bare = !inside.contains(' ');
    let is_button = matches!(lower.as_str(), "edit" | "edit source" | "hide" | "show");
    let is_known = NAMES.iter().any(|known| name.starts_with(known));
    let is_word = WORDS.contains(&name) && is_alone && is_bare && !inside.starts_with(char::is_uppercase);
    is_button || has_attribute || (closing && is_bare) || (is_known && is_bare) || is_word
}

fn spreadsheet_error(block: &Block) -> Option<Span> {
    const ERRORS: &[&str] =
        &["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!", "#CALC!"];
    first_of(block, ERRORS)
}

/// `&nbsp;` that was escaped twice.
fn visible_entity(block: &Block) -> Option<Span> {
    const ENTITIES: &[&str] =
        &["&nbsp;", "&amp;", "&quot;", "&#39;", "&#8217;", "&#8211;", "&rsquo;", "&lsquo;", "&ndash;", "&mdash;", "&hellip;"];
    first_of(block, ENTITIES)
}

/// `%%sitename%%`, as plug-ins for search engines write their variables.
fn variable(block: &Block) -> Option<Span> {
    let text = block.prose.text();
    let open = text.find("%%")?;
    let length = text[open + 2..].find("%%")?;
    let name = &text[open + 2..open + 2 + length];
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    is_name.then(|| block.prose.source_span(open..open + length + 4))
}

/// `[…]` at the end of a paragraph; within a quotation it marks what was left out.
fn cut_off(block: &Block) -> Option<Span> {
    let text = block.prose.text().trim_end();
    let mark = ["[…]", "[...]", "[. . .]"].into_iter().find(|mark| text.ends_with(mark))?;
    let from = text.len() - mark.len();
    let is_text = block.kind == BlockKind::Paragraph && block.place.quotes == 0;
    let words = text[..from].split_whitespace().count();
    (is_text && words >= 5).then(|| block.prose.source_span(from..text.len()))
}

fn first_of(block: &Block, marks: &[&str]) -> Option<Span> {
    let text = block.prose.text();
    // All of them begin with the same mark, which hardly any text has.
    let first = marks.first()?.as_bytes()[0];
    text.as_bytes().contains(&first).then_some(())?;
    let at = marks.iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min()?;
    Some(block.prose.source_span(at.0..at.0 + at.1))
}

/// `https://staging.example.org/post`, written out: visible text hides addresses.
fn bare_address(block: &Block, source: &str) -> Option<Span> {
    let hidden = block.prose.text().match_indices(HIDDEN);
    let mut spans = hidden.map(|(at, mark)| block.prose.source_span(at..at + mark.len()));
    spans.find(|it| is_internal(&source[it.range()]))
}

fn is_internal(url: &str) -> bool {
    const PATHS: &[&str] = &[
        "/wp-admin", "/wp-login", "preview=true", "/admin/", "/node/add", "/administrator/", "?p=draft", "/user/login",
    ];
    const HOSTS: &[&str] = &["staging.", "dev.", "preview.", "stage.", "test.", "uat."];
    let lower = url.to_lowercase();
    if lower.starts_with("file://") || PATHS.iter().any(|part| lower.contains(part)) {
        return true;
    }
    let Some((_, rest)) = lower.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(name, _)| name);
    // `dev.to` is a site of its own.
    let has_site = host.matches('.').count() >= 2;
    matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0")
        || (has_site && (HOSTS.iter().any(|part| host.starts_with(part)) || host.contains(".staging.")))
        || host.rsplit('.').next().is_some_and(|last| matches!(last, "local" | "test"))
}
