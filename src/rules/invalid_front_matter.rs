//! `invalid-front-matter`.

use crate::declare_rule;
use crate::diagnostic::{Applicability, Edit, Finding, Fix};
use crate::rule::Article;
use crate::schema::Spelling;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// Front matter that its JSON Schema refuses: a missing key, a wrong kind of value, a key that the schema does not
    /// know. All violations at once, each at its own place. The schema is the one that the configuration or the key
    /// `$schema` of the front matter names, else `article`.
    ///
    /// ## Why it matters
    ///
    /// What the site cannot read, readers do not get: a date that is none, an author that is not shown.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// titel: Soreness after a massage
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// title: Soreness after a massage
    /// ```
    "invalid-front-matter", Error, "front matter that its schema refuses", fix: Safe
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let Some(front_matter) = &article.document.front_matter else { return Vec::new() };
    if !front_matter.is_closed || !front_matter.problems.is_empty() {
        return Vec::new();
    }
    let schema = match article.schemas.of_article(article.document, article.settings) {
        Ok(schema) => schema,
        Err((span, message)) => {
            let finding = Finding::new(span, message).label("no such schema");
            return vec![finding.help("name `article`, `reviewed-health-article` or a schema of the project")];
        }
    };
    schema
        .violations(front_matter.root.as_ref(), front_matter.fence)
        .into_iter()
        .map(|it| {
            let finding = Finding::new(it.span, it.message).label("not as the schema asks").help(it.help);
            match it.spelling.and_then(|spelling| renamed(article, it.span, spelling)) {
                Some(fix) => finding.fix(fix),
                None => finding,
            }
        })
        .collect()
}

/// Writes a key as the schema spells it; quotes around it stay.
fn renamed(article: Article<'_>, key: Span, spelling: Spelling) -> Option<Fix> {
    let written = article.document.source.slice(key);
    let inside = written.trim_matches(['"', '\'']);
    let quote = (written.len() - inside.len()) / 2;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.');
    let can_be_replaced = !inside.is_empty() && inside.chars().all(is_plain);
    let (wanted, applicability) = match spelling {
        Spelling::Refused(wanted) => (wanted, Applicability::Safe),
        Spelling::Missing(wanted) => (wanted, Applicability::Unsafe),
    };
    (can_be_replaced && wanted.chars().all(is_plain)).then(|| Fix {
        message: format!("rename it to `{wanted}`"),
        applicability,
        edits: vec![Edit { span: Span::new(key.start + quote, key.end - quote), text: wanted }],
    })
}
