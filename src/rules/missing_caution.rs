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
        let is_said = |id: &String| mentioned.contains(&id.as_str());
        let named = |ids: &[&String]| ids.iter().map(|id| name(article, id)).collect::<Vec<_>>().join(", ");
        let (must, should) = (&remedy.cautions.must, &remedy.cautions.should);
        let unsaid: Vec<&String> = remedy.mention.iter().filter(|it| !is_said(it)).collect();
        let mut finding = if !must.is_empty() && !must.iter().any(is_said) {
            let message = format!("the article recommends {} with no word on who should take care", remedy.name);
            Finding::new(mention.span, message)
                .label("for whom not?")
                .help(format!("mention at least one of: {}", named(&must.iter().collect::<Vec<_>>())))
        } else if !unsaid.is_empty() {
            let message = format!("the article recommends {} without a precaution that belongs with it", remedy.name);
            Finding::new(mention.span, message)
                .severity(Severity::Note)
                .label("with what care?")
                .help(format!("say it with the remedy: {}", named(&unsaid)))
        } else {
            continue;
        };
        finding = finding.sources(knowledge.citations(&remedy.sources));
        if let Some(name) = article.reading.name_of(mention) {
            finding = finding.also(name, "the remedy");
        }
        if !should.is_empty() {
            finding = finding.note(format!("worth a mention, too: {}", named(&should.iter().collect::<Vec<_>>())));
        }
        findings.push(finding);
    }
    findings
}

fn name(article: Article<'_>, id: &str) -> String {
    let caution = article.knowledge.packs.cautions.iter().find(|it| it.id.value == id);
    caution.map_or_else(|| id.to_owned(), |it| it.name.clone())
}
