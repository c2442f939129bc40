//! Whether an amount is what was asked for, by the question or the heading right before it.

use super::advice::Binder;
use super::amount::{Bound, Kind};
use super::near::Near;
use super::passage::{Passage, Sentence};
use crate::document::blocks::{BlockKind, FrontMatterRole};
use crate::knowledge::cues::Cue;

impl Binder<'_> {
    /// Whether the question right before an amount's sentence asks for it: `How long should I stay in?`
    pub(super) fn answers(&self, near: &Near<'_>) -> bool {
        let asks = |(passage, it): (&Passage, &Sentence)| passage.has_cue(&it.tokens, &[Cue::Measure]);
        self.question_before(near).is_some_and(asks) || self.is_asked_in_heading(near)
    }

    /// Whether a number without a unit is what a question in minutes is answered with: `Three to five at 13 °C`, below `Is half an
    /// hour in it all right?`
    pub(super) fn answers_in_minutes(&self, near: &Near<'_>) -> bool {
        /// So many figures a question has at most.
        const MOST_ASKED: usize = 8;
        let question = near.passage.block.checked_sub(1).and_then(|it| self.passage(it));
        question.is_some_and(|it| {
            it.sentences.last().is_some_and(|it| it.is_question)
                && self.amounts_of(it.block).iter().take(MOST_ASKED).any(|it| it.kind == Kind::Duration)
        }) && near.amount.tokens.start == near.sentence.tokens.start
            && near.amount.bound == Bound::Range
    }

    /// Whether the heading right over an amount asks for it without a mark: `How long`.
    pub(super) fn is_asked_in_heading(&self, near: &Near<'_>) -> bool {
        const SHORT: usize = 4;
        /// `Goodness, no.` can come first.
        const SECOND: usize = 1;
        let is_first = near.passage.sentence_of(near.sentence.tokens.start) <= SECOND;
        let heading = self.heading_right_over(near.passage.block).filter(|_| is_first);
        // `"Ten minutes minimum, or it doesn't count"`, over `Two to three minutes will do.`
        let is_of_a_time =
            |it: &Passage| self.amounts_of(it.block).iter().any(|it| it.kind == Kind::Duration);
        // `Water`, over `Six to eight degrees`
        let is_of_water = |it: &Passage| {
            near.amount.kind.is_heat() && it.says(&[Cue::OfWater]) && self.last_in(it.block).is_none()
        };
        heading.is_some_and(|it| {
            (it.says(&[Cue::Measure]) || is_of_water(it))
                && (it.tokens.len() <= SHORT || it.scope.reports && is_of_a_time(it))
        })
    }

    /// The question right before an amount's sentence: in its block, as the heading over it, or in the front matter.
    pub(super) fn question_before<'n>(&'n self, near: &Near<'n>) -> Option<(&'n Passage, &'n Sentence)> {
        let passage = near.passage;
        let found = if let Some(before) = passage.sentence_before(near.amount.tokens.start) {
            (passage, before)
        } else {
            let kind = &self.document.block(passage.block).kind;
            let over = if matches!(kind, BlockKind::FrontMatter(FrontMatterRole::Answer)) {
                self.passage(passage.block.checked_sub(1)?)?
            } else {
                self.heading_right_over(passage.block)?
            };
            (over, over.sentences.last()?)
        };
        Some(found).filter(|(_, it)| it.is_question)
    }

    /// Whether the question right before an amount asks how long what was named before is held: `How long should I stay in there?`
    pub(super) fn is_asked_of_it(&self, near: &Near<'_>) -> bool {
        self.question_before(near).is_some_and(|(passage, it)| {
            passage.has_cue(&it.tokens, &[Cue::Measure])
                && passage.has_cue(&it.tokens, &[Cue::Hold, Cue::PointsBack])
        })
    }
}
