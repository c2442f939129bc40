//! A report for people who would rather look than read a terminal: one HTML file that needs no network.
//!
//! A page never runs or shows as markup what an article, its name or a message holds: all of it passes through
//! `markup`, and the content security policy of the page allows just its own style and script, by their hashes.
//! Without its script the page can be read all the same: articles are closed `<details>`, and what they hold stands
//! in `<noscript>`, from which the script takes it when an article is opened. So a thousand articles open at once.

mod article;
mod chart;
mod filter;
mod guide;
mod lines;
mod markup;
mod marks;
mod note;
mod summary;

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use self::article::Article;
use self::markup::count;
use crate::report::Report;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Writes the whole page.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let articles = Article::all(report);
    write_head(out)?;
    summary::write(report, &articles, out)?;
    if !articles.is_empty() {
        writeln!(out, "<section id=\"articles\" aria-labelledby=\"articles-title\">")?;
        writeln!(out, "<h2 id=\"articles-title\">Articles</h2>")?;
        filter::write(&articles, out)?;
        for article in &articles {
            article.write(out)?;
        }
        writeln!(out, "</section>")?;
        guide::write(&articles, out)?;
    }
    write_foot(report, out)
}

fn write_head(out: &mut dyn Write) -> io::Result<()> {
    let (style, script) = (embedded(STYLE), embedded(SCRIPT));
    write!(
        out,
        "<!DOCTYPE html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; \
         script-src '{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Article review · soreaid-lint</title>\n\
         <style>{style}</style>\n\
         </head>\n\
         <body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the findings</a>\n\
         <header class=\"top\">\n\
         <p class=\"brand\">soreaid-lint</p>\n\
         <button type=\"button\" id=\"theme\" class=\"quiet\" hidden>Colours: automatic</button>\n\
         </header>\n\
         <main id=\"main\" tabindex=\"-1\">\n",
        hash(&style),
        hash(&script),
    )
}

fn write_foot(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "</main>\n\
         <footer>\n\
         <p>{} checked by soreaid-lint {}. The findings are about the text; they are no medical advice.</p>\n\
         </footer>\n\
         <script>{}</script>\n\
         </body>\n\
         </html>\n",
        count(report.files, "article"),
        env!("CARGO_PKG_VERSION"),
        embedded(SCRIPT),
    )
}

/// With the line ends that a browser reads, whichever a checkout has, so that the hash holds.
fn embedded(asset: &str) -> String {
    asset.replace('\r', "")
}

/// What the content security policy knows an embedded asset by.
fn hash(asset: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(asset)))
}
