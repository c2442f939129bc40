//! What `soreaid-lint explain` and the pages of the site say about rules and about entries of the packs.
//!
//! One text for both: Markdown that reads well as it is. Makes no finding and reads no article.

mod entry;
mod remedy;
mod rule;
mod sources;

pub use entry::{caution, claim, red_flag};
pub use remedy::remedy;
pub use rule::rule;

use crate::knowledge::Packs;
use crate::rules;

/// What an explanation is made from, and for whom.
#[derive(Clone, Copy)]
pub struct Context<'p> {
    /// The packs.
    pub packs: &'p Packs,
    /// Where it is read.
    pub form: Form,
}

/// Where an explanation is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// On a terminal: what can be explained is named by its id.
    Terminal,
    /// On a page of the site: what can be explained is linked. Every such page lies one folder deep.
    Site,
}

/// What can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the kinds of entries")]
pub enum Kind {
    Rule,
    Remedy,
    RedFlag,
    Claim,
    Caution,
}

/// All that is known by a name, for a terminal: an id may belong to a red flag and to a caution. `None`: nothing is.
pub fn named(packs: &Packs, name: &str) -> Option<String> {
    let context = Context { packs, form: Form::Terminal };
    let mut texts = Vec::new();
    if let Some(it) = rules::rule(name) {
        texts.push(format!("{name}, a rule: {}\n\n{}", it.summary, rule(context, it)));
    }
    for it in packs.remedies.iter().filter(|it| it.id.value == name) {
        texts.push(format!("{name}, a remedy: {}\n\n{}", it.name, remedy(context, it)));
    }
    for it in packs.red_flags.iter().filter(|it| it.id.value == name) {
        texts.push(format!("{name}, a red flag: {}\n\n{}", it.name, red_flag(context, it)));
    }
    for it in packs.claims.iter().filter(|it| it.id.value == name) {
        texts.push(format!("{name}, a claim: {}\n\n{}", it.name, claim(context, it)));
    }
    for it in packs.cautions.iter().filter(|it| it.id.value == name) {
        texts.push(format!("{name}, a caution: {}\n\n{}", it.name, caution(context, it)));
    }
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Every name that can be explained.
pub fn names(packs: &Packs) -> impl Iterator<Item = &str> {
    let rules = rules::RULES.iter().map(|it| it.id);
    let remedies = packs.remedies.iter().map(|it| it.id.value.as_str());
    let red_flags = packs.red_flags.iter().map(|it| it.id.value.as_str());
    let claims = packs.claims.iter().map(|it| it.id.value.as_str());
    let cautions = packs.cautions.iter().map(|it| it.id.value.as_str());
    rules.chain(remedies).chain(red_flags).chain(claims).chain(cautions)
}

impl Context<'_> {
    /// Names something that can be explained.
    pub fn link(self, kind: Kind, id: &str) -> String {
        let address = match (self.form, kind) {
            (Form::Terminal, _) => return format!("`{id}`"),
            (Form::Site, Kind::Rule) => format!("../rules/{id}.md"),
            (Form::Site, Kind::Remedy) => format!("../remedies/{id}.md"),
            (Form::Site, Kind::RedFlag) => format!("../knowledge/red-flags.md#{id}"),
            (Form::Site, Kind::Claim) => format!("../knowledge/claims.md#{id}"),
            (Form::Site, Kind::Caution) => format!("../knowledge/cautions.md#{id}"),
        };
        format!("[`{id}`]({address})")
    }
}

/// `a, b and c`.
fn listed(items: impl IntoIterator<Item = String>) -> String {
    let mut items: Vec<String> = items.into_iter().collect();
    match items.pop() {
        Some(last) if !items.is_empty() => format!("{} and {last}", items.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// The phrases that are words alone, without the grammar of phrases: what people can read.
fn words(phrases: &[String]) -> Vec<&str> {
    let phrases = phrases.iter().map(|it| it.trim_start_matches('=').trim_end_matches('~'));
    phrases
        .filter(|it| !it.contains(['(', '|', '?', '~', '*', '=', '_', '#', '.', '^', '$', '<', '\\']))
        .collect()
}

/// A line of text with a capital at its begin and a dot at its end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn what_reads_as_words_is_told_from_patterns() {
        let phrases =
            ["ice pack", "=RICE", "flush~", "detox*", "(a | b) c", "very? hot", "for #", "<cannot> swallow"];
        assert_eq!(words(&phrases.map(str::to_owned)), ["ice pack", "RICE", "flush"]);
    }

    #[test]
    fn no_two_names_of_one_kind_are_lost() {
        let packs = crate::bundled::packs();
        for name in names(&packs) {
            assert!(named(&packs, name).is_some(), "{name}");
        }
        let both = named(&packs, "dvt").expect("a red flag and a caution");
        assert!(both.contains("dvt, a red flag: ") && both.contains("dvt, a caution: "), "{both}");
        assert!(named(&packs, "vampires").is_none());
    }

    #[test]
    fn lists_and_sentences_read_as_people_write_them() {
        let list = |items: &[&str]| listed(items.iter().map(|&it| it.to_owned()));
        expect!["|a|a and b|a, b and c"].assert_eq(&format!(
            "{}|{}|{}|{}",
            list(&[]),
            list(&["a"]),
            list(&["a", "b"]),
            list(&["a", "b", "c"])
        ));
        expect!["Ärmel. Why?"].assert_eq(&format!("{} {}", sentence(" ärmel"), sentence("why?")));
    }
}
