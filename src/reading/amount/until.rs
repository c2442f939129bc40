//! Durations that end with a clause: "until it goes numb", "till the pain stops", "until the water cools".

use super::Amount;
use super::cursor::Reader;
use super::furniture::is_month;
use super::number::number_word;
use super::open_end::{OpenEnd, open};

/// A moment ("until bedtime") ends a duration as a number does.
const MOMENTS: &[&str] = &[
    "bedtime",
    "bed",
    "then",
    "now",
    "after",
    "noon",
    "midnight",
    "recently",
    "further",
    "today",
    "tomorrow",
    "late",
    "about",
    "around",
    "lunch",
    "dinner",
    "spring",
    "summer",
    "autumn",
    "winter",
    "easter",
    "christmas",
];

const CANNOT_BEAR: &[&str] = &[
    "you can't stand",
    "you cannot stand",
    "you can't bear",
    "you cannot bear",
    "you can't take",
    "you can't tolerate",
    "you can no longer stand",
    "you can no longer bear",
];

const PAIN: &[&str] = &[
    "pain",
    "pains",
    "ache",
    "aches",
    "aching",
    "soreness",
    "throbbing",
    "hurting",
    "hurts",
    "swelling",
    "cramp",
    "discomfort",
    "stiffness",
    "inflammation",
    "sting",
    "stinging",
    "tenderness",
    "better",
    "headache",
    "spasm",
];

const MELTED: &[&str] = &["melts", "melt", "melted", "thaws", "thaw", "thawed", "defrosts", "defrosted"];

const GOES: &[&str] = &[
    "goes",
    "gone",
    "stops",
    "eases",
    "ease",
    "subsides",
    "fades",
    "disappears",
    "improves",
    "lifts",
    "passes",
    "lessens",
    "stopped",
    "eased",
    "settles",
    "clears",
    "dulls",
    "vanishes",
    "relents",
    "dies",
    "feel",
    "feels",
    "resolves",
    "reduces",
    "calms",
    "wears",
    "decreases",
    "backs",
    "leaves",
    "quits",
    "resolved",
    "down",
];

/// "until …", read to the end of its clause.
pub(super) fn until(reader: &Reader, at: usize) -> Option<Amount> {
    let next = match reader.any_phrase(at, &["until", "till", "til", "untill"]) {
        Some(next) => next,
        None if reader.word(at) == "’" && reader.is(at + 1, "til") => at + 2,
        None => return None,
    };
    if let Some(end) = morning(reader, next) {
        return Some(open(at..end, OpenEnd::Overnight, Some(480.0), Some(480.0)));
    }
    let is_moment = reader.is_number(next)
        || number_word(reader.word(next)).is_some()
        || reader.any(next, MOMENTS)
        || reader.word(next).ends_with("day")
        || is_month(reader.word(next));
    if is_moment || !reader.is_word(next) {
        return None;
    }
    if let Some(end) = reader.any_phrase(next, CANNOT_BEAR) {
        let end = if reader.is(end, "it") { end + 1 } else { end };
        return Some(open(at..end, OpenEnd::AsLongAsYouLike, None, None));
    }
    clause(reader, at, next)
}

/// "until morning", "until the next morning", "until you wake up".
fn morning(reader: &Reader, next: usize) -> Option<usize> {
    let past_the = if reader.is(next, "the") { next + 1 } else { next };
    let past_next = if reader.any(past_the, &["next", "following"]) { past_the + 1 } else { past_the };
    reader.any_phrase(
        past_next,
        &[
            "you wake up",
            "you wake",
            "morning",
            "dawn",
            "sunrise",
            "alarm goes",
            "alarm rings",
            "your alarm goes",
            "your alarm rings",
        ],
    )
}

fn clause(reader: &Reader, at: usize, next: usize) -> Option<Amount> {
    const LONGEST: usize = 9;
    let (mut numb, mut melted, mut pain, mut goes) = (None, None, None, None);
    let mut end = next;
    // `until it's good and numb`
    let is_joined = |at: usize| reader.is(at, "and") && reader.is(at + 1, "numb");
    while end < next + LONGEST && (goes_on(reader, end) || is_joined(end)) {
        let felt = end + 1 + usize::from(reader.any(end + 1, &["all", "its", "any"]));
        let cannot_feel = reader.any(end, &["can't", "cannot", "lose", "loses", "lost", "no"])
            && reader.any(felt, &["feel", "feeling", "sensation"])
            && !reader.any(felt + 1, &["any", "grains", "lumps", "grit"]);
        if reader.any(end, &["numb", "numbness"]) {
            numb = Some(end);
        } else if cannot_feel {
            numb = Some(end + 1);
        } else if reader.phrase(end, "no longer feel").is_some()
            // `the pain`
            && !(end + 3..end + 5).any(|it| reader.any(it, PAIN))
        {
            numb = Some(end + 2);
        } else if reader.any(end, MELTED) {
            melted = Some(end);
        } else if reader.any(end, PAIN) {
            pain = Some(end);
        } else if reader.any(end, GOES) {
            goes = Some(end);
        }
        end += 1;
    }
    if let Some(last) = numb {
        return Some(open(at..last + 1, OpenEnd::UntilNumb, None, None));
    }
    if let Some(last) = melted.filter(|_| !is_one_cube(reader, at)) {
        return Some(open(at..last + 1, OpenEnd::UntilMelted, None, None));
    }
    if let (Some(pain), Some(goes)) = (pain, goes) {
        let last = pain.max(goes) + 1;
        let is_particle = reader.any(last, &["away", "off", "down", "completely", "entirely", "up"]);
        return Some(open(at..last + usize::from(is_particle), OpenEnd::UntilPainGoes, None, None));
    }
    // "until the thermometer says 13 °C" holds an amount of its own.
    let holds_number = (next..=end).any(|it| reader.is_number(it) || number_word(reader.word(it)).is_some());
    (end > next && !holds_number).then(|| open(at..end, OpenEnd::UntilOther, None, None))
}

/// "rub an ice cube over it until it melts": that is gone in minutes.
fn is_one_cube(reader: &Reader, at: usize) -> bool {
    const FAR: usize = 15;
    let before = (at.saturating_sub(FAR)..at).rev().take_while(|&it| !reader.ends_sentence(it));
    before.into_iter().any(|it| reader.is(it, "cube"))
}

fn goes_on(reader: &Reader, at: usize) -> bool {
    let is_inner_mark =
        reader.word(at) == "/" || reader.is_dash(at) && reader.is_joined(at) && reader.is_joined(at + 1);
    (reader.is_word(at) || reader.is_number(at) || is_inner_mark)
        && !reader.any(at, &["and", "then", "but", "while", "before"])
}
