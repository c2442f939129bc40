//! `non-medical-escalation`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// Symptoms that persist, get worse or are severe, sent to somebody who is no medical help, and to nobody else:
    /// a massage therapist, a coach, a chiropractor. Feedback on pressure or technique is not meant.
    ///
    /// ## Why it matters
    ///
    /// Pain that does not go away can be a clot, a fracture or a nerve. A massage therapist cannot find out, and may
    /// make it worse.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// If the pain gets worse, go back to your massage therapist.
    /// ```
    ///
    /// ## Instead
    ///
    /// Name a doctor, physiotherapist or pharmacist for symptoms; keep the therapist for comfort during the session.
    "non-medical-escalation", Warning, "symptoms sent to somebody who is no medical help"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .escalations
        .iter()
        .filter(|it| it.names_non_medical() && !it.is_medical() && it.says_when && !it.is_beforehand)
        .map(|it| {
            let helper = article.document.source.slice(it.helper_span);
            Finding::new(it.span, format!("symptoms that last or get worse are sent to `{helper}`, who is no medical help"))
                .label("no medical help")
                .help("send readers with such symptoms to a doctor, physiotherapist or pharmacist")
        })
        .collect()
}
