//! `broken-link`.

use std::collections::HashMap;
use std::path::Path;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::anchors::{Anchors, named_in};
use crate::document::blocks::{Address, AddressKind};
use crate::library::{FoundAcross, Library, Summary};
use crate::rule::Article;
use crate::site::{Presence, is_for_the_site};
use crate::span::Span;
use crate::spelling::nearest;

declare_rule! {
    /// ## What it flags
    ///
    /// A link or picture with a relative address that leads to no file (`../ice-bath.md`, `images/ice.png`), and a link to
    /// a place of the article (`#what-helps`) that is none of its headings and has no such name. Also an address without
    /// its beginning: `www.example.org`, `help@example.org`. A place of another article (`ice.md#what-helps`) is looked for
    /// where both are checked in one run.
    ///
    /// Left alone is what only the site can know: addresses that begin with `/`, pages without an ending
    /// (`../ice-bath/`), shortcodes and templates, and whatever leads out of the project's folder. A file may also stand
    /// where sites take it from, such as `static/`. Nothing is asked of the network, and no other file is read.
    ///
    /// ## Why it matters
    ///
    /// A reader who is sent on for the warning signs and lands nowhere does not read them.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Know [when to see a doctor](#when-to-see-a-docter).
    /// ```
    ///
    /// ## Instead
    ///
    /// Correct the address, or add what it leads to.
    "broken-link", Error, "a relative link, picture or anchor that leads nowhere", across: also
}

/// Of an article with more broken links, the rest is left alone: each takes a look at many places.
const MOST_FINDINGS: usize = 200;
/// Among more names than this, no near one is looked for.
const MOST_NAMES: usize = 500;

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let mut places = Places { article, anchors: None };
    let found = document.content.addresses.iter().filter_map(|address| places.check(address));
    found.take(MOST_FINDINGS).collect()
}

/// Where addresses can lead to; looked up when the first one asks for it.
struct Places<'a> {
    article: Article<'a>,
    anchors: Option<Anchors>,
}

impl Places<'_> {
    fn check(&mut self, address: &Address) -> Option<Finding> {
        let url = address.url.trim();
        if let Some(anchor) = url.strip_prefix('#') {
            return self.check_anchor(address, anchor);
        }
        if url.is_empty() {
            let is_link = matches!(address.kind, AddressKind::Link | AddressKind::Picture);
            return is_link.then(|| finding(address.span, "there is no address in the parentheses", "add the address"));
        }
        if is_for_the_site(url) {
            return None;
        }
        if let Some(whole) = completed(url) {
            let message = format!("`{url}` is taken for a file beside the article");
            return Some(finding(address.span, &message, &format!("write `{whole}`")));
        }
        let file = &url[..url.find(['?', '#']).unwrap_or(url.len())];
        let Presence::Missing(near) = self.article.surroundings.presence(file)? else { return None };
        let message = match address.kind {
            AddressKind::Picture | AddressKind::HtmlMedia => format!("there is no file `{file}` to show"),
            _ => format!("there is no file `{file}` to link to"),
        };
        let help = near.as_ref().map_or_else(
            || "correct the address, or add the file".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Some(finding(address.span, &message, &help))
    }

    fn check_anchor(&mut self, address: &Address, fragment: &str) -> Option<Finding> {
        let name = named_in(fragment)?;
        let (document, dialect) = (self.article.document, self.article.settings.dialect);
        let anchors = self.anchors.get_or_insert_with(|| Anchors::of(document, dialect));
        if anchors.may_hold(&name) {
            return None;
        }
        let help = nearest(&name, anchors.names().take(MOST_NAMES)).map_or_else(
            || "link to a heading of the article, or give the place this name".to_owned(),
            |near| format!("did you mean `#{near}`?"),
        );
        Some(finding(address.span, &format!("`#{name}` is no heading or place of this article"), &help))
    }
}

/// Links to places of other articles.
fn across(library: &Library<'_>) -> Vec<FoundAcross> {
    let by_place: HashMap<&Path, &Summary> =
        library.articles.iter().filter_map(|&(_, it)| Some((it.place.as_deref()?, it))).collect();
    let mut found = Vec::new();
    for &(id, article) in &library.articles {
        for lead in &article.leads {
            let Some(target) = by_place.get(lead.to.as_path()) else { continue };
            let Some(anchors) = &target.anchors else { continue };
            if !anchors.contains(&lead.anchor) {
                let message = format!("`#{}` is no heading or place of `{}`", lead.name, target.name());
                let help = "link to a heading of that article, or give the place this name";
                let finding = finding(lead.span, &message, help);
                found.push((id, finding.also_in(&target.path, target.head, "has no such place")));
            }
        }
    }
    found
}

fn finding(span: Span, message: &str, help: &str) -> Finding {
    Finding::new(span, message).label("leads nowhere").help(help)
}

/// The address that was meant by one without its scheme.
fn completed(url: &str) -> Option<String> {
    let host = |text: &str| text.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && !rest.is_empty());
    if url.strip_prefix("www.").is_some_and(host) {
        return Some(format!("https://{url}"));
    }
    let (name, domain) = url.split_once('@')?;
    let is_mail = !name.contains(['/', '#', '?']) && !domain.contains(['/', '@']) && host(domain);
    (is_mail && !name.is_empty()).then(|| format!("mailto:{url}"))
}
