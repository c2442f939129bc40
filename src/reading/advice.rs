//! Which remedy an amount belongs to, and whether the article permits it.
//!
//! Four amounts in ten stand on another line than their remedy, so the search widens step by step: the clause,
//! the sentence, the sentences before, the list item's label or the table row, the lead-in, the heading, the title.
//! The wider the step, the more the amount's own clause has to look like part of a remedy.

use std::ops::Range;

use super::amount::{Amount, Bound, Kind};
use super::column::MINUTES;
use super::mention::Mention;
use super::near::Near;
use super::passage::{Passage, passage_of};
use super::stance::{Stance, begins_with_action, stance_of};
use super::tables::Tables;
use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::RemedyId;
use crate::knowledge::cues::Cue;
use crate::knowledge::limits::Side;
use crate::span::Span;

/// An amount that belongs to a remedy.
#[derive(Debug, Clone)]
pub struct Advice {
    /// The remedy.
    pub remedy: RemedyId,
    /// The mention that the amount was bound to, as an index into the reading's mentions.
    pub mention: usize,
    /// The amount.
    pub amount: Amount,
    /// The block that the amount stands in.
    pub block: BlockId,
    /// The amount's place in the file.
    pub span: Span,
    /// What the article does with the amount.
    pub stance: Stance,
}

impl Advice {
    /// The most that the text permits, in the amount's unit; `None` when it permits nothing or sets no upper end.
    pub fn permits(&self) -> Option<f64> {
        if !self.stance.permits() {
            return None;
        }
        match self.amount.bound {
            Bound::AtLeast => self.amount.low,
            _ => self.amount.high,
        }
    }

    /// The least that the text permits, in the amount's unit.
    pub fn permits_from(&self) -> Option<f64> {
        self.stance.permits().then_some(self.amount.low).flatten()
    }

    /// On which side of a limit [`permits`](Self::permits) is beyond it: `at least 30 minutes` goes on after them, and so is
    /// beyond a limit of 30 minutes already.
    pub fn side_of_most(&self) -> Side {
        if matches!(self.amount.bound, Bound::AtLeast | Bound::Over) { Side::AtOrAbove } else { Side::Above }
    }
}

/// What binding looks at.
pub(super) struct Binder<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) passages: &'a [Passage],
    pub(super) amounts: &'a [Vec<Amount>],
    /// In reading order.
    pub(super) mentions: &'a [Mention],
    pub(super) tables: &'a Tables,
    /// So many mentions are of one and the same remedy before another is named.
    pub(super) same_until: usize,
}

impl<'a> Binder<'a> {
    pub(super) fn new(
        document: &'a Document<'a>,
        passages: &'a [Passage],
        amounts: &'a [Vec<Amount>],
        mentions: &'a [Mention],
        tables: &'a Tables,
    ) -> Self {
        let same_until = mentions.iter().take_while(|it| it.remedy == mentions[0].remedy).count();
        Self { document, passages, amounts, mentions, tables, same_until }
    }

    /// Binds every amount of the article that belongs to a remedy.
    pub(super) fn bind_all(&self) -> Vec<Advice> {
        let mut found = Vec::new();
        for (index, passage) in self.passages.iter().enumerate() {
            if !self.document.block(passage.block).kind.can_advise() {
                continue;
            }
            for amount in &self.amounts[index] {
                self.bind(passage, index, amount, &mut found);
            }
        }
        found
    }

    fn bind(&self, passage: &Passage, index: usize, amount: &Amount, found: &mut Vec<Advice>) {
        let Some(sentence) = passage.sentences.get(passage.sentence_of(amount.tokens.start)) else { return };
        let clause = sentence.clause_of(amount.tokens.start);
        let visible = self.document.block(passage.block).prose.text();
        let near = Near { passage, sentence, clause: &clause, amount, visible, all: &self.amounts[index] };
        if self.is_unrelated(&near) {
            return;
        }
        let mut amount = amount.clone();
        if amount.kind == Kind::Bare {
            // A score of 4.9, or what a dial is turned to.
            if amount.high.is_some_and(|it| it.fract() != 0.0) || near.is_on_a_dial() {
                return;
            }
            let is_minutes = || near.bare_is_minutes() || self.answers_in_minutes(&near);
            let unit = self.unit_over(passage.block).or_else(|| is_minutes().then_some(MINUTES));
            let Some(unit) = unit else { return };
            amount.kind = unit.kind;
            amount.low = amount.low.map(|it| unit.of(it));
            amount.high = amount.high.map(|it| unit.of(it));
        }
        if amount.kind == Kind::Duration && (near.is_pause() || self.is_headed_as_pause(passage.block)) {
            // `then nothing for two hours`: what has to lie in between.
            amount.kind = Kind::Interval;
            amount.low = amount.low.map(|minutes| minutes / 60.0);
            amount.high = amount.high.map(|minutes| minutes / 60.0);
        }
        let mentions = self.mentions_for(&near);
        if mentions.is_empty() {
            return;
        }
        let block = self.document.block(passage.block);
        let mut stance = stance_of(passage, block.prose.text(), &amount.tokens);
        // `More than 30 minutes can burn you`
        let is_harmful = passage.has_cue(&(amount.tokens.end..sentence.tokens.end), &[Cue::Harm]);
        if stance == Stance::Forbidden
            && matches!(amount.bound, Bound::Over | Bound::Under)
            && !passage.scope.forbids
            // `Is there any point in icing for under half an hour? No.`
            && !sentence.is_refused
            && !is_harmful
        {
            // `never for more than 40 minutes` permits 40; `never for 40 minutes` permits nothing.
            stance = Stance::Recommended;
            if amount.bound == Bound::Over {
                (amount.bound, amount.low) = (Bound::AtMost, None);
            } else {
                (amount.bound, amount.low, amount.high) = (Bound::AtLeast, amount.high, None);
            }
        }
        // `Don't get out before 40 minutes are up` permits no less.
        let is_earliest = matches!(near.before(1), "before" | "until" | "till")
            && matches!(amount.bound, Bound::Exact | Bound::Range)
            && amount.kind == Kind::Duration;
        if stance == Stance::Forbidden && is_earliest && !passage.scope.forbids && !sentence.is_refused {
            stance = Stance::Recommended;
            amount.bound = Bound::AtLeast;
        }
        let span = block.prose.source_span(passage.visible(&amount.tokens));
        // `None of these three is a job for children under 12`
        let is_refused = || {
            let mut said = passage.cues_in(&sentence.tokens, &[Cue::Forbid]);
            stance == Stance::Forbidden && said.any(|it| it.tokens.start == sentence.tokens.start)
        };
        // `if your ten-year-old can't settle, give her …`: what is said of the reader says nothing of the remedy.
        let is_of_reader = amount.kind == Kind::Age && !is_refused();
        for mention in mentions {
            let remedy = self.mentions[mention].remedy;
            let stance = if is_of_reader { self.mentions[mention].stance } else { stance };
            let advice =
                Advice { remedy, mention, amount: amount.clone(), block: passage.block, span, stance };
            found.push(advice);
        }
    }

    /// Whether the column or row of a cell is one of pauses: `Outside, in a robe`.
    fn is_headed_as_pause(&self, block: BlockId) -> bool {
        /// So many words has the label at most.
        const LONGEST: usize = 6;
        let Some(cell) = self.document.block(block).place.cell else { return false };
        let table = &self.document.content.tables[cell.table];
        table.labels_of(cell).any(|it| {
            let label = self.passage(it).filter(|it| it.tokens.len() <= LONGEST);
            label.is_some_and(|it| it.says(&[Cue::PauseLabel]))
        })
    }

    /// The words over a cell's column.
    pub(super) fn header_over(&self, block: BlockId) -> Option<&Passage> {
        let cell = self.document.block(block).place.cell?;
        self.passage(self.document.content.tables[cell.table].header_over(cell)?)
    }

    /// The mentions that the amount belongs to.
    fn mentions_for(&self, near: &Near<'_>) -> Vec<usize> {
        let Near { passage, sentence, clause, amount, .. } = *near;
        let is_beside = |it: &usize| !near.is_bracketed_off(&self.mentions[*it].tokens);
        let here = self.mentions_in(passage.block, clause);
        if let Some(nearest) = self.nearest(near, &here) {
            let named = &self.mentions[nearest].tokens;
            if amount.kind != Kind::Interval && (near.activity_is_nearer(named) || near.comes_after(named)) {
                return Vec::new();
            }
            return self.sharing(near, nearest, &here);
        }
        if near.has_activity(clause) {
            return Vec::new();
        }
        let in_sentence = self.mentions_in(passage.block, &sentence.tokens);
        let before: Vec<usize> = in_sentence
            .iter()
            .copied()
            .filter(|&it| self.mentions[it].tokens.end <= clause.start)
            .filter(is_beside)
            .collect();
        // `Sit in the sauna, drink a glass of water and stay for ten minutes`: in the sauna.
        let is_held = |it: &&usize| self.can_be_of(near, **it);
        if let Some(&last) = before.iter().rfind(is_held).or(before.last()) {
            // `A heat patch makes the drive bearable; stick it on and wear it for 14 hours`
            let told = clause.start..amount.tokens.start;
            let is_worn = passage.has_cue(&told, &[Cue::Hold]) && passage.has_cue(&told, &[Cue::PointsBack]);
            if !is_worn && near.has_activity(&(self.mentions[last].tokens.end..clause.start)) {
                return Vec::new();
            }
            return self.sharing(near, last, &before);
        }
        if near.has_activity(&(sentence.tokens.start..clause.start)) {
            return Vec::new();
        }
        // `Go in for ten minutes, then shower and drink water`
        if let Some(&next) = in_sentence.iter().find(|&&it| self.can_be_of(near, it)) {
            let next_start = self.mentions[next].tokens.start;
            let goes_on = passage.has_cue(&(amount.tokens.end..next_start), &[Cue::Sequence]);
            // `Stay for ten minutes, get out and drink water`
            let is_another_step = begins_with_action(passage, &sentence.clause_of(next_start))
                && passage.has_cue(clause, &[Cue::Hold]);
            if !(goes_on || is_another_step) || matches!(amount.kind, Kind::Age | Kind::Temperature) {
                return vec![next];
            }
        }
        // `Children are welcome from the age of two` goes on about the tub.
        let is_admitted = passage.has_cue(clause, &[Cue::Admits]);
        if amount.kind == Kind::Age && amount.bound == Bound::Exact && !is_admitted {
            // `There is arnica in the bag. Rub a bit into your eight-year-old's shin.`
            // `It's lovely for eight-year-olds`
            let begins = sentence.tokens.start..sentence.tokens.start + 1;
            let is_said_of_it = near.lasts() && passage.has_cue(&begins, &[Cue::PointsBack]);
            let is_pointed_at = is_said_of_it
                || begins_with_action(passage, clause) && passage.has_cue(clause, &[Cue::PointsBack]);
            let given = if is_pointed_at { self.inherited(near) } else { None };
            return given.or_else(|| self.given_next(near)).into_iter().collect();
        }
        let is_told = near.begins_sentence()
            || near.is_spent_beside()
            || amount.kind == Kind::Temperature && near.is_set_off_at_the_end();
        let is_item = is_told && self.document.block(passage.block).place.item.is_some();
        if !near.is_about_a_remedy_at_hand()
            && !self.answers(near)
            && !self.is_brief_cell(near.passage)
            && !is_item
            && !self.follows_its_label(near)
            && !self.follows_its_heading(near)
        {
            return self.water_for(near).into_iter().collect();
        }
        // `The RICE method. A full week of it.`, over its parts, is of the method.
        let is_of_it = sentence.tokens.clone().any(|at| near.text(at) == "it")
            && !self.mentioned_in(passage.block, &(0..sentence.tokens.start)).is_empty();
        if !is_of_it && passage.has_cue(&sentence.tokens, &[Cue::PointsBack]) {
            let led = self.led(passage.block);
            if !led.is_empty() {
                return led;
            }
        }
        let inherited = self.inherited(near).or_else(|| self.only_one_in_list(near));
        inherited.or_else(|| self.water_for(near)).into_iter().collect()
    }

    /// What somebody of an age is given in the sentences that follow: `My son is ten. What can he take? Half an aspirin.`
    fn given_next(&self, near: &Near<'_>) -> Option<usize> {
        /// A question may stand between.
        const NEXT: usize = 2;
        let passage = near.passage;
        let stance = stance_of(passage, near.visible, &near.amount.tokens);
        if stance.rules_out() {
            return None;
        }
        let after = passage.sentence_of(near.amount.tokens.start) + 1;
        let following = passage.sentences.get(after..)?;
        let last = following[..following.len().min(NEXT)].last()?;
        self.mentions_in(passage.block, &(near.sentence.tokens.end..last.tokens.end)).first().copied()
    }

    /// A cell of few words is about what its row or column names.
    fn is_brief_cell(&self, passage: &Passage) -> bool {
        const BRIEF: usize = 30;
        self.document.block(passage.block).place.cell.is_some() && passage.tokens.len() <= BRIEF
    }

    /// Whether the sentence before is nothing but a remedy's name: `Plunge pool. Down the ladder and in, for one minute.`
    fn follows_its_label(&self, near: &Near<'_>) -> bool {
        /// With its full stop, and what it is for.
        const LONGEST: usize = 7;
        const LONGEST_IN_BOLD: usize = 14;
        let is_bold = self.document.block(near.passage.block).strong_start().is_some();
        let longest = if is_bold { LONGEST_IN_BOLD } else { LONGEST };
        // `We suggest ten minutes while you're pregnant`, `Down the ladder and in, for one minute`
        let says_so = || {
            let is_set_off = near.lasts() && near.before(2) == ",";
            is_set_off || near.passage.has_cue(near.clause, &[Cue::Recommend])
        };
        let is_of_it = || !near.is_of_something_else() || says_so();
        let label = near.passage.sentence_before(near.amount.tokens.start);
        label.map(|it| &it.tokens).is_some_and(|it| {
            it.start == 0
                && it.len() <= longest
                && !self.mentions_in(near.passage.block, it).is_empty()
                && is_of_it()
        })
    }

    /// Whether it is the first that is said under a heading that names a remedy: `Cover on, against the small of your back for 15
    /// minutes.`
    fn follows_its_heading(&self, near: &Near<'_>) -> bool {
        let is_first = near.sentence.tokens.start == 0 && near.lasts();
        let heading = self.heading_right_over(near.passage.block).filter(|_| is_first);
        heading.is_some_and(|it| self.last_in(it.block).is_some())
    }

    /// The heading that a block follows with nothing between them.
    pub(super) fn heading_right_over(&self, block: BlockId) -> Option<&Passage> {
        self.passage(self.document.outline.heading_right_over(block)?.block)
    }

    pub(super) fn passage(&self, block: BlockId) -> Option<&Passage> {
        passage_of(self.passages, block)
    }

    /// The amounts of a block.
    pub(super) fn amounts_of(&self, block: BlockId) -> &[Amount] {
        let index = self.passages.binary_search_by_key(&block, |it| it.block);
        index.map_or(&[], |it| &self.amounts[it])
    }

    pub(super) fn mentions_in(&self, block: BlockId, tokens: &Range<usize>) -> Vec<usize> {
        self.mentioned_in(block, tokens).collect()
    }

    pub(super) fn mentioned_in(&self, block: BlockId, tokens: &Range<usize>) -> Range<usize> {
        let first = self.mentions.partition_point(|it| (it.block, it.tokens.start) < (block, tokens.start));
        let past = self.mentions.partition_point(|it| (it.block, it.tokens.start) < (block, tokens.end));
        first..past.max(first)
    }

    pub(super) fn last_in(&self, block: BlockId) -> Option<usize> {
        self.mentions_in(block, &(0..usize::MAX)).last().copied()
    }

    /// The mention closest to the amount; one right after it counts as close.
    fn nearest(&self, near: &Near<'_>, mentions: &[usize]) -> Option<usize> {
        /// So much further off is what a comma or `and` stands before.
        const SET_OFF: usize = 3;
        let Near { passage, amount, .. } = *near;
        // `Lay a heating pad over the rub for 15 minutes`: the pad.
        // `An ice pack for ten minutes instead of stretching`: the ice.
        let is_place = |it: usize| {
            let mention = &self.mentions[it];
            let is_replaced = mention.stance == Stance::Denied && amount.tokens.end <= mention.tokens.start;
            near.is_where(&mention.tokens) || is_replaced
        };
        let has_other = mentions.iter().any(|&it| !is_place(it));
        mentions.iter().copied().filter(|&it| !(has_other && is_place(it))).min_by_key(|&it| {
            let tokens = &self.mentions[it].tokens;
            // `no more than 10 minutes in the plunge, and 15 minutes in the steam room`
            let set_off = |between: Range<usize>| {
                let cut = passage.tokens[between]
                    .iter()
                    .any(|it| matches!(it.text(near.visible), "," | ";" | "and"));
                if cut { SET_OFF } else { 0 }
            };
            if tokens.start >= amount.tokens.end {
                let gap = tokens.start - amount.tokens.end;
                let gap = if gap <= 2 { gap } else { gap + 4 };
                gap + set_off(amount.tokens.end..tokens.start)
            } else {
                let between = tokens.end.min(amount.tokens.start)..amount.tokens.start;
                between.len() + set_off(between)
            }
        })
    }

    /// A list of remedies shares an amount: `ice, heat or a bath for 20 minutes`.
    fn sharing(&self, near: &Near<'_>, nearest: usize, among: &[usize]) -> Vec<usize> {
        let passage = near.passage;
        let same_words = |&it: &usize| self.mentions[it].tokens == self.mentions[nearest].tokens;
        let mut shared: Vec<usize> = among.iter().copied().filter(same_words).collect();
        let mut first = self.mentions[nearest].tokens.start;
        for &other in among.iter().rev().filter(|&&it| it < nearest) {
            let tokens = &self.mentions[other].tokens;
            if tokens.end > first {
                continue;
            }
            let is_joined = self.is_joined(passage, &(tokens.end..first));
            if !is_joined {
                break;
            }
            first = tokens.start;
            shared.push(other);
        }
        // `15 minutes each in the sauna, the steam room and the plunge pool`
        let mut last = self.mentions[nearest].tokens.end;
        if near.is_for_each() {
            for &other in among.iter().filter(|&&it| nearest < it) {
                let tokens = &self.mentions[other].tokens;
                if tokens.start < last || !self.is_joined(passage, &(last..tokens.start)) {
                    break;
                }
                last = tokens.end;
                shared.push(other);
            }
        }
        shared
    }

    /// Whether nothing but a comma, `and` or `or` and an article stands between two mentions.
    fn is_joined(&self, passage: &Passage, between: &Range<usize>) -> bool {
        const JOINTS: &[&str] = &[",", "or", "and", "a", "an", "the", "&", "/", "simply", "just", "even"];
        const FAR: usize = 3;
        let text = self.document.block(passage.block).prose.text();
        !between.is_empty()
            && between.len() <= FAR
            && between.clone().all(|at| JOINTS.contains(&passage.tokens[at].text(text)))
    }
}
