//! The only way of text into the page. What passes here is text there, whatever it holds.

use std::fmt::{self, Display, Formatter, Write};

use crate::render::terminal::safe;

/// Text between tags or in a quoted attribute; control characters are shown as `\u{…}`.
pub(super) struct Text<'a>(pub &'a str);

impl Display for Text<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let shown = safe(self.0);
        let mut rest = &*shown;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '\r']) {
            formatter.write_str(&rest[..at])?;
            formatter.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                // A page knows no lone carriage return.
                _ => " ",
            })?;
            rest = &rest[at + 1..];
        }
        formatter.write_str(rest)
    }
}

/// A message as a sentence: a capital first, words in backticks as code.
pub(super) struct Sentence<'a>(pub &'a str);

impl Display for Sentence<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.chars();
        if let Some(first) = rest.next().filter(|it| it.is_lowercase()) {
            for capital in first.to_uppercase() {
                formatter.write_char(capital)?;
            }
            return Words(rest.as_str()).fmt(formatter);
        }
        Words(self.0).fmt(formatter)
    }
}

/// Words with some in backticks, which are shown as code.
pub(super) struct Words<'a>(pub &'a str);

impl Display for Words<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((before, after)) = rest.split_once('`') {
            let Some((code, after)) = after.split_once('`') else { break };
            write!(formatter, "{}<code>{}</code>", Text(before), Text(code))?;
            rest = after;
        }
        Text(rest).fmt(formatter)
    }
}

/// An address that a link may lead to: the web, and no script or local file.
pub(super) fn web_address(url: &str) -> Option<Text<'_>> {
    let scheme = url.split_once("://")?.0;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_web.then_some(Text(url))
}

/// `1 article`, `2 articles`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let hostile = "</script><!--\"><img src=x onerror='alert(1)'>&amp;\u{0}\u{202e}";
        assert_eq!(
            Text(hostile).to_string(),
            "&lt;/script&gt;&lt;!--&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;amp;\\u{0}\\u{202e}"
        );
    }

    #[test]
    fn words_in_backticks_are_code_and_a_lone_backtick_stays() {
        assert_eq!(Sentence("`a<b` is `c").to_string(), "<code>a&lt;b</code> is `c");
        assert_eq!(Sentence("the heading").to_string(), "The heading");
    }

    #[test]
    fn links_lead_to_the_web_alone() {
        assert!(web_address("https://nhs.uk/").is_some());
        assert!(web_address("javascript:alert(1)//://").is_none());
        assert!(web_address("file:///etc/passwd").is_none());
    }
}
