//! `skipped-heading-level`.

use crate::declare_rule;
use crate::diagnostic::{Applicability, Edit, Finding, Fix};
use crate::document::outline::Heading;
use crate::rule::Article;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// A heading more than one level below the one before it. Going back up by several levels is fine.
    ///
    /// ## Why it matters
    ///
    /// A reader who moves by headings looks for the level in between and finds a hole.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Neck stretches
    /// #### Sitting
    /// ```
    ///
    /// ## Instead
    ///
    /// `### Sitting`
    "skipped-heading-level", Warning, "a heading more than one level below the one before", fix: Safe
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let mut findings = Vec::new();
    let marked = document.outline.headings.iter().enumerate().filter(|(_, heading)| heading.marked);
    let mut before: Option<(u8, Span)> = None;
    for (index, heading) in marked {
        let block = document.block(heading.block);
        if let Some((level, span)) = before.filter(|(level, _)| heading.level > level + 1) {
            let wanted = level + 1;
            let message = format!("a heading of level {} follows one of level {level}", heading.level);
            let mut finding = Finding::new(block.span, message)
                .label("skips a level")
                .also(span, "the heading before")
                .help(format!("make it level {wanted}: `{}`", "#".repeat(usize::from(wanted))));
            if let Some(edits) = raised(article, index, heading.level - wanted) {
                finding = finding.fix(Fix {
                    message: format!("make it level {wanted}, and move up what stands under it"),
                    applicability: Applicability::Safe,
                    edits,
                });
            }
            findings.push(finding);
        }
        before = Some((heading.level, block.span));
    }
    findings
}

/// The edits that move a heading up together with the headings under it, so that each keeps its parent; only where all
/// of them are written with `#`.
fn raised(article: Article<'_>, index: usize, levels: u8) -> Option<Vec<Edit>> {
    let document = article.document;
    let headings = &document.outline.headings[index..];
    let level = headings.first()?.level;
    let moved = headings.iter().filter(|it| it.marked).take_while(|it| it.level >= level);
    let edit = |heading: &Heading| {
        let span = document.block(heading.block).span;
        let marks = usize::from(heading.level);
        document.source.slice(span).starts_with('#').then(|| Edit {
            span: Span::new(span.start, span.start + marks),
            text: "#".repeat(marks - usize::from(levels)),
        })
    };
    moved.map(edit).collect()
}
