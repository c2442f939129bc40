//! What was seen, in plain words.

use std::fmt::Write as _;

use super::configuration::counted;
use super::keys::{Key, Kind, Step};
use super::schema::{choice, is_required, is_stray};
use super::share::Share;
use super::survey::Survey;
use crate::render::terminal::one_line;

/// What was seen of the articles.
pub fn text(survey: &Survey) -> String {
    let mut text = format!(
        "{}, {} with front matter\n",
        counted(survey.all_articles()),
        survey.with_front_matter + survey.broken
    );
    broken(survey, &mut text);
    let pages = survey.project_pages();
    if !pages.is_empty() {
        let _ = writeln!(text, "left out, as a page about the project: {}", pages.join(", "));
    }
    keys(survey, &mut text);
    country(survey, &mut text);
    pieces(survey, &mut text);
    sections(survey, &mut text);
    text
}

fn broken(survey: &Survey, text: &mut String) {
    if survey.broken == 0 {
        return;
    }
    let named: Vec<String> =
        survey.first_broken.iter().map(|it| one_line(&it.display().to_string())).collect();
    let more = if survey.broken > named.len() { ", …" } else { "" };
    let _ = writeln!(text, "front matter that cannot be read, left out: {}{more}", named.join(", "));
}

fn keys(survey: &Survey, text: &mut String) {
    const SHOWN: usize = 30;
    const STRAYS_SHOWN: usize = 10;
    const WIDEST: usize = 24;
    let all = survey.keys.by_frequency(&[]);
    let (strays, known): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, key)| is_stray(key, survey.articles));
    let shown: Vec<(String, &Key, &str)> =
        known.iter().take(SHOWN).map(|&(name, key)| (shortened(name), key, name)).collect();
    if shown.is_empty() {
        text.push_str("\nno keys of front matter: the schema asks for none\n");
        return;
    }
    let width = shown.iter().map(|it| it.0.chars().count()).max().unwrap_or_default().min(WIDEST);
    text.push_str("\nkeys of the front matter (`*`: the schema asks for it)\n");
    for (shown, key, name) in &shown {
        let share = Share::of(key.count, survey.articles);
        let mark = if is_required(key, survey.articles) { '*' } else { ' ' };
        let _ = writeln!(
            text,
            "{mark} {shown:width$}  {:3} %  {}",
            share.percent(),
            described(name, key, survey)
        );
    }
    if known.len() > SHOWN {
        let _ = writeln!(text, "  and {} more", known.len() - SHOWN);
    }
    if !strays.is_empty() {
        let names: Vec<String> = strays.iter().take(STRAYS_SHOWN).map(|(name, _)| shortened(name)).collect();
        let more = if strays.len() > STRAYS_SHOWN { ", …" } else { "" };
        let _ = writeln!(text, "in one article alone, perhaps by mistake: {}{more}", names.join(", "));
    }
    if survey.keys.incomplete {
        text.push_str("there are more keys, or longer ones, than were looked at\n");
    }
}

/// A key in one line, that no article can make long or wild.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 40;
    let line = one_line(name);
    if line.is_empty() {
        return "(no name)".to_owned();
    }
    if line.chars().count() <= LONGEST {
        line
    } else {
        line.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}

fn described(name: &str, key: &Key, survey: &Survey) -> String {
    if key.is_always_empty() {
        return "always empty".to_owned();
    }
    let allowed = key.kinds.allowed();
    let mut parts: Vec<String> = vec![words(&allowed, key)];
    if allowed.contains(&Kind::Text) && key.dates.are_all() {
        parts.push(spellings(key));
    }
    if let Some(choice) = choice(name, key) {
        parts.push(format!("one of {}", choice.iter().map(|it| one_line(it)).collect::<Vec<_>>().join(", ")));
    }
    parts.extend(nested(name, survey));
    for (kind, count) in key.kinds.slips() {
        parts.push(format!("but {} in {}, which is reported", kind.plain_words(), counted(count)));
    }
    parts.join("; ")
}

/// The most frequent keys that are nested in a key, or in the items of its list.
fn nested(name: &str, survey: &Survey) -> Option<String> {
    const SHOWN: usize = 5;
    let place = [Step::Key(name.to_owned()), Step::Item];
    let mut all = survey.keys.by_frequency(&place[..1]);
    all.extend(survey.keys.by_frequency(&place));
    let names: Vec<String> = all.iter().take(SHOWN).map(|(name, _)| shortened(name)).collect();
    let more = if all.len() > SHOWN { ", …" } else { "" };
    (!names.is_empty()).then(|| format!("namely {}{more}", names.join(", ")))
}

fn words(allowed: &[Kind], key: &Key) -> String {
    let word = |kind: &Kind| match kind {
        Kind::List => match key.items.allowed().as_slice() {
            [one] => format!("a list of {}", one.plain_words()),
            _ => kind.plain_words().to_owned(),
        },
        _ => kind.plain_words().to_owned(),
    };
    allowed.iter().map(word).collect::<Vec<_>>().join(" or ")
}

fn spellings(key: &Key) -> String {
    let spellings = key.dates.spellings();
    if let [(only, _)] = spellings.as_slice() {
        return format!("a date like {only}");
    }
    let all: Vec<String> = spellings.iter().map(|(it, count)| format!("{it} ({count})")).collect();
    format!("a date like {}", all.join(" or "))
}

fn country(survey: &Survey, text: &mut String) {
    let signs = &survey.signs;
    let spelling = match (signs.british, signs.american) {
        (0, 0) => "no word tells".to_owned(),
        (british, 0) => format!("British, in {}", counted(british)),
        (0, american) => format!("American, in {}", counted(american)),
        (british, american) => format!("British in {}, American in {american}", counted(british)),
    };
    let guess = signs.guess();
    let reasons: Vec<String> = guess
        .reasons
        .iter()
        .map(|(reason, articles)| format!("{reason} in {}", counted(*articles)))
        .collect();
    let locale = match (guess.locale, reasons.is_empty()) {
        (Some(locale), _) => format!("{locale}, because {}", reasons.join(", ")),
        (None, false) => format!("left open, because this decides nothing: {}", reasons.join(", ")),
        (None, true) => "left open: no number to call and no name of a service tells the country".to_owned(),
    };
    let _ = writeln!(text, "\nspelling: {spelling}\nlocale: {locale}");
}

fn pieces(survey: &Survey, text: &mut String) {
    let pieces = &survey.pieces;
    let all = [("Hugo", pieces.hugo), ("Liquid", pieces.liquid), ("MDX", pieces.mdx)];
    let seen: Vec<String> = all
        .iter()
        .filter(|it| it.1 > 0)
        .map(|(name, articles)| format!("{name} in {}", counted(*articles)))
        .collect();
    if !seen.is_empty() {
        let _ = writeln!(text, "pieces of other languages: {}", seen.join(", "));
    }
}

fn sections(survey: &Survey, text: &mut String) {
    let shared = survey.sections.shared(survey.articles);
    if !shared.is_empty() {
        let named: Vec<String> =
            shared.iter().map(|(name, share)| format!("{name} ({} %)", share.percent())).collect();
        let _ = writeln!(text, "sections that most articles have: {}", named.join(", "));
    }
}
