//! `missing-caution`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::severity::Severity;
use crate::knowledge::RemedyId;
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
    for mention in article.reading.mentions.iter().filter(|it| it.stance == Stance::Recommended) {
        if seen.contains(&mention.remedy) || article.reading.is_of_a_whole(knowledge, mention) {
            continue;
        }
        seen.push(mention.remedy);
        let remedy = knowledge.remedy(mention.remedy);
        let is_said = |ids: &[String]| ids.iter().any(|id| mentioned.contains(&id.as_str()));
        let named = |ids: &[String]| ids.iter().map(|id| name(article, id)).collect::<Vec<_>>().join(", ");
        let name_of_remedy = &remedy.name;
        let (severity, missing, message) = if !remedy.cautions.must.is_empty() && !is_said(&remedy.cautions.must) {
            let message = format!("the article recommends {name_of_remedy} with no word on who should take care");
            (Severity::Warning, &remedy.cautions.must, message)
        } else if !remedy.mention.is_empty() && !is_said(&remedy.mention) {
            let message = format!("the article recommends {name_of_remedy} without a precaution that belongs with it");
            (Severity::Note, &remedy.mention, message)
        } else {
            continue;
        };
        let mut finding = Finding::new(mention.span, message)
            .severity(severity)
            .label(if severity == Severity::Note { "with what care?" } else { "for whom not?" })
            .help(format!("mention at least one of: {}", named(missing)))
            .sources(knowledge.citations(&remedy.sources));
        if let Some(name) = article.reading.name_of(mention) {
            finding = finding.also(name, "the remedy");
        }
        if !remedy.cautions.should.is_empty() {
            finding = finding.note(format!("worth a mention, too: {}", named(&remedy.cautions.should)));
        }
        findings.push(finding);
    }
    findings
}

fn name(article: Article<'_>, id: &str) -> String {
    let caution = article.knowledge.packs.cautions.iter().find(|it| it.id.value == id);
    caution.map_or_else(|| id.to_owned(), |it| it.name.clone())
}
