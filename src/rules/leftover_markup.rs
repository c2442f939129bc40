//! `leftover-markup`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::{Block, BlockKind};
use crate::knowledge::residue::ResidueRule;
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
    "leftover-markup", Warning, "shortcodes, widgets, admin links and other left-overs of a content system"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let mut findings: Vec<Finding> = article
        .reading
        .residue(article.knowledge, ResidueRule::LeftoverMarkup)
        .into_iter()
        .map(|(residue, span)| finding(span, &residue.message, &residue.help))
        .collect();
    for block in &document.content.blocks {
        if matches!(block.kind, BlockKind::AltText | BlockKind::Code | BlockKind::Break) {
            continue;
        }
        if let Some(span) = shortcode(block) {
            findings.push(finding(span, "a shortcode or button of a content system is left in the article", "remove it"));
        }
        if let Some(span) = spreadsheet_error(block) {
            findings.push(finding(span, "a spreadsheet error is left in the article", "write the value that belongs here"));
        }
    }
    for link in &document.content.links {
        if is_internal(&link.url) {
            let message = "this link leads to an admin, preview or test page";
            findings.push(finding(link.span, message, "link to the published page, or remove the link"));
        }
    }
    findings
}

fn finding(span: Span, message: &str, help: &str) -> Finding {
    Finding::new(span, message).label("left over").help(help)
}

/// `[/caption]`, `[gallery ids="1"]`, `[vc_row]`, `[Edit]`: a bracket that a content system would have read.
fn shortcode(block: &Block) -> Option<Span> {
    const NAMES: &[&str] = &[
        "caption", "gallery", "embed", "audio", "video", "playlist", "contact-form-7", "contact-form", "et_pb_", "vc_",
        "fusion_", "su_", "elementor", "wp_", "toc", "ez-toc", "table id", "tablepress", "sc_", "button", "youtube",
        "instagram", "tweet", "adsense", "ad ", "ads", "social", "newsletter", "read_more", "readmore", "slider", "rev_slider",
        "gravityform", "wpforms", "ninja_form", "woocommerce", "products", "product_", "one_half", "one_third", "column",
        "row", "col ", "divider", "spacer", "accordion", "tabs", "tab ", "toggle", "quote", "dropcap", "highlight", "amazon",
        "recipe", "print-me", "sharethis", "addtoany", "related_posts",
    ];
    let text = block.prose.text();
    let mut from = 0;
    while let Some(open) = text[from..].find('[').map(|at| from + at) {
        from = open + 1;
        let Some(close) = text[open..].find(']').map(|length| open + length) else { break };
        let inside = &text[open + 1..close];
        let name = inside.trim_start_matches('/');
        let lower = name.to_lowercase();
        let closing = inside.starts_with('/');
        let has_attribute = inside.contains('=') && inside.contains(['"', '“', '”', '\'']);
        let known = NAMES.iter().any(|known| lower.starts_with(known));
        let button = matches!(lower.as_str(), "edit" | "edit source" | "hide" | "show");
        let is_word = !name.is_empty() && name.chars().next().is_some_and(char::is_alphabetic);
        let bare = known && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if is_word && (button || (closing && !inside.contains(' ')) || (known && has_attribute) || bare
            || (has_attribute && name.split(' ').next().is_some_and(|first| !first.contains('='))))
        {
            return Some(block.prose.source_span(open..close + 1));
        }
    }
    None
}

fn spreadsheet_error(block: &Block) -> Option<Span> {
    const ERRORS: &[&str] = &["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NULL!", "#NUM!", "#ERROR!"];
    let text = block.prose.text();
    ERRORS.iter().find_map(|error| {
        let at = text.find(error)?;
        Some(block.prose.source_span(at..at + error.len()))
    })
}

fn is_internal(url: &str) -> bool {
    let lower = url.to_lowercase();
    let host = lower.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    let path = ["/wp-admin", "/wp-login", "preview=true", "/admin/", "/node/add", "/administrator/", "?p=draft", "/user/login"];
    let hosts = ["localhost", "127.0.0.1", "staging.", "dev.", "preview.", "stage.", "test."];
    path.iter().any(|part| lower.contains(part))
        || hosts.iter().any(|part| host.starts_with(part))
        || host.contains(".staging.")
        || host.rsplit('.').next().is_some_and(|last| matches!(last, "local" | "test"))
        || lower.starts_with("file://")
}
