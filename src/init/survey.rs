//! Looks at all articles, once, and keeps counts alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::country::Signs;
use super::keys::Keys;
use super::pieces::Pieces;
use super::sections::Sections;
use crate::config::Dialect;
use crate::document::Document;
use crate::report::Failure;
use crate::source::Source;

/// What was seen.
#[derive(Debug, Default)]
pub struct Survey {
    /// Articles whose front matter could be read, or that have none.
    pub articles: usize,
    /// Those that have front matter.
    pub with_front_matter: usize,
    /// How many articles have front matter that is broken; they count for nothing else.
    pub broken: usize,
    /// The first of them.
    pub first_broken: Vec<PathBuf>,
    /// Pages about the project that lie beside the articles: `README.md`.
    project_pages: BTreeSet<String>,
    /// Articles that have the name of such a page.
    namesakes: BTreeSet<String>,
    /// Files that could not be read.
    pub failures: Vec<Failure>,
    /// Of front matter.
    pub keys: Keys,
    /// Of other languages.
    pub pieces: Pieces,
    /// Of a country.
    pub signs: Signs,
    /// Headings.
    pub sections: Sections,
}

/// Names of pages about a project, which are no articles where they have no front matter.
const PROJECT_PAGES: &[&str] =
    &["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "LICENSE.md", "SECURITY.md"];

impl Survey {
    /// Looks at these files. Their order decides what is kept where there is too much.
    pub fn of(paths: &[PathBuf]) -> Self {
        // So many at once keep all threads busy, and no more than their counts is held.
        const AT_ONCE: usize = 256;
        let mut survey = Self::default();
        for some in paths.chunks(AT_ONCE) {
            let seen: Vec<Self> = some.par_iter().map(|path| Self::of_one(path)).collect();
            for it in seen {
                survey.add(it);
            }
        }
        survey
    }

    /// How many articles there are, broken ones included.
    pub fn all_articles(&self) -> usize {
        self.articles + self.broken
    }

    /// Names of pages about the project, where no article is called so.
    pub fn project_pages(&self) -> Vec<&str> {
        self.project_pages.difference(&self.namesakes).map(String::as_str).collect()
    }

    fn of_one(path: &Path) -> Self {
        let mut survey = Self::default();
        let source = match Source::read(path) {
            Ok(source) => source,
            Err(error) => {
                survey.failures.push(Failure::new(path, error.to_string()));
                return survey;
            }
        };
        // Imports of MDX are looked for, so nothing is taken for one yet.
        let document = Document::parse_as(&source, Dialect::default());
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        let front_matter = document.front_matter.as_ref();
        if PROJECT_PAGES.contains(&name) {
            if front_matter.is_none() {
                survey.project_pages.insert(name.to_owned());
                return survey;
            }
            survey.namesakes.insert(name.to_owned());
        }
        if front_matter.is_some_and(|it| !it.is_closed || !it.problems.is_empty()) {
            survey.broken = 1;
            survey.first_broken.push(path.to_owned());
            return survey;
        }
        survey.articles = 1;
        survey.with_front_matter = usize::from(front_matter.is_some());
        if let Some(root) = front_matter.and_then(|it| it.root.as_ref()) {
            survey.keys = Keys::of(root);
        }
        let body = front_matter.map_or(source.text_start(), |it| it.end);
        survey.pieces = Pieces::of(path, &source.text()[body..]);
        survey.signs = Signs::of(&document);
        survey.sections = Sections::of(&document);
        survey
    }

    fn add(&mut self, other: Self) {
        const NAMED: usize = 3;
        self.articles += other.articles;
        self.with_front_matter += other.with_front_matter;
        self.broken += other.broken;
        self.first_broken.extend(other.first_broken);
        self.first_broken.truncate(NAMED);
        self.project_pages.extend(other.project_pages);
        self.namesakes.extend(other.namesakes);
        self.failures.extend(other.failures);
        self.keys.add(other.keys);
        self.pieces.add(other.pieces);
        self.signs.add(other.signs);
        self.sections.add(other.sections, self.articles);
    }
}
