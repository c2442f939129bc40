//! Red flags found in prose: what the article tells readers to do about each, and whether it plays it down.

use std::ops::Range;

use super::escalation::{is_homonym, screens};
use super::passage::{Held, Passage, Sentence};
use super::stance::{commands, is_quoted};
use super::triage::Around;
use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;
use crate::knowledge::red_flags::Urgency;
use crate::knowledge::{FlagId, Knowledge, Meaning};
use crate::span::{Span, Spans};

/// A red flag named at one place.
#[derive(Debug, Clone)]
pub struct Sign {
    /// Which.
    pub flag: FlagId,
    /// Its words.
    pub span: Span,
    /// What says what to do about it or plays it down: its sentence, with the one after it where that goes on about it, or what
    /// leads into its list.
    pub passage_span: Span,
    /// The block.
    pub block: BlockId,
    /// Called normal, harmless or a good sign.
    pub is_dismissed: bool,
    /// What readers are told to do.
    pub action: Action,
}

/// What readers are told to do about a red flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing, as far as the passage says.
    None,
    /// To get help at once or today.
    Fast,
    /// To get medical help, with no word on how soon.
    Help,
    /// To get medical help tomorrow or by appointment.
    Later,
    /// To wait, rest, or take an appointment in good time.
    Slow,
    /// To turn to somebody who is no medical help.
    NonMedical,
}

impl Sign {
    /// Signs of which the same words say what to do or play them down, together.
    pub fn by_passage<'s>(signs: impl Iterator<Item = &'s Self>) -> Vec<Vec<&'s Self>> {
        let mut found: Vec<Vec<&Self>> = Vec::new();
        // The passages that groups began with.
        let mut begun = Spans::default();
        for sign in signs {
            if let Some(group) = begun.overlapping(sign.passage_span) {
                found[group].push(sign);
            } else {
                begun.add(sign.passage_span);
                found.push(vec![sign]);
            }
        }
        found
    }

    /// The places of signs that stand elsewhere than the words that are about them.
    pub fn places(signs: &[&Self]) -> Vec<Span> {
        let (first, others) =
            signs.split_first().map_or((None, signs), |(first, others)| (Some(first), others));
        let apart = others.iter().filter(|it| !it.passage_span.contains(it.span));
        first.into_iter().chain(apart).map(|it| it.span).collect()
    }

    /// Whether the action is slower or lesser than the red flag needs.
    pub fn is_under_triaged(&self, knowledge: &Knowledge) -> bool {
        match knowledge.red_flag(self.flag).urgency {
            Urgency::Emergency => {
                matches!(self.action, Action::Slow | Action::NonMedical | Action::Later)
            }
            Urgency::Urgent => matches!(self.action, Action::Slow | Action::NonMedical),
            Urgency::Routine => false,
        }
    }
}

/// Finds the red flags of an article, one for each sentence and flag.
pub(super) fn signs(document: &Document<'_>, passages: &[Passage]) -> Vec<Sign> {
    let mut found: Vec<Sign> = Vec::new();
    for passage in passages {
        let block = document.block(passage.block);
        if !passage.holds(Held::Sign) || !block.kind.is_prose() {
            continue;
        }
        for (index, sentence) in passage.sentences.iter().enumerate() {
            for hit in passage.hits_in(&sentence.tokens) {
                let Meaning::Sign(flag) = hit.meaning else { continue };
                // `**"Chest tight? Walk it off."**`, over the answer
                let is_label =
                    block.strong_start().is_some_and(|end| passage.visible(&hit.tokens).end <= end);
                // `I heard a pop as I went over. Does that matter?` asks for advice, as `**I stopped shivering.** Well done!` does.
                let asks = passage.sentences[index..].iter().take(2).any(|it| it.is_question)
                    || is_label && index + 1 < passage.sentences.len();
                let told_of = passage.scope.reports
                    || (passage.has_cue(&sentence.tokens, &[Cue::Story]) && !asks)
                    || (passage.has_cue(&sentence.tokens, &[Cue::Clinical])
                        && !commands(passage, sentence)
                        && !speaks_of_own_patients(passage, block.prose.text(), sentence));
                let is_head = is_label || document.outline.heading_at(passage.block).is_some();
                let is_said_by_others =
                    is_head && is_quoted(passage, block.prose.text(), &sentence.tokens, &hit.tokens);
                if is_homonym(passage, flag, &hit.tokens)
                    || told_of
                    || is_said_by_others
                    || screens(passage, sentence)
                    || is_absent(passage, block.prose.text(), &hit.tokens)
                    // `Anybody with an infected cut`, under `Who should sit this one out`
                    || is_contraindication(passage, sentence, &hit.tokens)
                    || is_asked_about_first(passage, index, &hit.tokens)
                    || passage.scope.forbids && names_people(passage, block.prose.text(), sentence)
                {
                    continue;
                }
                let around = Around::of(document, passage, index, hit.tokens.start, passages);
                let span = block.prose.source_span(passage.visible(&hit.tokens));
                let known =
                    found.iter().rev().take(16).any(|it| {
                        it.flag == flag && it.block == passage.block && it.passage_span.contains(span)
                    });
                if !known {
                    found.push(Sign {
                        flag,
                        span,
                        passage_span: around.span(passage),
                        block: passage.block,
                        is_dismissed: around.dismisses(passage, block.prose.text(), sentence, &hit.tokens),
                        action: around.action(),
                    });
                }
            }
        }
    }
    found
}

/// `Some of our patients have a drooping eyelid`: a clinic speaks, and no textbook.
fn speaks_of_own_patients(passage: &Passage, visible: &str, sentence: &Sentence) -> bool {
    let mut words = sentence.tokens.clone();
    words.any(|at| {
        passage.is_one_of(visible, at, &["our", "my"])
            && passage.is_one_of(visible, at + 1, &["patients", "clients"])
    })
}

/// `If your child has Raynaud's or any numbness in the legs, leave the ice out`: among conditions for which a remedy is refused.
fn is_contraindication(passage: &Passage, sentence: &Sentence, sign: &Range<usize>) -> bool {
    passage.cues_in(&sentence.tokens, &[Cue::Forbid]).any(|it| is_beside(it, sign))
        && !passage.names_helper(&sentence.tokens)
        && !passage.has_cue(&sentence.tokens, &[Cue::Dismiss, Cue::MayWait])
        && names_a_condition_beside(passage, sentence, sign)
}

/// `Chest pain on the stairs, or a history of clots? Ask your doctor before you book`: among conditions to ask about first.
fn is_asked_about_first(passage: &Passage, index: usize, sign: &Range<usize>) -> bool {
    let sentence = &passage.sentences[index];
    let next = passage.sentences.get(index + 1).filter(|_| sentence.is_question);
    next.is_some_and(|it| passage.has_cue(&it.tokens, &[Cue::Beforehand]))
        && names_a_condition_beside(passage, sentence, sign)
}

/// Whether a sentence names a condition to be careful with, in other words than those of the red flag.
fn names_a_condition_beside(passage: &Passage, sentence: &Sentence, sign: &Range<usize>) -> bool {
    let mut hits = passage.hits_in(&sentence.tokens);
    hits.any(|it| matches!(it.meaning, Meaning::Caution(_)) && is_beside(it, sign))
}

/// Whether what was found shares no word with the red flag.
fn is_beside(hit: &Hit<Meaning>, sign: &Range<usize>) -> bool {
    hit.tokens.end <= sign.start || sign.end <= hit.tokens.start
}

/// `Anybody with an infected cut`: who should not come, and no case to act on.
fn names_people(passage: &Passage, visible: &str, sentence: &Sentence) -> bool {
    const WHO: &[&str] =
        &["anyone", "anybody", "people", "those", "children", "guests", "members", "everyone", "clients"];
    passage.is_one_of(visible, sentence.tokens.start, WHO)
}

/// `As long as there's no numbness`
fn is_absent(passage: &Passage, visible: &str, sign: &Range<usize>) -> bool {
    // `Nothing popped, no numbness`
    let is_none = sign.start.checked_sub(1).is_some_and(|at| passage.is_one_of(visible, at, &["no"]));
    let around = sign.start.saturating_sub(1)..sign.end;
    let sentence = &passage.sentences[passage.sentence_of(sign.start)];
    is_none
        || passage.has_cue(&around, &[Cue::Forbid])
            && passage.has_cue(&(sentence.tokens.start..sign.start), &[Cue::AsLongAs])
}
