//! `missing-escalation-advice`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::reading::stance::Stance;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// An article that recommends a remedy, or on sport and wellness names a red flag that cannot wait, and nowhere
    /// sends readers to medical help. Some red flags count in any article but one on a disease: one hot, swollen calf,
    /// brown urine, numbness between the legs. A question to ask before starting, a disclaimer, and a massage therapist do not
    /// count. When this rule fires, `vague-escalation-advice` and `missing-red-flag-warning` stay quiet.
    ///
    /// ## Why it matters
    ///
    /// Some readers have more than sore muscles. They read on to find out whether they have to see somebody.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Wrap an ice pack in a tea towel and rest it on the knee for 15 minutes.
    /// ```
    ///
    /// ## Instead
    ///
    /// Add who, when and how soon: `See your GP if the knee is still swollen after five days, or call 111 today if
    /// you cannot put weight on it.`
    "missing-escalation-advice", Error, "a remedy or a red flag, and nothing on when to get medical help"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let reading = article.reading;
    if reading.escalations.iter().any(|it| it.score() > 0) {
        return Vec::new();
    }
    let remedy = reading
        .mentions
        .iter()
        .find(|it| it.stance == Stance::Recommended && article.knowledge.remedy(it.remedy).calls_for_help());
    let flag = reading.red_flag_named(article.knowledge);
    let finding = match (remedy, flag) {
        (Some(mention), _) => {
            let name = &article.knowledge.remedy(mention.remedy).name;
            let message = format!("the article recommends {name} and never says when to get medical help");
            Finding::new(mention.span, message)
                .label("the first remedy")
                .also_if_any(reading.name_of(mention), "its name")
        }
        (None, Some(span)) => {
            let words = article.document.source.slice(span);
            Finding::new(span, format!("the article names `{words}` and never says what to do about it"))
                .label("needs medical help")
        }
        (None, None) => return Vec::new(),
    };
    vec![finding.help("add who to turn to, when (a sign, or how long it lasts) and how soon")]
}
