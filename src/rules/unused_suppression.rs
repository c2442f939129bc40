//! `unused-suppression`.

use crate::declare_rule;
use crate::diagnostic::{Applicability, Edit, Finding, Fix};
use crate::document::Document;
use crate::removal;
use crate::rule::Article;
use crate::span::Span;
use crate::suppression::Named;

declare_rule! {
    /// ## What it flags
    ///
    /// A comment that allows a rule's findings where there are none, or a rule that the configuration does not let
    /// comments allow. Nothing is said about rules that do not run, nor about those that hold articles against each other
    /// (`broken-link`, `conflicting-remedy-advice`, `duplicate-article`, `duplicate-title`): what they find depends on which
    /// articles are checked. This rule itself cannot be allowed by a comment.
    ///
    /// ## Why it matters
    ///
    /// A comment left over hides the next finding, which nobody has looked at.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- soreaid-lint: allow(duplicate-heading) reason: the plan repeats -->
    /// ## The only heading of this name
    /// ```
    ///
    /// ## Instead
    ///
    /// Remove the comment, or the rule's name from it.
    "unused-suppression", Warning, "a comment that allows what does not occur", fix: Safe
}

/// Finds nothing by itself: only when all rules have run, it is known which comments were needed. The engine asks
/// [`finding`] then.
fn check(_article: Article<'_>) -> Vec<Finding> {
    Vec::new()
}

/// What is said of an allow that hid nothing.
pub fn finding(document: &Document<'_>, named: &Named, non_suppressible: bool) -> Finding {
    let finding = if non_suppressible {
        let message = format!("the configuration lets no comment allow `{}`", named.id);
        Finding::new(named.span, message).help("remove this rule's name")
    } else {
        Finding::new(named.span, format!("there is no finding of `{}` for this comment to allow", named.id))
            .help("remove the comment, or this rule's name from it")
    };
    let finding = finding.label("allows nothing");
    match without(document, named.span) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

/// Takes the name out of its list, and with the last name the comment.
fn without(document: &Document<'_>, name: Span) -> Option<Fix> {
    let text = document.source.text();
    let open = text[..name.start].rfind('(')? + 1;
    let close = name.end + text[name.end..].find(')')?;
    let others = text[open..name.start].contains(',') || text[name.end..close].contains(',');
    if !others {
        let message = "remove the comment".to_owned();
        let (edit, applicability) = comment(document, name)?;
        return Some(Fix { message, applicability, edits: vec![edit] });
    }
    let span = match text[name.end..close].find(',') {
        Some(comma) => {
            let after = name.end + comma + 1;
            let next = text[after..close].trim_start();
            Span::new(name.start, close - next.len())
        }
        None => Span::new(open + text[open..name.start].rfind(',')?, name.end),
    };
    let edits = vec![Edit { span, text: String::new() }];
    Some(Fix { message: "remove the name".to_owned(), applicability: Applicability::Safe, edits })
}

/// The edit that removes the comment around a name.
fn comment(document: &Document<'_>, name: Span) -> Option<(Edit, Applicability)> {
    let text = document.source.text();
    if document.front_matter.as_ref().is_some_and(|it| name.start < it.end) {
        let start = text[..name.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = name.end + text[name.end..].find(['\n', '\r'])?;
        let is_pair = text[end..].starts_with("\r\n");
        let span = Span::new(start, end + 1 + usize::from(is_pair));
        return Some((Edit { span, text: String::new() }, Applicability::Safe));
    }
    let comments = &document.content.comments;
    let last = comments[..comments.partition_point(|it| it.start <= name.start)].last();
    let comment = *last.filter(|it| it.contains(name))?;
    if let Some(edit) = removal::of_lines(document, comment) {
        // Two lists that only the comment kept apart become one, and HTML above it may end where a blank line is left.
        let lists = &document.content.lists;
        let gap = text[..comment.start].trim_end().len()..=comment.start;
        let gap_after = comment.end..=text.len() - text[comment.end..].trim_start().len();
        let parts_lists = lists.iter().any(|it| gap.contains(&it.span.end))
            && lists.iter().any(|it| gap_after.contains(&it.span.start));
        let leaves_line =
            edit.span.end < text.len() && !document.source.slice(edit.span).ends_with(['\n', '\r']);
        let applicability =
            if parts_lists || leaves_line { Applicability::Unsafe } else { Applicability::Safe };
        return Some((edit, applicability));
    }
    // A line that begins with a comment is HTML, and without it would be Markdown.
    let blocks = &document.content.blocks;
    let is_in_text =
        blocks.iter().any(|it| !it.html && it.span.start < comment.start && comment.end <= it.span.end);
    let spaced = text[..comment.start].ends_with(' ') && text[comment.end..].starts_with(' ');
    let span = Span::new(comment.start, comment.end + usize::from(spaced));
    let applicability = if is_in_text { Applicability::Safe } else { Applicability::Unsafe };
    Some((Edit { span, text: String::new() }, applicability))
}
