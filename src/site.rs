//! Whether the files are there that an article names by relative addresses.
//!
//! Looks at names alone: no file is read, and nothing outside of the project's folder is looked at. Sites publish files
//! under other names than they have in the repository; where that could be so, it is not known whether one is missing.

use std::path::{Component, Path, PathBuf};

use borsh::{BorshDeserialize, BorshSerialize};
use percent_encoding::percent_decode_str;

use crate::config;
use crate::spelling::nearest;

/// What stands around an article.
pub struct Site {
    /// The article's folder.
    folder: PathBuf,
    /// The article's name without its ending.
    stem: String,
    /// Nothing is looked at outside of it.
    project: PathBuf,
}

/// Whether something is there.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Presence {
    /// It is, or it cannot be known.
    Possible,
    /// It is not; what it was most likely meant to be.
    Missing(Option<String>),
}

/// Folders of a project whose content is published at the site's root.
const ROOTS: &[&str] = &["", "static", "public", "assets", "content", "docs", "src", "source"];

/// What a page is written in.
const ARTICLES: &[&str] = &["md", "markdown", "mdx"];

/// What is the same file in the repository and on the site.
const FILES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "ico", "tif", "tiff", "heic", "pdf", "epub",
    "mp3", "m4a", "ogg", "wav", "mp4", "webm", "mov", "m4v", "vtt", "doc", "docx", "odt", "xls", "xlsx",
    "ods", "csv", "ppt", "pptx", "odp", "txt", "rtf", "zip",
];

/// In a folder with more files, no name is looked for.
const MOST_NAMES: usize = 1000;

impl Site {
    /// `None` where the article is no file, as on standard input without a name.
    pub fn around(article: &Path) -> Option<Self> {
        let article = std::path::absolute(article).ok()?;
        if !article.is_file() {
            return None;
        }
        let folder = normal(article.parent()?)?;
        let stem = article.file_stem()?.to_string_lossy().into_owned();
        Some(Self { project: project_of(&folder), folder, stem })
    }

    /// Whether a relative address without query and anchor leads to a file.
    ///
    /// What has no ending is the address of a page, which need not be called as its file is; so may be a name with an
    /// ending that no file of an article has.
    pub fn presence(&self, address: &str) -> Presence {
        let decoded = percent_decode_str(address).decode_utf8_lossy();
        let is_odd = |it: char| it == '\\' || it.is_control();
        if decoded.starts_with('/') || decoded.contains(is_odd) {
            return Presence::Possible;
        }
        let path = Path::new(decoded.as_ref());
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
        let is_page = matches!(ending.as_str(), "html" | "htm");
        if !is_page && !ARTICLES.contains(&ending.as_str()) && !FILES.contains(&ending.as_str()) {
            return Presence::Possible;
        }
        let Some(target) = self.within(&self.folder.join(path)) else { return Presence::Possible };
        let is_there = |it: &PathBuf| it.exists() || is_page && is_written(it);
        // A name may hold what looks like an escape.
        let as_written = || self.within(&self.folder.join(address));
        if is_there(&target)
            || as_written().is_some_and(|it| it.exists())
            || self.places(path).iter().any(is_there)
            || is_page && self.is_dated(&target)
        {
            return Presence::Possible;
        }
        Presence::Missing(near(&target).map(|name| with_name(address, &name)))
    }

    /// Where else a site may have the file: beside the page, when that is a folder of the article's name, or below a
    /// folder that is published at the root, by itself or as deep as the article stands.
    fn places(&self, path: &Path) -> Vec<PathBuf> {
        let page = self.folder.join(&self.stem);
        let mut places = vec![page.join(path)];
        let inside = self.folder.strip_prefix(&self.project).unwrap_or(Path::new(""));
        let deeper: PathBuf = inside.components().skip(1).collect();
        for root in ROOTS {
            let root = self.project.join(root);
            for folder in [Path::new(""), inside, &deeper] {
                let folder = root.join(folder);
                places.push(folder.join(&self.stem).join(path));
                places.push(folder.join(path));
            }
        }
        places.iter().filter_map(|it| self.within(it)).collect()
    }

    /// The path without `..`, if it does not lead out of the project.
    fn within(&self, path: &Path) -> Option<PathBuf> {
        normal(path).filter(|it| it.starts_with(&self.project))
    }

    /// Whether a page is written in a file that begins with a date: `2026-01-31-ice.md`; it may be where that is not known.
    fn is_dated(&self, page: &Path) -> bool {
        let Some(stem) = page.file_stem().and_then(|it| it.to_str()) else { return false };
        let is_it = |name: &String| {
            let name = Path::new(name);
            let own = name.file_stem().and_then(|it| it.to_str()).and_then(|it| it.strip_suffix(stem));
            is_article(name)
                && own.is_some_and(|date| {
                    date.ends_with('-') && date.starts_with(|it: char| it.is_ascii_digit())
                })
        };
        names(&self.folder).is_none_or(|names| names.iter().any(is_it))
    }
}

/// Addresses that begin elsewhere or are made by a generator of sites.
pub fn is_for_the_site(url: &str) -> bool {
    let scheme = url.find(':').map(|end| &url[..end]);
    let has_scheme = scheme.is_some_and(|it| {
        it.starts_with(|first: char| first.is_ascii_alphabetic())
            && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    has_scheme
        || url.starts_with(['/', '?', '@', '~', '%', ':'])
        || url.contains(['{', '}', '<', '>', '$', '[', ']', '|', '*', '\\'])
}

/// Whether a path has the ending of an article.
pub fn is_article(path: &Path) -> bool {
    path.extension().is_some_and(|it| ARTICLES.iter().any(|ending| it.eq_ignore_ascii_case(ending)))
}

/// Where a path leads, whatever the working directory; links are not followed.
pub fn place_of(path: &Path) -> Option<PathBuf> {
    normal(&std::path::absolute(path).ok()?)
}

/// Whether an article is there that a page is made of.
fn is_written(page: &Path) -> bool {
    let is_index = page.file_stem().is_some_and(|it| it == "index");
    let sources = if is_index { vec!["index", "_index", "README", "readme"] } else { Vec::new() };
    let sources = sources.into_iter().map(|stem| page.with_file_name(stem)).chain([page.with_extension("")]);
    sources.flat_map(|it| ARTICLES.iter().map(move |ending| added(&it, ending))).any(|it| it.exists())
}

fn added(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// A path without `.` and `..`; `None` where it would lead above the root.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            it => normal.push(it),
        }
    }
    Some(normal)
}

/// The repository, else what the outermost configuration holds for, else the working directory, else the folder itself.
fn project_of(folder: &Path) -> PathBuf {
    let repository = folder.ancestors().find(|it| it.join(".git").exists());
    let configured = || folder.ancestors().filter(|it| it.join(config::FILE_NAME).is_file()).last();
    let project = repository.or_else(configured).map(Path::to_owned);
    let here = || std::env::current_dir().ok().filter(|here| folder.starts_with(here));
    project.or_else(here).unwrap_or_else(|| folder.to_owned())
}

/// The name in the folder of a missing file that is most like its own.
fn near(missing: &Path) -> Option<String> {
    let name = missing.file_name()?.to_str()?;
    let names = names(missing.parent()?)?;
    let is_alike = |it: &&str| Path::new(it).extension().is_some() && !it.starts_with('.');
    nearest(name, names.iter().map(String::as_str).filter(is_alike)).map(str::to_owned)
}

/// The names in a folder, in order; `None` where there are too many.
fn names(folder: &Path) -> Option<Vec<String>> {
    let Ok(entries) = folder.read_dir() else { return Some(Vec::new()) };
    let mut names: Vec<String> =
        entries.take(MOST_NAMES + 1).filter_map(|it| it.ok()?.file_name().into_string().ok()).collect();
    if names.len() > MOST_NAMES {
        return None;
    }
    names.sort_unstable();
    Some(names)
}

/// An address with another file in the same folder.
fn with_name(address: &str, name: &str) -> String {
    let folder = address.rfind('/').map_or("", |at| &address[..=at]);
    format!("{folder}{}", name.replace(' ', "%20"))
}
