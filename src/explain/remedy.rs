//! A remedy: its names, its limits in plain words, what is to be stated, cautions, what nobody should do with it.

use std::fmt::Write as _;

use super::{Context, Kind, listed, sentence, sources, words};
use crate::knowledge::remedies::{Limit, Need, Quantity, Remedy, Statement, Strength, Thermal};

/// What the packs say of a remedy, without its name.
pub fn remedy(context: Context<'_>, remedy: &Remedy) -> String {
    let sections = [
        ("Limits", limits(context, remedy)),
        ("To be stated", to_be_stated(context, remedy)),
        ("Cautions", cautions(context, remedy)),
        ("Not to be done", practices(context, remedy)),
        ("Not together with", combinations(context, remedy)),
        ("Red flags to name", red_flags(context, remedy)),
        ("Notes", remedy.notes.as_deref().map(|it| sentence(it) + "\n").unwrap_or_default()),
        ("Sources", sources::list(context, &remedy.sources, "")),
    ];
    let mut text = about(context, remedy);
    for (title, section) in sections.iter().filter(|(_, section)| !section.is_empty()) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {title}\n\n{section}");
    }
    text
}

fn about(context: Context<'_>, remedy: &Remedy) -> String {
    let mut sentences = Vec::new();
    let names = words(&remedy.words);
    if !names.is_empty() {
        sentences.push(format!("Names for it: {}.", names.join(", ")));
    }
    if let Some(general) = &remedy.is {
        let general = context.link(Kind::Remedy, general);
        sentences.push(format!("A kind of {general}, whose limits and practices hold here, too."));
    }
    if !remedy.parts.is_empty() {
        let parts = remedy.parts.iter().map(|it| context.link(Kind::Remedy, it));
        sentences.push(format!("It stands for its parts: {}.", listed(parts)));
    }
    match remedy.works_by {
        Some(Thermal::Heat) => sentences.push("It works by heat.".to_owned()),
        Some(Thermal::Cold) => sentences.push("It works by cold.".to_owned()),
        Some(Thermal::Both) => sentences.push("It works by heat and cold in turn.".to_owned()),
        None => {}
    }
    if remedy.from_memory {
        sentences.push(
            "Nothing about it comes from a source that was read, so it never raises an error.".to_owned(),
        );
    }
    sentences.join(" ") + "\n"
}

fn limits(context: Context<'_>, remedy: &Remedy) -> String {
    let line =
        |limit: &Limit| format!("- {}\n{}", in_words(limit), sources::list(context, &limit.sources, "  "));
    remedy.limits.iter().map(line).collect()
}

/// A limit in plain words: what is measured, where it holds, the figure, what is reported beyond it, who says so.
fn in_words(limit: &Limit) -> String {
    let measured = match limit.quantity {
        Quantity::Session => "One session",
        Quantity::Course => "A course",
        Quantity::Frequency => "How often",
        Quantity::Interval => "From one use to the next",
        Quantity::TemperatureMax => "The hottest",
        Quantity::TemperatureMin => "The coldest",
        Quantity::DoseSingle => "One dose",
        Quantity::DoseDaily => "All doses of 24 hours",
        Quantity::Concentration => "Strength of the mixture",
        Quantity::Amount => "Used at once",
        Quantity::Rate => "Drunk in a time",
        Quantity::Age => "Age of the reader",
    };
    let mut cases: Vec<String> = limit.when.iter().map(|it| it.replace('-', " ")).collect();
    if !limit.locales.is_empty() {
        let locales = listed(limit.locales.iter().map(|it| it.word().to_owned()));
        let only = if limit.local_only { "only with locale" } else { "locale" };
        cases.push(format!("{only} {locales}"));
    }
    let cases = if cases.is_empty() { String::new() } else { format!(" ({})", cases.join("; ")) };
    let beyond = if limit.quantity.is_lower_bound() { "below" } else { "above" };
    let step =
        |what: &str, bound: Option<f64>| bound.map(|it| format!("{what} {beyond} {}", limit.measure(it)));
    let warn = limit.warn.filter(|_| limit.warn != limit.error);
    let steps = [step("a warning", warn), step("an error", limit.error)];
    let steps = listed(steps.into_iter().flatten());
    let reported = if steps.is_empty() { "nothing is reported beyond it".to_owned() } else { steps };
    let strength = match limit.strength {
        Strength::Published => "published",
        Strength::Practice => "what practitioners and makers do",
        Strength::Memory => "from memory",
    };
    let conditions = limit.conditions.as_deref().map(|it| format!(" {}", sentence(it))).unwrap_or_default();
    format!("{measured}{cases}: {}, {strength}; {reported}.{conditions}", limit.figure())
}

fn to_be_stated(context: Context<'_>, remedy: &Remedy) -> String {
    let mut text = String::new();
    for (statement, need) in &remedy.state {
        let what = match statement {
            Statement::Duration => "how long a session lasts",
            Statement::Interval => "how long to wait between two",
            Statement::Temperature => "how hot or cold it is",
            Statement::Concentration => "how strong the mixture is",
            Statement::Label => "a dose, or to follow the label",
        };
        let need = match need {
            Need::Required => "required",
            Need::Recommended => "recommended",
        };
        let _ = writeln!(text, "- {what}: {need}");
    }
    for id in &remedy.mention {
        let _ = writeln!(text, "- {}: recommended", caution(context, id));
    }
    for id in &remedy.should_mention {
        let _ = writeln!(text, "- {}: worth a mention", caution(context, id));
    }
    text
}

fn cautions(context: Context<'_>, remedy: &Remedy) -> String {
    let list = |ids: &[String]| bullets(ids.iter().map(|id| caution(context, id)));
    let must = list(&remedy.cautions.must);
    let should = list(&remedy.cautions.should);
    let mut parts = Vec::new();
    if !must.is_empty() {
        parts.push(format!("An article that recommends it mentions at least one of these:\n\n{must}"));
    }
    if !should.is_empty() {
        parts.push(format!("Worth a mention, too:\n\n{should}"));
    }
    parts.join("\n")
}

fn bullets(items: impl Iterator<Item = String>) -> String {
    items.fold(String::new(), |text, item| text + "- " + &item + "\n")
}

fn caution(context: Context<'_>, id: &str) -> String {
    let entry = context.packs.cautions.named(id);
    let name = entry.map_or(id, |it| it.name.as_str());
    format!("{name} ({})", context.link(Kind::Caution, id))
}

fn practices(context: Context<'_>, remedy: &Remedy) -> String {
    let mut text = String::new();
    for it in &remedy.practices {
        let (name, severity) = (it.id.value.replace('-', " "), it.severity);
        let rule = context.link(Kind::Rule, &it.rule);
        let _ = writeln!(text, "- {name} ({severity} of {rule}): {}; instead: {}", it.why, it.instead);
        text.push_str(&sources::list(context, &it.sources, "  "));
    }
    text
}

/// Those that it names, and those that name it: the relation holds both ways.
fn combinations(context: Context<'_>, remedy: &Remedy) -> String {
    let mut text = String::new();
    let own = remedy.combine.iter().flat_map(|it| it.with.iter().map(move |other| (other, it)));
    let others = context.packs.remedies.iter().flat_map(|other| {
        let naming = other.combine.iter().filter(|it| it.with.contains(&remedy.id.value));
        naming.map(|it| (&other.id.value, it))
    });
    for (other, combination) in own.chain(others) {
        let _ = writeln!(text, "- {}: {}", context.link(Kind::Remedy, other), sentence(&combination.why));
        text.push_str(&sources::list(context, &combination.sources, "  "));
    }
    text
}

fn red_flags(context: Context<'_>, remedy: &Remedy) -> String {
    let named = context.packs.red_flags.iter().filter(|it| remedy.red_flags.contains(&it.id.value));
    bullets(named.map(|it| format!("{} ({})", it.name, context.link(Kind::RedFlag, &it.id.value))))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::explain::Form;

    const PACK: &str = "
sources:
  - {id: leaflet, publisher: A hospital, title: A leaflet, url: 'https://example.org/', status: confirmed}
cautions:
  - id: sunburn
    name: sunburn
    kind: condition
    words: [sunburn]
    examples: {mentions: [Not with a sunburn.], ignores: [The sun sets.]}
remedies:
  - id: sun-lamp
    name: sun lamp
    words: [sun lamp, '=SUL', 'lamp (of|for) light']
    works-by: heat
    limits:
      - {quantity: session, unit: min, value: [5, 10], warn: 10, error: 20, strength: published,
         conditions: 'eyes closed', sources: [leaflet]}
      - {quantity: interval, unit: h, value: 2, warn: 1, when: neck, locales: [uk, ie],
         strength: practice, sources: [leaflet]}
      - {quantity: age, unit: y, value: 18, strength: memory, locales: [us], local-only: true,
         sources: [leaflet]}
    state: {duration: required, temperature: recommended}
    mention: [sunburn]
    cautions: {must: [sunburn], should: [pregnancy]}
    practices:
      - {id: on-roofs, severity: warning, phrases: [on the roof], why: roofs are high, instead: stay inside,
         sources: [leaflet]}
    combine:
      - {with: [sauna], why: it gets hot, sources: [leaflet]}
    red-flags: [dvt]
    notes: nobody needs one
    sources: [leaflet]
    examples:
      flags: [{rule: unsafe-remedy-duration, text: Use a sun lamp for an hour.}]
      allows: [Use a sun lamp for five minutes.]
";

    fn check(form: Form, id: &str, expected: &Expect) {
        let mut packs = crate::bundled::packs();
        packs.add(PACK, Path::new("my.yaml")).unwrap_or_else(|error| panic!("{error}"));
        let context = Context { packs: &packs, form };
        let entry = packs.remedies.iter().find(|it| it.id.value == id).expect("the remedy");
        expected.assert_eq(&remedy(context, entry));
    }

    #[test]
    fn a_remedy_is_told_in_plain_words() {
        check(
            Form::Terminal,
            "sun-lamp",
            &expect![[r"
            Names for it: sun lamp, SUL. It works by heat.

            ## Limits

            - One session: 5 to 10 minutes, published; a warning above 10 minutes and an error above 20 minutes. Eyes closed.
              - A hospital, A leaflet, <https://example.org/>
            - From one use to the next (neck; locale uk and ie): 2 hours, what practitioners and makers do; a warning below 1 hour.
              - A hospital, A leaflet, <https://example.org/>
            - Age of the reader (only with locale us): 18 years, from memory; nothing is reported beyond it.
              - A hospital, A leaflet, <https://example.org/>

            ## To be stated

            - how long a session lasts: required
            - how hot or cold it is: recommended
            - sunburn (`sunburn`): recommended

            ## Cautions

            An article that recommends it mentions at least one of these:

            - sunburn (`sunburn`)

            Worth a mention, too:

            - pregnancy (`pregnancy`)

            ## Not to be done

            - on roofs (warning of `unsafe-remedy-practice`): roofs are high; instead: stay inside
              - A hospital, A leaflet, <https://example.org/>

            ## Not together with

            - `sauna`: It gets hot.
              - A hospital, A leaflet, <https://example.org/>

            ## Red flags to name

            - a blood clot in one leg (DVT) (`dvt`)

            ## Notes

            Nobody needs one.

            ## Sources

            - A hospital, A leaflet, <https://example.org/>
        "]],
        );
    }

    #[test]
    fn a_page_links_what_has_a_page() {
        check(
            Form::Site,
            "sage-hyssop-oil",
            &expect![[r"
            Names for it: sage oil, hyssop oil, fennel oil, rosemary camphor oil. A kind of [`essential-oil-topical`](../remedies/essential-oil-topical.md), whose limits and practices hold here, too. Nothing about it comes from a source that was read, so it never raises an error.

            ## Cautions

            An article that recommends it mentions at least one of these:

            - epilepsy ([`epilepsy`](../knowledge/cautions.md#epilepsy))

            ## Notes

            To be avoided with epilepsy.
        "]],
        );
    }
}
