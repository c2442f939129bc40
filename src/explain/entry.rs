//! Red flags, claims and cautions. Without headings of their own, so that a page can hold many.

use super::{Context, Kind, listed, sentence, sources, words};
use crate::knowledge::cautions::{Caution, CautionKind};
use crate::knowledge::claims::Claim;
use crate::knowledge::entry::Examples;
use crate::knowledge::red_flags::{RedFlag, Urgency};

/// What the packs say of a red flag, without its name.
pub fn red_flag(context: Context<'_>, flag: &RedFlag) -> String {
    let mut parts = vec![format!("It needs {}.", help(flag.urgency))];
    if let Some(accepted) = flag.accepts {
        parts.push(format!("Sources differ: {} is let pass.", help(accepted)));
    }
    let mut paragraphs = vec![parts.join(" ")];
    paragraphs.extend(named("Signs, among others", &flag.signs));
    paragraphs.extend(named("An emergency with, among others", &flag.emergency_signs));
    paragraphs.extend(named("May be called normal, among others", &flag.expected));
    paragraphs.extend(flag.notes.as_deref().map(sentence));
    paragraphs.extend(examples(context, &flag.examples));
    paragraphs.extend(cited(context, &flag.sources));
    paragraphs.join("\n\n") + "\n"
}

fn help(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Routine => "an appointment with a doctor",
        Urgency::Urgent => "medical help on the same day",
        Urgency::Emergency => "an ambulance or an emergency department, at once",
    }
}

/// What the packs say of a claim, without its name.
pub fn claim(context: Context<'_>, claim: &Claim) -> String {
    let severity = sentence(&claim.severity.to_string());
    let rule = context.link(Kind::Rule, claim.rule.id());
    let mut paragraphs = vec![format!("{} of {rule}.", severity.trim_end_matches('.'))];
    paragraphs.push(format!("Why: {}", sentence(&claim.why)));
    paragraphs.push(format!("Instead, write: {}", claim.instead));
    paragraphs.extend(examples(context, &claim.examples));
    paragraphs.extend(cited(context, &claim.sources));
    paragraphs.join("\n\n") + "\n"
}

/// What the packs say of a caution, without its name.
pub fn caution(context: Context<'_>, caution: &Caution) -> String {
    let id = &caution.id.value;
    let mut paragraphs = vec![match caution.kind {
        CautionKind::Condition => {
            "Somebody who should not use some remedies, or should ask first.".to_owned()
        }
        CautionKind::Statement => "A statement that makes a remedy safer.".to_owned(),
    }];
    paragraphs.extend(named("Words that mention it, among others", &caution.words));
    let asking = context.packs.remedies.iter().filter(|it| {
        let lists = [&it.mention, &it.should_mention, &it.cautions.must, &it.cautions.should];
        lists.iter().any(|list| list.contains(id))
    });
    let asking = listed(asking.map(|it| context.link(Kind::Remedy, &it.id.value)));
    if !asking.is_empty() {
        paragraphs.push(format!("Asked for by {asking}."));
    }
    paragraphs.extend(cited(context, &caution.sources));
    paragraphs.join("\n\n") + "\n"
}

fn named(what: &str, phrases: &[String]) -> Option<String> {
    let words = words(phrases);
    (!words.is_empty()).then(|| format!("{what}: {}.", words.join(", ")))
}

fn examples(context: Context<'_>, examples: &Examples) -> Option<String> {
    let flagged = examples.flags.iter().map(|it| {
        let locale = it.locale.map(|it| format!(", locale {it}")).unwrap_or_default();
        format!("- flagged by {}{locale}: {}\n", context.link(Kind::Rule, &it.rule), one_line(&it.text))
    });
    let allowed = examples.allows.iter().map(|text| format!("- left alone: {}\n", one_line(text)));
    let lines: String = flagged.chain(allowed).collect();
    (!lines.is_empty()).then(|| format!("Examples:\n\n{}", lines.trim_end()))
}

/// An example may be an article of many lines, and hold markup: it is shown as it is written.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn cited(context: Context<'_>, ids: &[String]) -> Option<String> {
    let list = sources::list(context, ids, "");
    (!list.is_empty()).then(|| format!("Sources:\n\n{}", list.trim_end()))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::explain::Form;

    #[test]
    fn a_red_flag_says_how_soon_help_is_needed() {
        let packs = crate::bundled::packs();
        let context = Context { packs: &packs, form: Form::Terminal };
        let flag = packs.red_flags.iter().find(|it| it.id.value == "rhabdomyolysis").expect("the red flag");
        expect![[r"
            It needs an ambulance or an emergency department, at once. Sources differ: medical help on the same day is let pass.

            Signs, among others: dark urine, darker urine, rhabdo, rhabdomyolysis.

            The CDC says to seek treatment at once, some leaflets say the same day; either is accepted.

            Examples:

            - flagged by `under-triaged-red-flag`: `If your urine turns dark, mention it at your next check-up.`
            - flagged by `dismissed-red-flag`: `Dark urine after a deep massage is perfectly normal.`
            - left alone: `If your urine turns dark, go to A&E straight away.`

            Sources:

            - CDC/NIOSH, Rhabdomyolysis: signs and symptoms, <https://www.cdc.gov/niosh/topics/rhabdo/symptoms.html>
            - Mayo Clinic, Muscle pain: when to see a doctor (2021), <https://stelizabeth.com/HealthLibrary/Symptom/muscle-pain>; read as a copy or a report of it
            - Chen et al., Physical Therapy 101(1), Rhabdomyolysis after the use of percussion massage gun (2021), <https://www.unboundmedicine.com/medline/citation/33156927/Rhabdomyolysis_After_the_Use_of_Percussion_Massage_Gun:_A_Case_Report>
        "]].assert_eq(&red_flag(context, flag));
    }

    #[test]
    fn a_claim_says_why_and_what_to_write() {
        let packs = crate::bundled::packs();
        let context = Context { packs: &packs, form: Form::Terminal };
        let entry = packs.claims.iter().find(|it| it.id.value == "lactic-acid-soreness").expect("the claim");
        expect![[r"
            Error of `misleading-health-claim`.

            Why: The NHS says that lactic acid is not involved in the soreness of the days after exercise.

            Instead, write: soreness a day or two after exercise comes from tiny damage to muscle fibres, which heals

            Examples:

            - flagged by `misleading-health-claim`: `You ache on Tuesday because of a build-up of lactic acid.`
            - left alone: `The soreness is not caused by lactic acid.`

            Sources:

            - NHS, Why do I feel pain after exercise?, <http://www.nhs.uk/Livewell/fitness/Pages/why-do-I-feel-pain-after-exercise.aspx>
        "]].assert_eq(&claim(context, entry));
    }

    #[test]
    fn a_caution_says_who_asks_for_it() {
        let packs = crate::bundled::packs();
        let context = Context { packs: &packs, form: Form::Site };
        let entry = packs.cautions.iter().find(|it| it.id.value == "raynauds").expect("the caution");
        expect![[r"
            Somebody who should not use some remedies, or should ask first.

            Words that mention it, among others: Raynaud's, Raynauds, Raynaud.

            Asked for by [`ice-pack`](../remedies/ice-pack.md), [`ice-massage`](../remedies/ice-massage.md), [`ice-bath`](../remedies/ice-bath.md) and [`contrast-therapy`](../remedies/contrast-therapy.md).

            Sources:

            - Midlands Partnership University NHS FT, Safe use of cold treatment, <https://mpft.nhs.uk/services/msk/self-help/general-advice/safe-use-cold-treatment>
        "]].assert_eq(&caution(context, entry));
    }

    #[test]
    fn an_example_with_code_stays_one_piece_of_code() {
        assert_eq!(one_line("a `b`\n  c"), "`` a `b` c ``");
    }
}
