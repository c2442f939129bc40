//! English word forms: what `word~` in a phrase stands for.
//!
//! Regular endings are made by rule and may include forms that nobody writes; they match nothing and harm nothing.

/// Every form of a verb or noun.
pub(super) fn all_forms(word: &str) -> Vec<String> {
    let mut forms = plural_forms(word);
    let stem = word.strip_suffix('e').unwrap_or(word);
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        forms.push(format!("{stem}ied"));
        forms.push(format!("{word}ing"));
    } else {
        forms.push(format!("{stem}ed"));
        forms.push(format!("{stem}ing"));
        if word.ends_with("ee") || word.ends_with("ye") {
            forms.push(format!("{word}ing"));
        }
    }
    if let Some(last) = doubled_consonant(word) {
        forms.push(format!("{word}{last}ed"));
        forms.push(format!("{word}{last}ing"));
    }
    forms.extend(irregular_forms(word).iter().map(|&form| form.to_owned()));
    forms
}

/// A noun and its plural (a verb and its third person).
pub(super) fn plural_forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    if word.ends_with(['s', 'x', 'z', 'o']) || word.ends_with("ch") || word.ends_with("sh") {
        forms.push(format!("{word}es"));
    }
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        forms.push(format!("{stem}ies"));
    } else if !word.ends_with('s') {
        forms.push(format!("{word}s"));
    }
    if let Some(plural) = irregular_plural(word) {
        forms.push(plural.to_owned());
    }
    forms
}

/// The last letter, when `…ed` doubles it: consonant, vowel, consonant.
fn doubled_consonant(word: &str) -> Option<char> {
    let mut letters = word.chars().rev();
    let (last, vowel, before) = (letters.next()?, letters.next()?, letters.next()?);
    let is_vowel = |letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    let doubles = !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y') && is_vowel(vowel) && !is_vowel(before);
    doubles.then_some(last)
}

fn irregular_plural(noun: &str) -> Option<&'static str> {
    Some(match noun {
        "calf" => "calves",
        "foot" => "feet",
        "tooth" => "teeth",
        "child" => "children",
        "woman" => "women",
        "man" => "men",
        "person" => "people",
        "leaf" => "leaves",
        "half" => "halves",
        "masseuse" => "masseuses",
        "diagnosis" => "diagnoses",
        _ => return None,
    })
}

fn irregular_forms(verb: &str) -> &'static [&'static str] {
    match verb {
        "be" => &["am", "is", "are", "was", "were", "been", "being"],
        "have" => &["has", "had", "having"],
        "do" => &["does", "did", "done", "doing"],
        "go" => &["goes", "went", "gone", "going"],
        "get" => &["got", "gotten"],
        "take" => &["took", "taken"],
        "hold" => &["held"],
        "keep" => &["kept"],
        "feel" => &["felt"],
        "leave" => &["left"],
        "sit" => &["sat"],
        "lie" => &["lay", "lain", "lying"],
        "lay" => &["laid"],
        "sleep" => &["slept"],
        "burn" => &["burnt"],
        "break" => &["broke", "broken"],
        "draw" => &["drew", "drawn"],
        "wear" => &["wore", "worn"],
        "drink" => &["drank", "drunk"],
        "lose" => &["lost"],
        "mean" => &["meant"],
        "give" => &["gave", "given"],
        "bring" => &["brought"],
        "swell" => &["swollen"],
        "say" => &["said"],
        "tell" => &["told"],
        "fall" => &["fell", "fallen"],
        "begin" => &["began", "begun"],
        "run" => &["ran"],
        "see" => &["saw", "seen"],
        "find" => &["found"],
        "stand" => &["stood"],
        "ring" => &["rang", "rung"],
        "speak" => &["spoke", "spoken"],
        "seek" => &["sought"],
        "bind" => &["bound"],
        "heal" => &["healed"],
        "drive" => &["drove", "driven"],
        "rub" => &["rubbed"],
        "throw" => &["threw", "thrown"],
        "swear" => &["swore", "sworn"],
        "shrink" => &["shrank", "shrunk"],
        "eat" => &["ate", "eaten"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_regular_and_irregular_forms() {
        for (word, form) in [
            ("flush", "flushes"),
            ("flush", "flushing"),
            ("release", "releasing"),
            ("release", "released"),
            ("stop", "stopping"),
            ("remedy", "remedies"),
            ("dry", "dried"),
            ("draw", "drawn"),
            ("calf", "calves"),
            ("see", "seeing"),
        ] {
            assert!(all_forms(word).iter().any(|it| it == form), "{word}: {form}");
        }
        assert_eq!(plural_forms("ice pack"), ["ice pack", "ice packs"]);
    }
}
