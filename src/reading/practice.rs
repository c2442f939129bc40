//! Dangerous ways of using a remedy, and remedies that must not be combined.

use std::ops::Range;

use super::Reading;
use super::answer::says_yes;
use super::mention::Mention;
use super::passage::{Held, Passage, passage_below};
use super::stance::{asks, begins_with_action, stance_of};
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::knowledge::{Knowledge, Meaning, PracticeId, RemedyId};
use crate::span::Span;

/// A practice that the article leaves open to readers or recommends.
#[derive(Debug, Clone)]
pub struct PracticeFound {
    /// Which.
    pub practice: PracticeId,
    /// Its words.
    pub span: Span,
    /// Where its remedy is named.
    pub remedy_span: Span,
}

/// So many blocks after its name a remedy is still what is spoken of.
const NEAR: usize = 4;

/// Two remedies recommended together.
#[derive(Debug, Clone)]
pub struct CombinationFound {
    /// The one whose entry rules the other out.
    pub remedy: RemedyId,
    /// The other one.
    pub other: RemedyId,
    /// From the first to the second.
    pub span: Span,
    /// Both places.
    pub spans: [Span; 2],
}

impl Reading<'_> {
    /// Practices of the packs that the article does not rule out, each with its remedy near.
    pub(super) fn practices_told(&self, knowledge: &Knowledge) -> Vec<PracticeFound> {
        let mut found: Vec<PracticeFound> = Vec::new();
        let first = self.mentions.first().map(|it| it.remedy);
        let only = first.filter(|&first| self.mentions.iter().all(|it| it.remedy == first));
        for passage in &self.passages {
            let block = self.document.block(passage.block);
            let holds_one = passage.holds(Held::Practice) || passage.holds(Held::PracticeThen);
            if !holds_one || !block.kind.can_advise() {
                continue;
            }
            for hit in &passage.hits {
                let Meaning::Practice(practice) = hit.meaning else { continue };
                let (remedy, _) = knowledge.practice(practice);
                // `Can I wear it in the shower?` leaves it to the answer.
                if self.is_left_open(passage, passage.sentence_of(hit.tokens.start))
                    || is_an_accident(passage, hit.tokens.start)
                    || is_when_not_to(passage, hit.tokens.start)
                {
                    continue;
                }
                let is_other_thing = passage.is_ruled_out_by(&hit.tokens, Meaning::PracticeNot(practice));
                let stance = stance_of(passage, block.prose.text(), &hit.tokens);
                let Some(mention) =
                    self.remedy_at_hand(knowledge, passage, &hit.tokens, remedy, only == Some(remedy))
                else {
                    continue;
                };
                let span = block.prose.source_span(passage.visible(&hit.tokens));
                let sentence = &passage.sentences[passage.sentence_of(hit.tokens.start)].tokens;
                let within = block.prose.source_span(passage.visible(sentence));
                let known = is_known(&found, practice, span, within);
                if !is_other_thing && stance.permits() && mention.stance.permits() && !known {
                    found.push(PracticeFound { practice, span, remedy_span: mention.span });
                }
            }
            self.practices_that_follow(passage, &mut found);
        }
        found
    }

    /// `Turned your ankle? Massage it right away`: what would be no fault by itself.
    fn practices_that_follow(&self, passage: &Passage, found: &mut Vec<PracticeFound>) {
        /// So many tokens further off, or in a heading, an injury can be named.
        const FAR: usize = 400;
        let prose = &self.document.block(passage.block).prose;
        for then in &passage.hits {
            let Meaning::PracticeThen(practice) = then.meaning else { continue };
            let after = Meaning::PracticeAfter(practice);
            let at = passage.sentence_of(then.tokens.start);
            let sentence = &passage.sentences[at].tokens;
            let all = passage.sentences[at.saturating_sub(1)].tokens.start..sentence.end;
            let mut before = passage.hits_in(&(all.start..then.tokens.start));
            let is_told = before.any(|it| it.meaning == after);
            // `Massage it as soon as you limp off`, under `Pulled hamstring`; `Minute one`, over what is done then.
            let is_at_once = || {
                let heading = self.document.outline.ancestors(passage.block).next();
                let heading = heading.and_then(|it| self.passage(it.block));
                passage.has_cue(sentence, &[Cue::AtOnce]) || heading.is_some_and(|it| it.says(&[Cue::AtOnce]))
            };
            let is_named = || {
                let near = sentence.start.saturating_sub(FAR)..sentence.end;
                let over = self.document.outline.ancestors(passage.block).map(|it| it.block);
                let over = over.chain(self.document.title).filter_map(|it| self.passage(it));
                let mut over = over.filter(|it| it.tokens.len() <= FAR).flat_map(|it| &it.hits);
                passage.hits_in(&near).any(|it| it.meaning == after) || over.any(|it| it.meaning == after)
            };
            // `Wait two days`, `Three weeks ago`
            let waits = passage.cues_in(&all, &[Cue::Wait]).any(|it| {
                // `There is no reason to wait`
                let told = it.tokens.start.saturating_sub(4).max(all.start)..it.tokens.start;
                !passage.has_cue(&told, &[Cue::Forbid])
            });
            let is_later =
                waits || passage.hits_in(&all).any(|it| it.meaning == Meaning::PracticeNot(practice));
            let follows = is_told || is_at_once() && is_named();
            let span = prose.source_span(passage.visible(&then.tokens));
            let within = prose.source_span(passage.visible(sentence));
            let is_known = is_known(found, practice, span, within);
            if follows && !is_later && !is_known && stance_of(passage, prose.text(), &then.tokens).permits() {
                found.push(PracticeFound { practice, span, remedy_span: span });
            }
        }
    }

    /// Whether a sentence asks something that the one after it does not begin to affirm.
    pub(super) fn is_left_open(&self, passage: &Passage, sentence: usize) -> bool {
        let below = || {
            let next = passage_below(&self.passages, passage.block)?;
            Some((next, next.sentences.first()?))
        };
        let answer = passage.sentences.get(sentence + 1).map(|next| (passage, next)).or_else(below);
        asks(passage, &passage.sentences[sentence]) && !answer.is_some_and(|(there, it)| says_yes(there, it))
    }

    /// A remedy, where it is named in the sentence of some words, else as the last one before them in their block, else in
    /// the headings over them, else shortly before, or wherever it is the `only` one of the article.
    fn remedy_at_hand(
        &self,
        knowledge: &Knowledge,
        passage: &Passage,
        words: &Range<usize>,
        remedy: RemedyId,
        only: bool,
    ) -> Option<&Mention> {
        let sentence = &passage.sentences[passage.sentence_of(words.start)].tokens;
        let own = self.mentions_of(passage.block);
        let until = |token: usize| &own[..own.partition_point(|it| it.tokens.start < token)];
        let first_here = until(sentence.start).len();
        let here = until(sentence.end)[first_here..].iter().find(|it| it.remedy == remedy);
        // `in the bath` names no other remedy that could be meant.
        let is_apart = |it: &Mention| it.tokens.end <= words.start || words.end <= it.tokens.start;
        let last_before = until(words.end).iter().rfind(|it| it.remedy == remedy || is_apart(it));
        // One name can be that of two: lemon oil is an essential oil, too.
        let before = || {
            let last = last_before?;
            let from_there = own[until(last.tokens.start).len()..].iter();
            let mut same = from_there.take_while(|it| it.tokens == last.tokens);
            same.find(|it| it.remedy == remedy).or(Some(last))
        };
        let headings = self.document.outline.ancestors(passage.block).map(|it| it.block);
        let mut over = headings.chain(self.document.title).filter_map(|it| self.mentions_of(it).last());
        let is_it = |it: &&Mention| it.remedy == remedy;
        // `That is for the sauna. Friday is social night, so bring your can of beer in with you`
        let first = self.mentions.partition_point(|it| it.block < passage.block);
        let last_named =
            || self.mentions[..first].last().filter(|it| only || passage.block - it.block <= NEAR);
        // `After your bath`, in an article on Epsom salts
        let names_no_other = || own.iter().all(|it| knowledge.is_part_of(it.remedy, remedy));
        here.or_else(|| before().filter(is_it))
            .or_else(|| over.next().filter(is_it))
            .or_else(|| last_named().filter(is_it).filter(|_| names_no_other()))
    }

    /// Pairs of remedies that the packs say must not be combined, recommended in one sentence, in two that follow each other
    /// or in two steps of a list.
    pub fn combinations(&self, knowledge: &Knowledge) -> Vec<CombinationFound> {
        let mut found: Vec<CombinationFound> = Vec::new();
        for (index, first) in self.mentions.iter().enumerate() {
            let near = |it: &&Mention| {
                it.block == first.block
                    || self.is_next_step(first.block, it.block)
                    || self.is_layered(it) && it.block - first.block <= NEAR
            };
            for second in self.mentions[index + 1..].iter().take(8).filter(near) {
                let Some(passage) = self.passage(first.block) else { continue };
                let is_same = second.block == first.block;
                let apart = |it: &Mention| passage.sentence_of(it.tokens.start);
                // `Rub in the gel. Wash your hands. Lay a heat pad over it.`
                let is_over_it = || self.is_layered(second) && self.is_heat_over(knowledge, first, second);
                let is_near = is_same && apart(second) - apart(first) <= 1 || is_over_it();
                let is_told = first.is_told || second.is_told || is_same && self.is_layered(second);
                let both = first.stance.permits() && second.stance.permits() && is_told;
                let rules_out = |one: &Mention, other: &Mention| {
                    let id = &knowledge.remedy(other.remedy).id.value;
                    knowledge.remedy(one.remedy).combine.iter().any(|it| it.with.contains(id))
                };
                let pair = if rules_out(first, second) {
                    Some((first.remedy, second.remedy))
                } else {
                    rules_out(second, first).then_some((second.remedy, first.remedy))
                };
                let text = self.document.block(first.block).prose.text();
                let end = if is_same { second.tokens.start.max(first.tokens.end) } else { first.tokens.end };
                let between = &passage.tokens[first.tokens.end..end];
                // `Deep Heat or a heating pad`: one of them.
                let is_choice = between.len() <= 4 && between.iter().any(|token| token.text(text) == "or");
                // `Choose the patch or the wheat bag; they do not belong together.`
                let told = apart(first)..=if is_same { apart(second) } else { apart(first) };
                let keeps_apart = || {
                    let mut sentences = passage.sentences[told].iter();
                    sentences.any(|it| passage.has_cue(&it.tokens, &[Cue::Apart]))
                };
                let is_pair = is_near && both && !is_choice && !keeps_apart();
                let Some((remedy, other)) = pair.filter(|_| is_pair) else {
                    continue;
                };
                let span = first.span.to(second.span);
                let is_known = |it: &CombinationFound| {
                    it.span.overlaps(span)
                        || it.remedy == remedy && self.document.block(second.block).span.contains(it.spans[1])
                };
                if !found.iter().rev().take(8).any(is_known) {
                    found.push(CombinationFound { remedy, other, span, spans: [first.span, second.span] });
                }
            }
        }
        found
    }

    /// Whether a block is the step after another one, or the one after that.
    fn is_next_step(&self, one: BlockId, other: BlockId) -> bool {
        /// `Rub it in. Wash your hands. Lay a heat pad over it.`
        const FAR: usize = 2;
        let place = |it: BlockId| self.document.block(it).place.item;
        match (place(one), place(other)) {
            (Some((list, item)), Some((same, later))) => {
                list == same && (item + 1..=item + FAR).contains(&later)
            }
            _ => false,
        }
    }

    /// Whether what lies on top is warm, and what lies below is not.
    fn is_heat_over(&self, knowledge: &Knowledge, below: &Mention, above: &Mention) -> bool {
        let is_warm = |it: &Mention| knowledge.remedy(it.remedy).works_by.is_some();
        let names_no_other = !self.mentions_of(above.block).iter().any(|it| {
            it.tokens.start < above.tokens.start && it.remedy != below.remedy && it.remedy != above.remedy
        });
        is_warm(above) && !is_warm(below) && names_no_other
    }

    /// `lay a heat pad over it`, `under a wheat bag`
    fn is_layered(&self, mention: &Mention) -> bool {
        self.passage(mention.block).is_some_and(|passage| {
            let sentence = &passage.sentences[passage.sentence_of(mention.tokens.start)];
            passage.has_cue(&sentence.tokens, &[Cue::Layered])
        })
    }
}

/// Whether a practice was found already: at the same words, or in the same sentence. `drink it in the sauna, in small sips` is one fault.
fn is_known(found: &[PracticeFound], practice: PracticeId, span: Span, sentence: Span) -> bool {
    /// So many practices before it can be in its sentence.
    const NEAR: usize = 8;
    let is_same =
        |it: &PracticeFound| it.span.overlaps(span) || it.practice == practice && sentence.overlaps(it.span);
    found.iter().rev().take(NEAR).any(is_same)
}

/// `Call 111 if somebody has swallowed an oil`: what has gone wrong is told to nobody.
fn is_an_accident(passage: &Passage, token: usize) -> bool {
    let sentence = &passage.sentences[passage.sentence_of(token)];
    let clause = sentence.clause_of(token);
    let is_supposed = passage.has_cue(&(clause.start..token), &[Cue::Condition]);
    is_supposed && passage.names_helper(&sentence.tokens)
}

/// `In the first two days: no heat and no massage.`
fn is_when_not_to(passage: &Passage, token: usize) -> bool {
    let sentence = &passage.sentences[passage.sentence_of(token)];
    let Some(forbids) = passage.cues_in(&sentence.tokens, &[Cue::Forbid]).next() else { return false };
    let mut told = sentence.clauses().filter(|it| it.end <= forbids.tokens.start);
    sentence.tokens.start == token && !told.any(|it| begins_with_action(passage, &it))
}
