//! The nearest spelling of a wrong word, for messages.

/// The candidate that the writer most likely meant; `None` when nothing is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 6);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// As [`nearest`], but `None` where a second candidate is as near: a guess that may be acted upon.
pub fn only_nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let found = nearest(word, candidates.iter().copied())?;
    let lower = word.to_lowercase();
    let as_near = |it: &&&str| distance(&lower, it) == distance(&lower, found);
    (candidates.iter().filter(as_near).count() == 1).then_some(found)
}

/// The end of a message: `; did you mean …?`, or nothing.
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|it| format!("; did you mean `{it}`?")).unwrap_or_default()
}

/// Long words are cut: nobody misspells a thousand letters, and the distance takes quadratic time.
fn distance(word: &str, candidate: &str) -> usize {
    if word.len() > 4 * candidate.len() + 8 {
        return usize::MAX;
    }
    let same_letters = word.replace(['_', ' '], "-");
    strsim::damerau_levenshtein(&same_letters, &candidate.to_lowercase())
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
