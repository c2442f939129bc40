//! Advice to get help: who, when, how soon.
//!
//! A sentence is one statement; so are a heading or lead-in with the list under it, and a table row. A question
//! right before a sentence belongs to it: `Still sore after a week? See your doctor.`

use std::ops::Range;

use super::amount::{Amount, Kind};
use super::called::{is_called, joint};
use super::passage::{Held, Passage, Sentence, passage_of};
use super::stance::begins_with_action;
use super::triage::begins_by_pointing_back;
use crate::document::Document;
use crate::document::blocks::{Block, BlockId};
use crate::document::words::TokenKind;
use crate::knowledge::cues::Cue;
use crate::knowledge::escalation::HelperLevel;
use crate::knowledge::lexicon::Hit;
use crate::knowledge::{FlagId, Meaning};
use crate::span::Span;

/// One statement that sends readers to somebody.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// The sentence that names the helper.
    pub span: Span,
    /// The words for the helper.
    pub helper_span: Span,
    /// Whom it names.
    pub helpers: Vec<HelperLevel>,
    /// Whether it says when: a sign, a time, getting worse.
    pub says_when: bool,
    /// Whether it says how soon.
    pub says_how_soon: bool,
    /// A question to ask before a remedy is used, or about a condition: no answer to a symptom.
    pub is_beforehand: bool,
    /// Red flags named in the statement.
    pub flags: Vec<FlagId>,
}

impl Escalation {
    /// Whether it sends readers to medical help.
    pub fn is_medical(&self) -> bool {
        self.helpers.iter().any(|helper| helper.is_medical())
    }

    /// Whether it names somebody who is no medical help.
    pub fn names_non_medical(&self) -> bool {
        self.helpers.contains(&HelperLevel::NonMedical)
    }

    /// 0 to 3: a point each for who, when and how soon; nothing without a medical who, at most 2 for `X or a doctor`.
    pub fn score(&self) -> u8 {
        if !self.is_medical() || self.is_beforehand {
            return 0;
        }
        let score = 1 + u8::from(self.says_when) + u8::from(self.says_when && self.says_how_soon);
        if self.names_non_medical() { score.min(2) } else { score }
    }
}

/// Part of a statement: some tokens of a passage.
struct Part<'p> {
    passage: &'p Passage,
    amounts: &'p [Amount],
    tokens: Range<usize>,
}

/// Finds the statements of an article. `amounts` gives each passage's.
pub(super) fn escalations<'p>(
    document: &Document<'_>,
    passages: &'p [Passage],
    amounts: &'p [Vec<Amount>],
) -> Vec<Escalation> {
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let block = document.block(passage.block);
        if !block.kind.is_prose() {
            continue;
        }
        if passage.scope.reports || !passage.holds(Held::Helper) {
            continue;
        }
        let is_asked = asks_in_header(document, passages, passage.block)
            || asks_over_list(document, passages, passage.block);
        for (place, sentence) in passage.sentences.iter().enumerate() {
            let label = label_of(block, passage).filter(|_| place == 0).unwrap_or(0);
            let before = place.checked_sub(1).map(|before| &passage.sentences[before]);
            // `It gets worse every week. Who should I turn to? A reflexologist.`
            let is_asked_here =
                before.is_some_and(|it| it.is_question && passage.has_cue(&it.tokens, &[Cue::Seek]));
            let is_asked = is_asked || is_asked_here;
            let helpers = helpers(passage, block.prose.text(), sentence, is_asked, label);
            if helpers.is_empty() {
                continue;
            }
            let mut parts = vec![Part { passage, amounts: &amounts[index], tokens: sentence.tokens.clone() }];
            // `… can mean a collapsed lung. Call an ambulance.`
            let is_bare = (is_order(sentence) || is_urgent_order(passage, sentence))
                && flags_in(passage, &sentence.tokens).is_empty();
            // `Knee pain that gets worse every week needs attention. Talk to …`
            let has_own = passage.has_cue(&sentence.tokens, &[Cue::Condition]);
            let complains = |before: &Sentence| {
                let says = |cue| passage.has_cue(&before.tokens, &[cue]);
                says(Cue::Symptom) && says(Cue::Worsening) && !passage.names_helper(&before.tokens)
            };
            let belongs = |before: &&Sentence| {
                before.is_question
                    || is_fragment(before)
                    || !has_own && complains(before)
                    || (is_bare || begins_by_pointing_back(passage, sentence))
                        && !flags_in(passage, &before.tokens).is_empty()
            };
            // `Getting worse? Come back to us. Your massage therapist …`
            let asked = place.checked_sub(2).map(|asked| &passage.sentences[asked]);
            let asked = asked.filter(|it| it.is_question && before.is_some_and(is_order) || is_asked_here);
            for told in before.filter(belongs).into_iter().chain(asked) {
                parts.push(Part { passage, amounts: &amounts[index], tokens: told.tokens.clone() });
            }
            let is_last = place + 1 == passage.sentences.len();
            let is_medical = helpers.iter().all(|(kind, _)| kind.is_medical());
            let is_quick = helpers.iter().all(|(kind, _)| kind.is_quick());
            let answers_all = place == 0 && is_quick && answers_a_list(passage, sentence);
            let above = answers_all.then(|| list_above(document, passages, passage.block));
            let beside = companions(document, passage.block, is_last, place == 0, is_medical);
            for other in beside.into_iter().chain(above.into_iter().flatten()) {
                if let Ok(other) = passages.binary_search_by_key(&other, |it| it.block) {
                    let tokens = 0..passages[other].tokens.len().min(LONGEST_COMPANION);
                    parts.push(Part { passage: &passages[other], amounts: &amounts[other], tokens });
                }
            }
            let next = passage.sentences.get(place + 1).filter(|_| names_no_medical_help(&helpers));
            if !next.is_some_and(|it| sends_on(passage, it)) {
                found.push(statement(document, passage, sentence, &helpers, &parts));
            }
        }
    }
    found
}

fn names_no_medical_help(helpers: &[(HelperLevel, Range<usize>)]) -> bool {
    helpers.iter().all(|(kind, _)| !kind.is_medical())
}

/// Whether a sentence sends readers to medical help for what the one before it was about: `Tell your yoga teacher that it is
/// getting worse. The one who needs to see it is your GP.`
fn sends_on(passage: &Passage, sentence: &Sentence) -> bool {
    let mut helpers = passage.hits_in(&sentence.tokens);
    passage.has_cue(&sentence.tokens, &[Cue::PointsBack])
        && helpers.any(|it| matches!(it.meaning, Meaning::Helper(kind) if kind.is_medical()))
}

/// So many tokens of another block are read with a sentence.
const LONGEST_COMPANION: usize = 400;

/// `Heel pain after three weeks:`: too short to be a sentence of its own.
fn is_fragment(sentence: &Sentence) -> bool {
    sentence.tokens.len() <= 4
}

/// `Call an ambulance.`: it says nothing but whom to turn to.
fn is_order(sentence: &Sentence) -> bool {
    sentence.tokens.len() <= 6
}

/// `Stop and call 911 that second, and let them tell you it was nothing.`: it says how soon and supposes nothing.
fn is_urgent_order(passage: &Passage, sentence: &Sentence) -> bool {
    const LONGEST: usize = 18;
    sentence.tokens.len() <= LONGEST
        && passage.has_cue(&sentence.tokens, &[Cue::Soon])
        && !passage.has_cue(&sentence.tokens, &[Cue::Condition])
}

/// Blocks that are one statement with this one: the list under it, the other cells of its row, the question over it.
///
/// A heading goes on in the text under it where it sends readers to medical help: `See the doctor the same day`.
fn companions(
    document: &Document<'_>,
    block: BlockId,
    is_last: bool,
    is_first: bool,
    is_medical: bool,
) -> Vec<BlockId> {
    let content = &document.content;
    let here = document.block(block);
    let mut found = Vec::new();
    if let Some(cell) = here.place.cell {
        found.extend(content.tables[cell.table].others_in_row(cell));
    }
    let is_heading = document.outline.heading_at(block).is_some();
    // `Call 911 right now for a headache that`, and below it the list
    let introduces = is_heading || !here.prose.text().trim_end().ends_with(['.', '!', '?', '”', '"']);
    if is_last {
        let list = content.list_led_by(block);
        let list = list.or_else(|| {
            // `See your GP if:` as a heading, a sentence, then the list.
            content.list_led_by(block + 1).filter(|_| is_heading)
        });
        if let Some(list) = list.filter(|list| introduces || list.lead_in != Some(block)) {
            found.extend(list.items.iter().flat_map(|item| item.blocks.clone()));
        } else if is_heading && (is_medical || introduces_its_text(here.prose.text())) {
            found.extend((block + 1 < content.blocks.len()).then_some(block + 1));
        }
    }
    if is_first && let Some(heading) = document.outline.heading_right_over(block) {
        let text = document.block(heading.block).prose.text();
        if text.trim_end().ends_with('?') {
            found.push(heading.block);
        }
    }
    found
}

/// Whether a sentence says what to do about all that stands in the list above it: `Call 999 straight away.`, `For any of these,
/// ring 999.`
fn answers_a_list(passage: &Passage, sentence: &Sentence) -> bool {
    let names_none = flags_in(passage, &sentence.tokens).is_empty();
    // `at once` supposes nothing
    let is_soon = |it: &Hit<Meaning>| {
        passage.has_cue(&(it.tokens.start.saturating_sub(1)..it.tokens.end), &[Cue::Soon])
    };
    let supposes = passage.cues_in(&sentence.tokens, &[Cue::Condition]).any(|it| !is_soon(it));
    names_none && (!supposes || passage.has_cue(&sentence.tokens, &[Cue::PointsOn]))
}

/// The items of the list that ends right above a block, and what leads into it, unless these send readers to somebody themselves.
fn list_above(document: &Document<'_>, passages: &[Passage], block: BlockId) -> Vec<BlockId> {
    let before = block.checked_sub(1).map(|it| document.block(it).place.item);
    let Some((list, _)) = before.flatten().filter(|_| document.block(block).place.item.is_none()) else {
        return Vec::new();
    };
    let list = &document.content.lists[list];
    let sends = |it: &BlockId| passage_of(passages, *it).is_some_and(|it| it.holds(Held::Helper));
    let leads_to_somebody = list
        .lead_in
        .and_then(|it| passage_of(passages, it))
        .is_some_and(|passage| passage.sentences.last().is_some_and(|it| passage.names_helper(&it.tokens)));
    if leads_to_somebody {
        return Vec::new();
    }
    let items = list.items.iter().flat_map(|item| item.blocks.clone());
    list.lead_in.into_iter().chain(items).filter(|it| !sends(it)).collect()
}

/// `When to see a doctor`: a heading that goes on in the text under it.
fn introduces_its_text(heading: &str) -> bool {
    let heading = heading.trim();
    heading.ends_with([':', '…']) || heading.to_lowercase().starts_with("when ")
}

/// Whether a cell stands under words that send readers to somebody: a column headed `Ask`, or `Who`.
pub(super) fn asks_in_header(document: &Document<'_>, passages: &[Passage], block: BlockId) -> bool {
    let cell = document.block(block).place.cell;
    let header = cell.and_then(|cell| document.content.tables[cell.table].header_over(cell));
    let header = header.and_then(|header| passage_of(passages, header));
    header.is_some_and(|it| it.says(&[Cue::Seek]))
}

/// Whether an item stands under a question of whom to turn to: `Who should I ring, and when?`
fn asks_over_list(document: &Document<'_>, passages: &[Passage], block: BlockId) -> bool {
    let Some((list, _)) = document.block(block).place.item else { return false };
    let lead_in = document.content.lists[list].lead_in;
    let heading = document.outline.ancestors(block).next().map(|it| it.block);
    lead_in.into_iter().chain(heading).filter_map(|it| passage_of(passages, it)).any(|over| {
        over.sentences.last().is_some_and(|it| it.is_question && over.has_cue(&it.tokens, &[Cue::Seek]))
    })
}

/// Where a bold label ends that a block begins with: `**999** for chest pain`, `**111, today:** a hot joint`.
fn label_of(block: &Block, passage: &Passage) -> Option<usize> {
    let end = block.strong_start()?;
    let is_label = end < block.prose.text().trim_end().len();
    is_label.then(|| passage.tokens_before(end))
}

/// The helpers that a sentence sends readers to, with their tokens. `is_asked` where what stands over it says so already; up
/// to `label` they stand in a label, which says so, too.
fn helpers(
    passage: &Passage,
    visible: &str,
    sentence: &Sentence,
    is_asked: bool,
    label: usize,
) -> Vec<(HelperLevel, Range<usize>)> {
    let mut found = Vec::new();
    let all = &sentence.tokens;
    // Under `When is it not just sore muscles?`, `If your calf swells, …` sends readers to somebody all the same.
    // `Chest pain: ambulance`, in a cell or a list. `It is stocked in four hospitals` sends nobody there.
    let is_brief =
        all.len() <= 4 || all.len() <= 8 && (passage.scope.lists || has_colon(passage, visible, all));
    let is_urged = passage.has_cue(all, &[Cue::Condition, Cue::Soon]);
    let is_under_prohibition = passage.scope.forbids && !is_urged;
    for hit in passage.hits_in(all) {
        let Meaning::Helper(kind) = hit.meaning else { continue };
        let is_asked = is_asked || kind.is_medical() && hit.tokens.end <= label;
        let is_other_thing = passage.hits_in(all).any(|other| {
            let overlaps = other.tokens.start < hit.tokens.end && hit.tokens.start < other.tokens.end;
            overlaps
                && (other.meaning == Meaning::HelperNot(kind)
                    || matches!(other.meaning, Meaning::Helper(_)) && other.tokens.len() > hit.tokens.len())
        });
        let told = all.start..hit.tokens.start;
        // `let our reflexologist have a look`
        let surrounds =
            |seek: &Hit<Meaning>| seek.tokens.start < hit.tokens.start && hit.tokens.end <= seek.tokens.end;
        let sought = is_asked
            || passage.has_cue(&told, &[Cue::Seek])
            || passage.cues_in(all, &[Cue::Seek]).any(surrounds)
            // `your naturopath will be able to help`
            || passage.has_cue(&(hit.tokens.end..(hit.tokens.end + 8).min(all.end)), &[Cue::Offer])
            || (kind == HelperLevel::Emergency && (is_brief || is_urged))
            // `Today, by 111 or your GP, if one calf is swollen`
            || (kind.is_medical() && is_urged && is_named_as_means(passage, visible, hit.tokens.start))
            // `GP or out of hours clinic, today`, in a cell or a list, and `Urgent care, today.`
            || (kind.is_medical()
                && (is_brief && passage.scope.lists
                    || is_order(sentence)
                    || is_behind_colon(passage, visible, hit.tokens.start))
                && passage.has_cue(all, &[Cue::Soon]));
        // `has not improved by then`, which `do not go back to` is not
        let is_of_symptom = |no: &Hit<Meaning>| {
            let begins = sentence.clause_of(no.tokens.start).start == no.tokens.start;
            !begins && passage.is_part_of_cue(&no.tokens, &told, &[Cue::Worsening])
        };
        let negated = passage.cues_in(&told, &[Cue::Forbid, Cue::InsteadOf]).any(|cue| {
            cue.tokens.end <= hit.tokens.start
                && !is_of_symptom(cue)
                && same_clause(sentence, cue.tokens.start, hit.tokens.start)
                && !negates_symptom(passage, cue.tokens.end, hit.tokens.start)
        });
        // `doors 900 to 911`
        let is_of_range = matches!(joint(passage, visible, hit.tokens.start), Some("to" | "–" | "-"));
        let is_mere_number = (!is_asked || is_of_range)
            && hit.tokens.len() == 1
            && passage.tokens[hit.tokens.start].kind == TokenKind::Number
            && !is_called(passage, visible, sentence, hit.tokens.start);
        // `Make an appointment and tell them how much climbing we did`
        let is_told_first = begins_with_action(passage, &sentence.clause_of(hit.tokens.start));
        let story = if is_told_first { all.start..hit.tokens.start } else { all.clone() };
        let told_of = passage.has_cue(&story, &[Cue::Story, Cue::Report]) && kind != HelperLevel::Emergency;
        // `Call 999, then the front desk`
        let is_next = found.iter().any(|(earlier, _): &(HelperLevel, Range<usize>)| earlier.is_medical())
            && !kind.is_medical()
            && (hit.tokens.start.saturating_sub(2)..hit.tokens.start)
                .any(|at| passage.tokens[at].text(visible).eq_ignore_ascii_case("then"));
        if is_next {
            continue;
        }
        if !is_other_thing && !is_mere_number && sought && !negated && !told_of && !is_under_prohibition {
            found.push((kind, hit.tokens.clone()));
        }
    }
    found
}

/// `Chest pain: ambulance`
fn has_colon(passage: &Passage, visible: &str, tokens: &Range<usize>) -> bool {
    passage.tokens[tokens.clone()].iter().any(|it| it.is_mark(visible, ':'))
}

/// `You heard a crack: minor injuries unit, the same day.`
fn is_behind_colon(passage: &Passage, visible: &str, helper: usize) -> bool {
    // Its article may stand between.
    (helper.saturating_sub(2)..helper).any(|at| passage.tokens[at].is_mark(visible, ':'))
}

/// `by 111 or your GP`
fn is_named_as_means(passage: &Passage, visible: &str, helper: usize) -> bool {
    /// Of all helpers that are named together.
    const FAR: usize = 4;
    (helper.saturating_sub(FAR)..helper).any(|at| passage.tokens[at].text(visible) == "by")
}

/// `If it does not improve, see …` without its comma: the negation is the symptom's.
fn negates_symptom(passage: &Passage, from: usize, to: usize) -> bool {
    passage.has_cue(&(from.saturating_sub(1)..to), &[Cue::Seek])
        && !passage.has_cue(&(from..(from + 3).min(to)), &[Cue::Seek])
}

fn same_clause(sentence: &Sentence, one: usize, other: usize) -> bool {
    sentence.clause_of(one) == sentence.clause_of(other)
}

fn statement(
    document: &Document<'_>,
    passage: &Passage,
    sentence: &Sentence,
    helpers: &[(HelperLevel, Range<usize>)],
    parts: &[Part<'_>],
) -> Escalation {
    let prose = &document.block(passage.block).prose;
    let has = |cues: &[Cue]| parts.iter().any(|part| part.passage.has_cue(&part.tokens, cues));
    let flags: Vec<FlagId> = parts.iter().flat_map(|part| flags_in(part.passage, &part.tokens)).collect();
    let conditional = has(&[Cue::Condition]) || parts.len() > 1 || sentence.tokens.len() < 25;
    let symptom = has(&[Cue::Symptom]);
    // `If your lap times get worse, talk to your coach`
    let worsening = parts.iter().any(|part| {
        let mut said = part.passage.cues_in(&part.tokens, &[Cue::Worsening]);
        let is_weak = |it: &Hit<Meaning>| {
            part.passage.overlapping(&it.tokens, Meaning::Cue(Cue::WeakTrigger)).next().is_some()
        };
        said.any(|it| !is_weak(it))
    });
    let time = parts.iter().any(names_days);
    let weak_only = has(&[Cue::WeakTrigger]) && flags.is_empty() && !worsening && !time;
    // `See your GP if the knee swells`; of one who is no doctor, that is a word on how the session feels.
    let complains = has(&[Cue::Complaint])
        && has(&[Cue::Condition])
        && !has(&[Cue::Beforehand])
        && helpers.iter().all(|(kind, _)| kind.is_medical());
    let says_when =
        !weak_only && (!flags.is_empty() || (worsening && conditional) || (time && symptom) || complains);
    let is_medical = helpers.iter().any(|(kind, _)| kind.is_medical());
    // `before your next class` says how soon, and is no question to ask first.
    let is_first = |part: &Part<'_>| {
        let text = document.block(part.passage.block).prose.text();
        let names_next = |it: &Hit<Meaning>| {
            it.tokens.clone().any(|at| part.passage.tokens[at].text(text).eq_ignore_ascii_case("next"))
        };
        part.passage.cues_in(&part.tokens, &[Cue::Beforehand, Cue::Intake]).any(|it| !names_next(it))
    };
    let asks_first = parts.iter().any(is_first) && (!says_when || !is_medical);
    let about_condition = !says_when
        && has(&[Cue::Condition])
        && !has(&[Cue::WeakTrigger])
        && parts.iter().any(|part| {
            part.passage.hits_in(&part.tokens).any(|hit| {
                let clause = sentence.clause_of(hit.tokens.start);
                // `Keep it over your clothes, and speak to your doctor if …` is about no clothes.
                let is_before = std::ptr::eq(part.passage, passage) && clause.end <= helpers[0].1.start;
                matches!(hit.meaning, Meaning::Caution(_))
                    && (!is_before || passage.has_cue(&clause, &[Cue::Condition]))
            })
        });
    let quick_helper = helpers.iter().any(|(kind, _)| kind.is_quick());
    let visible = passage.visible(&sentence.tokens);
    Escalation {
        span: prose.source_span(visible),
        helper_span: prose.source_span(passage.visible(&helpers[0].1)),
        helpers: helpers.iter().map(|(kind, _)| *kind).collect(),
        says_when,
        says_how_soon: quick_helper || has(&[Cue::Soon, Cue::NextDay]) || time,
        is_beforehand: asks_first || about_condition,
        flags,
    }
}

/// A time of a day or more: `after five days`, `longer than two weeks`.
fn names_days(part: &Part<'_>) -> bool {
    const MINUTES_OF_A_DAY: f64 = 1440.0;
    let first = part.amounts.partition_point(|it| it.tokens.start < part.tokens.start);
    let end = part.amounts.partition_point(|it| it.tokens.start < part.tokens.end).max(first);
    part.amounts[first..end].iter().any(|amount| {
        let inside = part.tokens.start <= amount.tokens.start && amount.tokens.end <= part.tokens.end;
        let most = amount.high.or(amount.low);
        let is_long = match amount.kind {
            Kind::Course => !amount.vague,
            Kind::Duration => most.is_some_and(|minutes| minutes >= MINUTES_OF_A_DAY / 2.0) && !amount.vague,
            _ => false,
        };
        inside && is_long
    })
}

/// Red flags named in some tokens, homonyms left out.
pub(super) fn flags_in(passage: &Passage, tokens: &Range<usize>) -> Vec<FlagId> {
    passage
        .hits_in(tokens)
        .filter_map(|hit| match hit.meaning {
            Meaning::Sign(flag) if !is_homonym(passage, flag, &hit.tokens) => Some(flag),
            _ => None,
        })
        .collect()
}

/// Whether a sentence says who should not come: `We don't massage clients who have a fever`. What it names is no sign to act
/// on.
pub(super) fn screens(passage: &Passage, sentence: &Sentence) -> bool {
    passage.has_cue(&sentence.tokens, &[Cue::Intake])
}

/// Whether a phrase of the pack says that these words are no such sign: `long strokes`.
pub(super) fn is_homonym(passage: &Passage, flag: FlagId, tokens: &Range<usize>) -> bool {
    passage.is_ruled_out_by(tokens, Meaning::SignNot(flag))
}
