//! The block of YAML at the very top of an article, split off by hand.
//!
//! Only a first line `---` opens it; `---` or `...` closes it. Later lines of dashes are body.

use super::yaml::{self, Entry, Node, Problem, Value};
use crate::source::Source;
use crate::span::Span;

/// An article's front matter.
#[derive(Debug)]
pub struct FrontMatter {
    /// The opening fence.
    pub fence: Span,
    /// Whether a closing fence was found.
    pub is_closed: bool,
    /// Its YAML, as far as it could be read; `None` for an empty block.
    pub root: Option<Node>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// YAML comments, `#` included.
    pub comments: Vec<Span>,
    /// Where the body begins.
    pub end: usize,
}

impl FrontMatter {
    /// Splits it off; `None` where an article has none.
    pub fn of(source: &Source) -> Option<Self> {
        let text = source.text();
        let start = source.text_start();
        let first = line_at(text, start);
        if text[first.range()].trim_end() != "---" {
            return None;
        }
        let fence = Span::new(first.start, first.start + 3);
        let content_start = next_line(text, first.end);
        let closing = lines(text, content_start).find(|line| is_closing_fence(&text[line.range()]));
        let (content, end, is_closed) = if let Some(closing) = closing {
            (Span::new(content_start, closing.start), next_line(text, closing.end), true)
        } else {
            // Without a closing line it is a thematic break, unless it reads like keys.
            if !looks_like_key(&text[line_at(text, content_start).range()]) {
                return None;
            }
            let end = lines(text, content_start)
                .find(|line| text[line.range()].trim().is_empty() || text[line.range()].starts_with('#'))
                .map_or(text.len(), |line| line.start);
            (Span::new(content_start, end), end, false)
        };
        let parsed = yaml::parse(&text[content.range()], content.start);
        let first_line = &text[line_at(text, content_start).range()];
        let is_prose = matches!(parsed.root.as_ref().map(|root| &root.value), Some(Value::Text(_)));
        if is_prose && first_line.trim().is_empty() {
            // Two thematic breaks with text between them.
            return None;
        }
        let mut problems = parsed.problems;
        let is_mapping = matches!(
            parsed.root.as_ref().map(|root| &root.value),
            None | Some(Value::Mapping(_) | Value::Null)
        );
        if !is_mapping && problems.is_empty() {
            let span = parsed.root.as_ref().map_or(fence, |root| root.span);
            problems.push(Problem {
                span,
                message: "the front matter is no list of keys and values".to_owned(),
                help: "write one `key: value` a line".to_owned(),
                first: None,
            });
        }
        let root = parsed.root.filter(|root| matches!(root.value, Value::Mapping(_)));
        Some(Self { fence, is_closed, root, problems, comments: parsed.comments, end })
    }

    /// The entry with this key at the top level.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.root.as_ref()?.get(key)
    }

    /// The first of these keys that is given.
    pub fn first_of(&self, keys: &[&str]) -> Option<&Entry> {
        keys.iter().find_map(|key| self.get(key))
    }
}

fn is_closing_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

fn looks_like_key(line: &str) -> bool {
    let key = line.split(':').next().unwrap_or_default();
    let is_word = !key.is_empty()
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\''));
    is_word && line.len() > key.len() && line[key.len() + 1..].chars().next().is_none_or(char::is_whitespace)
}

fn line_at(text: &str, start: usize) -> Span {
    let end =
        memchr::memchr2(b'\n', b'\r', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length);
    Span::new(start, end)
}

/// Where the line after a line that ends at `end` begins.
fn next_line(text: &str, end: usize) -> usize {
    match &text.as_bytes()[end..] {
        [b'\r', b'\n', ..] => end + 2,
        [_, ..] => end + 1,
        [] => end,
    }
}

fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> + '_ {
    std::iter::successors((start < text.len()).then(|| line_at(text, start)), move |line| {
        let next = next_line(text, line.end);
        (next < text.len()).then(|| line_at(text, next))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<(FrontMatter, String)> {
        let source = Source::from_text("x.md", text);
        FrontMatter::of(&source).map(|it| {
            let body = text[it.end..].to_owned();
            (it, body)
        })
    }

    #[test]
    fn splits_whatever_the_line_endings() {
        for text in ["---\na: 1\n---\nbody", "\u{feff}---\r\na: 1\r\n---\r\nbody", "---\ra: 1\r...\rbody"] {
            let (front_matter, body) = split(text).expect("front matter");
            assert_eq!(body, "body");
            assert!(front_matter.is_closed && front_matter.problems.is_empty(), "{front_matter:?}");
            assert_eq!(front_matter.get("a").expect("a").key, "a");
        }
    }

    #[test]
    fn a_first_break_is_no_fence() {
        assert!(split("---\n\nbody").is_none());
        assert!(split("body\n---\na: 1\n---\n").is_none());
        assert!(!split("---\ntitle: x\n\n# Body").expect("unclosed").0.is_closed);
        assert!(split("---\n---\nbody").expect("empty").0.root.is_none());
    }

    #[test]
    fn a_list_is_no_front_matter() {
        assert_eq!(split("---\n- a\n---\n").expect("a list").0.problems.len(), 1);
    }
}
