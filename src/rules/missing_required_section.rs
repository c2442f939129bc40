//! `missing-required-section`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// An article without a section that the configuration demands (option `sections`, a list of headings; none by
    /// default). Case and punctuation do not count.
    ///
    /// ## Why it matters
    ///
    /// A publisher's readers rely on finding `When to get help` in every article.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// rules:
    ///   missing-required-section:
    ///     sections: [When to get help]
    /// ```
    ///
    /// ## Instead
    ///
    /// Add the section.
    "missing-required-section", Error, "a section that the configuration demands is missing",
    options: { "sections": Texts }
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let Some(wanted) = article.settings.option(RULE.id, "sections").and_then(|it| it.as_array()) else {
        return Vec::new();
    };
    let present: Vec<String> =
        document.outline.headings.iter().map(|it| plain(document.block(it.block).prose.text())).collect();
    wanted
        .iter()
        .filter_map(|section| section.as_str())
        .filter(|section| !present.contains(&plain(section)))
        .map(|section| {
            Finding::new(document.first_line(), format!("the section `{section}` is missing"))
                .label("this article")
                .help(format!("add a section with the heading `{section}`"))
        })
        .collect()
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}
