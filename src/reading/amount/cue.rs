//! The words around an amount that bound it: "up to", "no more than", "or longer", "at most", "about".

use super::Bound;
use super::cursor::Reader;

/// What the words around an amount say of it, and how far they reach.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cues {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) bound: Option<Bound>,
    pub(super) is_approximate: bool,
}

const BEFORE: &[(&str, Bound)] = &[
    // The longer phrase first: "no more than" is a maximum and "more than" is not.
    ("no more often than", Bound::AtMost),
    ("not more often than", Bound::AtMost),
    ("more often than", Bound::Over),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("never more than", Bound::AtMost),
    ("no longer than", Bound::AtMost),
    ("not longer than", Bound::AtMost),
    ("never longer than", Bound::AtMost),
    ("no greater than", Bound::AtMost),
    ("no higher than", Bound::AtMost),
    ("not higher than", Bound::AtMost),
    ("no hotter than", Bound::AtMost),
    ("no warmer than", Bound::AtMost),
    ("no later than", Bound::AtMost),
    ("nothing over", Bound::AtMost),
    ("not over", Bound::AtMost),
    ("never over", Bound::AtMost),
    ("not above", Bound::AtMost),
    ("never above", Bound::AtMost),
    ("not beyond", Bound::AtMost),
    ("never beyond", Bound::AtMost),
    ("not past", Bound::AtMost),
    ("never past", Bound::AtMost),
    ("never exceed", Bound::AtMost),
    ("never exceeds", Bound::AtMost),
    ("never exceeding", Bound::AtMost),
    ("not exceed", Bound::AtMost),
    ("not exceeding", Bound::AtMost),
    ("not to exceed", Bound::AtMost),
    ("don't exceed", Bound::AtMost),
    ("without exceeding", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("upto", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("at the most", Bound::AtMost),
    ("at the very most", Bound::AtMost),
    ("as much as", Bound::AtMost),
    ("as many as", Bound::AtMost),
    ("as long as", Bound::AtMost),
    ("maximum of", Bound::AtMost),
    ("maximum is", Bound::AtMost),
    ("max of", Bound::AtMost),
    ("limit of", Bound::AtMost),
    ("limit is", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("max", Bound::AtMost),
    ("max .", Bound::AtMost),
    ("max :", Bound::AtMost),
    ("maximum :", Bound::AtMost),
    ("limit :", Bound::AtMost),
    ("limited to", Bound::AtMost),
    ("capped at", Bound::AtMost),
    ("≤", Bound::AtMost),
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("never less than", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("not fewer than", Bound::AtLeast),
    ("no shorter than", Bound::AtLeast),
    ("no lower than", Bound::AtLeast),
    ("not lower than", Bound::AtLeast),
    ("no colder than", Bound::AtLeast),
    ("not colder than", Bound::AtLeast),
    ("never colder than", Bound::AtLeast),
    ("no cooler than", Bound::AtLeast),
    ("never below", Bound::AtLeast),
    ("not below", Bound::AtLeast),
    ("never under", Bound::AtLeast),
    ("not under", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("at the least", Bound::AtLeast),
    ("at the very least", Bound::AtLeast),
    ("minimum of", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("min .", Bound::AtLeast),
    ("upwards of", Bound::AtLeast),
    ("upward of", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("less than", Bound::Under),
    ("fewer than", Bound::Under),
    ("shorter than", Bound::Under),
    ("lower than", Bound::Under),
    ("colder than", Bound::Under),
    ("cooler than", Bound::Under),
    ("under", Bound::Under),
    ("below", Bound::Under),
    ("<", Bound::Under),
    ("more than", Bound::Over),
    ("longer than", Bound::Over),
    ("greater than", Bound::Over),
    ("higher than", Bound::Over),
    ("hotter than", Bound::Over),
    ("warmer than", Bound::Over),
    ("in excess of", Bound::Over),
    ("exceed", Bound::Over),
    ("exceeds", Bound::Over),
    ("exceeding", Bound::Over),
    ("over", Bound::Over),
    ("above", Bound::Over),
    ("beyond", Bound::Over),
    ("past", Bound::Over),
    (">", Bound::Over),
];

/// The last word of every phrase above; nothing else is looked up.
const LAST_BEFORE: &[&str] = &[
    "than",
    "over",
    "above",
    "beyond",
    "past",
    "exceed",
    "exceeds",
    "exceeding",
    "to",
    "upto",
    "most",
    "as",
    "of",
    "is",
    "maximum",
    "max",
    ".",
    ":",
    "at",
    "≤",
    "below",
    "under",
    "least",
    "minimum",
    "≥",
    "<",
    ">",
];

const AFTER: &[(&str, Bound)] = &[
    ("max", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("at the most", Bound::AtMost),
    ("at the very most", Bound::AtMost),
    ("at maximum", Bound::AtMost),
    ("at a maximum", Bound::AtMost),
    ("tops", Bound::AtMost),
    ("or less", Bound::AtMost),
    ("or fewer", Bound::AtMost),
    ("or under", Bound::AtMost),
    ("or below", Bound::AtMost),
    ("or lower", Bound::AtMost),
    ("or cooler", Bound::AtMost),
    ("and no more", Bound::AtMost),
    ("and not more", Bound::AtMost),
    ("but no more", Bound::AtMost),
    ("and no longer", Bound::AtMost),
    ("but no longer", Bound::AtMost),
    ("no more", Bound::AtMost),
    ("no longer", Bound::AtMost),
    ("not more", Bound::AtMost),
    ("is the most", Bound::AtMost),
    ("is the maximum", Bound::AtMost),
    ("is the limit", Bound::AtMost),
    ("is the longest", Bound::AtMost),
    ("at a time is the most", Bound::AtMost),
    ("at a time is the limit", Bound::AtMost),
    ("and not a minute more", Bound::AtMost),
    ("and not a minute longer", Bound::AtMost),
    ("or more", Bound::AtLeast),
    ("or longer", Bound::AtLeast),
    ("or over", Bound::AtLeast),
    ("or above", Bound::AtLeast),
    ("or higher", Bound::AtLeast),
    ("or hotter", Bound::AtLeast),
    ("or warmer", Bound::AtLeast),
    ("or beyond", Bound::AtLeast),
    ("and up", Bound::AtLeast),
    ("and more", Bound::AtLeast),
    ("and over", Bound::AtLeast),
    ("if not longer", Bound::AtLeast),
    ("if not more", Bound::AtLeast),
    ("plus", Bound::AtLeast),
    ("+", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("at minimum", Bound::AtLeast),
    ("at a minimum", Bound::AtLeast),
];

const ABOUT: &[&str] = &[
    "about",
    "around",
    "roughly",
    "approximately",
    "approx",
    "circa",
    "nearly",
    "almost",
    "~",
    "≈",
    "maybe",
    "perhaps",
];

/// Reads the cues on both sides of `start..end`, reaching back no further than `floor`.
pub(super) fn cues(reader: &Reader, floor: usize, start: usize, end: usize) -> Cues {
    let mut cues = Cues { start, end, bound: None, is_approximate: false };
    // "for up to about a full 20 minutes": at most an approximation, a bound, and another approximation.
    for _ in 0..4 {
        if !(opening_before(reader, floor, &mut cues)
            || approximation_before(reader, floor, &mut cues)
            || bound_before(reader, floor, &mut cues))
        {
            break;
        }
    }
    if cues.bound.is_none() {
        limit_before(reader, floor, &mut cues);
    }
    after(reader, &mut cues);
    cues
}

/// "between 10 and 15", "from 10 to 15".
fn opening_before(reader: &Reader, floor: usize, cues: &mut Cues) -> bool {
    let Some(earlier) = cues.start.checked_sub(1).filter(|earlier| *earlier >= floor) else { return false };
    // "split between morning and evening" is no range.
    let opens = reader.any(earlier, &["between", "from"])
        && !reader.any(cues.start, &["morning", "mornings", "night", "evening", "day"]);
    if opens {
        cues.start = earlier;
    }
    opens
}

fn approximation_before(reader: &Reader, floor: usize, cues: &mut Cues) -> bool {
    let Some(earlier) = cues.start.checked_sub(1).filter(|earlier| *earlier >= floor) else { return false };
    let start = if reader.any(earlier, ABOUT) {
        earlier
    } else if reader.is(earlier, ".") && reader.before(earlier, 1).eq_ignore_ascii_case("approx") {
        earlier - 1
    } else {
        return false;
    };
    if start < floor {
        return false;
    }
    cues.start = start;
    cues.is_approximate = true;
    true
}

fn bound_before(reader: &Reader, floor: usize, cues: &mut Cues) -> bool {
    if cues.bound.is_some() || !reader.any(cues.start.wrapping_sub(1), LAST_BEFORE) {
        return false;
    }
    let found =
        BEFORE.iter().find_map(|(phrase, bound)| Some((reader.phrase_before(cues.start, phrase)?, *bound)));
    let Some((mut start, bound)) = found.filter(|(start, _)| *start >= floor) else { return false };
    // "turn it over 10 minutes later" is rare; "a maximum of" and "the maximum is" are not.
    if start > floor
        && reader.any(start - 1, &["a", "an", "the"])
        && reader.any(start, &["maximum", "max", "minimum", "limit"])
    {
        start -= 1;
    }
    cues.start = start;
    cues.bound = Some(bound);
    true
}

/// "limit yourself to ten minutes", "keep each session to 15 minutes", "cap it at 20".
fn limit_before(reader: &Reader, floor: usize, cues: &mut Cues) {
    let Some(to) = cues.start.checked_sub(1).filter(|to| reader.any(*to, &["to", "at"])) else { return };
    let verbs =
        ["limit", "limits", "limiting", "restrict", "restricting", "cap", "keep", "keeping", "confine"];
    for steps in 1..=6 {
        let Some(at) = to.checked_sub(steps).filter(|at| *at >= floor) else { return };
        if reader.is(to, "at") && !reader.any(at, &["cap"]) && steps > 3
            || !reader.is_word(at) && !reader.is_dash(at)
        {
            return;
        }
        let is_limit = if reader.is(to, "at") { reader.is(at, "cap") } else { reader.any(at, &verbs) };
        if is_limit {
            cues.start = at;
            cues.bound = Some(Bound::AtMost);
            return;
        }
    }
}

fn after(reader: &Reader, cues: &mut Cues) {
    if let Some(end) = reader.any_phrase(cues.end, &["or so", "or thereabouts", "ish"]) {
        cues.end = end;
        cues.is_approximate = true;
    }
    let mut at = cues.end;
    if matches!(reader.word(at), "," | "(" | "-" | "–" | "—") {
        at += 1;
    }
    let Some((end, bound)) =
        AFTER.iter().find_map(|(phrase, bound)| Some((reader.phrase(at, phrase)?, *bound)))
    else {
        return;
    };
    // In "20 minutes, at least 3 times" the cue belongs to what follows, as it does before any number.
    let leads_on = reader.is_number(end)
        || super::number::number_word(reader.word(end)).is_some()
        || reader.any(end, &["of", "than", "a", "an", "once", "twice"]);
    if leads_on && reader.word(at) != "+" || cues.bound.is_some() {
        return;
    }
    let is_bracketed = at > cues.end && reader.word(at - 1) == "(";
    if is_bracketed && reader.word(end) != ")" {
        return;
    }
    cues.end = if is_bracketed { end + 1 } else { end };
    cues.bound = Some(bound);
}
