//! What an article is about that has warning signs of its own: the neck, the heat of a sauna, needles.

use super::Reading;
use super::mention::Mention;
use super::passage::Passage;
use super::stance::Stance;
use crate::document::blocks::{BlockId, BlockKind, FrontMatterRole};
use crate::knowledge::lexicon::Hit;
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

/// Whether words only look like a topic: the `back` of `back to work`, which that of `your lower back on a flight` is not.
fn is_other_thing(passage: &Passage, words: &Hit<Meaning>, topic: TopicId) -> bool {
    let begins_later = |not: &Hit<Meaning>| words.tokens.len() > 1 && words.tokens.start < not.tokens.start;
    passage.overlapping(&words.tokens, Meaning::TopicNot(topic)).any(|not| !begins_later(not))
}

impl Reading<'_> {
    /// The topics that a title or heading names and under which a remedy is recommended, each once.
    pub fn topics(&self, knowledge: &Knowledge) -> Vec<TopicNamed> {
        let mut found: Vec<TopicNamed> = Vec::new();
        let Some(recommended_under) = self.recommended_under(knowledge) else { return found };
        for passage in &self.passages {
            let is_heading = self.document.outline.heading_at(passage.block).is_some();
            let names_it = is_heading && recommended_under[passage.block];
            if !names_it && !self.is_title(passage.block) {
                continue;
            }
            let prose = &self.document.block(passage.block).prose;
            let named = passage.hits.iter().filter_map(|hit| match hit.meaning {
                Meaning::Topic(topic) if !is_other_thing(passage, hit, topic) => {
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

    /// By block, whether it names or stands over a remedy that is recommended; none where no remedy is.
    fn recommended_under(&self, knowledge: &Knowledge) -> Option<Vec<bool>> {
        let mut under = vec![false; self.document.content.blocks.len()];
        let calls =
            |it: &&Mention| it.stance == Stance::Recommended && knowledge.remedy(it.remedy).calls_for_help();
        let mut recommended = self.mentions.iter().filter(calls).peekable();
        recommended.peek()?;
        for mention in recommended {
            under[mention.block] = true;
            for heading in self.document.outline.ancestors(mention.block) {
                // What stands over this one was seen to with the mention before.
                if std::mem::replace(&mut under[heading.block], true) {
                    break;
                }
            }
        }
        Some(under)
    }

    /// Whether a block speaks for the whole article.
    fn is_title(&self, block: BlockId) -> bool {
        self.document.block(block).kind == BlockKind::FrontMatter(FrontMatterRole::Title)
            || self.document.outline.heading_at(block).is_some_and(|it| it.level == 1)
    }

    /// Whether the article sends readers to medical help with one of these red flags.
    pub fn warns_of(&self, knowledge: &Knowledge, flags: &[String]) -> bool {
        let is_one = |flag: &u16| flags.contains(&knowledge.red_flag(*flag).id.value);
        let sends = self.escalations.iter().any(|it| it.is_medical() && it.flags.iter().any(is_one));
        // Too slow an answer to one is reported by itself.
        sends || self.signs.iter().any(|it| is_one(&it.flag) && it.is_under_triaged(knowledge))
    }
}
