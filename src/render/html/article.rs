//! One article in the page: what it is called, where it stands, and what is found in it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use super::chart::{Counts, Tally};
use super::lines;
use super::markup::{Text, count};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::report::Report;
use crate::severity::Severity;
use crate::source::Source;

/// An article with findings.
pub(super) struct Article<'r> {
    /// With slashes.
    pub(super) path: String,
    /// What links within the page know it by.
    pub(super) id: String,
    /// As its readers know it; without one, the name of the file.
    pub(super) title: String,
    pub(super) source: &'r Source,
    /// By position.
    pub(super) diagnostics: Vec<&'r Diagnostic>,
    pub(super) counts: Counts,
}

impl<'r> Article<'r> {
    /// All that have findings, the worst first.
    pub(super) fn all(report: &'r Report) -> Vec<Self> {
        let mut by_path: BTreeMap<&Path, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in &report.diagnostics {
            by_path.entry(&diagnostic.path).or_default().push(diagnostic);
        }
        let mut ids = BTreeSet::new();
        let mut articles: Vec<Self> = by_path
            .into_iter()
            .filter_map(|(path, diagnostics)| {
                let source = report.sources.get(path)?;
                let path = path.to_string_lossy().replace('\\', "/");
                let counts = Counts::of(diagnostics.iter().copied());
                let id = new_id(&path, &mut ids);
                Some(Self { id, title: title(source, &path), path, source, diagnostics, counts })
            })
            .collect();
        // The order by path stays where two are equally bad.
        articles.sort_by_key(|it| std::cmp::Reverse(it.counts));
        articles
    }

    /// What links know one of its findings by; it stays the same when lines move.
    pub(super) fn finding_id(&self, diagnostic: &Diagnostic) -> String {
        format!("{}.{}", self.id, diagnostic.fingerprint)
    }

    /// The folders it is in, the nearest first, as they are written in its path.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.path.match_indices('/').rev().map(|(at, _)| &self.path[..at]).filter(|it| !it.is_empty())
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut by_rule: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
        for it in &self.diagnostics {
            *by_rule.entry((it.severity, it.rule)).or_default() += 1;
        }
        let found: Vec<String> =
            by_rule.iter().map(|((severity, rule), number)| format!("{severity}:{rule}:{number}")).collect();
        write!(
            out,
            "<details class=\"article\" id=\"{}\" data-path=\"{}\" data-found=\"{}\">\n\
             <summary><h3>{}</h3> <span class=\"path\">{}</span> {}</summary>\n\
             <noscript>\n",
            self.id,
            Text(&self.path),
            found.join(" "),
            Text(&self.title),
            Text(&self.path),
            Tally(self.counts),
        )?;
        writeln!(
            out,
            "<p class=\"about\">{}<span class=\"link\"> · <a href=\"#{}\">Link to this article</a></span></p>",
            count(self.diagnostics.len(), "finding"),
            self.id
        )?;
        lines::write(self, out)?;
        writeln!(out, "</noscript>\n</details>")
    }
}

/// The nearest folder that all of them are in; nothing, if there is none.
pub(super) fn common_folder<'a>(articles: &'a [Article<'_>]) -> &'a str {
    let Some(first) = articles.first() else { return "" };
    let holds_all = |folder: &&str| {
        articles.iter().all(|it| it.path.strip_prefix(*folder).is_some_and(|rest| rest.starts_with('/')))
    };
    first.folders().find(holds_all).unwrap_or_default()
}

/// What of a path is below the folder that it is in.
pub(super) fn below<'p>(folder: &str, path: &'p str) -> &'p str {
    path[folder.len()..].trim_start_matches('/')
}

/// Letters and digits of the path, and a number where another path has the same.
fn new_id(path: &str, taken: &mut BTreeSet<String>) -> String {
    let mut id = String::from("a-");
    for character in path.chars() {
        if character.is_ascii_alphanumeric() {
            id.push(character.to_ascii_lowercase());
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    let mut unique = id.clone();
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{id}--{number}");
        number += 1;
    }
    unique
}

fn title(source: &Source, path: &str) -> String {
    let document = Document::parse(source);
    let heading = document.title.map(|block| document.block(block).prose.text().trim());
    match heading {
        Some(title) if !title.is_empty() => title.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => path.rsplit('/').next().unwrap_or(path).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_an_id_of_its_own_that_is_safe_in_a_link() {
        let mut taken = BTreeSet::new();
        assert_eq!(new_id("health/Ice baths.md", &mut taken), "a-health-ice-baths-md");
        assert_eq!(new_id("health/ice-baths.md", &mut taken), "a-health-ice-baths-md--2");
        assert_eq!(new_id("\"><script>", &mut taken), "a-script-");
    }
}
