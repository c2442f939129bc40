//! Residue found by the phrases of the packs: one for a paragraph and rule.

use super::Reading;
use super::passage::Held;
use crate::knowledge::residue::{Residue, ResidueRule};
use crate::knowledge::{Knowledge, Meaning};
use crate::span::Span;

impl Reading<'_> {
    /// Residue of one rule: the entry, and where its words stand.
    pub fn residue<'k>(&self, knowledge: &'k Knowledge, rule: ResidueRule) -> Vec<(&'k Residue, Span)> {
        let mut found = Vec::new();
        for passage in &self.passages {
            let block = self.document.block(passage.block);
            if !passage.holds(Held::Residue) || !block.kind.is_prose() {
                continue;
            }
            let all = passage.hits.iter().filter_map(|hit| {
                let Meaning::Residue(id) = hit.meaning else { return None };
                let entry = knowledge.residue(id);
                if entry.rule != rule || passage.is_ruled_out_by(&hit.tokens, Meaning::ResidueNot(id)) {
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
            if let Some((entry, tokens)) = all.min_by_key(|(_, tokens)| tokens.start) {
                found.push((entry, block.prose.source_span(passage.visible(&tokens))));
            }
        }
        found
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
        reading.residue(knowledge, rule).into_iter().map(|(entry, _)| entry.id.value.clone()).collect()
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
