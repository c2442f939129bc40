//! YAML as a tree in which every key and value knows its bytes in the whole file.
//!
//! Only this module knows the parser. What is broken is data: a tree as far as it could be read, and problems.
//! Scalars are read strictly: `yes` is text, a date is text, `017` and `1_000` are text.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value as Json};

use super::prose::Prose;
use crate::span::Span;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// A scalar with its quotes; a collection from its first child to its last.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole or decimal number.
    Number(Number),
    /// Anything else that is a scalar.
    Text(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in order.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// The key's place.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

/// What is wrong with a piece of YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// One line, in a writer's words.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The first of two, where there are two.
    pub first: Option<Span>,
}

/// What came of parsing.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The first document, as far as it could be read.
    pub root: Option<Node>,
    /// In source order.
    pub problems: Vec<Problem>,
    /// Comments, `#` included.
    pub comments: Vec<Span>,
}

/// Deeper nesting than any article has; beyond it, nothing more is read.
const DEEPEST: usize = 64;
/// More nodes than aliases may bring into one file.
const MOST_ALIASED_NODES: usize = 10_000;

/// Parses text that begins at byte `offset` of its file.
pub fn parse(text: &str, offset: usize) -> Parsed {
    let mut tree = Tree {
        text,
        offset,
        parsed: Parsed::default(),
        open: Vec::new(),
        anchors: HashMap::new(),
        aliased: 0,
    };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    let at = tree.span(&span);
                    tree.problem(
                        at,
                        "a second YAML document begins here",
                        "keep one block of front matter",
                        None,
                    );
                    break;
                }
            }
            Ok((event, span)) => {
                if !tree.event(event, &span) {
                    break;
                }
            }
            Err(error) => {
                tree.syntax_error(&error);
                break;
            }
        }
    }
    tree.finish()
}

struct Tree<'t> {
    text: &'t str,
    offset: usize,
    parsed: Parsed,
    open: Vec<Open>,
    /// Anchored nodes with their sizes, by id.
    anchors: HashMap<usize, (Node, usize)>,
    aliased: usize,
}

struct Open {
    anchor: usize,
    span: Span,
    kind: OpenKind,
}

enum OpenKind {
    Sequence(Vec<Node>),
    /// Entries, a key that waits for its value, and where each key was first given.
    Mapping(Vec<Entry>, Option<Node>, HashMap<String, Span>),
}

impl Tree<'_> {
    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let end = range.end.min(self.text.len());
        Span::new(range.start.min(end) + self.offset, end + self.offset)
    }

    fn problem(&mut self, span: Span, message: &str, help: &str, first: Option<Span>) {
        self.parsed.problems.push(Problem {
            span,
            message: message.to_owned(),
            help: help.to_owned(),
            first,
        });
    }

    /// Whether reading goes on.
    fn event(&mut self, event: Event<'_>, at: &granit_parser::Span) -> bool {
        let span = self.span(at);
        match event {
            Event::Comment(..) => self.parsed.comments.push(span),
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.trimmed(span);
                let is_text = style != ScalarStyle::Plain || tag.is_some();
                let value = if is_text { Value::Text(text.into_owned()) } else { plain(&text) };
                self.add(Node { span, value }, anchor);
            }
            Event::SequenceStart(_, anchor, _) => {
                return self.open(anchor, span, OpenKind::Sequence(Vec::new()));
            }
            Event::MappingStart(_, anchor, _) => {
                return self.open(anchor, span, OpenKind::Mapping(Vec::new(), None, HashMap::new()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => return self.alias(id, span),
            _ => {}
        }
        true
    }

    fn open(&mut self, anchor: usize, span: Span, kind: OpenKind) -> bool {
        if self.open.len() >= DEEPEST {
            self.problem(
                span,
                "lists and mappings are nested too deeply here",
                "keep front matter flat",
                None,
            );
            return false;
        }
        self.open.push(Open { anchor, span, kind });
        true
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let is_flow =
            self.text.get(open.span.start - self.offset..).is_some_and(|it| it.starts_with(['[', '{']));
        let value = match open.kind {
            OpenKind::Sequence(nodes) => Value::Sequence(nodes),
            OpenKind::Mapping(entries, ..) => Value::Mapping(entries),
        };
        let inner = match &value {
            Value::Sequence(nodes) => {
                nodes.first().map(|it| it.span.start).zip(nodes.last().map(|it| it.span.end))
            }
            Value::Mapping(entries) => {
                let last = entries.last().map(|it| it.value.span.end.max(it.key_span.end));
                entries.first().map(|it| it.key_span.start).zip(last)
            }
            _ => None,
        };
        let span = match inner {
            Some((start, last)) if !is_flow => Span::new(start, last.max(start)),
            _ => open.span.to(end),
        };
        self.add(Node { span, value }, open.anchor);
    }

    fn alias(&mut self, id: usize, span: Span) -> bool {
        let found = self.anchors.get(&id).cloned();
        let (node, size) = found.unwrap_or((Node { span, value: Value::Null }, 1));
        self.aliased += size;
        if self.aliased > MOST_ALIASED_NODES {
            self.problem(
                span,
                "aliases blow this front matter up to an enormous size",
                "write the values out",
                None,
            );
            return false;
        }
        self.add(Node { span, ..node }, 0);
        true
    }

    fn add(&mut self, node: Node, anchor: usize) {
        if anchor > 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(OpenKind::Sequence(nodes)) => nodes.push(node),
            Some(OpenKind::Mapping(_, key @ None, _)) => *key = Some(node),
            Some(OpenKind::Mapping(entries, key, known)) => {
                let Some(key) = key.take() else { return };
                let text = key.key_text();
                let first = known.get(&text).copied();
                if first.is_none() {
                    known.insert(text.clone(), key.span);
                }
                let whole = key.span.to(node.span);
                entries.push(Entry { key: text.clone(), key_span: key.span, value: node });
                if first.is_some() {
                    let message = format!("the key `{text}` is given twice");
                    self.problem(whole, &message, "keep one of the two", first);
                }
            }
            None => {
                if self.parsed.root.is_none() {
                    self.parsed.root = Some(node);
                }
            }
        }
    }

    /// A block scalar's span without the line break and comment after it.
    fn trimmed(&self, span: Span) -> Span {
        let text = &self.text[span.start - self.offset..span.end - self.offset];
        Span::new(span.start, span.start + text.trim_end().len())
    }

    fn syntax_error(&mut self, error: &granit_parser::ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let line_start = self.text[..at].rfind('\n').map_or(0, |it| it + 1);
        let line_end = self.text[at..].find(['\n', '\r']).map_or(self.text.len(), |it| at + it);
        let line = &self.text[line_start..line_end];
        // `title: Ice or heat: which one?`: by far the most frequent fault of all.
        let (message, help, start, end) = match second_colon(line) {
            Some(key) => (
                format!(
                    "the value of `{key}` holds a colon followed by a space, which YAML takes for another key"
                ),
                "put the value in quotes".to_owned(),
                line_start,
                line_end,
            ),
            None => (
                format!("this front matter is no valid YAML: {}", lower_first(&error.kind().to_string())),
                "check quotes, colons and indentation on this line".to_owned(),
                at.min(line_end),
                line_end,
            ),
        };
        let span = super::blocks::trim(self.text, Span::new(start, end.max(start)));
        let span = Span::new(span.start + self.offset, span.end + self.offset);
        self.problem(span, &message, &help, None);
    }

    fn finish(mut self) -> Parsed {
        // What a syntax error left open is kept as far as it was read.
        while !self.open.is_empty() {
            let end = self.open.last().map_or(Span::empty(self.offset), |open| open.span);
            self.close(end);
        }
        self.parsed
    }
}

impl Node {
    fn key_text(&self) -> String {
        match &self.value {
            Value::Text(text) => text.clone(),
            Value::Bool(it) => it.to_string(),
            Value::Number(it) => it.to_string(),
            Value::Null => String::new(),
            Value::Sequence(_) | Value::Mapping(_) => "?".to_owned(),
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entry of a mapping with this key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// As JSON, for schemas. Of a key given twice the last counts.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(it) => Json::Bool(*it),
            Value::Number(it) => Json::Number(it.clone()),
            Value::Text(text) => Json::String(text.clone()),
            Value::Sequence(nodes) => Json::Array(nodes.iter().map(Self::to_json).collect()),
            Value::Mapping(entries) => {
                let pairs = entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json()));
                Json::Object(pairs.collect::<Map<_, _>>())
            }
        }
    }

    /// The value at a JSON pointer, and the key that leads to it.
    pub fn at(&self, pointer: &str) -> Option<(Option<Span>, &Self)> {
        let mut found = (None, self);
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            found = match &found.1.value {
                Value::Mapping(entries) => {
                    let entry = entries.iter().rfind(|entry| entry.key == step)?;
                    (Some(entry.key_span), &entry.value)
                }
                Value::Sequence(nodes) => (None, nodes.get(step.parse::<usize>().ok()?)?),
                _ => return None,
            };
        }
        Some(found)
    }

    /// A text scalar as visible prose with its way back to the source.
    pub fn prose(&self, file: &str) -> Option<Prose> {
        self.as_text().map(|text| super::scalar::align(text, self.span, file))
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::Sequence(nodes) => nodes.iter().map(size).sum(),
        Value::Mapping(entries) => entries.iter().map(|entry| size(&entry.value)).sum(),
        _ => 0,
    }
}

/// What a plain scalar is.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    // What JSON writes as a number is one, and nothing else.
    serde_json::from_str::<Number>(text).map_or_else(|_| Value::Text(text.to_owned()), Value::Number)
}

/// The key of a line `key: value: more`.
fn second_colon(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(": ")?;
    let value = value.trim_start();
    let is_plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
    (is_plain && value.contains(": ")).then(|| key.trim().trim_start_matches("- "))
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn every_key_and_value_knows_its_bytes() {
        let text = "title: \"Ice: or heat\"\ntags: [a, b]\nauthor:\n  name: Zoë\n";
        let root = parse(text, 0).root.expect("a mapping");
        assert_eq!(&text[root.get("title").unwrap().value.span.range()], "\"Ice: or heat\"");
        assert_eq!(&text[root.at("/tags/1").unwrap().1.span.range()], "b");
        assert_eq!(&text[root.at("/author/name").unwrap().1.span.range()], "Zoë");
        assert_eq!(&text[root.at("/author").unwrap().0.unwrap().range()], "author");
    }

    #[test]
    fn scalars_are_read_strictly() {
        let text = "a: yes\nb: 2024-01-30\nc: 017\nd: 1_000\ne: 12\nf: true\ng:\nh: 1.5\ni: 1e-8\nj: 1.\n";
        let json = parse(text, 0).root.expect("a mapping").to_json();
        assert_eq!(
            json.to_string(),
            r#"{"a":"yes","b":"2024-01-30","c":"017","d":"1_000","e":12,"f":true,"g":null,"h":1.5,"i":1e-8,"j":"1."}"#
        );
    }

    #[test]
    fn text_maps_back_to_its_source() {
        for text in [
            "k: plain text",
            "k: 'it''s'",
            "k: \"tab\\there \\u00e9 x\"",
            "k: >-\n  folded\n  text here\n",
            "k: |\n  one\n  two\n",
            "k: a plain\n  over two lines",
            "k: \"quoted\n  over two\"",
        ] {
            let root = parse(text, 0).root.expect("a mapping");
            let node = &root.get("k").expect("k").value;
            let prose = node.prose(text).expect("text");
            assert_eq!(prose.text().trim_end(), node.as_text().expect("text").trim_end(), "{text}");
            let word = prose.text().find('t').map(|at| at..at + 1).expect("a t");
            assert!(text[prose.source_span(word).range()].contains('t') || text.contains("\\t"), "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_data() {
        let colon = parse("title: Ice or heat: which one first?\n", 10);
        assert_eq!(colon.problems[0].span, Span::new(10, 46));
        assert!(colon.problems[0].help.contains("quotes"));
        let twice = parse("a: 1\nb: 2\na: 3\n", 0);
        assert_eq!(twice.problems[0].span, Span::new(10, 14));
        assert_eq!(twice.problems[0].first, Some(Span::new(0, 1)));
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let refs = vec![format!("*a{}", level - 1); 9].join(", ");
            writeln!(bomb, "a{level}: &a{level} [{refs}]").expect("a string takes all");
        }
        assert!(parse(&bomb, 0).problems.iter().any(|it| it.message.contains("aliases")));
        assert!(!parse(&"[".repeat(100_000), 0).problems.is_empty());
    }
}
