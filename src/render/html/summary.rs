//! The first screen: how much there is to do, of what kind, where, and in which articles most of it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::article::{Article, below, common_folder};
use super::chart::{Bar, Counts, SEVERITIES};
use super::markup::{Sentence, Text, count};
use crate::report::Report;
use crate::rules;
use crate::severity::Severity;

/// How many rows a chart has before the rest is folded.
const ROWS: usize = 8;

/// Writes the title, the numbers, what could not be checked, and the charts.
pub(super) fn write(report: &Report, articles: &[Article<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut counts = Counts::default();
    for article in articles {
        for diagnostic in &article.diagnostics {
            counts.add(diagnostic.severity);
        }
    }
    writeln!(out, "<section id=\"summary\" aria-labelledby=\"title\">")?;
    writeln!(out, "<h1 id=\"title\">Article review</h1>")?;
    let checked = count(report.files, "article");
    if counts.total() > 0 {
        writeln!(
            out,
            "<p class=\"lead\">{} in {} of {checked}.</p>",
            count(counts.total(), "finding"),
            articles.len()
        )?;
    } else if report.files > 0 {
        writeln!(out, "<p class=\"lead calm\">Nothing was found in {checked}.</p>")?;
    }
    if report.suppressed > 0 {
        let allowed = count(report.suppressed, "more finding");
        writeln!(out, "<p class=\"about\">Comments in the articles allow {allowed}.</p>")?;
    }
    write_failures(report, out)?;
    if counts.total() > 0 {
        write_severities(counts, out)?;
        writeln!(out, "<div class=\"charts\">")?;
        write_worst(articles, out)?;
        write_rules(articles, out)?;
        write_folders(articles, out)?;
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</section>")
}

fn write_failures(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.failures.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"failures\" aria-labelledby=\"failures-title\">")?;
    writeln!(out, "<h2 id=\"failures-title\">What could not be done</h2>\n<ul>")?;
    for failure in &report.failures {
        let path = failure.path.to_string_lossy().replace('\\', "/");
        write!(out, "<li><span class=\"path\">{}", Text(&path))?;
        if let Some(at) = failure.position {
            write!(out, ":{}:{}", at.line, at.column)?;
        }
        writeln!(out, "</span> {}</li>", Sentence(&failure.message))?;
    }
    writeln!(out, "</ul>\n</section>")
}

fn write_severities(counts: Counts, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<div class=\"severities\">\n<ul>")?;
    for severity in SEVERITIES {
        let meaning = match severity {
            Severity::Error => "could harm a reader, or the file is broken",
            Severity::Warning => "very likely a fault",
            Severity::Note => "advice",
        };
        let number = counts.get(severity);
        let plural = if number == 1 { "" } else { "s" };
        writeln!(
            out,
            "<li class=\"{severity}\"><strong>{number}</strong> <span>{severity}{plural}</span> <small>{meaning}</small></li>"
        )?;
    }
    writeln!(out, "</ul>\n{}\n</div>", Bar { counts, most: counts.total() })
}

fn write_worst(articles: &[Article<'_>], out: &mut dyn Write) -> io::Result<()> {
    if articles.len() < 2 {
        return Ok(());
    }
    let common = common_folder(articles);
    let rows = articles.iter().take(ROWS).map(|article| Row {
        link: Some(format!("href=\"#{}\"", article.id)),
        name: format!(
            "{} <span class=\"path\">{}</span>",
            Text(&article.title),
            Text(below(common, &article.path))
        ),
        counts: article.counts,
    });
    Chart { id: "worst", title: "Articles to look at first", rows: rows.collect() }.write(out)
}

fn write_rules(articles: &[Article<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut by_rule: BTreeMap<&str, Counts> = BTreeMap::new();
    for diagnostic in articles.iter().flat_map(|it| &it.diagnostics) {
        by_rule.entry(diagnostic.rule).or_default().add(diagnostic.severity);
    }
    let rows = by_rule.into_iter().map(|(id, counts)| Row {
        link: Some(format!("href=\"#rule={id}\" data-rule=\"{id}\"")),
        name: Sentence(rules::rule(id).map_or(id, |rule| rule.summary)).to_string(),
        counts,
    });
    Chart { id: "rules", title: "Findings by rule", rows: most_first(rows.collect()) }.write(out)
}

/// The folders below the one that all articles are in: as many as fit a chart, whatever lies deeper.
fn write_folders(articles: &[Article<'_>], out: &mut dyn Write) -> io::Result<()> {
    let common = common_folder(articles);
    let mut by_folder: BTreeMap<Option<&str>, Counts> = BTreeMap::new();
    for article in articles {
        let below = below(common, &article.path);
        let first = below.split_once('/').map(|(first, _)| {
            let start = article.path.len() - below.len();
            &article.path[..start + first.len()]
        });
        let counts = by_folder.entry(first).or_default();
        for diagnostic in &article.diagnostics {
            counts.add(diagnostic.severity);
        }
    }
    if by_folder.len() < 2 {
        return Ok(());
    }
    let rows = by_folder.into_iter().map(|(folder, counts)| Row {
        link: folder.map(|it| format!("href=\"#folder={0}\" data-folder=\"{0}\"", Text(it))),
        name: match folder {
            Some(folder) => Text(below(common, folder)).to_string(),
            None => "<em>in none of these</em>".to_owned(),
        },
        counts,
    });
    Chart { id: "folders", title: "Findings by folder", rows: most_first(rows.collect()) }.write(out)
}

struct Row {
    /// Attributes of a link that shows what the row counts.
    link: Option<String>,
    /// As markup.
    name: String,
    counts: Counts,
}

fn most_first(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.counts.total()));
    rows
}

struct Chart<'a> {
    id: &'a str,
    title: &'a str,
    rows: Vec<Row>,
}

impl Chart<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let most = self.rows.iter().map(|row| row.counts.total()).max().unwrap_or_default();
        let (shown, folded) = self.rows.split_at(self.rows.len().min(ROWS));
        write!(
            out,
            "<section class=\"chart\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n",
            self.id, self.title
        )?;
        write_rows(shown, most, out)?;
        if !folded.is_empty() {
            writeln!(out, "<details><summary>{} more</summary>", folded.len())?;
            write_rows(folded, most, out)?;
            writeln!(out, "</details>")?;
        }
        writeln!(out, "</section>")
    }
}

fn write_rows(rows: &[Row], most: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<ul>")?;
    for row in rows {
        let name = &row.name;
        match &row.link {
            Some(link) => write!(out, "<li><a {link}>{name}</a>")?,
            None => write!(out, "<li><span>{name}</span>")?,
        }
        writeln!(
            out,
            " <span class=\"amount\">{}<span class=\"unseen\"> findings</span></span> {}</li>",
            row.counts.total(),
            Bar { counts: row.counts, most }
        )?;
    }
    writeln!(out, "</ul>")
}
