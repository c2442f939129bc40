//! The form that narrows the page down. Only the script shows it, for without the script it would do nothing.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::article::{Article, below, common_folder};
use super::chart::{Counts, SEVERITIES};
use super::markup::Text;

/// Writes the form, with what there is to choose from.
pub(super) fn write(articles: &[Article<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut counts = Counts::default();
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    let common = common_folder(articles);
    for article in articles {
        for diagnostic in &article.diagnostics {
            counts.add(diagnostic.severity);
            *rules.entry(diagnostic.rule).or_default() += 1;
        }
        // A folder that holds all articles is no choice.
        for folder in article.folders().filter(|it| it.len() > common.len()) {
            *folders.entry(folder).or_default() += article.diagnostics.len();
        }
    }
    writeln!(out, "<form id=\"filter\" role=\"search\" aria-label=\"Filter the findings\" hidden>")?;
    writeln!(out, "<fieldset><legend>Severity</legend>")?;
    for severity in SEVERITIES {
        writeln!(
            out,
            "<label class=\"check {severity}\"><input type=\"checkbox\" name=\"severity\" value=\"{severity}\" checked> \
             {severity}s <span class=\"amount\">{}</span></label>",
            counts.get(severity)
        )?;
    }
    writeln!(out, "</fieldset>")?;
    write_choice("rule", "Rule", rules, |rule| rule, out)?;
    write_choice("folder", "Folder", folders, |it| below(common, it), out)?;
    write!(
        out,
        "<label class=\"field wide\"><span>Search</span> <input type=\"search\" name=\"q\" autocomplete=\"off\" \
         placeholder=\"words, title or path\"></label>\n\
         <label class=\"field\"><span>Order</span> <select name=\"order\"><option value=\"\">worst first</option>\
         <option value=\"path\">by path</option></select></label>\n\
         <div class=\"acts\"><p role=\"status\" id=\"shown\"></p>\n\
         <button type=\"button\" id=\"open-all\">Open all</button>\n\
         <button type=\"button\" id=\"close-all\">Close all</button>\n\
         <button type=\"reset\">Clear filters</button></div>\n\
         </form>\n\
         <p id=\"none\" class=\"calm\" hidden>No finding fits these filters.</p>\n"
    )
}

fn write_choice(
    name: &str,
    label: &str,
    choices: BTreeMap<&str, usize>,
    shown: impl Fn(&str) -> &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(
        out,
        "<label class=\"field\"><span>{label}</span> <select name=\"{name}\"><option value=\"\">all {name}s</option>"
    )?;
    for (choice, number) in choices {
        write!(out, "<option value=\"{}\">{} ({number})</option>", Text(choice), Text(shown(choice)))?;
    }
    writeln!(out, "</select></label>")
}
