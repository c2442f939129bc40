//! What the rules that found something look for, and why: their own documentation, at the end of the page.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::article::Article;
use super::markup::{Sentence, Text, Words};
use crate::rules;

/// Writes what there is to read about each rule.
pub(super) fn write(articles: &[Article<'_>], out: &mut dyn Write) -> io::Result<()> {
    let used: BTreeSet<&str> = articles.iter().flat_map(|it| &it.diagnostics).map(|it| it.rule).collect();
    writeln!(out, "<section id=\"guide\" aria-labelledby=\"guide-title\">")?;
    writeln!(out, "<h2 id=\"guide-title\">What the rules look for</h2>")?;
    for rule in used.into_iter().filter_map(rules::rule) {
        writeln!(
            out,
            "<details class=\"rule\" id=\"rule-{0}\"><summary><h3>{1}</h3> <code>{0}</code></summary>",
            rule.id,
            Sentence(rule.summary)
        )?;
        write_docs(rule.docs, out)?;
        writeln!(
            out,
            "<p class=\"about\"><a href=\"#rule={}\" data-rule=\"{0}\">Show its findings</a></p>",
            rule.id
        )?;
        writeln!(out, "</details>")?;
    }
    writeln!(out, "</section>")
}

/// The little Markdown that the documentation of rules is written in: headings, paragraphs, fenced examples.
fn write_docs(docs: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            writeln!(out, "<h4>{}</h4>", Text(heading))?;
        } else if line.starts_with("```") {
            write!(out, "<pre>")?;
            for example in lines.by_ref().take_while(|it| !it.starts_with("```")) {
                writeln!(out, "{}", Text(example))?;
            }
            writeln!(out, "</pre>")?;
        } else if !line.is_empty() {
            let mut paragraph = line.to_owned();
            while let Some(more) = lines.next_if(|it| !it.is_empty() && !it.starts_with("```")) {
                paragraph.push(' ');
                paragraph.push_str(more.trim());
            }
            writeln!(out, "<p>{}</p>", Words(&paragraph))?;
        }
    }
    Ok(())
}
