//! What the documents say of the program is what it is.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

use std::fmt::Write as _;
use std::fs;

use soreaid_lint::rules::RULES;

#[test]
fn the_readme_lists_every_rule() {
    let text = fs::read("README.md").map(|it| String::from_utf8(it).expect("UTF-8")).expect("README.md");
    let mut table = String::from("\n\n| rule | default | flags |\n| --- | --- | --- |\n");
    for rule in RULES {
        writeln!(table, "| `{}` | {} | {} |", rule.id, rule.severity, rule.summary)
            .expect("a string takes all");
    }
    table.push('\n');
    let begin = text
        .find("<!-- rules: begin")
        .and_then(|at| text[at..].find("-->").map(|end| at + end + 3))
        .expect("a begin");
    let end = text.find("<!-- rules: end").expect("an end");
    let written = format!("{}{table}{}", &text[..begin], &text[end..]);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write("README.md", &written).expect("README.md is written");
    } else {
        assert!(text == written, "the table of rules is stale: run UPDATE_EXPECT=1 cargo test");
    }
}
