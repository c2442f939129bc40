//! `under-triaged-red-flag`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::red_flags::Urgency;
use crate::reading::sign::Sign;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A red flag with a slower or lesser action than it needs: an emergency sign with an appointment, a wait, rest or
    /// somebody who is no medical help; an urgent sign with waiting. A missing `how soon` alone is vague, not this.
    ///
    /// ## Why it matters
    ///
    /// The reader has the sign and found the article. What it says next decides how long they wait.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// If you feel chest pain, make a routine appointment with your GP.
    /// ```
    ///
    /// ## Instead
    ///
    /// `Call 999 (911 in the US) if you feel chest pain.`
    "under-triaged-red-flag", Error, "a red flag with a slower action than it needs"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut signs: Vec<&Sign> =
        article.reading.signs.iter().filter(|sign| sign.is_under_triaged(article.knowledge) && !sign.is_dismissed).collect();
    // One finding for one passage, for the gravest of its signs.
    signs.sort_by_key(|sign| std::cmp::Reverse(article.knowledge.red_flag(sign.flag).urgency));
    let finding = |signs: Vec<&Sign>| {
        let sign = signs[0];
        let flag = article.knowledge.red_flag(sign.flag);
        let words = article.document.source.slice(sign.span);
        let (need, help) = if flag.urgency == Urgency::Emergency {
            ("emergency help", "tell readers to call the emergency number or go to the emergency department at once")
        } else {
            ("help the same day", "tell readers to call an urgent line or their doctor today")
        };
        let message = format!("`{words}` can be a sign of {} and needs {need}; the article offers less", flag.name);
        Finding::new(sign.passage_span, message)
            .label("too slow for this sign")
            .also_each(Sign::places(&signs), "the sign")
            .help(help)
            .sources(article.knowledge.citations(&flag.sources))
    };
    Sign::by_passage(signs.into_iter()).into_iter().map(finding).collect()
}
