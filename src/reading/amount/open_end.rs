//! Durations without a number: "overnight", "until it goes numb", "as long as you like", "for a while".

use super::cursor::{Reader, starts_alike};
use super::until;
use super::{Amount, Bound, Kind};

/// How a duration ends, when no number says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenEnd {
    /// "overnight", "all night", "till morning".
    Overnight,
    /// "while you sleep", "fall asleep with".
    WhileAsleep,
    /// "all day", "throughout the day", "around the clock".
    AllDay,
    /// "all evening", "all afternoon", "all morning".
    PartOfDay,
    /// "until it goes numb".
    UntilNumb,
    /// "until the pain goes away".
    UntilPainGoes,
    /// "as long as you like", "as long as you can stand", "indefinitely".
    AsLongAsYouLike,
    /// "for hours", "hours on end", "for days".
    ForHours,
    /// "until it melts": ice is cold to its end.
    UntilMelted,
    /// Any other clause: "until the water cools", "until your skin turns pink".
    UntilOther,
}

/// Phrases that say the same wherever they stand, with their rough length in minutes.
const FIXED: &[(&str, OpenEnd, f64, f64)] = &[
    ("overnight", OpenEnd::Overnight, 480.0, 480.0),
    ("all night long", OpenEnd::Overnight, 480.0, 480.0),
    ("all through the night", OpenEnd::Overnight, 480.0, 480.0),
    ("all night", OpenEnd::Overnight, 480.0, 480.0),
    ("through the night", OpenEnd::Overnight, 480.0, 480.0),
    ("throughout the night", OpenEnd::Overnight, 480.0, 480.0),
    ("whole night", OpenEnd::Overnight, 480.0, 480.0),
    ("entire night", OpenEnd::Overnight, 480.0, 480.0),
    ("while you sleep", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while you are asleep", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while you're asleep", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while you are sleeping", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while you're sleeping", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while sleeping", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while asleep", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("as you sleep", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("fall asleep with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("fall asleep on", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("falling asleep with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while you nap", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("while napping", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("when you sleep", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("as you drift off", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("drop off with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("nod off with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("doze off with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("drift off with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("dozing off with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("nodding off with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("most of the night", OpenEnd::Overnight, 300.0, 480.0),
    ("rest of the night", OpenEnd::Overnight, 300.0, 480.0),
    ("most of the day", OpenEnd::AllDay, 300.0, 720.0),
    ("rest of the day", OpenEnd::AllDay, 240.0, 720.0),
    ("falling asleep on", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("sleep with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("sleeping with", OpenEnd::WhileAsleep, 480.0, 480.0),
    ("all day and night", OpenEnd::AllDay, 1440.0, 1440.0),
    ("all day and all night", OpenEnd::AllDay, 1440.0, 1440.0),
    ("all day long", OpenEnd::AllDay, 480.0, 1440.0),
    ("all day", OpenEnd::AllDay, 480.0, 1440.0),
    ("all through the day", OpenEnd::AllDay, 480.0, 720.0),
    ("throughout the day", OpenEnd::AllDay, 480.0, 720.0),
    ("through the day", OpenEnd::AllDay, 480.0, 720.0),
    ("whole day", OpenEnd::AllDay, 480.0, 1440.0),
    ("entire day", OpenEnd::AllDay, 480.0, 1440.0),
    ("day and night", OpenEnd::AllDay, 1440.0, 1440.0),
    ("around the clock", OpenEnd::AllDay, 1440.0, 1440.0),
    ("round the clock", OpenEnd::AllDay, 1440.0, 1440.0),
    ("all evening", OpenEnd::PartOfDay, 180.0, 300.0),
    ("all afternoon", OpenEnd::PartOfDay, 180.0, 300.0),
    ("all morning", OpenEnd::PartOfDay, 180.0, 300.0),
    ("whole evening", OpenEnd::PartOfDay, 180.0, 300.0),
    ("entire evening", OpenEnd::PartOfDay, 180.0, 300.0),
    ("hours on end", OpenEnd::ForHours, 120.0, 480.0),
    ("hours at a time", OpenEnd::ForHours, 120.0, 480.0),
    ("for hours", OpenEnd::ForHours, 120.0, 480.0),
    ("for ages", OpenEnd::ForHours, 120.0, 480.0),
];

/// What `overnight` stands before where it says of what kind something is.
const OF_A_NIGHT: &[&str] = &[
    "camping", "train", "trains", "ferry", "bus", "coach", "flight", "stay", "stays", "guest", "guests",
    "bag", "parking", "hike", "oats", "sleeper", "rain", "frost", "lows", "trip", "shift", "shifts",
];

/// An open-ended duration that starts at this token.
pub(super) fn open_end(reader: &Reader, at: usize) -> Option<Amount> {
    fixed(reader, at)
        .or_else(|| as_long_as(reader, at))
        .or_else(|| until::until(reader, at))
        .or_else(|| a_while(reader, at))
}

fn fixed(reader: &Reader, at: usize) -> Option<Amount> {
    let word = reader.word(at);
    let found = FIXED
        .iter()
        .filter(|(phrase, ..)| starts_alike(word, phrase))
        .find_map(|(phrase, open_end, low, high)| Some((reader.phrase(at, phrase)?, *open_end, *low, *high)));
    if let Some((mut end, open_end, low, high)) = found {
        // `For ages 16 and over.`
        if word.eq_ignore_ascii_case("for") && reader.is_number(end) {
            return None;
        }
        // `Overnight camping`, `the overnight train`
        if open_end == OpenEnd::Overnight && reader.any(end, OF_A_NIGHT) {
            return None;
        }
        if open_end == OpenEnd::ForHours {
            end = reader.any_phrase(end, &["on end", "at a time", "and hours"]).unwrap_or(end);
        }
        return Some(open(at..end, open_end, Some(low), Some(high)));
    }
    if let Some(end) =
        reader.any_phrase(at, &["for days", "for weeks", "for days on end", "for weeks on end"])
    {
        let course = open(at..end, OpenEnd::ForHours, Some(2.0), None);
        return Some(Amount { kind: Kind::Course, ..course });
    }
    reader.is(at, "indefinitely").then(|| open(at..at + 1, OpenEnd::AsLongAsYouLike, None, None))
}

/// A duration of which only the way it ends is told.
pub(super) fn open(
    tokens: std::ops::Range<usize>,
    open_end: OpenEnd,
    low: Option<f64>,
    high: Option<f64>,
) -> Amount {
    Amount {
        low,
        high,
        bound: Bound::Open,
        approximate: true,
        open_end: Some(open_end),
        ..Amount::exact(tokens, Kind::Duration, 0.0)
    }
}

/// "as long as you like", "however long you can stand", "as often as you like".
fn as_long_as(reader: &Reader, at: usize) -> Option<Amount> {
    let often = ["as often as", "however often", "as many times as"];
    let long = [
        "for as long as",
        "as long as",
        "for however long",
        "however long",
        "for as many minutes as",
        "as many minutes as",
    ];
    let (kind, next) = match reader.any_phrase(at, &often) {
        Some(next) => (Kind::Frequency, next),
        None => (Kind::Duration, reader.any_phrase(at, &long)?),
    };
    let end = pleases(reader, next)?;
    Some(Amount { kind, ..open(at..end, OpenEnd::AsLongAsYouLike, None, None) })
}

/// Whether the clause leaves the length to the reader, rather than setting a condition ("as long as you keep it dry").
fn pleases(reader: &Reader, at: usize) -> Option<usize> {
    if reader.any(at, &["possible", "desired", "needed", "necessary", "comfortable"]) {
        return Some(at + 1);
    }
    // `about as long as it takes a train to leave` leaves nothing to the reader.
    if let Some(end) = reader.phrase(at, "it takes") {
        return (!reader.is_word(end) || reader.any(end, &["to", "for", "and", "or"])).then_some(end);
    }
    // `for as long as the film lasts`
    let names_something = reader.any(at, &["the", "your", "this", "that", "a"]);
    let ending = (at + 2..at + 5).find(|&it| reader.any(it, &["takes", "lasts"]));
    if let Some(last) = ending.filter(|_| names_something) {
        return Some(last + 1);
    }
    let fixed = [
        "your body allows",
        "your skin allows",
        "it feels good",
        "it feels nice",
        "it feels comfortable",
        "it feels right",
        "it feels ok",
        "it is comfortable",
        "it's comfortable",
        "feels good",
        "feels comfortable",
        "feels right",
        "is comfortable",
        "is needed",
    ];
    if let Some(end) = reader.any_phrase(at, &fixed) {
        return Some(end);
    }
    if reader
        .any_phrase(
            at,
            &[
                "you're comfortable",
                "you are comfortable",
                "you feel comfortable",
                "you feel like it",
                "you feel like",
                "you feel good",
            ],
        )
        .is_some()
    {
        return reader.any_phrase(
            at,
            &[
                "you're comfortable",
                "you feel like it",
                "you are comfortable",
                "you feel comfortable",
                "you feel like",
                "you feel good",
            ],
        );
    }
    if !reader.any(at, &["you", "one", "they", "your"]) {
        return None;
    }
    let subject_end = if reader.is(at, "your") { at + 2 } else { at + 1 };
    let verb = if reader.any(subject_end, &["would", "might", "may", "possibly", "'d"]) {
        subject_end + 1
    } else {
        subject_end
    };
    if reader.any(
        verb,
        &["like", "want", "wish", "please", "fancy", "enjoy", "care", "need", "prefer", "choose", "desire"],
    ) {
        let end = verb + 1;
        return Some(if reader.is(end, "to") || reader.is(end, "it") { end + 1 } else { end });
    }
    if !reader.any(verb, &["can", "could", "are"]) {
        return None;
    }
    let endures = if reader.any(verb + 1, &["possibly", "comfortably", "safely", "manage"]) {
        verb + 2
    } else {
        verb + 1
    };
    let verbs = [
        "stand", "tolerate", "bear", "take", "manage", "handle", "endure", "cope", "hack", "hold", "able",
        "stay", "last",
    ];
    let mut end = if reader.any(endures, &verbs) {
        endures + 1
    } else if reader.is_word(endures)
        && !reader.any(endures, &["and", "but", "or", "before", "then", "without", "in", "with"])
    {
        return None;
    } else {
        endures
    };
    if reader.any(end, &["it", "this", "the"]) {
        let is_the = reader.is(end, "the");
        end +=
            if is_the && reader.any(end + 1, &["cold", "heat", "pain"]) { 2 } else { usize::from(!is_the) };
    }
    Some(end)
}

/// "a short while", "a bit", "a short duration", "some time", "a while".
fn a_while(reader: &Reader, at: usize) -> Option<Amount> {
    let past_for = if reader.is(at, "for") { at + 1 } else { at };
    let past_article = if reader.any(past_for, &["a", "some"]) { past_for + 1 } else { past_for };
    if past_article == at && !reader.any(at, &["short", "brief"]) {
        return None;
    }
    let mut next = past_article;
    while reader.any(next, &["short", "little", "wee", "brief", "long", "good", "limited", "quick"]) {
        next += 1;
    }
    let padded = next > past_article;
    let is_stretch = reader.is(next, "while") && (past_for < past_article || padded)
        || padded
            && reader.any(
                next,
                &[
                    "period",
                    "periods",
                    "spell",
                    "spells",
                    "time",
                    "duration",
                    "durations",
                    "stretch",
                    "bit",
                    "burst",
                    "bursts",
                    "moment",
                    "interval",
                ],
            )
        || at < past_for && past_for < past_article && reader.any(next, &["bit", "moment", "time", "period"]);
    if !is_stretch || past_for == at && reader.any(next, &["stretch", "interval", "bit", "burst"]) {
        return None;
    }
    let end = reader.phrase(next + 1, "of time").unwrap_or(next + 1);
    // "a period of 20 minutes" and "a short time, 10 minutes" are told by their number.
    let tells_number = |it: usize| {
        reader.is_number(it) || super::number::single(reader, it).is_some_and(|count| !count.article)
    };
    if reader.any(end, &["of", ":", "("]) && tells_number(end + 1) || reader.phrase(end, "of up to").is_some()
    {
        return None;
    }
    let found = open(past_for..end, OpenEnd::UntilOther, None, None);
    Some(Amount { vague: true, open_end: None, ..found })
}
