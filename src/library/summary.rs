//! One article in few words: what it is called, where it is published, what it says and what it advises.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use borsh::{BorshDeserialize, BorshSerialize};
use foldhash::fast::FixedState;
use percent_encoding::percent_decode_str;

use super::figure::{Figure, figures};
use super::quote::Quotes;
use super::sketch::Sketch;
use crate::config::Settings;
use crate::document::Document;
use crate::document::anchors::{Anchors, comparable, named_in};
use crate::document::blocks::{self, BlockKind};
use crate::document::words::fold_words;
use crate::document::yaml::Entry;
use crate::knowledge::Knowledge;
use crate::locale::Locale;
use crate::reading::Reading;
use crate::site::{is_article, is_for_the_site, place_of};
use crate::span::Span;

/// An article with more links to places of others is a register.
const MOST_LEADS: usize = 1000;

/// What is kept of an article.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub struct Summary {
    /// The article, as given.
    #[borsh(skip)]
    pub path: PathBuf,
    /// Its title, or where it has none its first line: what a finding about all of it is put on.
    pub head: Span,
    /// Its title.
    pub title: Option<Title>,
    /// Where its front matter has it published.
    pub address: Option<Address>,
    /// The same for articles for the same readers. Those for another country or in another language may be twins.
    pub readers: String,
    /// Its prose.
    pub sketch: Option<Sketch>,
    /// Figures that it gives for remedies.
    pub figures: Vec<Figure>,
    /// Where it stands, whatever the working directory.
    #[borsh(skip)]
    pub place: Option<PathBuf>,
    /// The places that links can lead to; `None` where the site may put in others.
    pub anchors: Option<HashSet<u64>>,
    /// Links to places of other articles.
    pub leads: Vec<Lead>,
    /// What its comments allow, for rules that look across articles.
    pub allowed: Vec<(String, Span)>,
    /// All of its places that findings across articles can be about.
    pub quotes: Quotes,
}

/// A title.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub struct Title {
    /// As written.
    pub text: String,
    /// Its words alone, in lower case.
    pub folded: String,
}

/// Where an article is published.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub struct Address {
    /// As written.
    pub text: String,
    /// Its value in the front matter.
    pub span: Span,
    /// With what it begins at: two articles with one of these get in each other's way.
    pub whole: String,
}

/// A link to a place of another article.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub struct Lead {
    /// The other article.
    #[borsh(serialize_with = "write_path", deserialize_with = "read_path")]
    pub to: PathBuf,
    /// The place, as [`Summary::anchors`] know it.
    pub anchor: u64,
    /// The place, as written.
    pub name: String,
    /// The link.
    pub span: Span,
}

impl Summary {
    /// Sums an article up.
    pub fn of(
        document: &Document<'_>,
        reading: &Reading<'_>,
        knowledge: &Knowledge,
        settings: &Settings,
    ) -> Self {
        let path = document.source.path().to_owned();
        let title = title(document);
        let head = title.as_ref().map_or_else(|| document.first_line(), |(span, _)| *span);
        let address = address(document, &path);
        let figures = figures(reading, knowledge, settings.locale);
        let leads = leads(document, &path);
        let spans = address.iter().map(|it| it.span).chain(figures.iter().map(|it| it.span));
        let spans = spans.chain(leads.iter().map(|it| it.span)).chain([head]);
        Self {
            head,
            title: title.filter(|_| !is_redirect(document)).map(|(_, title)| title),
            quotes: Quotes::of(document.source, spans),
            address,
            readers: readers(document, &path, settings),
            sketch: Sketch::of(reading),
            figures,
            place: place_of(&path),
            anchors: anchors(document, settings),
            leads,
            allowed: Vec::new(),
            path,
        }
    }

    /// One that was kept without its path.
    #[must_use]
    pub fn of_article(self, path: &Path) -> Self {
        Self { path: path.to_owned(), place: place_of(path), ..self }
    }

    /// The path as messages show it: without the `./` that a walk from the current folder puts before it.
    pub fn name(&self) -> String {
        self.path.strip_prefix(".").unwrap_or(&self.path).display().to_string()
    }
}

fn write_path<W: Write>(path: &Path, writer: &mut W) -> io::Result<()> {
    let text = path.to_str().ok_or(io::ErrorKind::InvalidData)?;
    text.serialize(writer)
}

fn read_path<R: Read>(reader: &mut R) -> io::Result<PathBuf> {
    String::deserialize_reader(reader).map(PathBuf::from)
}

fn anchors(document: &Document<'_>, settings: &Settings) -> Option<HashSet<u64>> {
    let anchors = Anchors::of(document, settings.dialect);
    anchors.are_complete().then(|| anchors.names().map(compared).collect())
}

fn leads(document: &Document<'_>, path: &Path) -> Vec<Lead> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let lead = |address: &blocks::Address| {
        let (file, fragment) = address.url.trim().split_once('#')?;
        let file = file.split('?').next().filter(|it| !it.is_empty() && !is_for_the_site(it))?;
        let file = percent_decode_str(file).decode_utf8().ok()?;
        let to = Path::new(file.as_ref());
        if !is_article(to) || to.has_root() {
            return None;
        }
        let name = named_in(fragment)?;
        Some(Lead { to: place_of(&folder.join(to))?, anchor: compared(&name), name, span: address.span })
    };
    document.content.addresses.iter().filter_map(lead).take(MOST_LEADS).collect()
}

fn compared(name: &str) -> u64 {
    FixedState::default().hash_one(comparable(name))
}

/// The title of the front matter, else the first heading of level 1 that is marked as one.
fn title(document: &Document<'_>) -> Option<(Span, Title)> {
    let block = document.block(document.title?);
    if !matches!(block.kind, BlockKind::FrontMatter(_) | BlockKind::Heading(_)) {
        return None;
    }
    let text = block.prose.text().to_owned();
    let folded = fold_words(&text);
    (!folded.is_empty()).then_some((block.span, Title { text, folded }))
}

/// A page that sends its readers on has the title of the page that it sends them to.
fn is_redirect(document: &Document<'_>) -> bool {
    let front_matter = document.front_matter.as_ref();
    front_matter.is_some_and(|it| it.first_of(&["redirect", "redirect_to", "redirectTo"]).is_some())
}

/// A path from the site's root, or a slug, which begins at the folder of the article.
fn address(document: &Document<'_>, path: &Path) -> Option<Address> {
    let front_matter = document.front_matter.as_ref()?;
    let value = |entry: &Entry| {
        let text = entry.value.as_text()?.trim().to_owned();
        (!text.is_empty()).then_some((text, entry.value.span))
    };
    let from_root = front_matter.first_of(&["permalink", "url"]).and_then(value);
    // `/:categories/:title/` is a pattern, and `//` begins a host.
    let is_path = |text: &str| text.starts_with('/') && !text.starts_with("//") && !text.contains([':', '{']);
    if let Some((text, span)) = from_root.filter(|(text, _)| is_path(text)) {
        let whole = text.trim_end_matches('/').to_lowercase();
        return Some(Address { text, span, whole });
    }
    let (text, span) = front_matter.get("slug").and_then(value)?;
    let bare = text.trim_matches('/').to_lowercase();
    let shelf = shelf(path).to_string_lossy().into_owned();
    let whole = if text.starts_with('/') { format!("/{bare}") } else { format!("{shelf}\n{bare}") };
    Some(Address { text, span, whole })
}

/// The folder that an article's slug begins at: an `index.md` stands for its folder.
fn shelf(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(Path::new(""));
    let is_index = path.file_stem().is_some_and(|it| it == "index" || it == "_index");
    if is_index { folder.parent().unwrap_or(folder) } else { folder }
}

/// By locale, by the language of the front matter, and by folders (`uk/`, `en-gb/`) and endings (`ice.de.md`) that
/// sites use for either.
fn readers(document: &Document<'_>, path: &Path, settings: &Settings) -> String {
    let front_matter = document.front_matter.as_ref();
    let language = front_matter.and_then(|it| it.first_of(&["lang", "language", "locale"]));
    let language = language.and_then(|it| it.value.as_text()).map(str::to_lowercase);
    let folders = path.parent().into_iter().flat_map(Path::components).filter_map(|it| match it {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let ending = path.file_stem().and_then(|it| Path::new(it).extension()?.to_str());
    let tags = folders.chain(ending).filter(|it| is_tag(it)).map(str::to_lowercase);
    let locale = settings.locale.map_or("", Locale::word);
    let all = [locale.to_owned(), language.unwrap_or_default()].into_iter().chain(tags);
    all.collect::<Vec<_>>().join(" ")
}

/// `uk`, `en-gb`, `pt_BR`.
fn is_tag(name: &str) -> bool {
    let mut parts = name.split(['-', '_']);
    let is_part = |it: &str| it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(is_part) && parts.next().is_none_or(is_part) && parts.next().is_none()
}
