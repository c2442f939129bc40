//! Text that XML 1.0 can hold. Escaping is the writers' own; this is about characters that no escape can bring in.

/// The text without the characters that XML 1.0 forbids: control characters and non-characters.
pub fn allowed(text: &str) -> String {
    text.chars().filter(|&it| is_allowed(it)).collect()
}

fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_forbids_are_dropped() {
        assert_eq!(allowed("a\u{0}\u{1b}[31m\u{c}\u{fffe}\u{ffff}b\té😀\n"), "a[31mb\té😀\n");
    }
}
