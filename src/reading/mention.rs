//! Remedies found in prose, and what the article does with each.

use std::ops::Range;

use super::passage::{Held, Passage, Sentence};
use super::stance::{Stance, asks, begins_with_action, is_in_passing, stance_of};
use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;
use crate::knowledge::remedies::{Remedy, Statement};
use crate::knowledge::{Knowledge, Meaning, RemedyId};
use crate::span::Span;

/// A remedy named at one place.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Which remedy.
    pub remedy: RemedyId,
    /// The block.
    pub block: BlockId,
    /// Its tokens in the block's passage.
    pub tokens: Range<usize>,
    /// Its place in the file.
    pub span: Span,
    /// What the article does with it.
    pub stance: Stance,
    /// Whether readers are told to use it, rather than told what it is good for.
    pub is_told: bool,
    /// Whether the remedy is what people do anyway: drinking, keeping on the move.
    pub is_everyday: bool,
}

/// No more hits than this overlap at one place.
const NEAR: usize = 12;

/// Finds the remedies that one passage names, in order, none overlapping. `before` holds what the article named so far.
pub(super) fn mentions(
    document: &Document<'_>,
    passage: &Passage,
    knowledge: &Knowledge,
    is_recipe: bool,
    before: &[Mention],
) -> Vec<Mention> {
    let block = document.block(passage.block);
    if !passage.holds(Held::Remedy) || !block.kind.can_advise() {
        return Vec::new();
    }
    let visible = block.prose.text();
    // Two words of the kitchen and none of the body: a paragraph on food, in which warm and cold things are none of the
    // reader's body. A tablet is one all the same.
    let all = 0..passage.tokens.len();
    let mut kitchen = passage.cues_in(&all, &[Cue::Kitchen]).map(|it| passage.sentence_of(it.tokens.start));
    let first = kitchen.next();
    // `It was 2 °C and there were rolls in the oven. Afterwards, take an ice bath.`
    let is_single = passage.sentences.len() == 1;
    let several = kitchen.any(|it| is_single || first != Some(it));
    let cooks = several && !passage.has_cue(&all, &[Cue::BodyPart]);
    let mut found: Vec<(RemedyId, Range<usize>, bool)> = Vec::new();
    for hit in &passage.hits {
        let (remedy, is_use) = match hit.meaning {
            Meaning::Remedy(remedy) => (remedy, false),
            Meaning::RemedyUse(remedy) => (remedy, true),
            Meaning::RemedyShort(remedy) if is_named_before(passage, visible, hit, before, &found) => {
                (remedy, false)
            }
            _ => continue,
        };
        let is_excluded = passage.hits_around(hit.tokens.start).any(|other| {
            matches!(other.meaning, Meaning::RemedyNot(it) if it == remedy)
                && (is_use || other.tokens.start <= hit.tokens.start)
                && hit.tokens.start < other.tokens.end
                && hit.tokens.end <= other.tokens.end
        });
        let sentence = &passage.sentences[passage.sentence_of(hit.tokens.start)];
        let is_warmed = cooks && knowledge.remedy(remedy).works_by.is_some();
        // `Score the thighs and rub in the turmeric`, in a recipe, is about no reader's.
        let is_on_body = passage.has_cue(&sentence.tokens, &[Cue::BodyPart])
            && (!is_recipe || passage.has_cue(&sentence.tokens, &[Cue::Reader]));
        let in_kitchen =
            // A tablet is no food, whatever it is taken with.
            (is_recipe || is_warmed || is_about_food(passage, visible, knowledge.remedy(remedy), &hit.tokens))
                && !(knowledge.remedy(remedy).state.contains_key(&Statement::Label)
                    && measures_medicine(passage, visible, sentence))
                && !is_on_body;
        if !is_excluded && !in_kitchen {
            found.push((remedy, hit.tokens.clone(), is_use));
        }
    }
    let mut kept: Vec<(RemedyId, Range<usize>, bool)> = Vec::new();
    for (index, (remedy, tokens, is_use)) in found.iter().enumerate() {
        // Hits are in order, so what overlaps is near.
        let near = &found[index.saturating_sub(NEAR)..(index + NEAR).min(found.len())];
        // The longest words win; among equally long ones, the entry that stands first in the pack. A name
        // beats a phrase of use that merely holds it.
        let beaten = near.iter().any(|(other, theirs, other_use)| {
            let same = other == remedy && theirs == tokens && other_use == is_use;
            let longer = theirs.len() > tokens.len()
                && (other == remedy || !other_use || *is_use || knowledge.is_part_of(*remedy, *other));
            let equal = theirs.len() == tokens.len();
            // A kind of a remedy is that remedy, too: what is said of clove oil is said of an essential oil.
            let related = knowledge.are_of_one_kind(*other, *remedy);
            let first = equal && !related && (other < remedy || (other == remedy && *is_use && !other_use));
            // `Sit in an ice bath`: what looked like the use of a bath ends in the name of something else.
            let is_whole = knowledge.is_part_of(*remedy, *other);
            let is_part = knowledge.is_part_of(*other, *remedy);
            let ends_in_name = is_whole || (theirs.end == tokens.end && !related && !is_part);
            let name_in_use = !other_use && *is_use && other != remedy && ends_in_name;
            !same && overlap(theirs, tokens) && (longer || first || name_in_use)
        });
        let taken = kept.iter().rev().take(NEAR).any(|(other, theirs, _)| {
            let related = knowledge.are_of_one_kind(*other, *remedy);
            overlap(theirs, tokens) && !(related && theirs == tokens)
        });
        // `add six drops of` and `drops of lavender oil` name it together, and the kind that it is.
        let same_use = |(other, words, is_use): &&(RemedyId, Range<usize>, bool)| {
            let related = knowledge.are_of_one_kind(*other, *remedy);
            *is_use && (other == remedy || related) && words.end >= tokens.start
        };
        let used = kept.last().filter(|_| !is_use).filter(same_use).map(|it| it.1.start);
        if let Some(start) = used {
            let together = start..kept.last().map_or(tokens.end, |it| it.1.end.max(tokens.end));
            let is_named = kept.iter().rev().take(NEAR).any(|it| it.0 == *remedy && it.1.start == start);
            if !is_named {
                kept.push((*remedy, together.clone(), true));
            }
            kept.iter_mut().rev().take_while(|it| it.1.start == start).for_each(|it| it.1 = together.clone());
        } else if !beaten && !taken {
            kept.push((*remedy, tokens.clone(), *is_use));
        }
    }
    kept.into_iter()
        .map(|(remedy, tokens, is_use)| {
            let mut stance = stance_of(passage, visible, &tokens);
            let sentence = &passage.sentences[passage.sentence_of(tokens.start)];
            let clause = sentence.clause_of(tokens.start);
            let is_use = is_use && !is_in_passing(passage, &clause, &tokens) && !asks(passage, sentence);
            if is_use && stance == Stance::Named {
                stance = Stance::Recommended;
            }
            // `Wash the rub off`
            if stance == Stance::Recommended && passage.has_cue(&clause, &[Cue::TakesOff]) {
                stance = Stance::Named;
            }
            let span = block.prose.source_span(passage.visible(&tokens));
            let is_told = is_use || begins_with_action(passage, &clause);
            let is_everyday = knowledge.remedy(remedy).everyday;
            Mention { remedy, block: passage.block, tokens, span, stance, is_told, is_everyday }
        })
        .collect()
}

/// `The patch`, where a patch was named before, and no other thing of that name after it.
fn is_named_before(
    passage: &Passage,
    visible: &str,
    short: &Hit<Meaning>,
    before: &[Mention],
    here: &[(RemedyId, Range<usize>, bool)],
) -> bool {
    const WHICH: &[&str] = &["the", "your", "this", "that", "my", "our", "each", "another"];
    /// So many remedies can be named in between.
    const FAR: usize = 128;
    let is_pointed_at =
        short.tokens.start.checked_sub(1).is_some_and(|at| {
            WHICH.iter().any(|it| passage.tokens[at].text(visible).eq_ignore_ascii_case(it))
        });
    let shares_it = |remedy: RemedyId| {
        passage
            .hits_in(&short.tokens)
            .any(|it| it.tokens == short.tokens && it.meaning == Meaning::RemedyShort(remedy))
    };
    let mut named = before.iter().map(|it| it.remedy).chain(here.iter().map(|it| it.0)).rev().take(FAR);
    // `Epsom salts in the tub`: where they go. A pad over the patch is one more.
    let is_place = here.iter().rev().take(NEAR).any(|(_, tokens, _)| {
        tokens.end + 2 == short.tokens.start
            && !["over", "on", "with", "and"]
                .iter()
                .any(|it| passage.tokens[tokens.end].text(visible).eq_ignore_ascii_case(it))
    });
    is_pointed_at
        && !is_place
        && named.find(|&it| shares_it(it)).is_some_and(|it| short.meaning == Meaning::RemedyShort(it))
}

/// Whether an article tells how to make a dish: what it warms and chills is food.
pub(super) fn is_recipe(document: &Document<'_>, passages: &[Passage]) -> bool {
    const FEWEST: usize = 2;
    /// Heat packs are sewn and oils are mixed under such headings, too.
    const FEWEST_OF_MAKING: usize = 6;
    let headings: Vec<String> = document
        .outline
        .headings
        .iter()
        .map(|heading| document.block(heading.block).prose.text().trim().to_lowercase())
        .collect();
    let is_headed = |words: &[&str]| headings.iter().any(|it| words.iter().any(|word| it.starts_with(word)));
    let kitchen = |passage: &Passage| passage.cues_in(&(0..passage.tokens.len()), &[Cue::Kitchen]).count();
    let kitchen: usize = passages.iter().map(kitchen).sum();
    FEWEST <= kitchen && is_headed(&["ingredients"])
        || FEWEST_OF_MAKING <= kitchen
            && is_headed(&[
                "method",
                "you will need",
                "you'll need",
                "you’ll need",
                "what you need",
                "what you'll need",
                "directions",
                "how to make it",
                "how to make them",
            ])
}

/// Whether a sentence measures as medicines are measured.
fn measures_medicine(passage: &Passage, visible: &str, sentence: &Sentence) -> bool {
    const MEASURES: &[&str] =
        &["mg", "milligram", "milligrams", "tablet", "tablets", "pill", "pills", "capsule", "capsules"];
    sentence.tokens.clone().any(|at| MEASURES.contains(&passage.tokens[at].text(visible)))
}

/// Whether what looks like a remedy is about food. `While the lasagne is in the oven, take a bath` is about the bath, and no
/// flask of soup in another clause makes food of a machine.
fn is_about_food(passage: &Passage, visible: &str, remedy: &Remedy, mention: &Range<usize>) -> bool {
    let sentence = &passage.sentences[passage.sentence_of(mention.start)];
    let is_mixed =
        [Statement::Label, Statement::Concentration].iter().any(|it| remedy.state.contains_key(it));
    let can_be_food = remedy.works_by.is_some() || is_mixed;
    sentence.clauses().any(|clause| {
        let begins_with = |word: &&str| passage.tokens[clause.start].text(visible).eq_ignore_ascii_case(word);
        let is_aside =
            !clause.contains(&mention.start) && (!can_be_food || ["while", "then"].iter().any(begins_with));
        !is_aside && names_food(passage, visible, &clause)
    })
}

/// Whether some tokens speak of food, other than what is eaten before or after: `Sit in the sauna, and have hot soup afterwards`,
/// `with supper in the oven`, `after your curry`.
pub(super) fn names_food(passage: &Passage, visible: &str, tokens: &Range<usize>) -> bool {
    const BESIDE: &[&str] = &["after", "before", "by", "while", "with", "once", "during", "until"];
    /// `while dinner is in the oven`
    const FAR: usize = 5;
    passage.cues_in(tokens, &[Cue::Kitchen]).any(|food| {
        let is_later = passage.has_cue(&(food.tokens.end..food.tokens.end + 2), &[Cue::Sequence]);
        let before = food.tokens.start.saturating_sub(FAR).max(tokens.start)..food.tokens.start;
        let is_beside = before
            .map(|at| passage.tokens[at].text(visible))
            .any(|word| BESIDE.iter().any(|it| word.eq_ignore_ascii_case(it)));
        !is_later && !is_beside
    })
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
