//! `dismissed-red-flag`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::reading::sign::Sign;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A red flag that the article calls normal, harmless, or a sign that the remedy works.
    ///
    /// ## Why it matters
    ///
    /// Dark urine after a hard massage can mean that muscle is breaking down. Called normal, it is not shown to anybody.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Dark urine the next morning is perfectly normal.
    /// ```
    ///
    /// ## Instead
    ///
    /// Say what it can be a sign of, and where to get help.
    "dismissed-red-flag", Error, "a red flag called normal or harmless"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let dismissed = article.reading.signs.iter().filter(|sign| sign.is_dismissed);
    let finding = |signs: Vec<&Sign>| {
        let sign = signs[0];
        let flag = article.knowledge.red_flag(sign.flag);
        let words = article.document.source.slice(sign.span);
        let message = format!("the article calls `{words}` harmless; it can be a sign of {}", flag.name);
        Finding::new(sign.passage_span, message)
            .label("dismissed here")
            .also_each(Sign::places(&signs), "the sign")
            .help("say that it needs medical help, and how soon")
            .sources(article.knowledge.citations(&flag.sources))
    };
    Sign::by_passage(dismissed).into_iter().map(finding).collect()
}
