//! The keys of front matter, at any depth: how many articles have each, and what stands there.
//!
//! However many keys and values there are, what is kept of them stays small: see the constants.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use super::dates::Dates;
use super::share::Share;
use crate::document::yaml::{Entry, Node, Value};

/// More keys than any project has; those that come later are not kept.
const MOST_KEYS: usize = 1000;
/// More keys than the front matter of any article has; the rest is not looked at.
const MOST_IN_ARTICLE: usize = 200;
/// Deeper than front matter goes, in keys and lists: `seo.images[].sizes[].width` has six.
const DEEPEST: usize = 8;
/// What is longer, in bytes, is no key.
const LONGEST_KEY: usize = 100;
/// More different texts than this are no fixed choice.
const MOST_VALUES: usize = 8;
/// A text that is longer, in bytes, is no choice.
const LONGEST_VALUE: usize = 40;

/// All keys of all articles.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// By the steps that lead to them; the last is their own.
    known: BTreeMap<Vec<Step>, Key>,
    /// Whether there were more than are kept, or some too long.
    pub incomplete: bool,
}

/// One step into front matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To the items of a list, which are looked at as if they were one.
    Item,
}

/// One key.
#[derive(Debug, Clone, Default)]
pub struct Key {
    /// How many mappings have it: articles, where it is nested in no other.
    pub count: usize,
    /// What its values are.
    pub kinds: Kinds,
    /// What the items of its lists are.
    pub items: Kinds,
    /// How its dates are written.
    pub dates: Dates,
    /// Whether some text is empty.
    pub has_empty_text: bool,
    /// Its texts, and how often each stands there.
    values: BTreeMap<String, usize>,
    /// Whether it has texts that are not in `values`.
    has_more_values: bool,
}

/// What a value is to JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the types of JSON Schema")]
pub enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    Mapping,
    Null,
}

/// How many values are of each kind.
#[derive(Debug, Clone, Default)]
pub struct Kinds {
    counts: BTreeMap<Kind, usize>,
}

impl Keys {
    /// The keys of one article.
    pub fn of(root: &Node) -> Self {
        let mut keys = Self::default();
        keys.look_into(root, &[]);
        keys
    }

    /// The keys of more articles.
    pub fn add(&mut self, other: Self) {
        self.incomplete |= other.incomplete;
        for (path, key) in other.known {
            self.keep(path, key, MOST_KEYS);
        }
    }

    /// Names and keys of the mappings that stand in one place, the most frequent first, then by name. The place of front
    /// matter itself has no steps.
    pub fn by_frequency(&self, place: &[Step]) -> Vec<(&str, &Key)> {
        let below = self.known.range(place.to_vec()..).take_while(|(path, _)| path.starts_with(place));
        let mut all: Vec<(&str, &Key)> = below
            .filter_map(|(path, key)| match path.strip_prefix(place) {
                Some([Step::Key(name)]) => Some((name.as_str(), key)),
                _ => None,
            })
            .collect();
        all.sort_by_key(|(_, key)| std::cmp::Reverse(key.count));
        all
    }

    /// First the keys of a mapping, then what is nested in it: where there is too much, the depths are left out.
    fn look_into(&mut self, mapping: &Node, place: &[Step]) {
        let Value::Mapping(entries) = &mapping.value else { return };
        let mut kept = Vec::new();
        for entry in entries {
            let path = [place, &[Step::Key(entry.key.clone())]].concat();
            if entry.key.len() > LONGEST_KEY || path.len() > DEEPEST {
                self.incomplete = true;
            } else if self.keep(path.clone(), Key::of(entry), MOST_IN_ARTICLE) {
                kept.push((path, &entry.value));
            }
        }
        for (mut path, node) in kept {
            if let Value::Sequence(items) = &node.value {
                path.push(Step::Item);
                for item in items {
                    self.look_into(item, &path);
                }
            } else {
                self.look_into(node, &path);
            }
        }
    }

    /// Whether there was room for a key, or it was known.
    fn keep(&mut self, path: Vec<Step>, key: Key, most: usize) -> bool {
        let has_room = self.known.len() < most;
        match self.known.entry(path) {
            Slot::Occupied(known) => known.into_mut().add(key),
            Slot::Vacant(free) if has_room => {
                free.insert(key);
            }
            Slot::Vacant(_) => {
                self.incomplete = true;
                return false;
            }
        }
        true
    }
}

impl Key {
    fn of(entry: &Entry) -> Self {
        let mut key = Self { count: 1, ..Self::default() };
        key.kinds.count(&entry.value);
        match &entry.value.value {
            Value::Sequence(items) => items.iter().for_each(|item| key.items.count(item)),
            Value::Text(text) => {
                key.has_empty_text = text.is_empty();
                key.dates = Dates::of(text);
                if text.len() > LONGEST_VALUE {
                    key.has_more_values = true;
                } else {
                    key.values.insert(text.clone(), 1);
                }
            }
            _ => {}
        }
        key
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.kinds.add(other.kinds);
        self.items.add(other.items);
        self.dates.add(other.dates);
        self.has_empty_text |= other.has_empty_text;
        self.has_more_values |= other.has_more_values;
        for (value, count) in other.values {
            if self.values.len() < MOST_VALUES || self.values.contains_key(&value) {
                *self.values.entry(value).or_default() += count;
            } else {
                self.has_more_values = true;
            }
        }
    }

    /// Whether nothing ever stands there, so that nothing is known of it.
    pub fn is_always_empty(&self) -> bool {
        self.kinds.allowed() == [Kind::Null]
    }

    /// Its texts, where they are so few over so many mappings that they are a fixed choice. One text alone is a habit,
    /// and no choice.
    pub fn choice(&self) -> Option<Vec<&str>> {
        const FEWEST: usize = 30;
        const FEWEST_A_VALUE: usize = 8;
        let texts: usize = self.values.values().sum();
        let is_choice = !self.has_more_values
            && self.values.len() > 1
            && texts >= FEWEST
            && texts >= self.values.len() * FEWEST_A_VALUE;
        is_choice.then(|| self.values.keys().map(String::as_str).collect())
    }
}

impl Kind {
    fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::Text(_) => Self::Text,
            Value::Sequence(_) => Self::List,
            Value::Mapping(_) => Self::Mapping,
        }
    }

    /// The word of JSON Schema.
    pub const fn schema_word(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::List => "array",
            Self::Mapping => "object",
            Self::Null => "null",
        }
    }

    /// As writers say it.
    pub const fn plain_words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::List => "a list",
            Self::Mapping => "keys with values",
            Self::Null => "empty",
        }
    }
}

impl Kinds {
    fn count(&mut self, node: &Node) {
        *self.counts.entry(Kind::of(node)).or_default() += 1;
    }

    fn add(&mut self, other: Self) {
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count;
        }
    }

    /// The kinds that a schema allows: all that were seen but slips. Where there are numbers of both kinds, `Number`
    /// stands for both; being empty is no slip, but a habit of forms.
    pub fn allowed(&self) -> Vec<Kind> {
        let mut allowed: Vec<Kind> =
            self.known().filter(|(_, share)| !share.is_a_slip()).map(|it| it.0).collect();
        if self.counts.contains_key(&Kind::Null) {
            allowed.push(Kind::Null);
        }
        allowed
    }

    /// How many values are mappings.
    pub fn mappings(&self) -> usize {
        self.counts.get(&Kind::Mapping).copied().unwrap_or_default()
    }

    /// The kinds that were taken for slips.
    pub fn slips(&self) -> Vec<(Kind, usize)> {
        self.known().filter(|(_, share)| share.is_a_slip()).map(|(kind, share)| (kind, share.part)).collect()
    }

    /// Each kind but `Null` with its share.
    fn known(&self) -> impl Iterator<Item = (Kind, Share)> {
        let count = |kind| self.counts.get(&kind).copied().unwrap_or_default();
        let whole: usize = self.counts.values().sum::<usize>() - count(Kind::Null);
        let decimals = count(Kind::Number) > 0;
        self.counts.iter().filter_map(move |(&kind, &own)| match kind {
            Kind::Null => None,
            Kind::Integer if decimals => None,
            Kind::Number => Some((kind, Share::of(own + count(Kind::Integer), whole))),
            _ => Some((kind, Share::of(own, whole))),
        })
    }
}
