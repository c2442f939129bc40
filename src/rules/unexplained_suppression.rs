//! `unexplained-suppression`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;
use crate::suppression::{Reason, Says, instructions};

declare_rule! {
    /// ## What it flags
    ///
    /// A comment that allows findings without a reason. It works all the same. This rule itself cannot be allowed
    /// by a comment.
    ///
    /// ## Why it matters
    ///
    /// The next person who edits the article has to know whether the reason still holds.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- soreaid-lint: allow(duplicate-heading) -->
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// <!-- soreaid-lint: allow(duplicate-heading) reason: each day of the plan has the same parts -->
    /// ```
    "unexplained-suppression", Warning, "a comment that allows findings and does not say why"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for instruction in instructions(article.document) {
        let Says::Allow(allow) = instruction.says else { continue };
        let finding = match allow.reason {
            Reason::Given => continue,
            Reason::Missing => {
                Finding::new(instruction.span, "this comment allows findings and does not say why")
                    .help("add `reason:` and a few words after the closing parenthesis")
            }
            Reason::Unlabelled(span) => {
                Finding::new(span, "the reason of this comment does not begin with `reason:`")
                    .help("write `reason:` before it")
            }
        };
        findings.push(finding);
    }
    findings
}
