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
    /// sign; or one whose title or heading is about the neck, the back, a leg, heat, cold, needles or a product on the
    /// skin, and that names none of the signs that go with it. The finding lists what is missing; one sign is enough.
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
    let (reading, knowledge) = (article.reading, article.knowledge);
    let Some(best) = reading.escalations.iter().filter(|it| it.score() > 0).max_by_key(|it| it.score()) else {
        return Vec::new();
    };
    if !reading.mentions.iter().any(|it| it.stance == Stance::Recommended) {
        return Vec::new();
    }
    let is_grave = |flag: &u16| knowledge.red_flag(*flag).urgency != Urgency::Routine;
    let named = reading.escalations.iter().any(|it| it.is_medical() && it.flags.iter().any(is_grave));
    let mut topics = reading.topics(knowledge);
    topics.retain(|it| !reading.warns_of(knowledge, &knowledge.topic(it.topic).signs));
    let (span, message) = match (named, topics.first()) {
        (true, None) => return Vec::new(),
        (true, Some(first)) => {
            let name = &knowledge.topic(first.topic).name;
            (first.span, format!("the article is about {name} and names none of its warning signs"))
        }
        (false, _) => {
            (best.span, "the article sends readers to help and names no sign that cannot wait".to_owned())
        }
    };
    let mut wanted: Vec<&String> = if named { Vec::new() } else { knowledge.packs.minimum_signs.emergency.iter().collect() };
    wanted.extend(topics.iter().flat_map(|it| &knowledge.topic(it.topic).signs));
    let mut signs: Vec<&str> = Vec::new();
    for flag in wanted.iter().filter_map(|id| knowledge.packs.red_flags.named(id)) {
        if !signs.contains(&flag.name.as_str()) {
            signs.push(&flag.name);
        }
    }
    let finding = Finding::new(span, message)
        .label(if named { "has signs of its own" } else { "no emergency sign here or elsewhere" })
        .note(format!("one sign of any of these is enough: {}", signs.join("; ")))
        .help("name a sign that cannot wait, with whom to call: `call 999 if …`");
    vec![finding]
}
