//! Stance: what a passage does with what it names.
//!
//! The same words can tell a reader to do something, forbid it, tell of somebody who did it, or say how long it is
//! felt. What is said reaches by clause, sentence and answer; what stands over a block is its `scope`.

use std::ops::Range;

use super::passage::{Passage, Sentence};
use crate::document::words::TokenKind;
use crate::knowledge::Meaning;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;

/// What the article does with something that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// Tells or invites the reader to.
    Recommended,
    /// Names it, no more.
    Named,
    /// Tells the reader not to.
    Forbidden,
    /// Says that it is not so, or not needed.
    Denied,
    /// Tells of others who did it or said it, patients included.
    Reported,
}

impl Stance {
    /// Whether readers are told not to, or that it is not so.
    pub fn rules_out(self) -> bool {
        matches!(self, Self::Forbidden | Self::Denied)
    }

    /// Whether readers are left free to do it.
    pub fn permits(self) -> bool {
        matches!(self, Self::Recommended | Self::Named)
    }
}

/// The stance towards something named at `mention`.
pub fn stance_of(passage: &Passage, visible: &str, mention: &Range<usize>) -> Stance {
    let scope = passage.scope;
    let Some(sentence) = passage.sentences.get(passage.sentence_of(mention.start)) else {
        return Stance::Named;
    };
    let clause = sentence.clause_of(mention.start);
    if scope.reports || is_quoted(passage, visible, &sentence.tokens, mention) {
        return Stance::Reported;
    }
    if is_denied(passage, visible, &sentence.tokens, &clause, mention) {
        return Stance::Denied;
    }
    if scope.forbids
        || sentence.is_refused
        || is_forbidden(passage, visible, &sentence.tokens, mention)
        || is_a_reason_against(passage, visible, sentence)
    {
        return Stance::Forbidden;
    }
    let is_mistaken = is_a_mistake(passage, visible, sentence, mention);
    if is_mistaken || is_called_harmful(passage, &sentence.tokens, &clause, mention) {
        return Stance::Forbidden;
    }
    // `A few of you have asked whether you may bring in a wheat bag`
    let asks_whether = (clause.start..mention.start).any(|at| passage.is_one_of(visible, at, &["whether"]));
    if asks_whether {
        return Stance::Named;
    }
    if is_reported(passage, sentence, &clause)
        || passage.has_cue(&clause, &[Cue::Story])
        || goes_on_telling(passage, visible, sentence, mention)
        || is_begun_as_a_story(passage, sentence)
        || is_of_no_reader(passage, visible, sentence)
        || is_of_old(passage, visible, sentence)
    {
        return Stance::Reported;
    }
    let asks_somebody =
        passage.names_helper(&sentence.tokens) && passage.has_cue(&sentence.tokens, &[Cue::Beforehand]);
    if asks_somebody {
        return Stance::Named;
    }
    // `Hot and cold treatments can help reduce pain` is written for readers, `Treatment may include massage` of patients.
    let is_clinical = passage.has_cue(&sentence.tokens, &[Cue::Clinical])
        && !passage.has_cue(&clause, &[Cue::Benefit])
        && !commands(passage, sentence);
    if is_clinical {
        return Stance::Reported;
    }
    // `See your GP if you still have cramps after three weeks of stretching`
    let helper = passage
        .hits_in(&(sentence.tokens.start..mention.start))
        .find(|hit| matches!(hit.meaning, Meaning::Helper(_)));
    let is_supposed = helper.is_some_and(|it| {
        passage.has_cue(&(it.tokens.end..mention.start), &[Cue::Condition])
            && !begins_with_action(passage, &clause)
    });
    // `Call 911 for chest pain after a hot soak`
    let is_what_was_before = helper.is_some()
        && (mention.start.saturating_sub(3)..mention.start)
            .any(|at| matches!(passage.tokens[at].text(visible), "after" | "following" | "from"));
    if is_supposed || is_what_was_before {
        return Stance::Named;
    }
    let begins_with_action =
        begins_with_action(passage, &clause) && !is_in_passing(passage, &clause, mention);
    let invited =
        !asks(passage, sentence) && passage.has_cue(&sentence.tokens, &[Cue::Recommend, Cue::Benefit]);
    let leads = mention.start <= sentence.tokens.start + 3 && scope.lists;
    if begins_with_action || invited || leads || is_offered(passage, visible, sentence, mention) {
        Stance::Recommended
    } else {
        Stance::Named
    }
}

/// `A firm foam roller, for your calves`, as a sentence.
fn is_offered(passage: &Passage, visible: &str, sentence: &Sentence, mention: &Range<usize>) -> bool {
    /// `A small, firm`
    const ADJECTIVES: usize = 4;
    /// `the meaty part of the thigh`
    const FAR: usize = 9;
    let is = |at: usize, word: &str| passage.tokens.get(at).is_some_and(|it| it.text(visible) == word);
    let end = mention.end;
    mention.start <= sentence.tokens.start + ADJECTIVES
        && is(end, ",")
        && is(end + 1, "for")
        && passage.has_cue(&(end + 2..(end + FAR).min(sentence.tokens.end)), &[Cue::BodyPart])
}

/// `Should I go straight to the sauna?` leaves it to the answer.
pub fn asks(passage: &Passage, sentence: &Sentence) -> bool {
    let start = sentence.tokens.start;
    sentence.is_question
        && passage.has_cue(&(start..start + 1), &[Cue::YesOrNo])
        && !passage.cues_in(&sentence.tokens, &[Cue::AsksToTell]).any(|it| it.tokens.start == start)
}

/// Whether a sentence tells the reader to do something.
pub fn commands(passage: &Passage, sentence: &Sentence) -> bool {
    sentence.clauses().any(|clause| begins_with_action(passage, &clause))
}

/// Whether a clause tells the reader to do something: it begins with a verb of action. `Some individuals find` has
/// one as its third word and tells nobody anything.
pub fn begins_with_action(passage: &Passage, clause: &Range<usize>) -> bool {
    if goes_on_supposing(passage, clause) || goes_on_describing(passage, clause) {
        return false;
    }
    // `Massage guns are sold out`
    let is_of_a_name = |action: &Range<usize>| {
        passage.hits_in(&(action.start..clause.end)).any(|hit| {
            hit.tokens.start == action.start
                && hit.tokens.len() > 1
                && matches!(hit.meaning, Meaning::Remedy(_) | Meaning::RemedyNot(_))
        })
    };
    // `A. Mention it at your next appointment`
    let is_label = |at: usize| {
        let token = passage.tokens[at];
        at == 0 && token.end - token.start == 1 && passage.has_mark(1)
    };
    passage.cues_in(clause, &[Cue::Action]).any(|action| {
        action.tokens.start <= clause.start + 2
            && !is_of_a_name(&action.tokens)
            && (clause.start..action.tokens.start).all(|at| {
                let one = at..at + 1;
                passage.tokens[at].kind != TokenKind::Word
                    || passage.has_cue(&one, &[Cue::Lead])
                    || is_label(at)
            })
    })
}

/// `Take the pads off before you run a bath`: what is told is to take them off.
pub fn is_in_passing(passage: &Passage, clause: &Range<usize>, mention: &Range<usize>) -> bool {
    let action = passage.cues_in(clause, &[Cue::Action]).next();
    action.is_some_and(|it| {
        it.tokens.end < mention.start && passage.has_cue(&(it.tokens.end..mention.start), &[Cue::Timed])
    })
}

/// Whether a clause is a further case of the one before it: `Skip it if you have an ulcer, take blood thinners or get asthma from
/// aspirin.` A command is joined by `and` or `then`.
fn goes_on_supposing(passage: &Passage, clause: &Range<usize>) -> bool {
    let Some(sentence) = passage.sentences.get(passage.sentence_of(clause.start)) else { return false };
    let joins = passage.has_cue(&(clause.start..clause.start + 1), &[Cue::Lead]);
    let is_or = passage.has_cue(&(clause.start..clause.start + 1), &[Cue::Or]);
    let Some(first) = sentence.clauses().next() else { return false };
    // `And if your calves ache, use an ice pack` supposes first, and then tells.
    let is_lead = |at: &usize| {
        passage.has_cue(&(*at..*at + 1), &[Cue::Lead]) && !passage.has_cue(&(*at..*at + 1), &[Cue::Condition])
    };
    let said = (first.start..clause.start).find(|at| !is_lead(at)).unwrap_or(first.start);
    let supposed = passage
        .cues_in(&(said + 1..clause.start.max(said + 1)), &[Cue::Condition])
        .any(|it| passage.has_cue(&(it.tokens.end..it.tokens.end + 1), &[Cue::Reader]));
    supposed && clause.start > first.start && (is_or || !joins)
}

/// Whether a clause goes on with what a sentence tells of things: `Our bottles come in three colours and hold 1.8 litres`.
fn goes_on_describing(passage: &Passage, clause: &Range<usize>) -> bool {
    if !passage.says(&[Cue::OfThings]) {
        return false;
    }
    let Some(sentence) = passage.sentences.get(passage.sentence_of(clause.start)) else { return false };
    let start = sentence.tokens.start;
    start < clause.start
        && !passage.has_mark(clause.start - 1)
        && passage.has_cue(&(clause.start..clause.start + 1), &[Cue::Lead])
        && passage.cues_in(&(start..clause.start), &[Cue::OfThings]).any(|it| it.tokens.start == start)
}

/// `Why not use heat? Because it makes the swelling worse.` Without a reason it suggests what it asks.
fn is_a_reason_against(passage: &Passage, visible: &str, sentence: &Sentence) -> bool {
    let is_word = |at: usize, word: &str| {
        passage.tokens.get(at).is_some_and(|it| it.text(visible).eq_ignore_ascii_case(word))
    };
    let asks_why = sentence.is_question && is_word(sentence.tokens.start, "why");
    asks_why && is_word(sentence.tokens.end, "because")
}

/// A prohibition before the mention that reaches it.
fn is_forbidden(passage: &Passage, visible: &str, sentence: &Range<usize>, mention: &Range<usize>) -> bool {
    let before = sentence.start..mention.start;
    // `don't be afraid to` invites, and `no more than` sets a limit.
    let is_bound = |cue: &Hit<Meaning>| {
        passage
            .cues_in(sentence, &[Cue::NotOnly])
            .any(|it| it.tokens.start <= cue.tokens.start && cue.tokens.start < it.tokens.end)
    };
    let reaching = passage
        .cues_in(&before, &[Cue::Forbid])
        .filter(|cue| !is_barrier_between(passage, cue.tokens.end, mention.start))
        .filter(|cue| !is_bound(cue) && !is_set_off(passage, visible, cue, mention))
        .count();
    let after = mention.end..sentence.end;
    let listed = end_of_list(passage, mention.end, sentence.end);
    // `get out after 15 minutes, and stay out if you are pregnant`
    let is_another_rule = passage.tokens.get(mention.end).is_some_and(|it| it.is_mark(visible, ','))
        && passage.tokens.get(mention.end + 1).is_some_and(|it| it.text(visible) == "and");
    // `for a minute, with no more weight than feels pleasant`, `kids or no kids`, `and not again for two hours`
    let is_done_without = |forbids: &Hit<Meaning>| {
        let before = forbids.tokens.start.checked_sub(1);
        let is_later = passage.tokens.get(forbids.tokens.end).is_some_and(|it| it.text(visible) == "again");
        is_later || before.is_some_and(|at| matches!(passage.tokens[at].text(visible), "with" | "or"))
    };
    let after_forbids = !is_another_rule
        && passage.hits_in(&after).any(|hit| {
            matches!(hit.meaning, Meaning::Cue(Cue::Forbid))
                && !is_done_without(hit)
                && hit.tokens.start <= listed + 3
                && !is_bound(hit)
                && !is_barrier_between(passage, mention.end, hit.tokens.start)
        });
    // `leave the heating pad alone`
    let around = passage
        .cues_in(sentence, &[Cue::Forbid])
        .any(|cue| cue.tokens.start < mention.start && mention.end <= cue.tokens.end);
    reaching > 0 || after_forbids || around
}

/// `Leaving it on for an hour`, under `Common mistakes` or behind `the same mistakes:`. What comes after is the right way: `Too
/// long a soak: 15 minutes will do.`
fn is_a_mistake(passage: &Passage, visible: &str, sentence: &Sentence, mention: &Range<usize>) -> bool {
    let has_colon = |within: Range<usize>| passage.tokens[within].iter().any(|it| it.is_mark(visible, ':'));
    let before = sentence.tokens.start..mention.start;
    let is_named = passage.cues_in(&before, &[Cue::Mistake]).any(|it| has_colon(it.tokens.end..before.end));
    let is_first = passage.scope.errs && sentence.tokens.start == 0 && !has_colon(before);
    is_named || is_first
}

/// `In its cover, not boiling, for 15 minutes`, `Hot but not boiling water, for 15 minutes`, `In its cover, never directly on the
/// skin, for 15 minutes`: what is ruled out is set off.
fn is_set_off(passage: &Passage, visible: &str, forbids: &Hit<Meaning>, mention: &Range<usize>) -> bool {
    /// `boiling water`
    const LONGEST: usize = 3;
    /// `directly on the bare skin`
    const LONGEST_BEFORE_FOR: usize = 7;
    let text = |at: usize| passage.tokens.get(at).map_or("", |it| it.text(visible));
    let is_no = |at: usize| matches!(text(at), "not" | "never" | "Not" | "Never");
    // `never stopping in one place`
    let start = forbids.tokens.start - usize::from(is_no(forbids.tokens.start.wrapping_sub(1)));
    let is_led_in = start.checked_sub(1).is_some_and(|at| matches!(text(at), "," | "but" | "and"));
    let end = forbids.tokens.end;
    let past = (end..end + LONGEST_BEFORE_FOR).find(|&at| text(at) == ",").filter(|&at| at < mention.start);
    // `Never directly on the skin, for 15 minutes`, with nothing to do before the comma
    let is_place = |at: usize| {
        let told = end..at;
        text(at + 1) == "for"
            && (is_led_in || start == 0 && !passage.has_cue(&told, &[Cue::Action, Cue::Hold]))
    };
    is_no(start) && past.is_some_and(|at| is_led_in && at < end + LONGEST || is_place(at))
}

/// Where the remedies end that are named beside one: `the sauna, the steam room and the plunge pool are out for now`.
fn end_of_list(passage: &Passage, from: usize, to: usize) -> usize {
    /// `, and the`
    const MOST_BETWEEN: usize = 3;
    let mut end = from;
    let remedies = passage.hits_in(&(from..to)).filter(|hit| matches!(hit.meaning, Meaning::Remedy(_)));
    for remedy in remedies {
        if end + MOST_BETWEEN < remedy.tokens.start
            || passage.has_cue(&(end..remedy.tokens.start), &[Cue::Action])
        {
            break;
        }
        end = end.max(remedy.tokens.end);
    }
    end
}

/// `Volunteers sat in it for an hour`. `When she has said yes, rub it in` is a command.
fn is_reported(passage: &Passage, sentence: &Sentence, clause: &Range<usize>) -> bool {
    let commands = begins_with_action(passage, clause);
    passage.cues_in(&sentence.tokens, &[Cue::Report]).any(|cue| {
        let told = sentence.clause_of(cue.tokens.start);
        let supposes = passage.has_cue(&(told.start..told.start + 2), &[Cue::Condition]);
        // `after the study session`
        if passage.is_part_of_cue(&cue.tokens, &sentence.tokens, &[Cue::NotOnly]) {
            return false;
        }
        // `four times a day, unless your doctor has said less`
        let is_reserved = told.start >= clause.end;
        !((commands || is_reserved) && supposes && told != *clause)
    })
}

/// Whether words only go on with what is told before a comma: `We sat in the beck, cold as an ice bath, for half an hour`.
fn goes_on_telling(passage: &Passage, visible: &str, sentence: &Sentence, words: &Range<usize>) -> bool {
    /// `for the best part of`
    const LONGEST: usize = 6;
    let is = |at: usize, word: &str| passage.tokens[at].text(visible) == word;
    let before = sentence.tokens.start..words.start;
    let comma = before.clone().rev().take(LONGEST).find(|&at| is(at, ","));
    comma.is_some_and(|at| is(at + 1, "for") && passage.has_cue(&(before.start..at), &[Cue::Story]))
}

/// Whether a sentence tells from its first words on, and no part of it what to do: `Last March two of us fell in: water at 4 °C`.
fn is_begun_as_a_story(passage: &Passage, sentence: &Sentence) -> bool {
    let first = sentence.tokens.start;
    let begins = |story: &Hit<Meaning>| story.tokens.start == first;
    passage.cues_in(&sentence.tokens, &[Cue::Story]).any(begins)
        && !passage.has_cue(&sentence.tokens, &[Cue::Recommend, Cue::Reader])
        && !commands(passage, sentence)
}

/// `Old dogs do best on little and often. The pool is kept at 30 °C, and he sleeps all day afterwards.` `They drew lots. One
/// group sat in cold water, the second wore cold packs.`
fn is_of_no_reader(passage: &Passage, visible: &str, sentence: &Sentence) -> bool {
    /// So many tokens before a sentence can say of whom it tells.
    const FAR: usize = 200;
    let told = sentence.tokens.start.saturating_sub(FAR)..sentence.tokens.end;
    // `after feeding the cat`
    let is_beside = |animal: &Hit<Meaning>| {
        let before = animal.tokens.start.saturating_sub(3)..animal.tokens.start;
        let mut words = before.map(|at| passage.tokens[at].text(visible));
        words.any(|it| {
            matches!(it, "after" | "before" | "beside" | "with" | "while" | "near" | "feeding" | "walking")
        })
    };
    // `face like a hamster`
    let is_likeness = |animal: &Hit<Meaning>| {
        let before = animal.tokens.start.saturating_sub(2)..animal.tokens.start;
        before.into_iter().any(|at| passage.tokens[at].text(visible) == "like")
    };
    let is_of_others = passage.has_cue(&told, &[Cue::Trial])
        || passage.cues_in(&told, &[Cue::Animal]).any(|it| !is_beside(it) && !is_likeness(it));
    is_of_others && !passage.has_cue(&sentence.tokens, &[Cue::Reader]) && !commands(passage, sentence)
}

/// `A powder jar, about 1900. Chemists weighed out a gram of it.`
fn is_of_old(passage: &Passage, visible: &str, sentence: &Sentence) -> bool {
    const YEARS: Range<u32> = 1000..1990;
    /// So many tokens before a sentence a year can stand.
    const FAR: usize = 60;
    let mut told = sentence.tokens.start.saturating_sub(FAR)..sentence.tokens.end;
    // `1500 mg` is no year.
    let is_measured = |at: usize| {
        passage.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word && it.text(visible).len() <= 2)
    };
    let is_told = told.any(|at| {
        let token = passage.tokens[at];
        let text = token.text(visible);
        let is_year = token.kind == TokenKind::Number && text.len() == 4;
        is_year && text.parse().is_ok_and(|it| YEARS.contains(&it)) && !is_measured(at + 1)
    });
    is_told
        && !passage.has_cue(&sentence.tokens, &[Cue::Recommend, Cue::Reader])
        && !commands(passage, sentence)
}

/// `An hour on the pad can burn you`. A command or an invitation stays one, whatever is said of it after.
fn is_called_harmful(
    passage: &Passage,
    sentence: &Range<usize>,
    clause: &Range<usize>,
    mention: &Range<usize>,
) -> bool {
    let supposes = passage.has_cue(&(clause.start..clause.start + 2), &[Cue::Condition]);
    let commands = begins_with_action(passage, clause) && !supposes;
    let invites = passage.has_cue(&(clause.start..mention.start), &[Cue::Recommend])
        || passage.has_cue(clause, &[Cue::Benefit]);
    // `An hour with an ice pack is fifty minutes too many`
    let is_within =
        |harm: &Hit<Meaning>| harm.tokens.start <= mention.start && mention.end <= harm.tokens.end;
    // `An hour is none too long`
    let is_none = |harm: &Hit<Meaning>| {
        passage
            .cues_in(sentence, &[Cue::NotOnly])
            .any(|it| harm.tokens.start <= it.tokens.start && it.tokens.start < harm.tokens.end)
    };
    !commands
        && !invites
        && (passage.cues_in(&(mention.end..sentence.end), &[Cue::Harm]).any(|it| !is_none(it))
            || passage.cues_in(sentence, &[Cue::Harm]).any(is_within))
}

/// Whether a clause ends between two tokens of one sentence.
fn is_barrier_between(passage: &Passage, from: usize, to: usize) -> bool {
    let Some(sentence) = passage.sentences.get(passage.sentence_of(from.saturating_sub(1))) else {
        return false;
    };
    // `Never use it in the bath, while you drive, on your neck`: the prohibition reaches on.
    // `Do not use it if you have a pacemaker, or while you are driving`
    let goes_on = |at: usize| {
        let is_or = passage.has_cue(&(at..at + 1), &[Cue::Or]);
        let first = at + usize::from(is_or);
        passage.has_cue(&(first..first + 1), &[Cue::While])
            || is_or && passage.has_cue(&(first..first + 1), &[Cue::Condition])
            || passage.has_cue(&(at..at + 1), &[Cue::Condition])
                && passage.has_cue(&(sentence.tokens.start..sentence.tokens.start + 3), &[Cue::Forbid])
    };
    sentence.clauses().any(|clause| clause.end >= from && clause.end <= to && !goes_on(clause.end))
}

fn is_denied(
    passage: &Passage,
    visible: &str,
    sentence: &Range<usize>,
    clause: &Range<usize>,
    mention: &Range<usize>,
) -> bool {
    // `Pour something without alcohol and sink into a hot bath` does without alcohol, not without the bath.
    let goes_on = |from: usize| {
        let mut between = passage.tokens[from..mention.start].iter();
        between.any(|token| matches!(token.text(visible), "and" | "then" | ","))
    };
    let before = clause.start..mention.start;
    let replaced = passage.cues_in(&before, &[Cue::InsteadOf]).next_back();
    let is_replaced = replaced.is_some_and(|cue| !goes_on(cue.tokens.end));
    is_replaced || passage.has_cue(sentence, &[Cue::Deny])
}

/// Words in quotation marks are somebody else's.
pub fn is_quoted(passage: &Passage, visible: &str, sentence: &Range<usize>, words: &Range<usize>) -> bool {
    /// So many tokens before a word a quotation can begin.
    const FAR: usize = 200;
    let marks = |set: &[char]| {
        let from = sentence.start.saturating_sub(FAR);
        let before = &passage.tokens[from..words.start];
        before.iter().filter(|token| set.iter().any(|&mark| token.is_mark(visible, mark))).count()
    };
    marks(&['"']) % 2 == 1 || marks(&['“', '«']) > marks(&['”', '»'])
}
