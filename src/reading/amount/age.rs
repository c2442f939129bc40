//! Ages of people: "16 or older", "over 65", "aged 5 to 10", "12-year-olds".

use super::cursor::Reader;
use super::number::count;
use super::{Amount, Bound, Kind};

/// The age that starts with this number, cues and all. It may reach back over "aged" or "over", but not past `floor`.
pub(super) fn age(reader: &Reader, at: usize, floor: usize) -> Option<Amount> {
    let count = count(reader, at).filter(|count| !count.article && !count.vague && !count.is_fraction)?;
    let (years, unit_end) = unit_of_age(reader, count.end);
    let is_said = unit_end > count.end && says_age(reader, unit_end).is_some();
    let noun_end = if is_said { says_age(reader, unit_end).unwrap_or(unit_end) } else { unit_end };
    let (after, end) = bound_after(reader, noun_end);
    let (before, start) = bound_before(reader, at, floor);
    let is_named = reader.any(start.wrapping_sub(usize::from(before.is_some())), &["aged", "age", "ages"])
        || at > floor && reader.any(at - 1, &["aged", "age", "ages"]);
    let is_named = is_named || start + 2 < at && reader.any(at - 2, &["age", "ages"]);
    let has_unit = unit_end > count.end;
    let is_plural = reader.is(count.end, "s") && before.is_some();
    let is_after_person =
        before.is_some() && !has_unit && is_person_before(reader, start) && ends_here(reader, count.end);
    let is_years_of_child = !has_unit && says_how_old(reader, at) && ends_here(reader, count.end);
    let is_older_than = before.is_some()
        && reader.any(at - 1, &["than"])
        && reader.any(at.wrapping_sub(2), &["older", "younger"]);
    // `At eleven or twelve a child can have`
    let is_of_a_child = before.is_none() && !has_unit && reader.is(at.wrapping_sub(1), "at") && {
        let noun = count.end + usize::from(reader.any(count.end, &["a", "the", "your", "most", "my"]));
        reader.any(noun, CHILDREN)
    };
    // `A pupil of 14 can take`
    let is_of_somebody = before.is_none()
        && !has_unit
        && reader.is(at.wrapping_sub(1), "of")
        && (reader.any(at.wrapping_sub(2), CHILDREN) || reader.any(at.wrapping_sub(2), PUPILS));
    let has_age_bound = after.is_some()
        && (!has_unit || is_said || reader.any(count.end, &["years", "year"]) || reader.is_dash(count.end));
    if !(is_said
        || is_named && ends_here(reader, unit_end)
        || is_plural
        || is_after_person
        || is_years_of_child
        || is_older_than
        || is_of_a_child
        || is_of_somebody
        || has_age_bound)
    {
        return None;
    }
    let end = if is_plural { count.end + 1 } else { end };
    let start = if is_named && start > floor && reader.any(start - 1, &["aged", "age", "ages"]) {
        start - 1
    } else {
        start
    };
    let bound = before.or(after).or(count.or_more.then_some(Bound::AtLeast));
    let found = Amount::range(start..end, Kind::Age, count.low * years, count.high * years);
    let bound = bound.unwrap_or(found.bound);
    Some(Amount {
        core: at..unit_end,
        low: found.low.filter(|_| !matches!(bound, Bound::AtMost | Bound::Under)),
        high: found.high.filter(|_| bound != Bound::AtLeast),
        bound,
        ..found
    })
}

fn unit_of_age(reader: &Reader, end: usize) -> (f64, usize) {
    let at = reader.past_dash(end);
    let units = [
        ("years", 1.0),
        ("year", 1.0),
        ("yrs", 1.0),
        ("yr", 1.0),
        ("months", 1.0 / 12.0),
        ("month", 1.0 / 12.0),
        ("weeks", 1.0 / 52.0),
        ("week", 1.0 / 52.0),
    ];
    units.iter().find(|(word, _)| reader.is(at, word)).map_or((1.0, end), |(_, years)| (*years, at + 1))
}

fn says_age(reader: &Reader, at: usize) -> Option<usize> {
    let old = reader.past_dash(at);
    if reader.any(old, &["old", "olds", "old's"]) {
        return Some(old + 1);
    }
    reader.phrase(at, "of age")
}

fn bound_after(reader: &Reader, end: usize) -> (Option<Bound>, usize) {
    let older = [
        "or older",
        "and older",
        "or over",
        "and over",
        "or above",
        "and above",
        "and up",
        "or elder",
        "and upwards",
        "and upward",
        "upwards",
    ];
    let younger = ["or younger", "and younger", "or under", "and under", "or below", "and below"];
    // `from three years up`, and not `from 5 years up to 10`
    if reader.is(end, "up")
        && !reader.is(end + 1, "to")
        && reader.any(end.wrapping_sub(1), &["years", "year", "months"])
    {
        return (Some(Bound::AtLeast), end + 1);
    }
    if let Some(end) = reader.any_phrase(end, &older) {
        return (Some(Bound::AtLeast), end);
    }
    if let Some(end) = reader.any_phrase(end, &younger) {
        return (Some(Bound::AtMost), end);
    }
    (None, end)
}

fn bound_before(reader: &Reader, at: usize, floor: usize) -> (Option<Bound>, usize) {
    let phrases = [
        ("older than", Bound::Over),
        ("younger than", Bound::Under),
        ("the age of", Bound::Exact),
        ("between the ages of", Bound::Exact),
        ("the ages of", Bound::Exact),
        ("over the age of", Bound::Over),
        ("under the age of", Bound::Under),
        ("below the age of", Bound::Under),
        ("above the age of", Bound::Over),
        ("at least", Bound::AtLeast),
        ("over -", Bound::Over),
        ("under -", Bound::Under),
        ("over", Bound::Over),
        ("above", Bound::Over),
        ("under", Bound::Under),
        ("below", Bound::Under),
        ("from", Bound::AtLeast),
    ];
    let found =
        phrases.iter().filter_map(|(phrase, bound)| Some((reader.phrase_before(at, phrase)?, *bound)));
    let longest = found.filter(|(start, _)| *start >= floor).min_by_key(|(start, _)| *start);
    match longest {
        Some((start, Bound::Exact)) => (None, start),
        Some((start, bound)) => (Some(bound), start),
        None => (None, at),
    }
}

/// "adults over 65", "anybody under 16", "if you are over 60".
fn is_person_before(reader: &Reader, start: usize) -> bool {
    const PEOPLE: &[&str] = &[
        "adult",
        "adults",
        "child",
        "children",
        "kid",
        "kids",
        "people",
        "person",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "those",
        "teens",
        "teenagers",
        "women",
        "men",
        "woman",
        "man",
        "readers",
        "patients",
        "someone",
        "somebody",
        "runners",
        "athletes",
        "members",
        "guests",
        "you're",
    ];
    (1..=3).filter_map(|step| start.checked_sub(step)).any(|it| reader.any(it, PEOPLE))
        || reader.phrase_before(start, "you are").is_some()
}

const PUPILS: &[&str] =
    &["pupil", "student", "teenager", "teen", "player", "swimmer", "junior", "lad", "lass", "toddler"];

const CHILDREN: &[&str] =
    &["child", "children", "kid", "kids", "son", "daughter", "boy", "girl", "youngster", "youngsters"];

/// "your son is 12", "a daughter who's nine".
fn says_how_old(reader: &Reader, at: usize) -> bool {
    const YOUNG: &[&str] = &[
        "son",
        "daughter",
        "child",
        "kid",
        "boy",
        "girl",
        "toddler",
        "teenager",
        "teen",
        "grandson",
        "granddaughter",
        "youngster",
        "niece",
        "nephew",
    ];
    let Some(verb) =
        at.checked_sub(1).filter(|&it| reader.any(it, &["is", "turns", "who's", "he's", "she's"]))
    else {
        return false;
    };
    (1..=2).filter_map(|step| verb.checked_sub(step)).any(|it| reader.any(it, YOUNG))
}

fn ends_here(reader: &Reader, end: usize) -> bool {
    !reader.is_word(end)
        || reader.any(
            end,
            &[
                "should", "or", "and", "who", "can", "may", "must", "with", "need", "is", "are", "to", "in",
                "at", "if", "have", "years", "they", "you", "we", "children", "kids",
            ],
        )
}
