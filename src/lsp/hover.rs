//! What there is to know about the findings at a place: what is wrong, what to write instead, the published figure
//! with its sources, and why the rule exists.
//!
//! Words of an article are escaped, so that none of them is markup.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::abilities::Abilities;
use super::documents::Document;
use crate::citation::Citation;
use crate::diagnostic::Diagnostic;
use crate::render::{account, terminal};
use crate::rule::Rule;
use crate::rules::rule;

/// What would end the address of a link.
const IN_ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'<')
    .add(b'>')
    .add(b'(')
    .add(b')')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'"')
    .add(b'`');

/// What is shown at a place of a document whose findings are known.
pub(super) fn hover(document: &Document, at: Position, abilities: &Abilities) -> Option<Hover> {
    let here = document.findings()?.findings.iter();
    let here: Vec<_> = here.filter(|(_, it)| it.range.start <= at && at <= it.range.end).collect();
    let (_, first) = here.first()?;
    let findings: Vec<&Diagnostic> = here.iter().map(|(it, _)| it).collect();
    let (kind, value) = if abilities.markdown {
        (MarkupKind::Markdown, markdown(&findings))
    } else {
        (MarkupKind::PlainText, plain(&findings))
    };
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range: Some(first.range) })
}

fn plain(findings: &[&Diagnostic]) -> String {
    let mut text = String::new();
    for it in findings {
        let lines = account::lines(it);
        let lines = terminal::safe(&lines);
        // A string takes all.
        let _ = writeln!(text, "{} ({}): {lines}\n", it.rule, it.severity);
    }
    for id in rules_of(findings) {
        text.extend(rule(id).map(Rule::markdown));
    }
    text
}

fn markdown(findings: &[&Diagnostic]) -> String {
    let mut text = String::new();
    for it in findings {
        let _ = write_finding(it, &mut text);
    }
    for id in rules_of(findings) {
        if let Some(rule) = rule(id) {
            let docs = rule.markdown().replace("\n## ", "\n#### ");
            let docs = docs.strip_prefix("## ").map(|it| format!("#### {it}")).unwrap_or(docs);
            let _ = write!(text, "---\n\n{docs}\n");
        }
    }
    text
}

/// Each rule once, in the order of their findings.
fn rules_of(findings: &[&Diagnostic]) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    findings.iter().map(|it| it.rule).filter(|it| seen.insert(*it)).collect()
}

fn write_finding(it: &Diagnostic, text: &mut String) -> std::fmt::Result {
    writeln!(text, "**{}** `{}`: {}\n", it.severity, it.rule, escaped(&it.message))?;
    if let Some(help) = &it.help {
        writeln!(text, "*Instead:* {}\n", escaped(help))?;
    }
    for note in &it.notes {
        writeln!(text, "- {}", escaped(note))?;
    }
    for source in &it.sources {
        writeln!(text, "- source: {}", link(source))?;
    }
    if !it.notes.is_empty() || !it.sources.is_empty() {
        writeln!(text)?;
    }
    Ok(())
}

fn link(it: &Citation) -> String {
    let (publisher, title) = (escaped(&it.publisher), escaped(&it.title));
    let is_web = it.url.starts_with("https://") || it.url.starts_with("http://");
    if is_web {
        format!("{publisher}, [{title}]({})", utf8_percent_encode(&it.url, IN_ADDRESS))
    } else {
        format!("{publisher}, {title}, {}", escaped(&it.url))
    }
}

/// Text of one line that is no markup but for what stands between backticks, which is code.
fn escaped(text: &str) -> String {
    let text = terminal::one_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    let pairs = parts.len() % 2 == 1;
    let mut shown = String::with_capacity(text.len() + 16);
    for (index, part) in parts.iter().enumerate() {
        if pairs && index % 2 == 1 && !part.is_empty() {
            shown.extend(["`", part, "`"]);
            continue;
        }
        if 0 < index && (!pairs || (index % 2 == 1)) {
            shown.push_str("\\`");
        }
        for character in part.chars() {
            if character.is_ascii_punctuation() {
                shown.push('\\');
            }
            shown.push(character);
        }
        if pairs && index % 2 == 1 {
            shown.push_str("\\`");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article_are_no_markup() {
        assert_eq!(escaped("`a *b*` is <b>"), "`a *b*` is \\<b\\>");
        assert_eq!(escaped("[x](command:y)"), "\\[x\\]\\(command\\:y\\)");
        assert_eq!(escaped("a ` b"), "a \\` b");
        assert_eq!(escaped("a `` b"), "a \\`\\` b");
        assert_eq!(escaped("a\n# b"), "a \\# b");
    }

    #[test]
    fn an_address_cannot_end_its_link() {
        let source = Citation {
            title: "A [b]".to_owned(),
            publisher: "NHS".to_owned(),
            url: "https://example.org/a(b) <c>".to_owned(),
        };
        assert_eq!(link(&source), "NHS, [A \\[b\\]](https://example.org/a%28b%29%20%3Cc%3E)");
        let other = Citation { url: "javascript:x".to_owned(), ..source };
        assert!(!link(&other).contains("]("));
    }
}
