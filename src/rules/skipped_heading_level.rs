//! `skipped-heading-level`.

use crate::declare_rule;
use crate::diagnostic::{Applicability, Edit, Finding, Fix};
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
    let marked = document.outline.headings.iter().filter(|heading| heading.marked);
    let mut before: Option<(u8, Span)> = None;
    for heading in marked {
        let block = document.block(heading.block);
        if let Some((level, span)) = before.filter(|(level, _)| heading.level > level + 1) {
            let wanted = level + 1;
            let message = format!("a heading of level {} follows one of level {level}", heading.level);
            let mut finding = Finding::new(block.span, message)
                .label("skips a level")
                .also(span, "the heading before")
                .help(format!("make it level {wanted}: `{}`", "#".repeat(usize::from(wanted))));
            if document.source.slice(block.span).starts_with('#') {
                let marks = Span::new(block.span.start, block.span.start + usize::from(heading.level));
                finding = finding.fix(Fix {
                    message: format!("make it level {wanted}"),
                    applicability: Applicability::Safe,
                    edits: vec![Edit { span: marks, text: "#".repeat(usize::from(wanted)) }],
                });
            }
            findings.push(finding);
        }
        before = Some((heading.level, block.span));
    }
    findings
}
