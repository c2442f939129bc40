//! `duplicate-title`.

use std::collections::HashMap;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::library::{FoundAcross, Library, Summary};

declare_rule! {
    /// ## What it flags
    ///
    /// An article with the title of another article that is checked in the same run, or with its address (`slug`,
    /// `permalink`, `url`). Case, punctuation and markup of a title do not count; where there is no title, the first
    /// heading of level 1 is one. A slug is compared within its folder. Articles for another country or in another
    /// language (`uk/`, `ice.de.md`, `lang: de`) may be twins, and every folder may have an `Overview`.
    ///
    /// ## Why it matters
    ///
    /// Readers and search engines cannot tell the two apart, and where the address is the same, one of them is not seen at
    /// all.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// # ice-bath.md            # cold-plunge.md
    /// title: Ice baths         title: Ice Baths
    /// ```
    ///
    /// ## Instead
    ///
    /// Say in each title what only this article is about, or join the two.
    "duplicate-title", Warning, "a title or an address that another article has, too", across: only
}

fn across(library: &Library<'_>) -> Vec<FoundAcross> {
    let mut titles: HashMap<(&str, &str, &str), &Summary> = HashMap::new();
    let mut addresses: HashMap<(&str, &str), &Summary> = HashMap::new();
    let mut found = Vec::new();
    for &(id, article) in &library.articles {
        if let Some(title) = &article.title {
            let shelf = if is_generic(&title.folded) { folder(article) } else { "" };
            let first = *titles.entry((&title.folded, shelf, &article.readers)).or_insert(article);
            if first.path != article.path {
                let message = format!("`{}` is the title of `{}`, too", title.text, first.name());
                let finding = Finding::new(article.head, message)
                    .label("the same title")
                    .also_in(&first.path, first.head, "first used here")
                    .help("say in the title what only this article is about, or join the two");
                found.push((id, finding));
            }
        }
        if let Some(address) = &article.address {
            let first = *addresses.entry((&address.whole, &article.readers)).or_insert(article);
            if first.path != article.path {
                let message = format!("`{}` is the address of `{}`, too", address.text, first.name());
                let there = first.address.as_ref().map_or(first.head, |it| it.span);
                let finding = Finding::new(address.span, message)
                    .label("the same address")
                    .also_in(&first.path, there, "first used here")
                    .help("give each article an address of its own");
                found.push((id, finding));
            }
        }
    }
    found
}

fn folder(article: &Summary) -> &str {
    article.path.parent().and_then(|it| it.to_str()).unwrap_or_default()
}

/// Whether a title is that of a place on a site: one in each folder is no mistake.
fn is_generic(folded: &str) -> bool {
    const PLACES: &[&str] = &[
        "about", "about us", "archive", "blog", "changelog", "contact", "contact us", "contents", "faq", "faqs",
        "frequently asked questions", "getting started", "glossary", "home", "index", "introduction", "news", "overview",
        "readme", "references", "resources", "search", "sources", "summary", "table of contents", "welcome",
    ];
    PLACES.contains(&folded)
}
