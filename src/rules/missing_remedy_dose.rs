//! `missing-remedy-dose`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::cues::Cue;
use crate::knowledge::remedies::{Quantity, Statement};
use crate::reading::amount::Kind;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A recommended medicine or product where the article neither gives a dose nor sends readers to the label or the
    /// leaflet; an oil on the skin without a dilution. Once per remedy and article.
    ///
    /// ## Why it matters
    ///
    /// What is sold without a prescription has limits, too, and they stand on the packet.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// If it still hurts, take ibuprofen.
    /// ```
    ///
    /// ## Instead
    ///
    /// `If it still hurts, take ibuprofen, and follow the leaflet.`
    "missing-remedy-dose", Warning, "a recommended medicine with no dose and no word on its label"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let reading = article.reading;
    let follows_label = reading.passages.iter().any(|it| it.says(&[Cue::FollowLabel]));
    let mut findings = Vec::new();
    if !follows_label {
        let is_dose = |_, kind: Kind| matches!(kind, Kind::Dose | Kind::Tablets | Kind::WeightDose | Kind::Percent);
        findings.extend(reading.unstated(article.knowledge, Statement::Label, is_dose).into_iter().map(|(mention, need)| {
            let name = &article.knowledge.remedy(mention.remedy).name;
            Finding::new(mention.span, format!("the article recommends {name} and says neither how much nor to follow the label"))
                .severity(need.severity())
                .label("how much?")
                .help("send readers to the label or the leaflet")
                .sources(article.knowledge.citations(&article.knowledge.remedy(mention.remedy).sources))
        }));
    }
    let is_strength = |_, kind: Kind| matches!(kind, Kind::Percent | Kind::Drops);
    findings.extend(reading.unstated(article.knowledge, Statement::Concentration, is_strength).into_iter().map(|(mention, need)| {
        let remedy = article.knowledge.remedy(mention.remedy);
        let limit = remedy.limits.iter().find(|it| it.quantity == Quantity::Concentration && it.when.is_none());
        let help = limit.map_or("say how strong".to_owned(), |it| format!("say how strong; published is at most {}", it.figure()));
        Finding::new(mention.span, format!("the article recommends {} and does not say how strong", remedy.name))
            .severity(need.severity())
            .label("how strong?")
            .help(help)
            .sources(article.knowledge.citations(limit.map_or(&[], |it| &it.sources)))
    }));
    findings
}
