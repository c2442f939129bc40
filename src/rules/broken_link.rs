//! `broken-link`.

use std::cell::OnceCell;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::Document;
use crate::document::anchors::Anchors;
use crate::document::blocks::{Address, AddressKind};
use crate::document::yaml::{Node, Value};
use crate::rule::Article;
use crate::site::{Presence, Site};
use crate::spelling::nearest;

declare_rule! {
    /// ## What it flags
    ///
    /// A link or picture with a relative address that leads to no file (`../ice-bath.md`, `images/ice.png`), and a link to
    /// a place of the article (`#what-helps`) that is none of its headings and has no such name. Also an address without
    /// its beginning: `www.example.org`, `help@example.org`.
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
    "broken-link", Error, "a relative link, picture or anchor that leads nowhere"
}

/// Of an article with more broken links, the rest is left alone: each takes a look at many places.
const MOST_FINDINGS: usize = 200;
/// Among more names than this, no near one is looked for.
const MOST_NAMES: usize = 500;

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let mut places = Places { article, site: OnceCell::new(), files: HashMap::new(), anchors: None };
    let found = document.content.addresses.iter().filter_map(|address| places.check(address));
    found.take(MOST_FINDINGS).collect()
}

/// Where addresses can lead to; looked up when the first one asks for it.
struct Places<'a> {
    article: Article<'a>,
    /// Holds none where the article is no file.
    site: OnceCell<Option<Site>>,
    /// Many links lead to one file.
    files: HashMap<String, Presence>,
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
            return is_link.then(|| finding(address, "there is no address in the parentheses", "add the address"));
        }
        if is_for_the_site(url) {
            return None;
        }
        if let Some(whole) = completed(url) {
            let message = format!("`{url}` is taken for a file beside the article");
            return Some(finding(address, &message, &format!("write `{whole}`")));
        }
        let file = &url[..url.find(['?', '#']).unwrap_or(url.len())];
        let path = self.article.document.source.path();
        let site = self.site.get_or_init(|| Site::around(path)).as_ref()?;
        let presence = self.files.entry(file.to_owned()).or_insert_with(|| site.presence(file));
        let Presence::Missing(near) = presence else { return None };
        let message = match address.kind {
            AddressKind::Picture | AddressKind::HtmlMedia => format!("there is no file `{file}` to show"),
            _ => format!("there is no file `{file}` to link to"),
        };
        let help = near.as_ref().map_or_else(
            || "correct the address, or add the file".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Some(finding(address, &message, &help))
    }

    fn check_anchor(&mut self, address: &Address, anchor: &str) -> Option<Finding> {
        let anchor = percent_decode_str(anchor).decode_utf8_lossy().into_owned();
        let anchor = anchor.strip_prefix("user-content-").unwrap_or(&anchor);
        if !is_named_by_the_article(anchor) {
            return None;
        }
        let document = self.article.document;
        let anchors = self.anchors.get_or_insert_with(|| Anchors::of(document));
        if anchors.hold(anchor) || may_hold_more(self.article, anchor) {
            return None;
        }
        let help = nearest(anchor, anchors.names().take(MOST_NAMES)).map_or_else(
            || "link to a heading of the article, or give the place this name".to_owned(),
            |near| format!("did you mean `#{near}`?"),
        );
        Some(finding(address, &format!("`#{anchor}` is no heading or place of this article"), &help))
    }
}

fn finding(address: &Address, message: &str, help: &str) -> Finding {
    Finding::new(address.span, message).label("leads nowhere").help(help)
}

/// Addresses that begin elsewhere or are made by a generator of sites.
fn is_for_the_site(url: &str) -> bool {
    let scheme = url.find(':').map(|end| &url[..end]);
    let has_scheme = scheme.is_some_and(|it| {
        it.starts_with(|first: char| first.is_ascii_alphabetic())
            && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    has_scheme
        || url.starts_with(['/', '?', '@', '~', '%', ':'])
        || url.contains(['{', '}', '<', '>', '$', '[', ']', '|', '*', '\\'])
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

/// The top of a page, footnotes, scripts and searches for text have places that no article names.
fn is_named_by_the_article(anchor: &str) -> bool {
    let is_made = anchor.is_empty()
        || anchor.eq_ignore_ascii_case("top")
        || anchor.starts_with("fn")
        || anchor.starts_with('_')
        || anchor.contains(['/', '!', '=', '~', '{', '<', '&', ':']);
    !is_made
}

/// Whether shortcodes, templates, components or a layout could put in a place, or an attribute list gives the name.
fn may_hold_more(article: Article<'_>, anchor: &str) -> bool {
    let document: &Document<'_> = article.document;
    let text = document.source.text();
    let is_mdx = article.settings.dialect.mdx || document.source.path().extension().is_some_and(|it| it == "mdx");
    let layout_has_more = document.front_matter.as_ref().and_then(|it| it.root.as_ref()).is_some_and(holds_sections);
    is_mdx
        || layout_has_more
        || ["{{", "{%", "[toc]", "[TOC]"].iter().any(|it| text.contains(it))
        || [format!("#{anchor}}}"), format!("#{anchor} "), format!("{{: #{anchor}")].iter().any(|it| {
            text.match_indices(it.as_str()).any(|(at, _)| text[..at].ends_with(['{', ' ', ':']))
        })
}

/// Whether sections are written in the front matter, for a layout to show below the text.
fn holds_sections(root: &Node) -> bool {
    const KEYS: &[&str] = &["heading", "headings", "section", "sections", "blocks", "anchor", "id"];
    let is_section = |node: &Node| KEYS.iter().any(|key| node.get(key).is_some());
    let Value::Mapping(entries) = &root.value else { return false };
    entries.iter().any(|entry| match &entry.value.value {
        Value::Sequence(items) => items.iter().any(is_section),
        _ => is_section(&entry.value),
    })
}
