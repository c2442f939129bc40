//! Residue found by the phrases of the packs: one for a paragraph and rule.

use std::ops::Range;

use super::Reading;
use super::passage::{Held, Passage};
use super::stance::is_quoted;
use crate::document::blocks::BlockId;
use crate::knowledge::residue::{Residue, ResidueRule};
use crate::knowledge::{Knowledge, Meaning};
use crate::span::Span;

/// Residue found at one place.
pub struct ResidueFound<'k> {
    /// What the packs say of it.
    pub residue: &'k Residue,
    /// The block.
    pub block: BlockId,
    /// Its words.
    pub span: Span,
}

impl Reading<'_> {
    /// Residue of one rule.
    pub fn residue<'k>(&self, knowledge: &'k Knowledge, rule: ResidueRule) -> Vec<ResidueFound<'k>> {
        let mut found = Vec::new();
        for passage in &self.passages {
            let block = self.document.block(passage.block);
            if !passage.holds(Held::Residue) || !block.kind.is_prose() {
                continue;
            }
            let all = passage.hits.iter().filter_map(|hit| {
                let Meaning::Residue(id) = hit.meaning else { return None };
                let entry = knowledge.residue(id);
                if entry.rule != rule
                    || passage.is_ruled_out_by(&hit.tokens, Meaning::ResidueNot(id))
                    || entry.not_over_text && self.heads_text(passage.block)
                    || entry.not_quoted && self.quotes(passage, &hit.tokens)
                {
                    return None;
                }
                if entry.needs.is_empty() {
                    return Some((entry, hit.tokens.clone()));
                }
                // What it needs belongs to it: both are marked.
                let need = passage.hits.iter().find(|other| other.meaning == Meaning::ResidueNeed(id))?;
                let both = hit.tokens.start.min(need.tokens.start)..hit.tokens.end.max(need.tokens.end);
                Some((entry, both))
            });
            if let Some((residue, tokens)) = all.min_by_key(|(_, tokens)| tokens.start) {
                let span = block.prose.source_span(passage.visible(&tokens));
                found.push(ResidueFound { residue, block: passage.block, span });
            }
        }
        found
    }

    /// Whether a sentence quotes these words: whoever left them in would not write around them.
    fn quotes(&self, passage: &Passage, words: &Range<usize>) -> bool {
        /// So many words there are at least outside the quotation.
        const FEWEST: usize = 2;
        let visible = self.document.block(passage.block).prose.text();
        let sentence = &passage.sentences[passage.sentence_of(words.start)].tokens;
        let opens = |at: &usize| ['"', '“'].iter().any(|&mark| passage.tokens[*at].is_mark(visible, mark));
        let quotation = (sentence.start..words.start).rev().find(opens).unwrap_or(sentence.start);
        let before = (sentence.start..quotation).filter(|&at| !passage.has_mark(at)).count();
        let closes = |at: &usize| ['"', '”'].iter().any(|&mark| passage.tokens[*at].is_mark(visible, mark));
        let end = (words.end..sentence.end).find(closes).unwrap_or(sentence.end);
        let after = (end..sentence.end).filter(|&at| !passage.has_mark(at)).count();
        FEWEST <= before.max(after) && is_quoted(passage, visible, sentence, words)
    }

    /// Whether a block is a heading with text under it.
    fn heads_text(&self, block: BlockId) -> bool {
        let is_heading = |it: BlockId| self.document.outline.heading_at(it).is_some();
        let next = self.document.content.blocks.get(block + 1);
        is_heading(block) && next.is_some_and(|it| it.kind.is_prose() && !is_heading(block + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::source::Source;

    /// The entries that a text is reported by, as far as they belong to a rule.
    fn found(knowledge: &Knowledge, text: &str, rule: ResidueRule) -> Vec<String> {
        let source = Source::from_text("example.md", text);
        let document = Document::parse(&source);
        let reading = Reading::of(&document, knowledge);
        reading.residue(knowledge, rule).into_iter().map(|it| it.residue.id.value.clone()).collect()
    }

    #[test]
    fn every_example_of_residue_comes_out_as_stated() {
        let knowledge = crate::bundled::knowledge();
        let mut broken = Vec::new();
        for entry in &crate::bundled::packs().residue {
            let id = &entry.id.value;
            assert!(
                !entry.examples.flags.is_empty() && !entry.examples.allows.is_empty(),
                "{id} lacks examples"
            );
            let flagged = |text: &String| found(&knowledge, text, entry.rule);
            broken.extend(
                entry
                    .examples
                    .flags
                    .iter()
                    .filter(|it| !flagged(it).contains(id))
                    .map(|it| format!("missing {id}: {it}")),
            );
            broken.extend(
                entry
                    .examples
                    .allows
                    .iter()
                    .filter(|it| !flagged(it).is_empty())
                    .map(|it| format!("noisy {id}: {it}")),
            );
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}
