//! What an article has to state about a remedy that it recommends, and whether it does.

use super::Reading;
use super::advice::Advice;
use super::amount::Kind;
use super::mention::Mention;
use super::passage::{Held, Passage};
use super::stance::{Stance, begins_with_action};
use crate::document::blocks::{BlockId, BlockKind};
use crate::knowledge::cues::Cue;
use crate::knowledge::remedies::{Need, Quantity, Statement};
use crate::knowledge::{Knowledge, Meaning, RemedyId};
use crate::span::Span;

impl Reading<'_> {
    /// The first recommendation of each remedy for which the packs want a statement that the article nowhere makes.
    ///
    /// `makes` says which amounts make the statement for a remedy. A part of a compound remedy (the hot bath of a contrast bath)
    /// is left out beside the whole: what is missing is reported once, for the whole.
    pub fn unstated(
        &self,
        knowledge: &Knowledge,
        statement: Statement,
        makes: impl Fn(RemedyId, Kind) -> bool,
    ) -> Vec<(&Mention, Need)> {
        let mut seen: Vec<RemedyId> = Vec::new();
        let mut found = Vec::new();
        for mention in self.mentions.iter().filter(|it| it.stance == Stance::Recommended) {
            let Some(&demand) = knowledge.remedy(mention.remedy).state.get(&statement) else { continue };
            if seen.contains(&mention.remedy) || self.is_of_a_whole(knowledge, mention) {
                continue;
            }
            seen.push(mention.remedy);
            if !self.states(knowledge, mention.remedy, |kind| makes(mention.remedy, kind)) {
                found.push((mention, demand));
            }
        }
        found
    }

    /// Whether a usable amount of a kind stands with a remedy, or a part of it, anywhere in the article.
    fn states(&self, knowledge: &Knowledge, remedy: RemedyId, is_kind: impl Fn(Kind) -> bool) -> bool {
        let entry = knowledge.remedy(remedy);
        let has_one_part = entry.parts.len() == 1;
        let sessions = entry.limits.iter().filter(|it| it.quantity == Quantity::Session && it.when.is_none());
        let longest = sessions.filter_map(|it| it.warn.or(it.error)).fold(f64::INFINITY, f64::min);
        self.advice.iter().any(|advice| {
            let amount = &advice.amount;
            // `at least five minutes` leaves open when to stop; `at least 35` is reported as too long.
            let says_when_to_stop = amount.high.is_some() || amount.low.is_some_and(|low| longest <= low);
            // `all day` is reported as open-ended.
            let is_reported = amount.open_end.is_some() && longest.is_finite();
            // So are `a few hours`, which are too long whatever they are.
            let is_clear = !amount.vague || amount.low.is_some_and(|low| longest < low);
            let is_usable = is_clear && (is_reported || amount.open_end.is_none() && says_when_to_stop);
            // What is said of ice holds for the ice of RICE, wherever it is said.
            let is_its_part = knowledge.is_part_of(advice.remedy, remedy)
                && (has_one_part || self.is_beside(advice.block, remedy));
            let is_its_own = advice.remedy == remedy || is_its_part;
            // `Residents soak for 15 minutes` says how long to all who read it; what a study did does not.
            let is_told = advice.stance == Stance::Reported && !self.is_of_a_study(advice);
            is_its_own && is_kind(amount.kind) && is_usable && (advice.stance.permits() || is_told)
        })
    }

    /// Whether some advice is what a study or a myth reports.
    fn is_of_a_study(&self, advice: &Advice) -> bool {
        self.passage(advice.block).is_none_or(|passage| {
            let sentence = &passage.sentences[passage.sentence_of(advice.amount.tokens.start)].tokens;
            passage.scope.reports || passage.has_cue(sentence, &[Cue::Report, Cue::Trial, Cue::Clinical])
        })
    }

    /// Whether the article names a temperature that published advice has for a remedy, of whatever: `The bay is at 12 to 14 °C in
    /// June.` That of a fever is none.
    pub fn names_a_fitting_temperature(&self, knowledge: &Knowledge, remedy: RemedyId) -> bool {
        /// So many degrees below what is too hot a bath is still a hot one.
        const MILD: f64 = 5.0;
        let limits = knowledge.remedy(remedy).limits.iter().filter(|it| it.when.is_none());
        let fitting: Vec<(f64, f64)> = limits
            .filter_map(|limit| match limit.quantity {
                Quantity::TemperatureMax => Some((limit.value.high() - MILD, limit.value.high())),
                Quantity::TemperatureMin => Some((limit.value.low(), limit.value.high())),
                _ => None,
            })
            .collect();
        let fits = |it: f64| fitting.iter().any(|&(low, high)| (low..=high).contains(&it));
        self.passages.iter().zip(&self.amounts).any(|(passage, amounts)| {
            let of_temperature = amounts.iter().filter(|it| it.kind == Kind::Temperature);
            of_temperature.into_iter().any(|amount| {
                let sentence = &passage.sentences[passage.sentence_of(amount.tokens.start)].tokens;
                let is_fever = passage.has_cue(sentence, &[Cue::Complaint])
                    || passage.hits_in(sentence).any(|hit| matches!(hit.meaning, Meaning::Sign(_)));
                amount.low.or(amount.high).is_some_and(fits) && !is_fever
            })
        })
    }

    /// The cautions that the article mentions anywhere, by id.
    pub fn cautions_mentioned<'k>(&self, knowledge: &'k Knowledge) -> Vec<&'k str> {
        let mut found = Vec::new();
        // What stands for a picture is not read by all.
        let is_read = |it: &&Passage| self.document.block(it.block).kind != BlockKind::AltText;
        for passage in self.passages.iter().filter(|it| it.holds(Held::Caution)).filter(is_read) {
            for hit in &passage.hits {
                let Meaning::Caution(id) = hit.meaning else { continue };
                if !passage.is_ruled_out_by(&hit.tokens, Meaning::CautionNot(id)) {
                    found.push(knowledge.packs.cautions.entry(usize::from(id)).id.value.as_str());
                }
            }
        }
        found
    }

    /// Whether a remedy is named as a part of another one that is recommended beside it: the cold bath of a contrast bath.
    pub fn is_of_a_whole(&self, knowledge: &Knowledge, mention: &Mention) -> bool {
        self.mentions.iter().any(|other| {
            other.stance == Stance::Recommended
                && knowledge.is_part_of(mention.remedy, other.remedy)
                && self.is_beside(mention.block, other.remedy)
        })
    }

    /// Whether a remedy is named in a block, in the section around it or in the title. Another item of the same list is no such place.
    fn is_beside(&self, block: BlockId, remedy: RemedyId) -> bool {
        let item = |block: BlockId| self.document.block(block).place.item;
        let section = |block: BlockId| self.document.outline.section_of(block);
        // `Run a warm bath.`, which `Warm bath: lie in it` is not
        let is_step = |block: BlockId| {
            let is_numbered =
                item(block).is_some_and(|(it, _)| self.document.content.lists[it].first_number.is_some());
            let passage = self.passage(block).filter(|_| is_numbered);
            passage.is_some_and(|it| {
                let first = it.sentences.first().and_then(|sentence| sentence.clauses().next());
                first.is_some_and(|clause| begins_with_action(it, &clause))
            })
        };
        self.mentions.iter().filter(|it| it.remedy == remedy).any(|it| {
            let is_title = self.document.title == Some(it.block);
            let is_other_item =
                item(it.block).is_some() && item(block).is_some() && item(it.block) != item(block);
            let are_steps = || is_step(it.block) && is_step(block);
            it.block == block
                || is_title
                || (section(it.block) == section(block) && (!is_other_item || are_steps()))
        })
    }

    /// Where the article puts off its readers with a word that is no figure: `a few minutes`, `ice-cold`.
    pub fn vaguely_stated(&self, remedy: RemedyId, is_kind: impl Fn(Kind) -> bool) -> Option<Span> {
        let is_it = |it: &&Advice| it.remedy == remedy && it.amount.vague && is_kind(it.amount.kind);
        self.advice.iter().find(is_it).map(|it| it.span)
    }
}

impl Need {
    /// How bad it is when the statement is missing.
    pub fn severity(self) -> crate::severity::Severity {
        match self {
            Self::Required => crate::severity::Severity::Warning,
            Self::Recommended => crate::severity::Severity::Note,
        }
    }
}
