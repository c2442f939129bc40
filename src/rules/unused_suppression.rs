//! `unused-suppression`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;
use crate::suppression::Named;

declare_rule! {
    /// ## What it flags
    ///
    /// A comment that allows a rule's findings where there are none, or a rule that the configuration does not let
    /// comments allow. Nothing is said about rules that do not run. This rule itself cannot be allowed by a
    /// comment.
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
    "unused-suppression", Warning, "a comment that allows what does not occur"
}

/// Finds nothing by itself: only when all rules have run, it is known which comments were needed. The engine asks
/// [`finding`] then.
fn check(_article: Article<'_>) -> Vec<Finding> {
    Vec::new()
}

/// What is said of an allow that hid nothing.
pub fn finding(named: &Named, non_suppressible: bool) -> Finding {
    if non_suppressible {
        let message = format!("the configuration lets no comment allow `{}`", named.id);
        return Finding::new(named.span, message).label("allows nothing").help("remove this rule's name");
    }
    Finding::new(named.span, format!("there is no finding of `{}` for this comment to allow", named.id))
        .label("allows nothing")
        .help("remove the comment, or this rule's name from it")
}
