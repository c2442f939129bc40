//! The text of a first `soreaid-lint.yaml`: every line explained, and only what holds for the articles switched on.

use std::fmt::Write as _;

use super::SCHEMA_NAME;
use super::country::Guess;
use super::survey::Survey;

/// The text of the configuration.
pub fn text(survey: &Survey) -> String {
    let parts = [
        HEAD.to_owned(),
        articles(survey),
        locale(&survey.signs.guess()),
        dialect(survey),
        schemas(),
        rules(survey),
        REST.to_owned(),
    ];
    parts.join("\n")
}

const HEAD: &str = "\
# What soreaid-lint does with the articles in this folder and below.
# A line that begins with `#` has no effect: take the `#` away to switch it on.

# Look for no configuration further up, and read no file outside this folder.
# root: true
";

const RULES: &str = "\
# How severe a rule is: error, warning, note or off. `soreaid-lint rules` lists them, `soreaid-lint explain ID` says more.
# rules:
#   unmarked-heading: off
#   # A review may be this many months old.
#   stale-review: {severity: error, months: 24}
#   # No comment in an article can allow it.
#   unsafe-remedy-duration: {non-suppressible: true}
#   # Sections that every article has to have.
";

const REST: &str = "\
# How severe everything else is: recommended, strict (advice counts) or lenient (only what could harm counts).
# profile: recommended

# From which severity on the exit status is 1: error, warning, note or never.
# fail-on: warning

# Remedies, claims, cautions and residue of your own, or other figures for those that are known.
# packs: [house-style.yaml]

# Other rules for some folders.
# overrides:
#   - files: [\"us/**\"]
#     locale: us
";

fn articles(survey: &Survey) -> String {
    let mut text = String::from(
        "# Which files are articles: all that end in `.md`, `.markdown` or `.mdx`, if nothing is said.\n\
         # files: [\"*.md\"]\n\n\
         # Which are not. A name holds at any depth, a path begins here.\n",
    );
    let pages = survey.project_pages();
    if pages.is_empty() {
        text.push_str("# exclude: [\"drafts/**\"]\n");
    } else {
        text.push_str("# These are pages about the project: they have no front matter.\n");
        let names: Vec<String> = pages.iter().map(|it| quoted(it)).collect();
        let _ = writeln!(text, "exclude: [{}]", names.join(", "));
    }
    text
}

fn locale(guess: &Guess) -> String {
    let mut text = String::from(
        "# Whose emergency numbers and medicine limits hold: uk, us, eu, ca, au, nz or ie. If nothing is said, all of them.\n",
    );
    for (reason, articles) in &guess.reasons {
        let _ = writeln!(text, "# Seen: {reason} in {}.", counted(*articles));
    }
    match guess.locale {
        Some(locale) => {
            let _ = writeln!(text, "locale: {locale}");
        }
        None => text.push_str("# That decides it for no country.\n# locale: uk\n"),
    }
    text
}

fn dialect(survey: &Survey) -> String {
    let pieces = &survey.pieces;
    let mut text = String::from(
        "# Pieces of other languages in the Markdown. They are no text, and no rule reads them.\n",
    );
    let all = [
        ("hugo", pieces.hugo, "shortcodes of Hugo, `{{< … >}}`"),
        ("liquid", pieces.liquid, "tags of Liquid, `{% … %}` and `{{ … }}`"),
        ("mdx", pieces.mdx, "imports and expressions of MDX; `.mdx` files have them anyway"),
    ];
    let mark = |seen: bool| if seen { "" } else { "# " };
    let _ = writeln!(text, "{}dialect:", mark(all.iter().any(|it| it.1 > 0)));
    for (name, articles, what) in all {
        let seen =
            if articles > 0 { format!("seen in {}", counted(articles)) } else { "not seen".to_owned() };
        let _ = writeln!(text, "  # {what}: {seen}\n  {}{name}: true", mark(articles > 0));
    }
    text
}

fn schemas() -> String {
    format!(
        "# What the front matter has to look like. The schema was made from these articles: change it as you like, or name\n\
         # `article` or `reviewed-health-article`, which come with the program.\n\
         schemas:\n  - files: [\"*\"]\n    schema: {SCHEMA_NAME}\n"
    )
}

/// Sections that all articles have are named in a comment alone: only people know whether that is a rule.
fn rules(survey: &Survey) -> String {
    let shared = survey.sections.shared(survey.articles);
    let names: Vec<String> = shared.iter().map(|(name, _)| quoted(name)).collect();
    let names = if names.is_empty() { quoted("When to get help") } else { names.join(", ") };
    let mut text = String::from(RULES);
    for (name, share) in &shared {
        let _ = writeln!(text, "#   # Seen: {} in {} of {} articles.", quoted(name), share.part, share.whole);
    }
    let _ = writeln!(text, "#   missing-required-section: {{sections: [{names}]}}");
    text
}

/// In double quotes, YAML reads what JSON writes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// `1 article`, `12 articles`.
pub(super) fn counted(articles: usize) -> String {
    format!("{articles} article{}", if articles == 1 { "" } else { "s" })
}
