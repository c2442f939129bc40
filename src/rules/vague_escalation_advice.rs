//! `vague-escalation-advice`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// The best statement on getting help names a medical helper but not when to go, or not how soon. `X or a
    /// doctor`, where X is no medical helper, never counts as clear.
    ///
    /// ## Why it matters
    ///
    /// `Consult a professional if it persists` leaves the reader to decide what persists means. Published style
    /// (NHS care cards) names the service, then the trigger.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// If the ache gets worse, it may be a good idea to check in with a healthcare professional.
    /// ```
    ///
    /// ## Instead
    ///
    /// `See your GP this week if the ache has not eased after five days.`
    "vague-escalation-advice", Warning, "advice to get help that leaves open when or how soon"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    // The last of equals: articles end with their advice on getting help.
    let Some(best) = article.reading.escalations.iter().max_by_key(|it| it.score()) else { return Vec::new() };
    // Advice that names a symptom stands on its own; other advice matters where the article calls for it.
    let is_called_for = best.says_when
        || article.reading.calls_for_help(article.knowledge)
        || article.reading.mentions.iter().any(|it| article.knowledge.remedy(it.remedy).calls_for_help());
    if !matches!(best.score(), 1 | 2) || !is_called_for || article.reading.is_clinical {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    if !best.says_when {
        lacks.push("when to go (a sign, or how long it lasts)");
    }
    if !best.says_when || !best.says_how_soon {
        lacks.push("how soon");
    }
    if best.names_non_medical() {
        lacks.push("medical help alone: it offers somebody else as well");
    }
    let message = format!("the advice to get help does not say {}", lacks.join(", nor "));
    let finding = Finding::new(best.span, message)
        .label("the clearest advice in the article")
        .help("name the service, then the sign or the time, then how soon: `See your GP this week if …`");
    vec![finding]
}
