//! What is said about one finding: what is wrong, what to write instead, why, and who published it.

use std::io::{self, Write};

use super::article::Article;
use super::markup::{Sentence, Text, Words, web_address};
use crate::citation::Citation;
use crate::diagnostic::Diagnostic;
use crate::render::address;

/// Writes the note of a finding of the article, counted from 0.
pub(super) fn write(article: &Article<'_>, index: usize, out: &mut dyn Write) -> io::Result<()> {
    let it = article.diagnostics[index];
    let (id, number, severity) = (article.finding_id(it), index + 1, it.severity);
    writeln!(
        out,
        "<section class=\"card {severity}\" id=\"{id}\" data-number=\"{number}\" data-severity=\"{severity}\" \
         data-rule=\"{rule}\" tabindex=\"-1\">\n\
         <h4><a class=\"number {severity}\" href=\"#{id}-m\" aria-label=\"{severity} {number}, to its words\">{number}\
         </a> {}</h4>",
        Sentence(&it.message),
        rule = it.rule,
    )?;
    if let Some(help) = &it.help {
        writeln!(out, "<p class=\"help\">{}</p>", Sentence(help))?;
    }
    for note in &it.notes {
        writeln!(out, "<p>{}</p>", Sentence(note))?;
    }
    write_places(it, out)?;
    for fix in it.fixes.iter().filter(|fix| Some(&fix.message) != it.help.as_ref()) {
        writeln!(out, "<p>Suggested change: {}</p>", Words(&fix.message))?;
    }
    write_sources(&it.sources, out)?;
    writeln!(
        out,
        "<p class=\"about\"><span class=\"severity\">{severity}</span> · <a href=\"#rule-{rule}\">{rule}</a> · line {}\
         <span class=\"link\"> · <a href=\"#{id}\" aria-label=\"Link to {severity} {number}\">link</a></span></p>\n</section>",
        it.place.start.line,
        rule = it.rule,
    )
}

fn write_places(it: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    for label in it.labels.iter().filter(|it| !it.message.is_empty()) {
        let (line, words) = (label.place.start.line, Words(&label.message));
        match &label.path {
            Some(path) => writeln!(out, "<p>{}, line {line}: {words}</p>", Text(&address::plain(path)))?,
            None => writeln!(out, "<p>Line {line}: {words}</p>")?,
        }
    }
    Ok(())
}

fn write_sources(sources: &[Citation], out: &mut dyn Write) -> io::Result<()> {
    match sources {
        [] => Ok(()),
        [one] => {
            write!(out, "<p class=\"sources\">Source: ")?;
            write_source(one, out)?;
            writeln!(out, "</p>")
        }
        _ => {
            writeln!(
                out,
                "<details class=\"sources\"><summary>{} published sources</summary><ul>",
                sources.len()
            )?;
            for source in sources {
                write!(out, "<li>")?;
                write_source(source, out)?;
                writeln!(out, "</li>")?;
            }
            writeln!(out, "</ul></details>")
        }
    }
}

fn write_source(source: &Citation, out: &mut dyn Write) -> io::Result<()> {
    let (publisher, title) = (Text(&source.publisher), Text(&source.title));
    match web_address(&source.url) {
        Some(url) => {
            write!(out, "<a href=\"{url}\" rel=\"noopener noreferrer external\">{title}</a>, {publisher}")
        }
        None => write!(out, "{title}, {publisher}, {}", Text(&source.url)),
    }
}
