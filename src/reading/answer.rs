//! Sentences that the next one answers: `Can I stay in for an hour? No.` tells nobody to, and so does `Some stay in for
//! an hour. That is too long.`

use super::passage::{Passage, Sentence};
use super::stance::commands;
use crate::knowledge::cues::Cue;

/// For every passage, which of its sentences are refused by what comes after them, or by their own last words.
pub(super) fn refused(passages: &[Passage]) -> Vec<Vec<bool>> {
    let is_refused = |index: usize, number: usize| {
        let passage = &passages[index];
        if passage.sentences[number].is_question {
            is_answered_with_no(passages, index, number)
        } else {
            is_taken_back(passage, number)
        }
    };
    let of = |index: usize| (0..passages[index].sentences.len()).map(|it| is_refused(index, it)).collect();
    (0..passages.len()).map(of).collect()
}

/// `Can I stay in for an hour? No.` `Is 40 minutes too long? It is a lot.`, which only a no would leave open.
fn is_answered_with_no(passages: &[Passage], index: usize, number: usize) -> bool {
    let passage = &passages[index];
    let fears = passage.has_cue(&passage.sentences[number].tokens, &[Cue::Fear]);
    answer(passages, index, number).is_some_and(|(there, answer)| says_no(there, answer) != fears)
}

/// What answers a question: the first sentence after it that asks nothing itself, else the first one of the next block.
fn answer(passages: &[Passage], index: usize, number: usize) -> Option<(&Passage, &Sentence)> {
    let passage = &passages[index];
    let below = passages.get(index + 1).and_then(|next| Some((next, next.sentences.first()?)));
    // `Can I do it at home? The needles are sold online.`, and below it `No. Please don't.`
    let asks_in_short = passage.sentences.len() <= SHORT_LETTER;
    let says_bare_no = |(there, it): &(&Passage, &Sentence)| it.tokens.len() <= BARE_NO && says_no(there, it);
    if asks_in_short && below.as_ref().is_some_and(says_bare_no) {
        return below;
    }
    // `Can I wear it in the bath? Or in the car? No and no.`
    let mut following = passage.sentences[number + 1..].iter().take(MOST_QUESTIONS);
    following.find(|it| !it.is_question).map(|it| (passage, it)).or(below)
}

/// Whether a sentence that asks nothing is called wrong: by its own end, as the one before it was, or by the next one. What
/// readers are told to do stays told, whatever it is called then, unless that is a bare no.
fn is_taken_back(passage: &Passage, number: usize) -> bool {
    let sentence = &passage.sentences[number];
    let is_label = sentence.tokens.len() <= LONGEST_LABEL;
    let tells = || commands(passage, sentence);
    ends_in_verdict(passage, sentence)
        || goes_on_in_verdict(passage, number)
        || passage.sentences.get(number + 1).is_some_and(|next| {
            is_bare_verdict(passage, next)
                || (is_an_injury(passage, next)
                    || calls_it_harmful(passage, next)
                    || is_label && forbids_it(passage, next))
                    && !tells()
        })
}

/// Whether a sentence begins with `No`, or calls something a myth.
pub(super) fn says_no(passage: &Passage, sentence: &Sentence) -> bool {
    let start = sentence.tokens.start;
    let opening = start..(start + 4).min(sentence.tokens.end);
    let refuses_nothing = passage.cues_in(&opening, &[Cue::NotOnly]).next().is_some();
    (passage.has_cue(&opening, &[Cue::Forbid]) && !refuses_nothing)
        || passage.has_cue(&sentence.tokens, &[Cue::Deny])
}

/// With its full stop.
const LONGEST_LABEL: usize = 6;

/// With its full stop.
const BARE_NO: usize = 3;

/// So many sentences on an answer can stand.
const MOST_QUESTIONS: usize = 3;

/// A question, and what goes with it.
const SHORT_LETTER: usize = 2;

/// `Kava and comfrey tea. We do not sell these.`
fn forbids_it(passage: &Passage, sentence: &Sentence) -> bool {
    passage.cues_in(&sentence.tokens, &[Cue::Forbid]).any(|forbids| {
        let behind = forbids.tokens.end..(forbids.tokens.end + 2).min(sentence.tokens.end);
        passage.has_cue(&behind, &[Cue::PointsBack]) && forbids.tokens.start <= sentence.tokens.start + 2
    })
}

/// `False.`, `Please don't.`, which `No excuses.` is not.
fn is_bare_verdict(passage: &Passage, sentence: &Sentence) -> bool {
    /// With its full stop.
    const ONE_WORD: usize = 2;
    let length = sentence.tokens.len();
    let first = sentence.tokens.start..sentence.tokens.start + 1;
    let courtesy = usize::from(passage.has_cue(&first, &[Cue::Lead]));
    let forbids = length - courtesy <= ONE_WORD && passage.has_cue(&sentence.tokens, &[Cue::Forbid]);
    let denies = length <= BARE_NO && passage.has_cue(&sentence.tokens, &[Cue::Deny]);
    !sentence.is_question && (forbids || denies)
}

/// `If you have been sleeping on a heating pad, please stop.`
fn ends_in_verdict(passage: &Passage, sentence: &Sentence) -> bool {
    passage.has_cue(&sentence.tokens, &[Cue::IfYou])
        && passage
            .cues_in(&sentence.tokens, &[Cue::StopThen])
            .any(|it| it.tokens.start > sentence.tokens.start && passage.has_mark(it.tokens.start - 1))
}

/// `Skin graft.`, after `Four hours asleep on a heating pad.`
fn is_an_injury(passage: &Passage, sentence: &Sentence) -> bool {
    /// With its full stop.
    const FRAGMENT: usize = 6;
    sentence.tokens.len() <= FRAGMENT && passage.has_cue(&sentence.tokens, &[Cue::Injury])
}

/// `That is far too long`, `It is not.`, `We think that's daft`
fn calls_it_harmful(passage: &Passage, sentence: &Sentence) -> bool {
    /// With its full stop.
    const SHORT: usize = 5;
    let start = sentence.tokens.start;
    let opinion = passage.cues_in(&(start..(start + 3).min(sentence.tokens.end)), &[Cue::Opinion]).next();
    let start = opinion.map_or(start, |it| it.tokens.end);
    let is_short = sentence.tokens.len() <= SHORT;
    // `It isn't magic.` says no such thing.
    let ends_so = || {
        let mut forbids = passage.cues_in(&sentence.tokens, &[Cue::Forbid]);
        forbids.any(|it| sentence.tokens.end <= it.tokens.end + 1)
    };
    passage.has_cue(&(start..start + 1), &[Cue::PointsBack])
        && (passage.has_cue(&sentence.tokens, &[Cue::Harm, Cue::Deny]) || (is_short && ends_so()))
}

/// `Forty minutes is too long. So is half an hour.`
fn goes_on_in_verdict(passage: &Passage, sentence: usize) -> bool {
    let Some(before) = sentence.checked_sub(1).map(|it| &passage.sentences[it]) else { return false };
    let start = passage.sentences[sentence].tokens.start;
    passage.has_cue(&(start..start + 2), &[Cue::SoIs])
        && passage.has_cue(&before.tokens, &[Cue::Forbid, Cue::Harm, Cue::Deny])
}

/// Whether a sentence begins with `Yes`, or with what stands for it.
pub(super) fn says_yes(passage: &Passage, sentence: &Sentence) -> bool {
    let start = sentence.tokens.start;
    passage.has_cue(&(start..(start + 2).min(sentence.tokens.end)), &[Cue::Yes])
}
