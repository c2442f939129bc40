//! The emergency numbers that readers are told to call.

use std::ops::Range;

use super::escalation::asks_in_header;
use super::passage::{Passage, Sentence};
use crate::document::Document;
use crate::document::words::TokenKind;
use crate::knowledge::cues::Cue;
use crate::knowledge::{Knowledge, Meaning};
use crate::span::Span;

/// A number that readers are told to call.
#[derive(Debug, Clone)]
pub struct CalledNumber {
    /// As written.
    pub number: String,
    /// Where.
    pub span: Span,
    /// Whether the text says for which country it is.
    pub names_region: bool,
}

/// So many tokens from a number on, it can be said where it is called: `911 if you are reading this in the States`.
const REACH: usize = 9;

/// Finds the emergency numbers that readers are told to call.
pub(super) fn called_numbers(
    document: &Document<'_>,
    passages: &[Passage],
    knowledge: &Knowledge,
) -> Vec<CalledNumber> {
    let mut found = Vec::new();
    for passage in passages {
        let block = document.block(passage.block);
        if !block.kind.is_prose() {
            continue;
        }
        let visible = block.prose.text();
        // `911` alone, in a column headed `Call`
        let is_listed = passage.tokens.len() == 1 && asks_in_header(document, passages, passage.block);
        for sentence in &passage.sentences {
            // What is said of where one number is called ends at the next one.
            let mut last_number = sentence.tokens.start;
            for at in sentence.tokens.clone() {
                let token = passage.tokens[at];
                if token.kind != TokenKind::Number {
                    continue;
                }
                let number = token.text(visible);
                if knowledge.number_locales(number).is_empty() {
                    continue;
                }
                let tokens = at..at + 1;
                let is_other_thing = passage
                    .hits_in(&sentence.tokens)
                    .any(|it| matches!(it.meaning, Meaning::HelperNot(_)) && it.tokens.contains(&at));
                let around = last_number..(at + REACH).min(sentence.tokens.end);
                last_number = at + 1;
                if (is_listed || is_called(passage, visible, sentence, at)) && !is_other_thing {
                    found.push(CalledNumber {
                        number: number.to_owned(),
                        span: block.prose.source_span(passage.visible(&tokens)),
                        names_region: passage.has_cue(&around, &[Cue::Region]),
                    });
                }
            }
        }
    }
    found
}

/// Whether a number stands where readers are told to call it. `The raffle made £911` tells nobody to.
pub(super) fn is_called(passage: &Passage, visible: &str, sentence: &Sentence, at: usize) -> bool {
    let all = &sentence.tokens;
    let is_money =
        at > all.start && matches!(passage.tokens[at - 1].text(visible), "£" | "$" | "€" | "#" | "№");
    let is_sought = passage.has_cue(&(at.saturating_sub(4).max(all.start)..at), &[Cue::Seek]);
    let is_named = passage.has_cue(&(at.saturating_sub(2).max(all.start)..at), &[Cue::Service]);
    // `Trouble breathing: 911 at once`
    let is_number = |at: usize| passage.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
    // `2014;12:112–120`
    let is_of_a_row = at >= 2 && is_number(at - 2) || is_number(at + 2);
    // `01632 960 911`
    let goes_on_a_number = at > all.start && is_number(at - 1);
    // `Dock doors 900 to 911`, `doors 900 and 911`
    let ends_a_range = matches!(joint(passage, visible, at), Some("to" | "–" | "-" | "and"));
    // `999, straight away: chest pain`
    let is_first = at == all.start && passage.has_cue(all, &[Cue::Soon]);
    let stands_alone = !is_of_a_row
        && (is_first || at > all.start && passage.has_mark(at - 1))
        && (at + 1 >= all.end
            || passage.has_mark(at + 1)
            || passage.has_cue(&(at + 1..(at + 4).min(all.end)), &[Cue::Soon]));
    // `that's 999, now`
    let is_meant = passage.has_cue(&(at.saturating_sub(2).max(all.start)..at), &[Cue::PointsBack])
        && passage.has_cue(&(at + 1..(at + 4).min(all.end)), &[Cue::Soon]);
    // `is a 999 call`
    let is_a_call =
        at + 1 < all.end && matches!(passage.tokens[at + 1].text(visible), "call" | "job" | "matter");
    !is_money
        && !ends_a_range
        && !goes_on_a_number
        && !is_refused(passage, visible, all, at)
        && (is_sought || is_named || stands_alone || is_meant || is_a_call)
}

/// What stands between a number and the one before it: the `to` of `doors 900 to 911`.
pub(super) fn joint<'t>(passage: &Passage, visible: &'t str, last: usize) -> Option<&'t str> {
    let first = last.checked_sub(2).filter(|&it| passage.tokens[it].kind == TokenKind::Number)?;
    Some(passage.tokens[first + 1].text(visible))
}

/// `Dial 999, not 911`, `never call 911 here`
fn is_refused(passage: &Passage, visible: &str, sentence: &Range<usize>, at: usize) -> bool {
    let follows_no = |at: usize| {
        let before =
            at.checked_sub(1).filter(|it| sentence.contains(it)).map(|it| passage.tokens[it].text(visible));
        before.is_some_and(|word| {
            ["not", "never", "don't", "don’t"].iter().any(|it| word.eq_ignore_ascii_case(it))
        })
    };
    let before = at.saturating_sub(4).max(sentence.start)..at;
    follows_no(at) || passage.cues_in(&before, &[Cue::Seek]).any(|it| follows_no(it.tokens.start))
}
