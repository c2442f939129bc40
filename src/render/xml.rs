//! Elements and text of XML that hold what an article says: readers get every character back that XML 1.0 can hold.

use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, BytesText};

/// An element with these attributes.
pub fn element(name: &'static str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        // Readers take a line break that is written as itself in an attribute for a space.
        let value = escaped(value).replace('\n', "&#10;").replace('\t', "&#9;");
        element.push_attribute((key.as_bytes(), value.as_bytes()));
    }
    element
}

/// Text between elements.
pub fn text(text: &str) -> BytesText<'static> {
    BytesText::from_escaped(escaped(text))
}

/// Readers take a carriage return that is written as itself for a line feed.
fn escaped(text: &str) -> String {
    escape(allowed(text)).replace('\r', "&#13;")
}

/// The text without the characters that XML 1.0 forbids, which no escape can bring in: control characters and
/// non-characters.
fn allowed(text: &str) -> String {
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
