//! Sentences that the next one answers: `Can I stay in for an hour? No.` tells nobody to, and so does `Some stay in for
//! an hour. That is too long.`

use super::passage::{Passage, Sentence};
use super::stance::commands;
use crate::knowledge::cues::Cue;

/// For every passage, which of its sentences the next one answers so that what they name is refused.
pub(super) fn refused(passages: &[Passage]) -> Vec<Vec<bool>> {
    let of = |(index, passage): (usize, &Passage)| {
        let next_block = passages.get(index + 1).and_then(|next| Some((next, next.sentences.first()?)));
        // `Can I do it at home? The needles are sold online.`, and below it `No. Please don't.`
        let says_bare_no =
            |&(there, it): &(&Passage, &Sentence)| it.tokens.len() <= BARE_NO && says_no(there, it);
        let asks_in_short = passage.sentences.len() <= SHORT_LETTER;
        let answer = |sentence: usize| {
            let below = next_block.filter(says_bare_no).filter(|_| asks_in_short);
            // `Can I wear it in the bath? Or in the car? No and no.`
            let mut following = passage.sentences[sentence + 1..].iter().take(MOST_QUESTIONS);
            let next = following.find(|it| !it.is_question).map(|next| (passage, next));
            below.or(next).or(next_block)
        };
        let sentences = passage.sentences.iter().enumerate();
        sentences
            .map(|(number, sentence)| {
                let is_taken_back = || {
                    let next = passage.sentences.get(number + 1);
                    let is_label = sentence.tokens.len() <= LONGEST_LABEL;
                    ends_in_verdict(passage, sentence)
                        || goes_on_in_verdict(passage, number)
                        || next.is_some_and(|next| {
                            is_bare_verdict(passage, next)
                                || is_an_injury(passage, next) && !commands(passage, sentence)
                                || (calls_it_harmful(passage, next) || is_label && forbids_it(passage, next))
                                    && !commands(passage, sentence)
                        })
                };
                (!sentence.is_question && is_taken_back())
                    || sentence.is_question
                        && answer(number).is_some_and(|(there, next)| {
                            // `Is 40 minutes too long? It is a lot.` Only a no leaves it.
                            let fears = passage.has_cue(&sentence.tokens, &[Cue::Fear]);
                            says_no(there, next) != fears
                        })
            })
            .collect()
    };
    passages.iter().enumerate().map(of).collect()
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
