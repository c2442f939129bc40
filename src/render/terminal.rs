//! Text that is safe on a terminal: an article cannot move the cursor or change colours.

use std::borrow::Cow;

/// The text with control characters shown as `\u{…}`; line breaks and tabs stay.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_harmless) || !text.chars().any(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_dangerous(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// As [`safe`], on one line.
pub fn one_line(text: &str) -> String {
    // Messages and paths are so, nearly all.
    let is_one_line = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
        && text.trim_ascii().len() == text.len()
        && !text.contains("  ");
    if is_one_line {
        return text.to_owned();
    }
    safe(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What most text is made of.
fn is_harmless(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')
}

/// Control characters, and those that turn the direction of writing.
fn is_dangerous(character: char) -> bool {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_not_sent() {
        assert_eq!(safe("a\u{1b}[31mb\u{202e}"), "a\\u{1b}[31mb\\u{202e}");
        assert_eq!(one_line("a\n  b"), "a b");
    }
}
