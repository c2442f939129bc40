//! Remedies that are named in one place and told to be used in another: under the heading, in the next sentence, behind the label,
//! or by a figure that says how long or how much.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use super::advice::Advice;
use super::amount::Kind;
use super::mention::Mention;
use super::passage::{Passage, Sentence, passage_of};
use super::stance::{Stance, begins_with_action, commands};
use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;

/// A heading that names a remedy, with instructions under it for what readers do to their bodies, recommends it.
/// Instructions for draining a hot tub do not.
pub(super) fn recommend_instructed(document: &Document<'_>, passages: &[Passage], mentions: &mut [Mention]) {
    // `Magnesium, turmeric and other capsules`: what is told under it need not be of each.
    let of_blocks = mentions.chunk_by(|one, other| one.block == other.block);
    let name_several = of_blocks.filter(|it| it.iter().any(|other| other.tokens.start != it[0].tokens.start));
    let name_several: HashSet<BlockId> = name_several.map(|it| it[0].block).collect();
    let is_about_bodies = |passage: &Passage, sentence: &Sentence| {
        passage.has_cue(&sentence.tokens, &[Cue::Hold, Cue::BodyPart, Cue::Symptom, Cue::Benefit])
    };
    let instructs = |passage: &Passage| {
        let mut sentences = passage.sentences.iter();
        document.block(passage.block).kind.is_prose()
            && !passage.scope.forbids
            && !passage.scope.reports
            && sentences.any(|it| !it.is_question && is_about_bodies(passage, it) && commands(passage, it))
    };
    // The sections that instruct, by their headings.
    let instructing = LazyCell::new(|| {
        let instructing = passages.iter().filter(|it| instructs(it));
        instructing.filter_map(|it| document.outline.section_of(it.block)).collect::<HashSet<usize>>()
    });
    for mention in mentions.iter_mut().filter(|it| it.stance == Stance::Named) {
        if name_several.contains(&mention.block) {
            continue;
        }
        let Ok(heading) = document.outline.headings.binary_search_by_key(&mention.block, |it| it.block)
        else {
            continue;
        };
        // `Should I go straight to the sauna?` recommends nothing, whatever is told then.
        let asks = |it: &Passage| it.sentences.iter().any(|it| it.is_question) && it.says(&[Cue::YesOrNo]);
        if passage_of(passages, mention.block).is_some_and(asks) {
            continue;
        }
        if instructing.contains(&heading) {
            mention.stance = Stance::Recommended;
        }
    }
}

/// `Did somebody give you a massage gun? Run it slowly up each calf.` recommends what it names by `it`.
pub(super) fn recommend_pointed_at(passages: &[Passage], mentions: &mut [Mention]) {
    for index in 0..mentions.len() {
        let mention = &mentions[index];
        if mention.stance != Stance::Named {
            continue;
        }
        let Some(passage) = passage_of(passages, mention.block) else { continue };
        let at = passage.sentence_of(mention.tokens.start);
        if is_told_in_its_sentence(passage, &mentions[index..]) {
            mentions[index].stance = Stance::Recommended;
            continue;
        }
        let Some(next) = passage.sentences.get(at + 1) else { continue };
        // Another remedy that is named up to the end of the next sentence may be the one that is meant.
        let is_last = mentions
            .get(index + 1)
            .is_none_or(|it| it.block != mention.block || next.tokens.end <= it.tokens.start);
        let is_told = commands(passage, next)
            && passage.has_cue(&next.tokens, &[Cue::PointsBack])
            && passage.has_cue(&next.tokens, &[Cue::BodyPart]);
        // `A chemist sold one in 1911. "Hold it to the chest," said the label.`
        let is_said = passage.has_mark(next.tokens.start);
        if is_last && is_told && !is_said && !next.is_question && !next.is_refused && !passage.scope.forbids {
            mentions[index].stance = Stance::Recommended;
        }
    }
}

/// `There is an ice pack in the freezer; wrap it in a towel and put it on the bruise`: the first of some mentions is told to be used
/// by what its sentence goes on with.
fn is_told_in_its_sentence(passage: &Passage, mentions: &[Mention]) -> bool {
    let [mention, others @ ..] = mentions else { return false };
    let sentence = &passage.sentences[passage.sentence_of(mention.tokens.start)];
    let is_last =
        others.first().is_none_or(|it| it.block != mention.block || sentence.tokens.end <= it.tokens.start);
    let tells = |clause: &Range<usize>| {
        mention.tokens.end <= clause.start
            && begins_with_action(passage, clause)
            && passage.has_cue(clause, &[Cue::PointsBack])
            && passage.has_cue(clause, &[Cue::BodyPart])
    };
    is_last
        && !sentence.is_question
        && !sentence.is_refused
        && !passage.scope.forbids
        && !passage.has_cue(&sentence.tokens, &[Cue::Forbid])
        && !passage.names_helper(&sentence.tokens)
        && sentence.clauses().any(|it| tells(&it))
}

/// `**Calf stretch:** let one heel hang over the edge of a step.` tells how to do what it is headed by.
pub(super) fn recommend_labels(document: &Document<'_>, passages: &[Passage], mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|it| it.stance == Stance::Named && it.tokens.start == 0) {
        let Some(passage) = passage_of(passages, mention.block) else { continue };
        let block = document.block(mention.block);
        let is_label = block.strong_start().is_some()
            && passage.is_one_of(block.prose.text(), mention.tokens.end, &[":"])
            && !passage.scope.forbids
            && !passage.scope.reports;
        let after = mention.tokens.end + 1;
        let sentence = &passage.sentences[passage.sentence_of(after)];
        let tells = begins_with_action(passage, &sentence.clause_of(after))
            && passage.has_cue(&(after..sentence.tokens.end), &[Cue::BodyPart]);
        if is_label && tells && !sentence.is_question && !sentence.is_refused {
            mention.stance = Stance::Recommended;
        }
    }
}

/// Who says how long or how warm tells readers to do it. So does who says how much to take, whatever was told of it before: `It got
/// me through last year. Take 500 mg.`
pub(super) fn recommend_advised(passages: &[Passage], advice: &[Advice], mentions: &mut [Mention]) {
    let is_command = |it: &Advice| {
        let sentence = |passage: &Passage| passage.sentence_of(it.amount.tokens.start);
        passage_of(passages, it.block).is_some_and(|it| commands(it, &it.sentences[sentence(it)]))
    };
    for it in advice {
        let mention = &mut mentions[it.mention];
        let is_advised = match mention.stance {
            Stance::Named if it.amount.kind.is_time() => it.stance.permits(),
            Stance::Named | Stance::Reported => {
                it.amount.kind == Kind::Dose && it.stance == Stance::Recommended && is_command(it)
            }
            _ => false,
        };
        if is_advised {
            mention.stance = Stance::Recommended;
        }
    }
}
