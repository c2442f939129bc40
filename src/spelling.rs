//! The nearest spelling of a wrong word, for messages.

/// The candidate that the writer most likely meant; `None` when nothing is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 6);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, candidate, allowed)?, candidate)))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// As [`nearest`], but `None` where a second candidate is as near: a guess that may be acted upon.
pub fn only_nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let found = nearest(word, candidates.iter().copied())?;
    let lower = word.to_lowercase();
    let allowed = distance(&lower, found, usize::MAX)?;
    let is_as_near = |it: &&&str| distance(&lower, it, allowed).is_some();
    (candidates.iter().filter(is_as_near).count() == 1).then_some(found)
}

/// The end of a message: `; did you mean …?`, or nothing.
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|it| format!("; did you mean `{it}`?")).unwrap_or_default()
}

/// How many letters have to be changed, if no more than are `allowed`. Nobody misspells a thousand letters, and the distance
/// takes quadratic time.
fn distance(word: &str, candidate: &str, allowed: usize) -> Option<usize> {
    if word.len() > 4 * candidate.len() + 8 {
        return None;
    }
    let word = word.replace(['_', ' '], "-");
    let candidate = candidate.to_lowercase();
    if allowed < fewest_changes(&word, &candidate) {
        return None;
    }
    Some(strsim::damerau_levenshtein(&word, &candidate)).filter(|&it| it <= allowed)
}

/// As many changes are needed at least for the letters themselves, in whatever order they stand. Each change takes a
/// letter away and adds another.
fn fewest_changes(one: &str, other: &str) -> usize {
    let mut more = [0_i32; 64];
    for byte in one.bytes() {
        more[usize::from(byte % 64)] += 1;
    }
    for byte in other.bytes() {
        more[usize::from(byte % 64)] -= 1;
    }
    // A letter may be up to four bytes.
    let bytes: u32 = more.iter().map(|it| it.unsigned_abs()).sum();
    (bytes as usize).div_ceil(2 * if one.is_ascii() && other.is_ascii() { 1 } else { 4 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_typo_and_nothing_far_off() {
        let rules = ["duplicate-heading", "duplicate-title", "empty-section"];
        assert_eq!(nearest("duplicate_headings", rules), Some("duplicate-heading"));
        assert_eq!(nearest("Empty Section", rules), Some("empty-section"));
        assert_eq!(nearest("lorem", rules), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), rules), None);
    }
}
