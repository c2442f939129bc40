//! What an article is about that has warning signs of its own: the neck, the heat of a sauna, needles.

use super::Reading;
use super::stance::Stance;
use crate::document::blocks::{BlockId, BlockKind, FrontMatterRole};
use crate::knowledge::{Knowledge, Meaning, TopicId};
use crate::span::Span;

/// A topic, with the words of the title or heading that make it one.
#[derive(Debug, Clone, Copy)]
pub struct TopicNamed {
    /// Which.
    pub topic: TopicId,
    /// Its words.
    pub span: Span,
}

impl Reading<'_> {
    /// The topics that a title or heading names and under which a remedy is recommended, each once.
    pub fn topics(&self, knowledge: &Knowledge) -> Vec<TopicNamed> {
        let mut found: Vec<TopicNamed> = Vec::new();
        for passage in &self.passages {
            if !self.recommends_under(passage.block, knowledge) {
                continue;
            }
            let prose = &self.document.block(passage.block).prose;
            let named = passage.hits.iter().filter_map(|hit| match hit.meaning {
                Meaning::Topic(topic) if !passage.is_ruled_out_by(&hit.tokens, Meaning::TopicNot(topic)) => {
                    Some(TopicNamed { topic, span: prose.source_span(passage.visible(&hit.tokens)) })
                }
                _ => None,
            });
            let of_remedies = self.mentions_of(passage.block).iter().flat_map(|mention| {
                let topics = knowledge.topics_of(mention.remedy);
                topics.map(|topic| TopicNamed { topic, span: mention.span })
            });
            for it in named.chain(of_remedies) {
                if !found.iter().any(|known| known.topic == it.topic) {
                    found.push(it);
                }
            }
        }
        found
    }

    /// Whether a block is a title or heading under which a remedy is recommended.
    fn recommends_under(&self, block: BlockId, knowledge: &Knowledge) -> bool {
        let outline = &self.document.outline;
        let is_title = self.document.block(block).kind == BlockKind::FrontMatter(FrontMatterRole::Title);
        let heading = outline.heading_at(block);
        if !is_title && heading.is_none() {
            return false;
        }
        let whole = is_title || heading.is_some_and(|it| it.level == 1);
        self.mentions.iter().any(|mention| {
            mention.stance == Stance::Recommended
                && knowledge.remedy(mention.remedy).calls_for_help()
                && (whole
                    || mention.block == block
                    || outline.ancestors(mention.block).any(|it| it.block == block))
        })
    }

    /// Whether the article sends readers to medical help with one of these red flags.
    pub fn warns_of(&self, knowledge: &Knowledge, flags: &[String]) -> bool {
        let is_one = |flag: &u16| flags.contains(&knowledge.red_flag(*flag).id.value);
        self.escalations.iter().any(|it| it.is_medical() && it.flags.iter().any(is_one))
    }
}
