//! In which spelling a key of front matter writes its dates.
//!
//! A spelling is a shape: every digit is a `9`, the name of a month is `Month`. `30 January 2026` has the shape
//! `99 Month 9999`. What has no such shape is no date.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

/// The shapes of all texts of a key.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    /// How many texts have each.
    shapes: BTreeMap<String, usize>,
    /// Texts that are no dates, and texts whose shape is one too many.
    others: usize,
    /// Texts of a right shape that name no day: `2026-02-30`.
    wrong: usize,
}

/// More shapes than these are no spelling.
const MOST_SHAPES: usize = 6;

const DAY: &str = "9999-99-99";

impl Dates {
    /// What one text shows.
    pub fn of(text: &str) -> Self {
        let mut dates = Self::default();
        match shape(text) {
            Some(shape) => {
                let is_right = match form(&shape) {
                    Form::Day => text.parse::<Date>().is_ok(),
                    Form::Moment => text.parse::<Timestamp>().is_ok(),
                    Form::Other => true,
                };
                dates.wrong = usize::from(!is_right);
                dates.shapes.insert(shape, 1);
            }
            None => dates.others = 1,
        }
        dates
    }

    /// What other texts of the key show.
    pub fn add(&mut self, other: Self) {
        self.others += other.others;
        self.wrong += other.wrong;
        for (shape, count) in other.shapes {
            if self.shapes.len() < MOST_SHAPES || self.shapes.contains_key(&shape) {
                *self.shapes.entry(shape).or_default() += count;
            } else {
                self.others += count;
            }
        }
    }

    /// Whether every text is a date.
    pub fn are_all(&self) -> bool {
        self.others == 0 && !self.shapes.is_empty()
    }

    /// What a schema says of them: a format, or a pattern that holds for all; nothing where some are no dates.
    pub fn constraint(&self) -> Map<String, Json> {
        if !self.are_all() {
            return Map::new();
        }
        let all = |wanted: fn(&Form) -> bool| self.shapes.keys().all(|shape| wanted(&form(shape)));
        let (name, value) = if self.wrong == 0 && all(|it| matches!(it, Form::Day)) {
            ("format", json!("date"))
        } else if self.wrong == 0 && all(|it| matches!(it, Form::Moment)) {
            ("format", json!("date-time"))
        } else {
            let patterns: Vec<String> = self.shapes.keys().map(|shape| pattern(shape)).collect();
            ("pattern", json!(format!("^(?:{})$", patterns.join("|"))))
        };
        std::iter::once((name.to_owned(), value)).collect()
    }

    /// How they are written, the most frequent spelling first: an example of each, and how many.
    pub fn spellings(&self) -> Vec<(String, usize)> {
        let mut all: Vec<(String, usize)> =
            self.shapes.iter().map(|(it, &count)| (example(it), count)).collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        all
    }
}

enum Form {
    /// `date` of JSON Schema.
    Day,
    /// `date-time` of JSON Schema.
    Moment,
    Other,
}

fn form(shape: &str) -> Form {
    if shape == DAY {
        return Form::Day;
    }
    let Some(time) = shape.strip_prefix("9999-99-99T99:99:99") else { return Form::Other };
    let zone = time.strip_prefix('.').map_or(time, |it| it.trim_start_matches('9'));
    if matches!(zone, "Z" | "+99:99" | "-99:99") { Form::Moment } else { Form::Other }
}

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];

/// What a date may begin with, and the shape that it stands for; a time may follow. A lone `9` is one digit or two.
const DAYS: &[(&str, &str)] = &[
    (DAY, DAY),
    ("9999/99/99", "9999/99/99"),
    ("9999.99.99", "9999.99.99"),
    ("9999-99", "9999-99"),
    ("99/99/9999", "9/9/9999"),
    ("9/99/9999", "9/9/9999"),
    ("99/9/9999", "9/9/9999"),
    ("9/9/9999", "9/9/9999"),
    ("99.99.9999", "9.9.9999"),
    ("9.99.9999", "9.9.9999"),
    ("99.9.9999", "9.9.9999"),
    ("9.9.9999", "9.9.9999"),
    ("99-99-9999", "9-9-9999"),
    ("99 Month 9999", "9 Month 9999"),
    ("9 Month 9999", "9 Month 9999"),
    ("Month 99, 9999", "Month 9, 9999"),
    ("Month 9, 9999", "Month 9, 9999"),
    ("Month 99 9999", "Month 9 9999"),
    ("Month 9 9999", "Month 9 9999"),
    ("Month 9999", "Month 9999"),
];

/// The shape of a date, with a time or without; `None` for anything else.
fn shape(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let mut shape = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let starts_word = !shape.ends_with(|c: char| c.is_ascii_alphabetic());
        let month = MONTHS.iter().find(|it| rest.starts_with(**it)).filter(|_| starts_word);
        let is_whole = |it: &str| !rest[it.len()..].starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some(month) = month.filter(|it| is_whole(it)) {
            shape.push_str("Month");
            rest = &rest[month.len()..];
        } else {
            shape.push(if first.is_ascii_digit() { '9' } else { first });
            rest = &rest[1..];
        }
    }
    let (written, day) = DAYS.iter().filter(|it| shape.starts_with(it.0)).max_by_key(|it| it.0.len())?;
    let time = &shape[written.len()..];
    let is_time = time.is_empty() || (time.starts_with(['T', 't', ' ']) && time.contains("99:99"));
    let is_plain =
        time.chars().all(|c| matches!(c, 'T' | 't' | 'Z' | 'z' | ' ' | '9' | ':' | '.' | '+' | '-'));
    (is_time && is_plain).then(|| format!("{day}{time}"))
}

fn pattern(shape: &str) -> String {
    let mut pattern = String::new();
    let mut rest = shape;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(|&it| it == b'9').count();
        if digits > 0 {
            let count = if digits == 1 { "1,2".to_owned() } else { digits.to_string() };
            pattern.extend(["[0-9]{", &count, "}"]);
            rest = &rest[digits..];
        } else if let Some(after) = rest.strip_prefix("Month") {
            pattern.extend(["(?:", &MONTHS.join("|"), ")"]);
            rest = after;
        } else {
            if matches!(first, '.' | '+') {
                pattern.push('\\');
            }
            pattern.push(first);
            rest = &rest[1..];
        }
    }
    pattern
}

/// A date of this shape, as people know one.
fn example(shape: &str) -> String {
    let day = DAYS.iter().map(|it| it.1).filter(|it| shape.starts_with(it)).max_by_key(|it| it.len());
    let day = day.unwrap_or_default();
    let shown = match day {
        "9 Month 9999" => "30 January 2026".to_owned(),
        "Month 9, 9999" => "January 30, 2026".to_owned(),
        "Month 9 9999" => "January 30 2026".to_owned(),
        "Month 9999" => "January 2026".to_owned(),
        // Whether the day or the month comes first cannot be seen, so the example is the same either way.
        _ => day.replace("9999", "2026").replace("99", "01").replace('9', "1"),
    };
    format!("{shown}{}", shape[day.len()..].replace('9', "0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> String {
        let mut dates = Dates::default();
        for text in texts {
            dates.add(Dates::of(text));
        }
        Json::Object(dates.constraint()).to_string()
    }

    #[test]
    fn a_format_holds_only_where_every_date_is_one() {
        assert_eq!(of(&["2026-01-30", "2024-02-29"]), r#"{"format":"date"}"#);
        assert_eq!(
            of(&["2026-01-30T09:00:00Z", "2026-01-30T09:00:00.250+01:00"]),
            r#"{"format":"date-time"}"#
        );
        assert_eq!(of(&["2026-01-30", "2026-02-30"]), r#"{"pattern":"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})$"}"#);
        assert_eq!(of(&["2026-01-30", "soon"]), "{}");
        assert_eq!(of(&[]), "{}");
    }

    #[test]
    fn other_spellings_are_a_pattern_that_holds_for_all() {
        assert_eq!(of(&["30/01/2026", "3/1/2026"]), r#"{"pattern":"^(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$"}"#);
        assert!(of(&["30 January 2026", "May 2026"]).contains("pattern"));
        assert!(of(&["2026-01-30 09:00 +0100", "2026-01-30"]).contains("[0-9]{2}:[0-9]{2} \\\\+[0-9]{4}"));
    }

    #[test]
    fn examples_show_the_spelling() {
        let shown = |text: &str| example(&shape(text).expect("a date"));
        assert_eq!(shown("2024-12-31"), "2026-01-01");
        assert_eq!(shown("2024-12-31T23:59:00Z"), "2026-01-01T00:00:00Z");
        assert_eq!(shown("31/12/2024"), "1/1/2026");
        assert_eq!(shown("Dec 3, 2024"), "January 30, 2026");
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in ["Maybe 2026", "2026-01-30 or later", "12/12", "2026-1-3x", "9999", "", "2026-01-30T"] {
            assert_eq!(shape(text), None, "{text}");
        }
    }
}
