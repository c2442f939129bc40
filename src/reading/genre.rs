//! What kind of article it is, where that changes what its words mean: about diseases, or looking for staff.

use super::passage::{Held, Passage};
use super::stance::commands;
use crate::document::Document;
use crate::document::blocks::BlockKind;
use crate::knowledge::Meaning;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;

/// Whether an article looks for staff: what they will do with a sauna or a massage is no advice.
pub(super) fn offers_a_job(document: &Document<'_>, passages: &[Passage]) -> bool {
    const FEWEST: usize = 2;
    let in_front = |it: &Passage| matches!(document.block(it.block).kind, BlockKind::FrontMatter(_));
    let first = passages.iter().find(|it| !in_front(it)).map(|it| it.block);
    let offering = || passages.iter().filter(|it| it.says(&[Cue::Vacancy]));
    // A heading, the title, or how the article begins: `We're hiring! Saturdays, at the spa.`
    let announces = |it: &Passage| {
        let is_heading = document.title == Some(it.block) || document.outline.heading_at(it.block).is_some();
        let beginning = it.sentences.first().filter(|_| first == Some(it.block));
        is_heading || beginning.is_some_and(|begins| it.has_cue(&begins.tokens, &[Cue::Vacancy]))
    };
    let offers = |it: &Passage| it.cues_in(&(0..it.tokens.len()), &[Cue::Vacancy]).count();
    offering().any(announces) && FEWEST <= offering().map(offers).sum::<usize>()
}

/// Whether an article is about diseases and their treatment rather than about what readers do to feel better: what
/// it says a remedy is good for is then no invitation.
pub(super) fn is_clinical(passages: &[Passage]) -> bool {
    const WORDS_FOR_ONE_CUE: usize = 150;
    const FEWEST: usize = 2;
    /// Where readers are told to use remedies, a few words on medicines are asides.
    const FEWEST_BESIDE_ADVICE: usize = 6;
    /// A page on a disease may mention a massage among the treatments.
    const CLINICAL_FOR_ONE_WELLNESS: usize = 5;
    let is_remedy = |hit: &Hit<Meaning>| matches!(hit.meaning, Meaning::Remedy(_) | Meaning::RemedyUse(_));
    let tells = |passage: &Passage| {
        let hits = if passage.holds(Held::Remedy) { &passage.hits[..] } else { &[] };
        hits.iter()
            .filter(|hit| is_remedy(hit))
            .any(|hit| commands(passage, &passage.sentences[passage.sentence_of(hit.tokens.start)]))
    };
    // Where readers are told to use remedies, `People with diabetes should leave it out` is said of one, not of a disease.
    let gives_advice = passages.iter().any(tells);
    let names_a_remedy = passages.iter().any(|it| it.holds(Held::Remedy));
    let cautions = |passage: &Passage, clinical: &Hit<Meaning>| {
        let is_said_of_people = clinical.tokens.len() > 1;
        // `Leave it out if you have kidney disease`
        let sentence = &passage.sentences[passage.sentence_of(clinical.tokens.start)].tokens;
        let is_ruled_out = passage.has_cue(sentence, &[Cue::Forbid, Cue::Beforehand]);
        // `Not for you if you have liver disease`
        let is_told_to_readers = names_a_remedy && is_ruled_out && passage.has_cue(sentence, &[Cue::Reader]);
        let is_of = |hit: &Hit<Meaning>| {
            hit.tokens.start <= clinical.tokens.start && clinical.tokens.end <= hit.tokens.end
        };
        let around = passage.hits_around(clinical.tokens.start);
        let mut around = around.filter(|hit| is_said_of_people || is_ruled_out && is_of(hit));
        (gives_advice || is_told_to_readers) && around.any(|hit| matches!(hit.meaning, Meaning::Caution(_)))
    };
    let count = |cue| {
        let of =
            |it: &Passage| it.cues_in(&(0..it.tokens.len()), &[cue]).filter(|hit| !cautions(it, hit)).count();
        passages.iter().map(of).sum::<usize>()
    };
    let words: usize = passages.iter().map(|it| it.tokens.len()).sum();
    let clinical = count(Cue::Clinical);
    let fewest = if gives_advice { FEWEST_BESIDE_ADVICE } else { FEWEST };
    clinical >= fewest
        && clinical * WORDS_FOR_ONE_CUE > words
        && clinical > CLINICAL_FOR_ONE_WELLNESS * count(Cue::Wellness)
}
