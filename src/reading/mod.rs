//! What an article says: remedies and what is said of them, amounts, help.
//!
//! The heart of the program. Prose is turned into statements once; every safety rule is a short question to them.
//! No rule searches text for itself.

mod activity;
pub mod advice;
pub mod amount;
mod answer;
mod asked;
mod at_hand;
pub mod called;
pub mod claim;
mod column;
pub mod dose;
pub mod escalation;
mod food;
mod genre;
pub mod mention;
mod near;
mod over;
pub mod passage;
pub mod practice;
pub mod residue;
pub mod scope;
pub mod sign;
pub mod stance;
mod statements;
mod tables;
mod tablets;
mod testimonial;
mod told;
pub mod topic;
mod triage;
mod unrelated;
mod waits;

use std::collections::HashSet;
use std::ops::Range;

use advice::{Advice, Binder};
use amount::Amount;
use called::CalledNumber;
use escalation::Escalation;
use mention::Mention;
use passage::{Held, Passage, Sentence, passage_of};
use practice::PracticeFound;
use scope::Scope;
use sign::Sign;
use stance::{Stance, stance_of};
use tables::Tables;

use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Scratch;
use crate::knowledge::red_flags::{RedFlag, Urgency};
use crate::knowledge::{Knowledge, Meaning, RemedyId};
use crate::span::Span;

/// With its question mark.
const SHORT_QUESTION: usize = 10;

/// Words about a remedy that are no amount: `as hot as you can stand`.
#[derive(Debug, Clone, Copy)]
pub struct CuedRemedy {
    /// What kind of words.
    pub cue: Cue,
    /// Where they stand.
    pub span: Span,
    /// The remedy that they are about.
    pub remedy: RemedyId,
    /// Where that is named.
    pub mention_span: Span,
    /// What the article does with them.
    pub stance: Stance,
}

/// An article, read.
pub struct Reading<'d> {
    /// What was read.
    pub document: &'d Document<'d>,
    /// Whether it is about diseases and their treatment rather than about what readers do to feel better.
    pub is_clinical: bool,
    /// Its prose, block by block.
    pub passages: Vec<Passage>,
    /// The amounts of each passage.
    pub amounts: Vec<Vec<Amount>>,
    /// Remedies named, in reading order.
    pub mentions: Vec<Mention>,
    /// Amounts that belong to remedies.
    pub advice: Vec<Advice>,
    /// Dangerous ways of using a remedy that the article does not rule out.
    pub practices: Vec<PracticeFound>,
    /// Statements that send readers to somebody.
    pub escalations: Vec<Escalation>,
    /// Red flags.
    pub signs: Vec<Sign>,
    /// Emergency and advice numbers that readers are told to call.
    pub numbers: Vec<CalledNumber>,
}

impl<'d> Reading<'d> {
    /// Reads an article.
    pub fn of(document: &'d Document<'d>, knowledge: &Knowledge) -> Self {
        let mut scratch = Scratch::default();
        let mut passages: Vec<Passage> = document
            .content
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| !block.prose.is_empty())
            .map(|(id, block)| Passage::read(id, block.prose.text(), knowledge, &mut scratch))
            .collect();
        let amounts: Vec<Vec<Amount>> = passages
            .iter()
            .map(|passage| amount::amounts(document.block(passage.block).prose.text(), &passage.tokens))
            .collect();
        let tables = Tables::of(document, &passages);
        let scope = |it: &Passage| Scope::of(document, &passages, &tables, it.block);
        let scopes: Vec<Scope> = passages.iter().map(scope).collect();
        for (passage, scope) in passages.iter_mut().zip(scopes) {
            passage.scope = scope;
        }
        if genre::offers_a_job(document, &passages) {
            for passage in &mut passages {
                passage.scope.reports = true;
            }
        }
        let refused = answer::refused(&passages);
        for (passage, refused) in passages.iter_mut().zip(refused) {
            for (sentence, is_refused) in passage.sentences.iter_mut().zip(refused) {
                sentence.is_refused = is_refused;
            }
        }
        let is_clinical = genre::is_clinical(&passages);
        let is_recipe = food::is_recipe(document, &passages);
        let mut mentions: Vec<Mention> = Vec::new();
        for passage in &passages {
            mentions.extend(mention::mentions(document, passage, knowledge, is_recipe, &mentions));
        }
        for mention in mentions.iter_mut().filter(|it| is_clinical && !it.is_told) {
            if mention.stance == Stance::Recommended {
                mention.stance = Stance::Reported;
            }
        }
        if !is_clinical {
            told::recommend_instructed(document, &passages, &mut mentions);
            told::recommend_pointed_at(&passages, &mut mentions);
            told::recommend_labels(document, &passages, &mut mentions);
        }
        let advice = Binder::new(document, &passages, &amounts, &mentions, &tables).bind_all();
        told::recommend_advised(&passages, &advice, &mut mentions);
        let escalations = escalation::escalations(document, &passages, &amounts);
        let signs = sign::signs(document, &passages);
        let numbers = called::called_numbers(document, &passages, knowledge);
        let mut reading = Self {
            document,
            is_clinical,
            passages,
            amounts,
            mentions,
            advice,
            practices: Vec::new(),
            escalations,
            signs,
            numbers,
        };
        reading.practices = reading.practices_told(knowledge);
        // So does who says how to do it dangerously.
        let told: HashSet<Span> = reading.practices.iter().map(|it| it.remedy_span).collect();
        for mention in &mut reading.mentions {
            if mention.stance == Stance::Named && told.contains(&mention.span) {
                mention.stance = Stance::Recommended;
            }
        }
        reading
    }

    /// Whether the sentence of an amount, the one before that it goes on from, or the name of its remedy there is about a
    /// circumstance of the packs.
    pub fn is_about(&self, knowledge: &Knowledge, advice: &Advice, circumstance: &str) -> bool {
        let Some(id) = knowledge.circumstance(circumstance) else { return false };
        let mention = &self.mentions[advice.mention];
        let own = self.passage(advice.block).map(|passage| {
            let at = passage.sentence_of(advice.amount.tokens.start);
            let sentence = &passage.sentences[at];
            // `Pregnant? You can still …`
            let asks = |it: &&Sentence| it.is_question && it.tokens.len() <= SHORT_QUESTION;
            let before = at.checked_sub(1).map(|it| &passage.sentences[it]).filter(asks);
            (passage, before.unwrap_or(sentence).tokens.start..sentence.tokens.end)
        });
        // `Pregnant guests have the jacuzzi to themselves. Sit in it at 39 °C.`
        let told_before = own.as_ref().and_then(|(passage, tokens)| {
            let before = &passage.sentences[passage.sentence_of(mention.tokens.start)];
            let leads = mention.block == advice.block && before.tokens.end == tokens.start;
            let goes_on =
                !passage.has_cue(tokens, &[Cue::Group]) && !passage.has_cue(&before.tokens, &[Cue::Forbid]);
            (leads && goes_on).then(|| (*passage, before.tokens.clone()))
        });
        let named = self.passage(mention.block).map(|it| (it, mention.tokens.clone()));
        own.into_iter().chain(told_before).chain(named).any(|(passage, tokens)| {
            passage.hits_in(&tokens).any(|hit| {
                hit.meaning == Meaning::Circumstance(id)
                    && !passage.hits_in(&tokens).any(|other| {
                        other.meaning == Meaning::CircumstanceNot(id)
                            && other.tokens.start <= hit.tokens.start
                            && hit.tokens.end <= other.tokens.end
                    })
            })
        })
    }

    /// Whether the sentence of an amount, its row, its column's header, its label or its heading names a group of readers.
    pub fn speaks_of(&self, advice: &Advice, cue: Cue) -> bool {
        self.places_of(advice).into_iter().any(|(passage, tokens)| passage.has_cue(&tokens, &[cue]))
    }

    /// Parts of the body that the sentence of an amount, its row, its column's header or its heading names.
    pub fn body_parts(&self, advice: &Advice) -> Vec<String> {
        let mut parts = Vec::new();
        for (passage, tokens) in self.places_of(advice) {
            let text = self.document.block(passage.block).prose.text();
            // `Lie back in it`
            let is_direction = |part: &Range<usize>| {
                let before = part.start.checked_sub(1).map(|at| passage.tokens[at].text(text).to_lowercase());
                let is_verb = before.is_some_and(|it| MOVES.contains(&it.as_str()));
                is_verb && passage.tokens[part.start].text(text).eq_ignore_ascii_case("back")
            };
            let found = passage.cues_in(&tokens, &[Cue::BodyPart]).filter(|it| !is_direction(&it.tokens));
            parts.extend(found.map(|it| text[passage.visible(&it.tokens)].to_lowercase()));
        }
        parts
    }

    fn places_of(&self, advice: &Advice) -> Vec<(&Passage, Range<usize>)> {
        let Some(passage) = self.passage(advice.block) else { return Vec::new() };
        let sentence = passage.sentences[passage.sentence_of(advice.amount.tokens.start)].tokens.clone();
        let mut places = vec![(passage, sentence)];
        if let Some(cell) = self.document.block(advice.block).place.cell {
            let table = &self.document.content.tables[cell.table];
            let others =
                table.row_around(cell).chain(table.header_over(cell)).filter_map(|it| self.passage(it));
            places.extend(others.map(|it| (it, 0..it.tokens.len())));
        }
        if let Some(heading) = self.document.outline.ancestors(advice.block).next() {
            // `Cold` over all that is said of ice tells no case from another.
            let says_more = |it: &&Passage| it.tokens.len() > 1;
            let heading = self.passage(heading.block).filter(says_more);
            places.extend(heading.map(|it| (it, 0..it.tokens.len())));
        }
        places
    }

    /// Cues of these kinds, each with the remedy of its sentence, else the one named last before it in its block, else
    /// that of its heading.
    pub fn cued_at_remedies(&self, cues: &[Cue]) -> Vec<CuedRemedy> {
        const OF_ANOTHER: &[&str] = &["after", "since", "feel", "feels", "felt", "feeling"];
        let mut found = Vec::new();
        for passage in &self.passages {
            let prose = &self.document.block(passage.block).prose;
            let own = self.mentions_of(passage.block);
            for hit in passage.cues_in(&(0..passage.tokens.len()), cues) {
                let Meaning::Cue(cue) = hit.meaning else { continue };
                // `water that has stood after boiling`, `somebody feels burning hot`
                let before = hit.tokens.start.checked_sub(1);
                if before.is_some_and(|at| passage.is_one_of(prose.text(), at, OF_ANOTHER)) {
                    continue;
                }
                let sentence = &passage.sentences[passage.sentence_of(hit.tokens.start)].tokens;
                let until = |token: usize| own.partition_point(|it| it.tokens.start < token);
                let in_sentence = own[until(sentence.start)..until(sentence.end)].iter();
                let nearest = in_sentence.min_by_key(|it| it.tokens.start.abs_diff(hit.tokens.start));
                let before = || own[..until(hit.tokens.start)].last();
                // A row is about what it names.
                let is_in_a_row = self.document.block(passage.block).place.cell.is_some();
                let over = || {
                    if is_in_a_row {
                        return None;
                    }
                    let mut headings = self.document.outline.ancestors(passage.block);
                    headings.find_map(|it| self.mentions_of(it.block).last())
                };
                let mention = nearest.or_else(before).or_else(over);
                let Some(mention) = mention else { continue };
                // `Boiling water belongs in the teapot, not in a hot water bottle.`
                let is_ruled_out = mention.stance.rules_out();
                if is_ruled_out && mention.block == passage.block && sentence.contains(&mention.tokens.start)
                {
                    continue;
                }
                found.push(CuedRemedy {
                    cue,
                    span: prose.source_span(passage.visible(&hit.tokens)),
                    remedy: mention.remedy,
                    mention_span: mention.span,
                    stance: stance_of(passage, prose.text(), &hit.tokens),
                });
            }
        }
        found
    }

    /// Whether readers of the article may need help: it leaves a remedy open to them or names a red flag.
    pub fn calls_for_help(&self, knowledge: &Knowledge) -> bool {
        self.mentions
            .iter()
            .any(|it| it.stance == Stance::Recommended && knowledge.remedy(it.remedy).calls_for_help())
            || self.is_on_wellness() && self.first_red_flag(knowledge, |_| true).is_some()
    }

    /// The first red flag that calls for a word on what to do: one that an article on wellness names, or one that does so anywhere
    /// but in an article on a disease. Where signs are played down or answered too slowly, that is to be put right.
    pub fn red_flag_named(&self, knowledge: &Knowledge) -> Option<Span> {
        if self.is_on_wellness() {
            return self.first_red_flag(knowledge, |_| true);
        }
        let says_clinical = self.passages.iter().any(|it| it.says(&[Cue::Clinical]));
        let is_wrong = |it: &Sign| it.is_dismissed || it.is_under_triaged(knowledge);
        if says_clinical || self.signs.iter().any(is_wrong) {
            return None;
        }
        self.first_red_flag(knowledge, |flag| flag.anywhere)
    }

    fn is_on_wellness(&self) -> bool {
        self.passages.iter().any(|it| it.says(&[Cue::Wellness]))
    }

    /// The first red flag of such that is named, homonyms, remedies' sensations and cautions aside.
    fn first_red_flag(&self, knowledge: &Knowledge, is_such: impl Fn(&RedFlag) -> bool) -> Option<Span> {
        if self.is_clinical {
            return None;
        }
        let counts = |flag: &RedFlag| flag.urgency != Urgency::Routine && is_such(flag);
        self.passages.iter().filter(|it| it.holds(Held::Sign) && !it.scope.reports).find_map(|passage| {
            let prose = &self.document.block(passage.block).prose;
            // `Avoid the sauna with a fever` says what not to do, and names no sign to act on.
            let is_ruled_out = |at: usize| {
                let sentence = &passage.sentences[passage.sentence_of(at)];
                let start = sentence.tokens.start;
                passage.has_cue(&(start..(start + 2).min(at)), &[Cue::Forbid])
                    || escalation::screens(passage, sentence)
            };
            let hit = passage.hits.iter().find(|hit| {
                matches!(hit.meaning, Meaning::Sign(flag)
                    if counts(knowledge.red_flag(flag))
                        && !escalation::is_homonym(passage, flag, &hit.tokens)
                        && !is_ruled_out(hit.tokens.start))
            })?;
            Some(prose.source_span(passage.visible(&hit.tokens)))
        })
    }

    /// The remedies that a block names.
    pub fn mentions_of(&self, block: BlockId) -> &[Mention] {
        let first = self.mentions.partition_point(|it| it.block < block);
        let past = self.mentions.partition_point(|it| it.block <= block);
        &self.mentions[first..past]
    }

    /// Where the remedy of a mention is called by its name, before or else after it, when the mention itself is a use (`stick
    /// the pads on`) that only speaks of it.
    pub fn name_of(&self, mention: &Mention) -> Option<Span> {
        let is_named = |it: &&Mention| {
            let passage = self.passage(it.block);
            passage.is_some_and(|passage| {
                passage.hits_in(&it.tokens).any(|hit| hit.meaning == Meaning::Remedy(it.remedy))
            })
        };
        let at = self.mentions.partition_point(|it| it.span.start < mention.span.start);
        let (before, after) = self.mentions.split_at(at);
        let mut others = before.iter().rev().chain(after).filter(|it| it.remedy == mention.remedy);
        others.find(is_named).map(|it| it.span).filter(|_| !is_named(&mention))
    }

    /// A block's passage.
    pub fn passage(&self, block: BlockId) -> Option<&Passage> {
        passage_of(&self.passages, block)
    }
}

/// What somebody does `back`.
const MOVES: &[&str] = &[
    "lie", "lying", "lean", "leaning", "sit", "sitting", "lay", "settle", "sink", "go", "come", "get", "put",
    "step", "climb", "pop", "head", "take", "look", "draw", "pull", "push", "right", "straight", "cut",
];
