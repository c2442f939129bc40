//! The words that go with a red flag, and what they tell readers to do about it.

use std::ops::Range;

use super::claim;
use super::passage::{Passage, Sentence, passage_below, passage_of};
use super::sign::Action;
use super::stance::{begins_with_action, commands, is_quoted};
use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::Meaning;
use crate::knowledge::cues::Cue;
use crate::knowledge::escalation::HelperLevel;
use crate::knowledge::lexicon::Hit;
use crate::span::Span;

/// With its question mark.
const SHORT_QUESTION: usize = 5;

/// So many sentences a letter has at most whose answer stands below it.
const SHORT_LETTER: usize = 3;

/// As many tokens as a label has, with its full stop.
const LONGEST_LABEL: usize = 18;

/// So many tokens of another cell are read with a sign.
const LONGEST_CELL: usize = 200;

/// How many sentences can belong to the one that names a sign.
const LONGEST_ANSWER: usize = 3;

/// The words that go with a sign: its sentence, what follows a question or label, the other cells of its row.
pub(super) struct Around<'p> {
    document: &'p Document<'p>,
    own: Range<usize>,
    parts: Vec<(&'p Passage, Range<usize>)>,
    /// Of these, what is said of all of its list.
    of_list: Option<(&'p Passage, Range<usize>)>,
    /// Whether it is quoted, and the text below says that it is not so.
    is_corrected: bool,
}

impl<'p> Around<'p> {
    /// Of a sign that begins at a token of a sentence.
    pub(super) fn of(
        document: &'p Document<'_>,
        passage: &'p Passage,
        index: usize,
        sign: usize,
        passages: &'p [Passage],
    ) -> Self {
        let sentence = &passage.sentences[index];
        let said = statement_of(passage, sentence, sign);
        let mut own = said.clone();
        // What is answered or pointed back to goes on: `Numb? That means … Ask your osteopath.`
        let mut goes_on = sentence.is_question;
        let is_last = said.end == sentence.tokens.end;
        let following = passage.sentences.iter().skip(index + 1).take(LONGEST_ANSWER).filter(|_| is_last);
        for (place, next) in following.enumerate() {
            let tells = next.clauses().next().is_some_and(|clause| begins_with_action(passage, &clause));
            // `Some feel short of breath after it. Leave a message for your acupuncturist.`
            // `Call 999 for chest pain` is the order of another sign, where this one has its own.
            let is_of_another = says_what_to_do(passage, &own)
                && passage.hits_in(&next.tokens).any(|hit| matches!(hit.meaning, Meaning::Sign(_)));
            let is_order = passage.names_helper(&next.tokens)
                && !is_of_another
                && (tells || passage.has_cue(&next.tokens, &[Cue::Offer]));
            let points_back = begins_by_pointing_back(passage, next)
                || !passage.names_helper(&own) && (supposes_it(passage, next) || is_order);
            // `Is that bad?` asks about what was said, `Mild soreness?` does not.
            let is_of_another = passage.has_cue(&next.tokens, &[Cue::Symptom])
                && !passage.has_cue(&next.tokens, &[Cue::PointsBack, Cue::YesOrNo]);
            if next.is_question && next.tokens.len() <= SHORT_QUESTION && !is_of_another {
                goes_on = true;
                continue;
            }
            // `One calf that is swollen. Give it a fortnight.`, `Some find that one eyelid droops. Lie down in a dark room.`
            let begins = next.tokens.start;
            let waits = passage.cues_in(&next.tokens, &[Cue::SlowAction]).any(|it| it.tokens.start == begins);
            let is_label = place == 0
                && sentence.tokens.len() <= LONGEST_LABEL
                && (tells && refers_back(passage, next) || waits && !says_what_to_do(passage, &own));
            if !(goes_on || points_back || is_label) || next.is_question {
                break;
            }
            own.end = next.tokens.end;
            goes_on = sentence.is_question && points_back && !tells;
        }
        let mut parts = vec![(passage, own.clone())];
        // `My face was droopy on one side. What now?`, and below it the answer
        let is_asked = passage.sentences.last().is_some_and(|it| it.is_question);
        if is_asked && (sentence.is_question || goes_on) && index + SHORT_LETTER >= passage.sentences.len() {
            parts.extend(answer_below(document, passage, passages));
        }
        // `See the doctor the same day`, over the signs
        let over = document.outline.heading_right_over(passage.block);
        let over = over.and_then(|it| passage_of(passages, it.block)).filter(|it| {
            let all = 0..it.tokens.len();
            it.says(&[Cue::Seek]) && names_medical_help(it, &all)
        });
        parts.extend(over.map(|it| (it, 0..it.tokens.len())));
        // `Coughing up blood`, the term over `Bring it up at your next appointment` in one item
        parts.extend(said_of_term(document, passages, passage));
        let of_list = told_of_list(document, passages, passage.block).filter(|_| !passage.names_helper(&own));
        parts.extend(of_list.clone());
        if let Some(cell) = document.block(passage.block).place.cell {
            for other in document.content.tables[cell.table].others_in_row(cell) {
                let other = passage_of(passages, other);
                parts.extend(other.map(|it| (it, 0..it.tokens.len().min(LONGEST_CELL))));
            }
        }
        let is_corrected = document.block(passage.block).place.quotes > 0
            && passage_below(passages, passage.block).is_some_and(|it| begins_by_refusing(document, it));
        Self { document, own, parts, of_list, is_corrected }
    }

    /// The words that say what to do: those of its list where its own do not.
    pub(super) fn span(&self, passage: &Passage) -> Span {
        let own = (passage, self.own.clone());
        let is_told_here = says_what_to_do(passage, &self.own);
        let (passage, tokens) = self.of_list.clone().filter(|_| !is_told_here).unwrap_or(own);
        self.document.block(passage.block).prose.source_span(passage.visible(&tokens))
    }

    pub(super) fn action(&self) -> Action {
        let mut helpers: Vec<HelperLevel> = Vec::new();
        let (mut soon, mut slow, mut later, mut sooner) = (false, false, false, false);
        let mut by_appointment = false;
        for (passage, tokens) in &self.parts {
            let visible = self.document.block(passage.block).prose.text();
            helpers.extend(passage.hits_in(tokens).filter_map(|hit| match hit.meaning {
                Meaning::Helper(kind)
                    if !is_ruled_out(passage, &hit.tokens, tokens)
                        && !passage.is_ruled_out_by(&hit.tokens, Meaning::HelperNot(kind)) =>
                {
                    Some(kind)
                }
                _ => None,
            }));
            // A soon-word inside a slow phrase is none: `by the end of the week`.
            soon |= passage.cues_in(tokens, &[Cue::Soon]).any(|cue| {
                !passage.is_part_of_cue(&cue.tokens, tokens, &[Cue::SlowAction, Cue::Appointment])
            });
            later |= passage.has_cue(tokens, &[Cue::NextDay]);
            by_appointment |= passage
                .cues_in(tokens, &[Cue::Appointment])
                .any(|cue| !is_ruled_out(passage, &cue.tokens, tokens));
            sooner |= passage.has_cue(tokens, &[Cue::Sooner]);
            slow |= passage
                .cues_in(tokens, &[Cue::MayWait])
                .any(|cue| !is_ruled_out(passage, &cue.tokens, tokens));
            slow |= passage
                .cues_in(tokens, &[Cue::SlowAction])
                .filter(|cue| !is_part_of_sign(passage, &cue.tokens, tokens))
                // `call your doctor today, not next week`
                .filter(|cue| !cue.tokens.clone().skip(1).any(|at| passage.is_one_of(visible, at, &["not"])))
                .any(|cue| {
                    let sentence = &passage.sentences[passage.sentence_of(cue.tokens.start)].tokens;
                    tells(passage, visible, &cue.tokens)
                        && !is_ruled_out(passage, &cue.tokens, tokens)
                        && !is_quoted(passage, visible, sentence, &cue.tokens)
                });
        }
        let quick = helpers.iter().any(|it| matches!(it, HelperLevel::Emergency | HelperLevel::Urgent));
        let medical = helpers.iter().any(|it| it.is_medical());
        if quick || (medical && soon && !slow) || (medical && sooner) {
            Action::Fast
        } else if slow {
            Action::Slow
        } else if medical && later || by_appointment && !helpers.contains(&HelperLevel::NonMedical) {
            Action::Later
        } else if medical {
            Action::Help
        } else if helpers.contains(&HelperLevel::NonMedical) {
            Action::NonMedical
        } else {
            Action::None
        }
    }

    pub(super) fn dismisses(
        &self,
        passage: &Passage,
        visible: &str,
        sentence: &Sentence,
        sign: &Range<usize>,
    ) -> bool {
        if self.is_corrected || passage.has_cue(&self.own, &[Cue::ElseNormal]) {
            return false;
        }
        let here = passage.cues_in(&self.own, &[Cue::Dismiss]).any(|dismissal| {
            let same_sentence = sentence.tokens.contains(&dismissal.tokens.start);
            let in_question = sentence.is_question && same_sentence;
            let clear = !is_ruled_out(passage, &dismissal.tokens, &self.own);
            let near = !same_sentence
                || dismissal.tokens.start.abs_diff(sign.end) <= 14
                || dismissal.tokens.end.abs_diff(sign.start) <= 8;
            let at = passage.sentence_of(dismissal.tokens.start);
            let theirs = is_quoted(passage, visible, &passage.sentences[at].tokens, &dismissal.tokens);
            let corrected = claim::is_taken_back(passage, visible, passage.sentences.get(at + 1));
            // `A light pink is fine; take it off if the skin is blotchy`
            let of_another =
                (dismissal.tokens.end..sign.start).any(|it| passage.tokens[it].is_mark(visible, ';'));
            // `unless your doctor says that it's okay`
            let clause = passage.sentences[at].clause_of(dismissal.tokens.start);
            let supposed = passage.has_cue(&(clause.start..clause.start + 1), &[Cue::Condition])
                && passage.names_helper(&clause)
                && !clause.contains(&sign.start);
            // `It's perfectly normal to fill in the form twice`
            let end = dismissal.tokens.end;
            let is_of_a_deed = passage.tokens.get(end).is_some_and(|it| it.text(visible) == "to")
                && passage.has_cue(&(end + 1..end + 2), &[Cue::Action])
                && !same_sentence;
            // `Being pink and thirsty is normal, fainting is not.`
            let text = |at: usize| passage.tokens.get(at).map_or("", |it| it.text(visible));
            let is_denied_of_it = same_sentence
                && dismissal.tokens.end <= sign.start
                && match text(sign.end) {
                    "is" | "are" => matches!(text(sign.end + 1), "not" | "never"),
                    verb => matches!(verb, "isn't" | "isn’t" | "aren't" | "aren’t" | "never"),
                };
            // `Hypothermia. He is fine.` is said of somebody.
            let before = dismissal.tokens.start.wrapping_sub(1);
            let is_of_somebody = !same_sentence && matches!(text(before), "He" | "he" | "She" | "she");
            let refused = theirs
                || is_of_somebody
                || is_denied_of_it
                || is_of_a_deed
                || corrected
                || of_another
                || supposed
                || is_taken_back(passage, sentence, &dismissal.tokens);
            !in_question && clear && near && !refused
        });
        // `Double vision | Completely normal`: the other cells of its row.
        let beside = self.parts[1..].iter().any(|(cell, tokens)| {
            cell.cues_in(tokens, &[Cue::Dismiss]).any(|it| {
                let sentence = &cell.sentences[cell.sentence_of(it.tokens.start)];
                !is_ruled_out(cell, &it.tokens, tokens) && !is_taken_back(cell, sentence, &it.tokens)
            })
        });
        here || beside || self.is_affirmed(passage, sentence) || goes_on_dismissing(passage, sentence)
    }

    /// `Is one-sided weakness normal after it? Yes!`
    fn is_affirmed(&self, passage: &Passage, sentence: &Sentence) -> bool {
        let asks = sentence.is_question && passage.has_cue(&sentence.tokens, &[Cue::Dismiss]);
        let own = (passage, sentence.tokens.end..self.own.end.max(sentence.tokens.end));
        let mut answers = std::iter::once(&own).chain(&self.parts[1..]);
        asks && answers.any(|(passage, tokens)| {
            let opening = tokens.start..(tokens.start + 2).min(tokens.end);
            passage.has_cue(&opening, &[Cue::Yes])
                && !passage.names_helper(tokens)
                && !passage.has_cue(tokens, &[Cue::Contrast, Cue::Forbid])
        })
    }
}

/// `No, it is not.`, `Moderator's note: no.`
fn begins_by_refusing(document: &Document<'_>, passage: &Passage) -> bool {
    /// With its colon.
    const LONGEST_NAME: usize = 5;
    let visible = document.block(passage.block).prose.text();
    let name = 0..LONGEST_NAME.min(passage.tokens.len());
    let label = name.into_iter().find(|&at| passage.tokens[at].is_mark(visible, ':'));
    let start = label.map_or(0, |at| at + 1);
    passage.cues_in(&(start..start + 3), &[Cue::Forbid, Cue::Deny]).any(|it| it.tokens.start == start)
}

/// `A loud pop is normal. So is a numb foot.`
fn goes_on_dismissing(passage: &Passage, sentence: &Sentence) -> bool {
    let start = sentence.tokens.start;
    passage.has_cue(&(start..start + 2), &[Cue::SoIs])
        && passage.sentence_before(start).is_some_and(|before| {
            let mut said = passage.cues_in(&before.tokens, &[Cue::Dismiss]);
            said.any(|it| !is_ruled_out(passage, &it.tokens, &before.tokens))
        })
}

/// `If this happens, …`
fn supposes_it(passage: &Passage, sentence: &Sentence) -> bool {
    let start = sentence.tokens.start;
    passage.has_cue(&(start..start + 1), &[Cue::Condition])
        && passage.has_cue(&(start + 1..start + 2), &[Cue::PointsBack])
}

fn names_medical_help(passage: &Passage, tokens: &Range<usize>) -> bool {
    passage.hits_in(tokens).any(|hit| matches!(hit.meaning, Meaning::Helper(kind) if kind.is_medical()))
}

/// The answer to a question that a block ends with, as far as it is about what is asked: `Yes, that's perfectly harmless.`
fn answer_below<'p>(
    document: &Document<'_>,
    passage: &Passage,
    passages: &'p [Passage],
) -> Option<(&'p Passage, Range<usize>)> {
    let below = passage_below(passages, passage.block)?;
    if document.outline.heading_at(below.block).is_some() {
        return None;
    }
    // `No. It is a sign of …`
    let is_short = |it: &Sentence| it.tokens.len() < SHORT_QUESTION;
    let first = below.sentences.first()?;
    let answer = if is_short(first) { below.sentences.get(1).unwrap_or(first) } else { first };
    let is_about_it = begins_by_pointing_back(below, answer) || commands(below, answer);
    let tokens = first.tokens.start..answer.tokens.end;
    // An answer that names the sign is read for itself.
    let names_a_sign = below.hits_in(&tokens).any(|it| matches!(it.meaning, Meaning::Sign(_)));
    (is_about_it && !names_a_sign).then_some((below, tokens))
}

/// What stands right under a term in the same item of a list.
fn said_of_term<'p>(
    document: &Document<'_>,
    passages: &'p [Passage],
    term: &Passage,
) -> Option<(&'p Passage, Range<usize>)> {
    let (list, at) = document.block(term.block).place.item?;
    let blocks = &document.content.lists[list].items[at].blocks;
    let is_term = blocks.start == term.block && term.tokens.len() <= LONGEST_LABEL;
    let below = passage_of(passages, term.block + 1).filter(|it| is_term && blocks.contains(&it.block))?;
    Some((below, 0..below.tokens.len().min(LONGEST_CELL)))
}

fn says_what_to_do(passage: &Passage, tokens: &Range<usize>) -> bool {
    passage.names_helper(tokens)
        || passage.has_cue(tokens, &[Cue::SlowAction, Cue::Appointment, Cue::MayWait, Cue::Dismiss])
}

/// What is said of all items of a list: the words that lead into it, `Book a routine appointment if:`, else the sentence right
/// below it, `If you have any of these, see your doctor.`
fn told_of_list<'p>(
    document: &Document<'_>,
    passages: &'p [Passage],
    block: BlockId,
) -> Option<(&'p Passage, Range<usize>)> {
    let (list, _) = document.block(block).place.item?;
    let list = &document.content.lists[list];
    let lead_in = list.lead_in.and_then(|it| passage_of(passages, it)).filter(|it| {
        !document.block(it.block).prose.text().trim_end().ends_with(['.', '!']) && !it.scope.forbids
    });
    // `Is this normal?` tells nothing yet.
    let told = |it: &'p Passage| it.sentences.last().filter(|last| !last.is_question);
    let lead_in = lead_in.and_then(|it| Some((it, told(it)?.tokens.clone())));
    let below = || {
        let below = passage_below(passages, list.items.last()?.blocks.end.checked_sub(1)?)?;
        let first = below.sentences.first()?;
        let points_at_it = below.has_cue(&first.tokens, &[Cue::PointsOn, Cue::AnyOfThem]);
        let is_text = document.outline.heading_at(below.block).is_none();
        (is_text && points_at_it).then(|| (below, first.tokens.clone()))
    };
    let tells = |it: &(&Passage, Range<usize>)| says_what_to_do(it.0, &it.1);
    lead_in.filter(tells).or_else(|| below().filter(tells))
}

/// The part of a sentence that says what to do about what stands at a token: `Phone your doctor today if it blisters, and
/// make an appointment if you are still stiff in a week` says two things.
fn statement_of(passage: &Passage, sentence: &Sentence, at: usize) -> Range<usize> {
    let says_what_to_do = |tokens: &Range<usize>| {
        passage.has_cue(tokens, &[Cue::SlowAction, Cue::Appointment]) || passage.names_helper(tokens)
    };
    let mut statement = sentence.tokens.clone();
    for clause in sentence.clauses().skip(1) {
        let begins_anew = passage
            .cues_in(
                &(clause.start..clause.end.min(clause.start + 2)),
                &[Cue::Condition, Cue::Action, Cue::Seek],
            )
            .next()
            .is_some();
        let (before, after) = (statement.start..clause.start, clause.start..sentence.tokens.end);
        // `call 999 at once` supposes nothing.
        let supposes = |tokens: &Range<usize>| {
            passage
                .cues_in(tokens, &[Cue::Condition])
                .any(|it| !passage.is_part_of_cue(&it.tokens, tokens, &[Cue::Soon]))
        };
        let is_another = begins_anew
            && says_what_to_do(&before)
            && says_what_to_do(&after)
            && supposes(&before)
            && supposes(&after);
        if is_another {
            if at < clause.start {
                statement.end = clause.start;
                break;
            }
            statement.start = clause.start;
        }
    }
    statement
}

/// Whether one of its first words speaks of what was just said.
fn refers_back(passage: &Passage, sentence: &Sentence) -> bool {
    let start = sentence.tokens.start;
    passage.has_cue(&(start..sentence.tokens.end.min(start + 3)), &[Cue::PointsBack])
}

/// `That's nothing to worry about`: a sentence about the one before it.
pub(super) fn begins_by_pointing_back(passage: &Passage, sentence: &Sentence) -> bool {
    let start = sentence.tokens.start;
    let names_nothing =
        |at: usize| passage.has_cue(&(at..(at + 1).min(sentence.tokens.end)), &[Cue::Subject]);
    // `Don't be: that is …`
    let second = sentence.clauses().nth(1).map(|it| it.start).filter(|it| *it <= start + 4);
    names_nothing(start)
        || second.is_some_and(names_nothing)
        || passage.cues_in(&sentence.tokens, &[Cue::Dismiss]).any(|it| {
            // `Totally normal.`, `Relax, it's harmless`, which `Bev is fine` is not.
            let after_a_word = it.tokens.start == start + 2 && passage.has_mark(start + 1);
            it.tokens.start == start || after_a_word
        })
}

/// Whether words tell the reader to do something: they begin their clause, or follow `you can` and the like. What
/// stands in `when you lie down` is no order.
fn tells(passage: &Passage, visible: &str, words: &Range<usize>) -> bool {
    let clause = passage.sentences[passage.sentence_of(words.start)].clause_of(words.start);
    let supposed = passage.has_cue(&(clause.start..clause.start + 1), &[Cue::Condition])
        && passage.has_cue(&(clause.start + 1..clause.start + 2), &[Cue::Subject])
        && words.start == clause.start + 2;
    if supposed {
        return false;
    }
    // `For any of these, just make a routine appointment`
    let verb = words.start.saturating_sub(3).max(clause.start)..words.start;
    let is_order = |verb: &Hit<Meaning>| {
        verb.tokens.start.checked_sub(1).is_some_and(|before| {
            passage.has_mark(before) || passage.has_cue(&(before..before + 1), &[Cue::Lead])
        })
    };
    let is_supposed = passage.has_cue(&(clause.start..clause.start + 1), &[Cue::Condition]);
    let is_said_right_before = !is_supposed && passage.cues_in(&verb, &[Cue::Action]).any(is_order);
    // `Where it is numb, allow a week before you see anybody`
    let leads = (clause.start..words.start).rev();
    let before = leads.take_while(|&at| passage.has_cue(&(at..at + 1), &[Cue::Lead])).last();
    let is_after_comma = before
        .unwrap_or(words.start)
        .checked_sub(1)
        .is_some_and(|at| passage.tokens[at].is_mark(visible, ','));
    words.start <= clause.start + 2
        || is_said_right_before
        || is_after_comma
        || passage.has_cue(&(clause.start..clause.start + 2), &[Cue::Seek])
        || begins_with_action(passage, &clause)
        || passage.has_cue(&(clause.start..words.start), &[Cue::Recommend])
}

/// `usually nothing to worry about, but it can be a sign of something serious`, `"perfectly normal" is not shared by anyone`.
fn is_taken_back(passage: &Passage, sentence: &Sentence, dismissal: &Range<usize>) -> bool {
    sentence.tokens.contains(&dismissal.start)
        && passage.has_cue(&(dismissal.end..sentence.tokens.end), &[Cue::Contrast, Cue::Deny])
}

/// A slow phrase that begins within the words of a sign: `hard to breathe and …`.
fn is_part_of_sign(passage: &Passage, slow: &Range<usize>, within: &Range<usize>) -> bool {
    passage
        .hits_in(within)
        .any(|hit| matches!(hit.meaning, Meaning::Sign(_)) && hit.tokens.contains(&slow.start))
}

/// Whether a prohibition of its own clause reaches these words: `don't wait for a GP slot`.
fn is_ruled_out(passage: &Passage, words: &Range<usize>, within: &Range<usize>) -> bool {
    let sentence = &passage.sentences[passage.sentence_of(words.start)];
    let clause = sentence.clause_of(words.start);
    let before = clause.start.max(within.start)..words.start;
    let inside = words.start..(words.start + 1).min(words.end);
    let own_words = passage.has_cue(&inside, &[Cue::Forbid]);
    // `lost weight without trying, allow a month`
    let runs_on = |cue: &Hit<Meaning>| (cue.tokens.end..words.start).all(|at| !passage.has_mark(at));
    // `believe it or not`, `if you cannot pee, ignore it`
    let forbids = |cue: &Hit<Meaning>| {
        let is_idle = passage.is_part_of_cue(&cue.tokens, &sentence.tokens, &[Cue::NotOnly])
            || !runs_on(cue) && is_part_of_sign(passage, &cue.tokens, &sentence.tokens);
        !is_idle || cue.tokens.end == words.start
    };
    !own_words
        && (passage.cues_in(&before, &[Cue::Forbid]).any(forbids)
            || passage.cues_in(&before, &[Cue::InsteadOf]).any(runs_on))
}
