//! `unknown-rule`.

use super::RULES;
use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;
use crate::spelling::nearest;
use crate::suppression::{Says, Unclear, instructions};

declare_rule! {
    /// ## What it flags
    ///
    /// A comment to this program that names a rule which does not exist, or that cannot be understood. This rule
    /// itself cannot be allowed by a comment.
    ///
    /// ## Why it matters
    ///
    /// Such a comment allows nothing, and who wrote it believes that it does.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- soreaid-lint: allow(duplicate-headings) reason: the plan repeats -->
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// <!-- soreaid-lint: allow(duplicate-heading) reason: the plan repeats -->
    /// ```
    "unknown-rule", Error, "a comment that names no rule, or cannot be understood"
}

const FORM: &str = "write `soreaid-lint: allow(rule) reason: why`";

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for instruction in instructions(article.document) {
        match instruction.says {
            Says::Unclear(unclear) => {
                let finding = Finding::new(instruction.span, message(&unclear));
                findings.push(finding.label("allows nothing").help(FORM));
            }
            Says::Allow(allow) => {
                let unknown = allow.rules.iter().filter(|it| super::rule(&it.id).is_none());
                findings.extend(unknown.map(|named| {
                    let finding = Finding::new(named.span, format!("there is no rule `{}`", named.id));
                    let ids = RULES.iter().map(|rule| rule.id);
                    finding.label("no rule").help(nearest(&named.id, ids).map_or_else(
                        || "`soreaid-lint rules` lists every rule".to_owned(),
                        |it| format!("write `{it}`"),
                    ))
                }));
            }
        }
    }
    findings
}

fn message(unclear: &Unclear) -> String {
    match unclear {
        Unclear::Verb(verb) if verb.is_empty() => "this comment to `soreaid-lint` says nothing".to_owned(),
        Unclear::Verb(verb) => format!("`{verb}` is nothing that a comment can ask for"),
        Unclear::NoRules => "this comment does not name its rules in parentheses".to_owned(),
        Unclear::EmptyRules => "this comment names no rule".to_owned(),
    }
}
