//! What comes out of one phrase after another. The phrases are in `fixtures/reading/amounts.yaml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::*;
use crate::document::words::tokens;

#[derive(Deserialize)]
struct Case {
    text: String,
    amounts: Vec<String>,
}

#[test]
fn reads_the_phrasings_of_writers() {
    let fixture = include_str!("../../../fixtures/reading/amounts.yaml");
    let groups: BTreeMap<String, Vec<Case>> = serde_saphyr::from_str(fixture).expect("the fixture is valid");
    let mut wrong = String::new();
    for case in groups.values().flatten() {
        let read = described(&case.text);
        if read != case.amounts {
            let _ =
                write!(wrong, "\n{:?}\n  expected {:?}\n       got {:?}\n", case.text, case.amounts, read);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn keeps_cues_out_of_the_core() {
    for (text, core) in [
        ("for up to about 30 minutes", "30 minutes"),
        ("20 minutes, tops", "20 minutes"),
        ("between 10 and 15 minutes", "10 and 15 minutes"),
        ("at least four hours apart", "four hours"),
        ("every 2–3 hours", "2–3 hours"),
        ("limit yourself to ten minutes", "ten minutes"),
        ("the first 48 hours", "48 hours"),
        ("aged 16 and over", "16"),
    ] {
        let tokens = tokens(text);
        let found = amounts(text, &tokens);
        let cores: Vec<&str> = found.iter().map(|amount| covered(text, &tokens, &amount.core)).collect();
        assert_eq!(cores, [core], "{text}");
    }
}

#[test]
fn survives_any_order_of_words_and_marks() {
    let pieces = [
        "20",
        "1/2",
        "½",
        "-",
        "–",
        "to",
        "or",
        "and",
        "between",
        "a",
        "an",
        "half",
        "hour",
        "minutes",
        "°",
        "F",
        "(",
        ")",
        "/",
        ":",
        "'",
        "x",
        "every",
        "times",
        "day",
        "in",
        "24",
        "hours",
        "mg",
        "tablets",
        "until",
        "as",
        "long",
        "you",
        "can",
        "+",
        "at",
        "least",
        "no",
        "more",
        "than",
        ",",
        ".",
        "99999999999999999999",
        "q6h",
        "one",
        "hundred",
        "parts",
        "of",
        "the",
        "first",
        "over",
        "old",
        "2024",
        "May",
        "’",
        "İ",
        "ß",
        "½h",
        "é",
        "1.2.3",
        "h30",
        "%",
        "per",
        "kg",
    ];
    let mut seed = 7_usize;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(seed >> 33) % pieces.len()];
            if !(seed >> 40).is_multiple_of(3) {
                text.push(' ');
            }
        }
        let tokens = tokens(&text);
        let mut floor = 0;
        for amount in amounts(&text, &tokens) {
            assert!(
                floor <= amount.tokens.start && amount.tokens.end <= tokens.len(),
                "{text:?}: {amount:?}"
            );
            assert!(
                amount.tokens.start <= amount.core.start && amount.core.end <= amount.tokens.end,
                "{text:?}: {amount:?}"
            );
            assert!(amount.core.start < amount.core.end, "{text:?}: {amount:?}");
            floor = amount.tokens.end;
        }
    }
}

#[test]
fn survives_tokens_of_another_text() {
    let tokens = tokens("up to twenty minutes, 3 times a day");
    assert_eq!(amounts("é", &tokens), []);
}

fn described(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    amounts(text, &tokens).iter().map(|amount| describe(text, &tokens, amount)).collect()
}

fn covered<'t>(text: &'t str, tokens: &[Token], range: &Range<usize>) -> &'t str {
    &text[tokens[range.start].start as usize..tokens[range.end - 1].end as usize]
}

fn describe(text: &str, tokens: &[Token], amount: &Amount) -> String {
    let span = covered(text, tokens, &amount.tokens);
    let kind = match amount.kind {
        Kind::WeightDose => "weight-dose".to_owned(),
        kind => format!("{kind:?}").to_lowercase(),
    };
    let number =
        |it: Option<f64>| it.map(|it| format!("{}", (it * 100.0).round() / 100.0)).unwrap_or_default();
    let (low, high) = (number(amount.low), number(amount.high));
    let both = if low == high { low.clone() } else { format!("{low}..{high}") };
    let value = match amount.bound {
        Bound::Exact => low,
        Bound::Range => both,
        Bound::AtMost => format!("..{high}"),
        Bound::AtLeast => format!("{low}.."),
        Bound::Over => format!(">{both}"),
        Bound::Under => format!("<{high}"),
        Bound::Open => format!("open {both}").trim().to_owned(),
    };
    let mut line = format!("{span} = {kind} {value}");
    for (holds, word) in
        [(amount.approximate, " approx"), (amount.vague, " vague"), (amount.is_assumed, " assumed")]
    {
        if holds {
            line += word;
        }
    }
    if let Some(open_end) = amount.open_end {
        let _ = write!(line, " {open_end:?}");
    }
    if let Some((low, high)) = amount.second {
        let (low, high) = (number(Some(low)), number(Some(high)));
        let both = if low == high { low } else { format!("{low}..{high}") };
        let _ = write!(line, " second {both}");
    }
    if let Some(each) = amount.each {
        let _ = write!(line, " each {}", number(Some(each)));
    }
    line
}
