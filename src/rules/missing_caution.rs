//! `missing-caution`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::severity::Severity;
use crate::knowledge::RemedyId;
use crate::reading::mention::Mention;
use crate::reading::stance::Stance;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A recommended remedy none of whose main contraindications is mentioned anywhere in the article; else a note when a
    /// precaution is missing that has to stand with it. One finding for a remedy.
    ///
    /// ## Why it matters
    ///
    /// The reader who should not do it is the one who cannot know.
    ///
    /// ## Example
    ///
    /// An ice bath with time and temperature, and not a word about the heart.
    ///
    /// ## Instead
    ///
    /// `Leave it out if you have heart disease, high blood pressure or diabetes, or if you are pregnant.`
    "missing-caution", Warning, "a recommended remedy without a word on who should take care"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let knowledge = article.knowledge;
    let mentioned = article.reading.cautions_mentioned(knowledge);
    let mut seen: Vec<RemedyId> = Vec::new();
    let mut findings = Vec::new();
    for mention in in_text_first(article) {
        if seen.contains(&mention.remedy) || article.reading.is_of_a_whole(knowledge, mention) {
            continue;
        }
        seen.push(mention.remedy);
        let remedy = knowledge.remedy(mention.remedy);
        let is_said = |id: &String| mentioned.contains(&id.as_str());
        let (must, should) = (&remedy.cautions.must, &remedy.cautions.should);
        let unsaid: Vec<&String> = remedy.mention.iter().filter(|it| !is_said(it)).collect();
        let finding = if !must.is_empty() && !must.iter().any(is_said) {
            let message = format!("the article recommends {} with no word on who should take care", remedy.name);
            Finding::new(mention.span, message)
                .label("for whom not?")
                .help(format!("mention at least one of: {}", names(article, must)))
        } else if !unsaid.is_empty() {
            let message = format!("the article recommends {} without a precaution that belongs with it", remedy.name);
            Finding::new(mention.span, message)
                .severity(Severity::Note)
                .label("with what care?")
                .help(format!("say it with the remedy: {}", names(article, unsaid)))
        } else {
            continue;
        };
        let finding = finding
            .also_if_any(article.reading.name_of(mention), "its name")
            .sources(knowledge.citations(&remedy.sources));
        findings.push(match should.as_slice() {
            [] => finding,
            _ => finding.note(format!("worth a mention, too: {}", names(article, should))),
        });
    }
    findings
}

/// The remedies that are recommended, those that a title or heading only names after all others.
fn in_text_first(article: Article<'_>) -> Vec<&Mention> {
    let mentions = article.reading.mentions.iter().filter(|it| it.stance == Stance::Recommended);
    let document = article.document;
    let is_heading =
        |it: &&Mention| document.title == Some(it.block) || document.outline.heading_at(it.block).is_some();
    let (headings, text): (Vec<&Mention>, Vec<&Mention>) = mentions.partition(is_heading);
    [text, headings].concat()
}

/// What cautions are called.
fn names<'i>(article: Article<'_>, ids: impl IntoIterator<Item = &'i String>) -> String {
    let cautions = &article.knowledge.packs.cautions;
    let name = |id: &'i String| cautions.named(id).map_or(id.as_str(), |it| &it.name);
    ids.into_iter().map(name).collect::<Vec<_>>().join(", ")
}
