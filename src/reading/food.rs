//! Food and cooking: what is warmed or chilled in a kitchen is no remedy, and neither is what grows in a garden.

use std::ops::Range;

use super::passage::{Passage, Sentence};
use crate::document::Document;
use crate::knowledge::cues::Cue;
use crate::knowledge::remedies::{Remedy, Statement};

/// What a passage has to do with food.
pub(super) struct Kitchen<'p> {
    passage: &'p Passage,
    visible: &'p str,
    /// Whether the whole article is a recipe.
    is_recipe: bool,
    /// Whether it speaks of food twice and of no body: what is warm or cold in it is none of the reader's. A tablet is one all
    /// the same.
    cooks: bool,
}

impl<'p> Kitchen<'p> {
    pub(super) fn of(passage: &'p Passage, visible: &'p str, is_recipe: bool) -> Self {
        let all = 0..passage.tokens.len();
        let food = passage.cues_in(&all, &[Cue::Kitchen]);
        let mut sentences = food.map(|it| passage.sentence_of(it.tokens.start));
        let first = sentences.next();
        // `It was 2 °C and there were rolls in the oven. Afterwards, take an ice bath.`
        let is_single = passage.sentences.len() == 1;
        let several = sentences.any(|it| is_single || first != Some(it));
        let cooks = several && !passage.has_cue(&all, &[Cue::BodyPart]);
        Self { passage, visible, is_recipe, cooks }
    }

    /// Whether what looks like a remedy is food.
    pub(super) fn holds(&self, remedy: &Remedy, tokens: &Range<usize>) -> bool {
        let Self { passage, visible, is_recipe, cooks } = *self;
        let sentence = &passage.sentences[passage.sentence_of(tokens.start)];
        let is_warmed = cooks && remedy.works_by.is_some();
        // `Score the thighs and rub in the turmeric`, in a recipe, is about no reader's.
        let is_on_body = passage.has_cue(&sentence.tokens, &[Cue::BodyPart])
            && (!is_recipe || passage.has_cue(&sentence.tokens, &[Cue::Reader]));
        // A tablet is no food, whatever it is taken with.
        let is_measured =
            remedy.state.contains_key(&Statement::Label) && measures_medicine(passage, visible, sentence);
        (is_recipe || is_warmed || is_about_food(passage, visible, remedy, tokens))
            && !is_measured
            && !is_on_body
    }
}

/// Whether an article tells how to make a dish: what it warms and chills is food.
pub(super) fn is_recipe(document: &Document<'_>, passages: &[Passage]) -> bool {
    const FEWEST: usize = 2;
    /// Heat packs are sewn and oils are mixed under such headings, too.
    const FEWEST_OF_MAKING: usize = 6;
    /// An article that speaks of food all along, and of no body.
    const FEWEST_IN_ALL: usize = 4;
    const WORDS_FOR_ONE_CUE: usize = 30;
    let headings: Vec<String> = document
        .outline
        .headings
        .iter()
        .map(|heading| document.block(heading.block).prose.text().trim().to_lowercase())
        .collect();
    let is_headed = |words: &[&str]| headings.iter().any(|it| words.iter().any(|word| it.starts_with(word)));
    let kitchen = |passage: &Passage| passage.cues_in(&(0..passage.tokens.len()), &[Cue::Kitchen]).count();
    let kitchen: usize = passages.iter().map(kitchen).sum();
    let words: usize = passages.iter().map(|it| it.tokens.len()).sum();
    // `Rub the ham with salt. Cure it for nine days. Soak it in cold water. Bake it.`
    let is_nothing_else = FEWEST_IN_ALL <= kitchen
        && words <= kitchen * WORDS_FOR_ONE_CUE
        && !passages.iter().any(|it| it.says(&[Cue::BodyPart]));
    is_nothing_else
        || FEWEST <= kitchen && is_headed(&["ingredients"])
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
    const BESIDE: &[&str] = &[
        "after", "before", "by", "while", "with", "once", "during", "until", "eat", "eating", "drink",
        "live", "yourself",
    ];
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
