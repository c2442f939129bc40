//! `missing-remedy-temperature`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::remedies::{Quantity, Statement};
use crate::reading::amount::Kind;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A recommended remedy whose temperature the article has to state and does not. `Ice-cold` and `near-freezing`
    /// state none. Once per remedy and article; a note where stating it is only recommended.
    ///
    /// ## Why it matters
    ///
    /// Five minutes at 14 °C and five minutes at 4 °C are two different things to a heart.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Try a cold plunge of two to three minutes.
    /// ```
    ///
    /// ## Instead
    ///
    /// Say how warm or cold, in °C or °F, once in the article.
    "missing-remedy-temperature", Warning, "a recommended remedy with no temperature stated"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .unstated(article.knowledge, Statement::Temperature, |_, kind| kind.is_heat())
        .into_iter()
        // `boiling water` is reported as too hot.
        .filter(|(mention, _)| !article.tells_practice_for("unsafe-remedy-temperature", mention.remedy))
        .filter(|(mention, _)| !article.reading.names_a_fitting_temperature(article.knowledge, mention.remedy))
        .map(|(mention, demand)| {
            let remedy = article.knowledge.remedy(mention.remedy);
            let limit = remedy
                .limits
                .iter()
                .find(|it| matches!(it.quantity, Quantity::TemperatureMin | Quantity::TemperatureMax) && it.when.is_none());
            let help = limit.map_or("say how warm or cold".to_owned(), |limit| {
                let bound = if limit.quantity == Quantity::TemperatureMin { "no colder than" } else { "at most" };
                format!("say how warm or cold; published advice is {bound} {}", limit.figure())
            });
            let message = format!("the article recommends {} and does not say at what temperature", remedy.name);
            Finding::new(mention.span, message)
                .also_if_any(article.reading.vaguely_stated(mention.remedy, Kind::is_heat), "this is no temperature")
                .severity(demand.severity())
                .label("at what temperature?")
                .help(help)
                .sources(article.knowledge.citations(limit.map_or(&[], |it| &it.sources)))
        })
        .collect()
}
