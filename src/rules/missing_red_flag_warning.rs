//! `missing-red-flag-warning`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::red_flags::Urgency;
use crate::reading::stance::Stance;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// An article that recommends a remedy and sends readers to medical help, but nowhere with an emergency or urgent
    /// sign. The finding lists what is missing; naming one sign is enough.
    ///
    /// ## Why it matters
    ///
    /// `See your GP after five days` is right for sore muscles and wrong for dark urine. Only a named sign tells the
    /// two apart.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// See your GP if the soreness has not started to ease after 5 days.
    /// ```
    ///
    /// ## Instead
    ///
    /// Add one line: `If your urine turns dark or you have chest pain, call 999 straight away.`
    "missing-red-flag-warning", Warning, "advice to get help that names no emergency or urgent sign"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let reading = article.reading;
    let Some(best) = reading.escalations.iter().filter(|it| it.score() > 0).max_by_key(|it| it.score()) else {
        return Vec::new();
    };
    let recommends = reading.mentions.iter().any(|it| it.stance == Stance::Recommended);
    let is_grave = |flag: &u16| article.knowledge.red_flag(*flag).urgency != Urgency::Routine;
    let named = reading.escalations.iter().any(|it| it.is_medical() && it.flags.iter().any(is_grave));
    if !recommends || named {
        return Vec::new();
    }
    let finding = Finding::new(best.span, "the article sends readers to help and names no sign that cannot wait")
        .label("no emergency sign here or elsewhere")
        .help("name at least one, with whom to call: dark urine, chest pain, trouble breathing, one swollen leg");
    vec![finding]
}
