//! Residue found by the phrases of the packs: one for a paragraph and rule.

use super::Reading;
use crate::document::blocks::BlockKind;
use crate::knowledge::residue::{Residue, ResidueRule};
use crate::knowledge::{Knowledge, Meaning};
use crate::span::Span;

impl Reading<'_> {
    /// Residue of one rule: the entry, and where its words stand.
    pub fn residue<'k>(&self, knowledge: &'k Knowledge, rule: ResidueRule) -> Vec<(&'k Residue, Span)> {
        let mut found = Vec::new();
        for passage in &self.passages {
            let block = self.document.block(passage.block);
            if matches!(block.kind, BlockKind::AltText | BlockKind::Caption | BlockKind::Code) {
                continue;
            }
            let first = passage.hits.iter().find_map(|hit| {
                let Meaning::Residue(id) = hit.meaning else { return None };
                let entry = knowledge.residue(id);
                let is_other_thing = passage.hits_around(hit.tokens.start).any(|other| {
                    other.meaning == Meaning::ResidueNot(id)
                        && other.tokens.start < hit.tokens.end
                        && hit.tokens.start < other.tokens.end
                });
                (entry.rule == rule && !is_other_thing).then_some((entry, &hit.tokens))
            });
            if let Some((entry, tokens)) = first {
                found.push((entry, block.prose.source_span(passage.visible(tokens))));
            }
        }
        found
    }
}
