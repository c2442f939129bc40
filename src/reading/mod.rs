//! What an article says: remedies and what is said of them, amounts, help.
//!
//! The heart of the program. Prose is turned into statements once; every safety rule is a short question to them.
//! No rule searches text for itself.

pub mod advice;
pub mod amount;
pub mod escalation;
pub mod mention;
pub mod passage;
pub mod stance;

use advice::{Advice, Binder};
use amount::Amount;
use escalation::Escalation;
use mention::Mention;
use passage::Passage;
use stance::{Passages, Stance};

use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::knowledge::{Knowledge, Meaning};
use crate::span::Span;

/// An article, read.
pub struct Reading<'d> {
    /// What was read.
    pub document: &'d Document<'d>,
    /// Its prose, block by block.
    pub passages: Vec<Passage>,
    /// The amounts of each passage.
    pub amounts: Vec<Vec<Amount>>,
    /// Remedies named, in reading order.
    pub mentions: Vec<Mention>,
    /// Amounts that belong to remedies.
    pub advice: Vec<Advice>,
    /// Statements that send readers to somebody.
    pub escalations: Vec<Escalation>,
}

impl<'d> Reading<'d> {
    /// Reads an article.
    pub fn of(document: &'d Document<'d>, knowledge: &Knowledge) -> Self {
        let passages: Vec<Passage> = document
            .content
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| !block.prose.is_empty())
            .map(|(id, block)| Passage::read(id, block.prose.text(), knowledge))
            .collect();
        let amounts: Vec<Vec<Amount>> = passages
            .iter()
            .map(|passage| amount::amounts(document.block(passage.block).prose.text(), &passage.tokens))
            .collect();
        let by_block = Passages::new(&passages);
        let mentions: Vec<Mention> = passages
            .iter()
            .flat_map(|passage| mention::mentions(document, &by_block, passage, knowledge))
            .collect();
        let advice = Binder { document, passages: &passages, amounts: &amounts, mentions: &mentions }.bind_all();
        let escalations = escalation::escalations(document, &passages, &amounts);
        Self { document, passages, amounts, mentions, advice, escalations }
    }

    /// Whether the sentence of an amount, or what stands over it, is about a case such as `neck` or `pregnancy`.
    pub fn is_about(&self, advice: &Advice, case: &str) -> bool {
        let words: &[&str] = match case {
            "neck" => &["neck"],
            "face" => &["face", "jaw", "cheek", "forehead", "temples"],
            "pregnancy" => &["pregnant", "pregnancy", "expecting"],
            "infrared" => &["infrared", "infra"],
            "hot" => &["hot"],
            "limb" => &["foot", "feet", "hand", "hands", "arm", "leg", "ankle", "calf", "elbow", "wrist"],
            "hand-or-foot-bowl" => &["bowl", "basin", "bucket"],
            _ => &[],
        };
        let Some(passage) = self.passage(advice.block) else { return false };
        let text = self.document.block(advice.block).prose.text();
        let Some(sentence) = passage.sentences.get(passage.sentence_of(advice.amount.tokens.start)) else { return false };
        let own = passage.tokens[sentence.tokens.clone()].iter().any(|it| words.contains(&it.text(text).to_lowercase().as_str()));
        let mention = &self.mentions[advice.mention];
        let named = self.document.source.slice(mention.span).to_lowercase();
        own || words.iter().any(|word| named.split(|c: char| !c.is_alphanumeric()).any(|it| it == *word))
    }

    /// Whether readers of the article may need help: it recommends a remedy or names a red flag.
    pub fn calls_for_help(&self, knowledge: &Knowledge) -> bool {
        self.mentions.iter().any(|it| it.stance == Stance::Recommended) || self.red_flag_named(knowledge).is_some()
    }

    /// The first red flag that an article on wellness names, homonyms, remedies' sensations and cautions aside.
    pub fn red_flag_named(&self, knowledge: &Knowledge) -> Option<Span> {
        let is_wellness = self.passages.iter().any(|it| it.has_cue(&(0..it.tokens.len()), &[Cue::Wellness]));
        if !is_wellness {
            return None;
        }
        self.passages.iter().find_map(|passage| {
            let prose = &self.document.block(passage.block).prose;
            let hit = passage.hits.iter().find(|hit| {
                matches!(hit.meaning, Meaning::Sign(flag) if knowledge.is_emergency(flag)) && !escalation::is_homonym(passage, &hit.tokens)
            })?;
            Some(prose.source_span(passage.visible(&hit.tokens)))
        })
    }

    /// A block's passage.
    pub fn passage(&self, block: BlockId) -> Option<&Passage> {
        self.passages.binary_search_by_key(&block, |passage| passage.block).ok().map(|index| &self.passages[index])
    }
}
