//! Claims found in prose, with what the article does with each.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use super::Reading;
use super::answer::says_no;
use super::food::names_food;
use super::passage::{Held, Passage, Sentence, passage_below};
use super::stance::is_quoted;
use super::testimonial::signed_quotes;
use crate::document::blocks::BlockId;
use crate::document::words::TokenKind;
use crate::knowledge::claims::ClaimRule;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;
use crate::knowledge::{ClaimId, Knowledge, Meaning};
use crate::span::Span;

/// A claim that the article makes as its own.
#[derive(Debug, Clone)]
pub struct ClaimMade {
    /// Which.
    pub claim: ClaimId,
    /// Its words.
    pub span: Span,
    /// The block.
    pub block: BlockId,
    /// Its tokens in the block's passage.
    pub tokens: Range<usize>,
}

/// How many tokens the name of somebody who asks can have.
const SIGNATURE: usize = 5;

impl Reading<'_> {
    /// Claims of one rule that are neither denied, forbidden, reported nor excepted. Of claims that overlap, the most
    /// severe is kept.
    pub fn claims_made(&self, knowledge: &Knowledge, rule: ClaimRule) -> Vec<ClaimMade> {
        let mut found: Vec<ClaimMade> = Vec::new();
        // What surgery and medicines do for patients is no claim about a remedy.
        if self.is_clinical && rule != ClaimRule::UnsourcedEvidence {
            return found;
        }
        let denied = LazyCell::new(|| self.claims_denied());
        for passage in &self.passages {
            let block = self.document.block(passage.block);
            // What stands under a picture is claimed, too.
            if !passage.holds(Held::Claim) || !block.kind.can_advise() {
                continue;
            }
            let below = passage_below(&self.passages, passage.block);
            let signed = LazyCell::new(|| signed_quotes(self.document, passage, below));
            let is_signed = |sentence: &Sentence, words: &Range<usize>| {
                !sentence.is_question && signed.iter().any(|it| it.contains(&words.start))
            };
            for (index, sentence) in passage.sentences.iter().enumerate() {
                for hit in passage.hits_in(&sentence.tokens) {
                    let Meaning::Claim(claim) = hit.meaning else { continue };
                    if knowledge.claim(claim).rule != rule {
                        continue;
                    }
                    let next = passage.sentences.get(index + 1);
                    let is_stopped = (rule == ClaimRule::MisleadingHealthClaim
                        && is_on_medicine(passage, block.prose.text(), sentence, &hit.tokens))
                        || passage.scope.reports && !is_signed(sentence, &hit.tokens)
                        || passage.scope.forbids
                        || passage.scope.supposes
                        || rule != ClaimRule::MedicationChangeAdvice
                            && (is_kitchen_talk(passage, block.prose.text(), sentence, &hit.tokens)
                                || is_about_wares(passage, sentence))
                        || !(comes_after(passage, knowledge, index, claim, &hit.tokens)
                            || self.answers_about(passage, index, claim))
                        || is_excepted(passage, block.prose.text(), sentence, claim, &hit.tokens)
                        || is_refused(passage, block.prose.text(), sentence, &hit.tokens)
                        || is_taken_back(passage, block.prose.text(), next)
                        || is_name(passage, block.prose.text(), sentence, &hit.tokens)
                        || is_quoted(passage, block.prose.text(), &sentence.tokens, &hit.tokens)
                            && !is_signed(sentence, &hit.tokens)
                        || self.is_answered_with_no(passage.block, passage, index)
                        || self.is_left_open(passage, index)
                        // `Does magnesium get through the skin?`, over a text that says that it does not.
                        || (self.is_asked_in_a_title(passage.block, sentence) && denied.contains(&claim));
                    if is_stopped {
                        continue;
                    }
                    let span = block.prose.source_span(passage.visible(&hit.tokens));
                    let made = ClaimMade { claim, span, block: passage.block, tokens: hit.tokens.clone() };
                    keep_gravest(&mut found, made, knowledge);
                }
            }
        }
        if rule == ClaimRule::MisleadingHealthClaim {
            for made in self.testimonials(knowledge) {
                keep_gravest(&mut found, made, knowledge);
            }
        }
        found
    }

    /// Signed quotations that praise what they are about.
    fn testimonials(&self, knowledge: &Knowledge) -> Vec<ClaimMade> {
        let mut found = Vec::new();
        for passage in self.passages.iter().filter(|it| it.says(&[Cue::Testifies]) && !it.scope.forbids) {
            let prose = &self.document.block(passage.block).prose;
            let below = passage_below(&self.passages, passage.block);
            let quotes = signed_quotes(self.document, passage, below);
            for tokens in quotes.into_iter().filter(|it| passage.has_cue(it, &[Cue::Testifies])) {
                let Some(claim) = knowledge.claim_of_signed_quotes() else { return found };
                let span = prose.source_span(passage.visible(&tokens));
                found.push(ClaimMade { claim, span, block: passage.block, tokens });
            }
        }
        found
    }

    /// Whether a claim stands at the beginning of an answer, and what it has to come after in the question over it.
    fn answers_about(&self, passage: &Passage, sentence: usize, claim: ClaimId) -> bool {
        /// So many sentences of an answer go on about the question.
        const FIRST: usize = 3;
        let before = passage.block.checked_sub(1).and_then(|it| self.passage(it));
        sentence < FIRST
            && before.is_some_and(|it| {
                it.sentences.iter().any(|it| it.is_question)
                    && it.hits.iter().any(|hit| hit.meaning == Meaning::ClaimAfter(claim))
            })
    }

    /// Whether a sentence is a title or heading that asks something.
    fn is_asked_in_a_title(&self, block: BlockId, sentence: &Sentence) -> bool {
        let is_title =
            || self.document.outline.heading_at(block).is_some() || self.document.title == Some(block);
        sentence.is_question && is_title()
    }

    /// The claims that the article denies somewhere.
    fn claims_denied(&self) -> HashSet<ClaimId> {
        let mut denied = HashSet::new();
        for passage in self.passages.iter().filter(|it| it.holds(Held::Claim)) {
            let visible = self.document.block(passage.block).prose.text();
            for hit in &passage.hits {
                let Meaning::Claim(claim) = hit.meaning else { continue };
                let sentence = &passage.sentences[passage.sentence_of(hit.tokens.start)];
                if !sentence.is_question && is_refused(passage, visible, sentence, &hit.tokens) {
                    denied.insert(claim);
                }
            }
        }
        denied
    }

    /// A heading or question that names a claim, and an answer that begins with `No` or calls it a myth.
    fn is_answered_with_no(&self, block: BlockId, passage: &Passage, sentence: usize) -> bool {
        // `**My mate says that pain is gain. – Lou, Hull**`, over `Your mate is wrong, Lou.`
        let own = self.document.block(block);
        let asked = own.strong_start().map_or(passage.tokens.len(), |end| passage.tokens_before(end));
        let is_letter =
            own.is_all_strong() || asked < passage.tokens.len() && passage.tokens.len() <= asked + SIGNATURE;
        let is_heading = self.document.outline.heading_at(block).is_some() || is_letter;
        let is_question = passage.sentences[sentence].is_question;
        if !is_heading && !is_question {
            return false;
        }
        // `Does it cure gout? – Colin, Hull`: the answer is not who asks.
        let is_signature = |it: &Sentence| {
            is_letter && asked <= it.tokens.start
                || it.tokens.len() <= SIGNATURE
                    && it.tokens.clone().rev().skip(1).any(|at| passage.has_mark(at))
        };
        let own_next = passage.sentences.get(sentence + 1);
        let own_next = own_next.filter(|it| !is_signature(it) || says_no(passage, it));
        let own_next = own_next.map(|next| (passage, next));
        let next = own_next.or_else(|| {
            let next = passage_below(&self.passages, block)?;
            Some((next, next.sentences.first()?))
        });
        next.is_some_and(|(passage, next)| {
            // `Have a drink if you are thirsty. There is no evidence that …`, `Mint tea is grand. It does not cleanse anything.`
            let after = passage.sentences.get(passage.sentence_of(next.tokens.start) + 1);
            let visible = self.document.block(passage.block).prose.text();
            says_no(passage, next)
                || after.is_some_and(|it| passage.has_cue(&it.tokens, &[Cue::Deny]))
                || is_taken_back(passage, visible, after)
        })
    }
}

/// Whether what a claim has to come after stands before it: the medicine of `leave it off for a week`.
fn comes_after(
    passage: &Passage,
    knowledge: &Knowledge,
    sentence: usize,
    claim: ClaimId,
    tokens: &Range<usize>,
) -> bool {
    /// So many sentences earlier.
    const FAR: usize = 2;
    let start = passage.sentences[sentence.saturating_sub(FAR)].tokens.start;
    knowledge.claim(claim).after.is_empty()
        || passage.hits_in(&(start..tokens.start)).any(|it| it.meaning == Meaning::ClaimAfter(claim))
}

/// An exception word stops a claim only within its own clause.
fn is_excepted(
    passage: &Passage,
    visible: &str,
    sentence: &Sentence,
    claim: ClaimId,
    tokens: &Range<usize>,
) -> bool {
    let clause = sentence.clause_of(tokens.start);
    // `… and may help`: a clause without a subject of its own shares the one before it.
    let shares = passage.tokens.get(clause.start).is_some_and(|it| matches!(it.text(visible), "and" | "or"))
        && !passage.has_cue(&(clause.start + 1..clause.start + 2), &[Cue::Subject, Cue::Action]);
    let start = if shares { sentence.clause_of(clause.start.saturating_sub(1)).start } else { clause.start };
    let reach = start..clause.end.max(tokens.end);
    passage.hits_in(&sentence.tokens).any(|hit| {
        hit.meaning == Meaning::ClaimNot(claim)
            && hit.tokens.start < reach.end
            && reach.start < hit.tokens.end
            && !passage.begins_in_no_refusal(hit)
            && !passage.is_one_of(visible, hit.tokens.end, URGED)
    })
}

/// `does not flush out`, `no evidence that`, `told the clinic to stop saying that`.
fn is_refused(passage: &Passage, visible: &str, sentence: &Sentence, tokens: &Range<usize>) -> bool {
    let clause = sentence.clause_of(tokens.start);
    let before = clause.start..tokens.start;
    let is_told_of = |cue: &Hit<Meaning>| {
        // `Unlike tablets, it has no side effects.`
        let comma = (cue.tokens.end..before.end).any(|at| passage.tokens[at].is_mark(visible, ','));
        !(comma && cue.meaning == Meaning::Cue(Cue::InsteadOf))
    };
    let mut refusing = passage.cues_in(&before, &[Cue::Forbid, Cue::InsteadOf, Cue::WillNot]);
    let forbidden = refusing.any(|cue| {
        is_told_of(cue)
            && !passage.hits_in(&before).any(|hit| {
                // `not only … but also` refuses nothing.
                matches!(hit.meaning, Meaning::Cue(Cue::NotOnly)) && hit.tokens.start <= cue.tokens.start
            })
    });
    // `The box says that it reaches deep; it also breaks up scar tissue.`
    // `Dips are said to be fun, and nobody goes without one: they boost your immunity.`
    let begins_anew = |at: usize| {
        let is_colon = passage.tokens[at].is_mark(visible, ':');
        let said_right_before = at.saturating_sub(2).max(sentence.tokens.start)..at;
        is_colon
            && passage.has_cue(&(at + 1..at + 2), &[Cue::Subject])
            && !passage.has_cue(&said_right_before, &[Cue::Alleged])
    };
    let parted = (sentence.tokens.start..tokens.start)
        .rev()
        .find(|&at| passage.tokens[at].is_mark(visible, ';') || begins_anew(at));
    // `Tell him that it's natural, so it's safe` says it to the reader.
    let is_by_others = |alleged: &Hit<Meaning>| {
        let start = alleged.tokens.start;
        start > sentence.tokens.start || !passage.has_cue(&(start..start + 1), &[Cue::Action])
    };
    // `It added that soreness is a sign` is taken for the claim as a whole.
    let up_to_it = parted.unwrap_or(sentence.tokens.start)..tokens.end;
    let mut alleging = passage.cues_in(&up_to_it, &[Cue::Alleged]).filter(|it| {
        it.tokens.end <= tokens.start || it.tokens.start == tokens.start && it.tokens.end < tokens.end
    });
    forbidden
        || alleging.any(is_by_others)
        || passage.cues_in(&sentence.tokens, &[Cue::Deny]).any(|it| {
            // `There is no evidence for insoles, but our magnets treat insomnia`
            let is_of_it = parted.is_none_or(|at| at < it.tokens.end);
            // `There's no evidence that it stains, and it draws out toxins`
            let goes_on = turns_at(passage, visible, it.tokens.end..tokens.start, &["and"]);
            let has_subject = |at: usize| passage.is_one_of(visible, at + 2, &["it", "they"]);
            is_of_it
                && turns_at(passage, visible, it.tokens.end..tokens.start, &["but"]).is_none()
                && !goes_on.is_some_and(has_subject)
        })
        || passage.has_cue(&sentence.tokens, &[Cue::Ruling])
}

/// Words that take back what was said.
const NO: &[&str] = &["no", "not", "never", "nope", "nah", "hardly"];

/// What `don't` stands before without taking anything back: `Don't skip it`.
const URGED: &[&str] =
    &["skip", "miss", "forget", "ignore", "worry", "panic", "hesitate", "wait", "delay", "mind", "rush"];

/// What follows `it is not` where that denies: `It isn't so`, `It is not how the body works`.
const SO: &[&str] = &[
    "true",
    "so",
    "right",
    "the",
    "how",
    "what",
    "possible",
    "proven",
    "supported",
    "correct",
    "backed",
    "shown",
    "approved",
    "fda",
    "effective",
    "safe",
    "allowed",
    "recommended",
    ".",
    "!",
];

/// As many tokens as a sentence has that says no and nothing else.
const BARE_NO: usize = 6;

/// The next sentence says that it is not so.
pub(super) fn is_taken_back(passage: &Passage, visible: &str, next: Option<&Sentence>) -> bool {
    next.is_some_and(|next| {
        // `A foot bath draws out toxins. False.`
        let first = next.tokens.start..(next.tokens.start + 5).min(next.tokens.end);
        if passage.has_cue(&first, &[Cue::Deny]) {
            return true;
        }
        // `However, these are not …`
        let turn = passage.cues_in(&next.tokens, &[Cue::Contrast]).next();
        let start = match turn.filter(|it| it.tokens.start == next.tokens.start) {
            Some(turn) => (turn.tokens.end + 1).min(next.tokens.end - 1),
            None => next.tokens.start,
        };
        let opening = start..(start + 3).min(next.tokens.end);
        let is_one_of = |at: usize, words: &[&str]| passage.is_one_of(visible, at, words);
        // `Not so.`, which `Not suitable for people with an allergy.` and `Ditch the pills.` are not.
        // Nor is `No side effects.`, which claims something itself.
        let claims = passage.hits_in(&next.tokens).any(|it| matches!(it.meaning, Meaning::Claim(_)));
        let is_bare_no = next.tokens.end - start <= BARE_NO
            && is_one_of(start, NO)
            && !is_one_of(start + 1, &["mind"])
            && !claims;
        // `What it doesn't do is flush anything out` speaks of another claim.
        let is_of_another = is_one_of(start, &["what"]);
        let points_back =
            passage.has_cue(&opening, &[Cue::PointsBack]) && !is_of_another && !claims || is_bare_no;
        let refuses = passage.cues_in(&next.tokens, &[Cue::Forbid]).next().is_some_and(|cue| {
            // `It isn't magic`, `It is not for everyone` and `Don't skip it` take back nothing.
            let is_verb = is_one_of(cue.tokens.start, &["isn't", "aren't", "wasn't", "not"])
                && !is_one_of(
                    cue.tokens.start.wrapping_sub(1),
                    &["do", "does", "did", "can", "could", "will"],
                );
            let is_urged = is_one_of(cue.tokens.end, URGED) && cue.tokens.start == start;
            // `Keep it away from an open wound`
            let is_order =
                is_one_of(cue.tokens.start, &["keep", "avoid", "skip", "leave", "stay", "steer", "hold"]);
            let says_so = !is_verb || is_one_of(cue.tokens.end, SO);
            opening.contains(&cue.tokens.start) && !is_order && (is_bare_no || says_so && !is_urged)
        });
        // `Don't take them if you have an ulcer` says for whom it is not.
        let is_for_some = passage.has_cue(&next.tokens, &[Cue::Condition]);
        points_back && (refuses && !is_for_some || passage.has_cue(&next.tokens, &[Cue::Deny]))
    })
}

/// `The secret ingredient in our soup`: no word of bodies.
fn is_kitchen_talk(passage: &Passage, visible: &str, sentence: &Sentence, tokens: &Range<usize>) -> bool {
    // `Jogging clears the waste, and Dave has promised soup`
    let past = turns_at(passage, visible, tokens.end..sentence.tokens.end, &["and", "but"]);
    // `Two nights of gongs and soup: a break that heals anxiety`
    let colon = (sentence.tokens.start..tokens.start).rfind(|&at| passage.tokens[at].is_mark(visible, ':'));
    let start = colon.map_or(sentence.tokens.start, |at| at + 1);
    let tokens = &(start..past.unwrap_or(sentence.tokens.end));
    names_food(passage, visible, tokens) && !passage.has_cue(tokens, &[Cue::BodyPart, Cue::Symptom])
}

/// Whether a sentence is about things that are no remedies, and about no body: `a checkout that is 100% safe`.
fn is_about_wares(passage: &Passage, sentence: &Sentence) -> bool {
    let names_a_remedy =
        || passage.hits_in(&sentence.tokens).any(|it| matches!(it.meaning, Meaning::Remedy(_)));
    passage.has_cue(&sentence.tokens, &[Cue::Wares])
        && !passage.has_cue(&sentence.tokens, &[Cue::BodyPart, Cue::Symptom])
        && !names_a_remedy()
}

/// Whether a sentence is about what medicines do. `The drug-free alternative` is none, nor is a claim about `drug companies`.
fn is_on_medicine(passage: &Passage, visible: &str, sentence: &Sentence, claim: &Range<usize>) -> bool {
    let is_claimed = |it: &Range<usize>| claim.start <= it.start && it.end <= claim.end;
    let is_left_out = |end: usize| {
        let mut next = passage.tokens[end..].iter().map(|it| it.text(visible)).filter(|it| *it != "-");
        next.next().is_some_and(|it| it.eq_ignore_ascii_case("free"))
    };
    passage
        .cues_in(&sentence.tokens, &[Cue::Clinical])
        .any(|it| !is_left_out(it.tokens.end) && !is_claimed(&it.tokens))
}

/// The comma with which something else begins within some tokens: `, and Dave has promised soup`.
fn turns_at(passage: &Passage, visible: &str, mut within: Range<usize>, words: &[&str]) -> Option<usize> {
    let begins = |at: usize| passage.tokens.get(at).is_some_and(|it| words.contains(&it.text(visible)));
    within.find(|&at| passage.tokens[at].is_mark(visible, ',') && begins(at + 1))
}

/// `the Miracle Bakery`: a capital in mid-sentence, next to another one.
fn is_name(passage: &Passage, visible: &str, sentence: &Sentence, tokens: &Range<usize>) -> bool {
    let has_capital =
        |at: usize| passage.tokens.get(at).is_some_and(|it| it.text(visible).starts_with(char::is_uppercase));
    let words = || sentence.tokens.clone().filter(|&at| passage.tokens[at].kind == TokenKind::Word);
    let is_title_case = words().filter(|&at| has_capital(at)).count() * 2 > words().count();
    let first = tokens.start;
    first > sentence.tokens.start
        && !is_title_case
        // `Because Big Pharma is hiding it` is none.
        && tokens.clone().filter(|&at| passage.tokens[at].kind == TokenKind::Word).all(has_capital)
        && (has_capital(tokens.end) || (first > sentence.tokens.start + 1 && has_capital(first - 1)))
}

fn keep_gravest(found: &mut Vec<ClaimMade>, made: ClaimMade, knowledge: &Knowledge) {
    let severity = |it: &ClaimMade| knowledge.claim(it.claim).severity;
    let near = found.len().saturating_sub(16);
    // `the colour of the pad shows` `which organ is tired`, with the space between them
    let goes_on = |it: &ClaimMade| it.claim == made.claim && it.span.end + 1 == made.span.start;
    let meets = |it: &ClaimMade| it.span.overlaps(made.span) || goes_on(it);
    let rival = found[near..].iter().position(meets).map(|at| near + at);
    match rival {
        // Two phrases of one claim: its words are all of them.
        Some(index) if found[index].claim == made.claim => {
            found[index].span = found[index].span.to(made.span);
        }
        Some(index) if severity(&found[index]) >= severity(&made) => {}
        Some(index) => found[index] = made,
        None => found.push(made),
    }
}
