//! `malformed-front-matter`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// Front matter that is no valid YAML, is never closed, gives a key twice, or is no list of keys and values.
    ///
    /// ## Why it matters
    ///
    /// A site generator refuses such an article, or shows its front matter to readers.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// title: Ice or heat: which one first?
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// title: "Ice or heat: which one first?"
    /// ```
    "malformed-front-matter", Error, "front matter that cannot be read"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let Some(front_matter) = &article.document.front_matter else { return Vec::new() };
    if !front_matter.is_closed {
        let finding = Finding::new(front_matter.fence, "the front matter is never closed")
            .label("opened here")
            .help("add a line `---` after the last key");
        return vec![finding];
    }
    front_matter
        .problems
        .iter()
        .map(|problem| {
            let finding = Finding::new(problem.span, problem.message.clone()).help(problem.help.clone());
            match problem.first {
                Some(first) => finding.label("given again").also(first, "first given here"),
                None => finding.label("here"),
            }
        })
        .collect()
}
