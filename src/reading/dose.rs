//! Doses worked out: how much a day from how much and how often, how strong from drops and volume.

use std::ops::Range;

use super::Reading;
use super::advice::Advice;
use super::amount::{Amount, Bound, Kind};
use super::passage::Passage;
use super::stance::commands;
use super::tablets::Tablets;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::span::Span;

/// How much of a remedy the article permits, in one respect.
#[derive(Debug, Clone)]
pub struct Dose<'r> {
    /// The amount that it was worked out from.
    pub advice: &'r Advice,
    /// What is counted.
    pub measure: Measure,
    /// The most that the text permits.
    pub value: f64,
    /// Where it stands: the amount, or drops and volume together.
    pub span: Span,
    /// Where it says how often, if that was counted.
    pub often: Option<Span>,
}

/// What a dose counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Milligrams at once.
    Single,
    /// Milligrams in 24 hours.
    Daily,
    /// Percent of the product.
    Concentration,
    /// Percent, worked out from drops: real drops differ, so only what is clearly beyond counts.
    Dilution,
    /// Cups at once.
    Cups,
    /// Litres in an hour.
    LitresAnHour,
    /// Years of age of whom it is offered to.
    Age,
}

/// In milligrams: nobody takes more of a medicine at once.
const LARGEST_DOSE: f64 = 10_000.0;

/// What stands between two measures of one quantity.
const EQUALS: &[&str] = &["is", "are", "about", "roughly", "around", "equals", "="];

/// So many cells of a row, and amounts of a cell, are looked at with a dose.
const MOST_CELLS: usize = 32;

/// A longer list is no recipe for a bottle.
const MOST_INGREDIENTS: usize = 24;

/// In percent: so many drops fill the volume.
const ALL_OF_IT: f64 = 80.0;

/// Drops in a millilitre: the usual reckoning.
const DROPS_OF_A_MILLILITRE: f64 = 20.0;

impl Reading<'_> {
    /// All doses that the article permits.
    pub fn doses(&self) -> Vec<Dose<'_>> {
        let mut found = Vec::new();
        for advice in self.advice.iter().filter(|it| it.stance.permits()) {
            let Some(most) = advice.permits() else { continue };
            if self.is_of_a_pack(advice) {
                continue;
            }
            let dose = |measure, value| Dose { advice, measure, value, span: advice.span, often: None };
            match advice.amount.kind {
                Kind::Dose if let Some(tablets) = self.tablets_of(advice) => {
                    found.extend(self.doses_of(advice, &tablets));
                }
                Kind::Dose => {
                    let often = self.how_often(advice);
                    let each = self.tablets_at_once(advice).unwrap_or(1.0) * most;
                    let daily = often.map(|(times, _)| each * times);
                    let is_daily_total = self.is_daily_total(advice);
                    if !is_daily_total {
                        found.push(dose(Measure::Single, most));
                    }
                    let cap = self.daily_cap(advice);
                    let daily = if is_daily_total { Some(most) } else { daily };
                    // Whoever is not told how often takes it once at least. Of food, tens of grams are no dose.
                    let is_all =
                        most < LARGEST_DOSE && !self.has_other_dose(advice) && !self.is_of_one_tablet(advice);
                    let daily = daily.or(Some(most).filter(|_| is_all));
                    if let Some(daily) = daily {
                        let often = often.and_then(|(_, amount)| self.counted_at(advice, amount));
                        let value = cap.map_or(daily, |cap| daily.min(cap));
                        found.push(Dose { often, ..dose(Measure::Daily, value) });
                    }
                }
                Kind::Percent => found.push(dose(Measure::Concentration, most)),
                Kind::Cups if !self.is_of_a_batch(advice) => found.push(dose(Measure::Cups, most)),
                Kind::Age => found.push(dose(Measure::Age, most)),
                Kind::Volume => {
                    let often = self.times_an_hour(advice);
                    found.extend(often.map(|often| dose(Measure::LitresAnHour, most * often / 1000.0)));
                }
                Kind::Drops => {
                    if let Some((volume, span)) = self.volume_near(advice) {
                        let percent = most / (volume * DROPS_OF_A_MILLILITRE) * 100.0;
                        // `A 10 ml bottle (£6) is about 200 drops` says the same twice.
                        if percent < ALL_OF_IT || !self.follows_an_equals_sign(advice) {
                            found.push(Dose {
                                span: advice.span.to(span),
                                ..dose(Measure::Dilution, percent)
                            });
                        }
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// What drops are counted into, where the sentence before says it: `Fill it with 10 ml of almond oil. Count in six drops of
    /// lavender oil.`
    fn volume_said_before<'a>(
        &self,
        passage: &Passage,
        amounts: &'a [Amount],
        drops: &Advice,
    ) -> Option<&'a Amount> {
        let sentence = passage.sentence_before(drops.amount.tokens.start)?;
        let said = amounts.partition_point(|it| it.tokens.start < sentence.tokens.start)
            ..amounts.partition_point(|it| it.tokens.end <= sentence.tokens.end);
        let said = amounts.get(said)?;
        // `A 10 ml bottle of lavender oil` is what the drops come from.
        let named = self.mentions_of(passage.block);
        let first = named.partition_point(|it| it.tokens.start < sentence.tokens.start);
        let names_it = named.get(first).is_some_and(|it| it.tokens.start < sentence.tokens.end);
        let visible = self.document.block(passage.block).prose.text();
        let is_poured =
            |it: &&Amount| it.kind == Kind::Volume && passage.is_one_of(visible, it.tokens.end, &["of"]);
        let has_drops = said.iter().any(|it| it.kind == Kind::Drops);
        said.iter().rfind(is_poured).filter(|_| !names_it && !has_drops && commands(passage, sentence))
    }

    /// Whether so many cups are mixed for several baths: another figure says how many go into one.
    fn is_of_a_batch(&self, advice: &Advice) -> bool {
        /// So many figures are looked at.
        const MOST: usize = 32;
        let names_a_bath = |it: &Advice| {
            let Some(passage) = self.passage(it.block) else { return false };
            let visible = self.document.block(it.block).prose.text();
            let sentence = &passage.sentences[passage.sentence_of(it.amount.tokens.start)];
            let mut words = sentence.tokens.clone();
            words.any(|at| passage.is_one_of(visible, at, &["bath", "tub", "soak", "basin", "water"]))
        };
        let mut others = self.advice.iter().filter(|it| it.amount.kind == Kind::Cups).take(MOST);
        !names_a_bath(advice) && others.any(|it| it.permits() < advice.permits() && names_a_bath(it))
    }

    /// The doses that a number of tablets of one strength makes.
    fn doses_of<'r>(&'r self, strength: &'r Advice, tablets: &Tablets) -> Vec<Dose<'r>> {
        let Some(passage) = self.passage(tablets.block) else { return Vec::new() };
        let prose = &self.document.block(tablets.block).prose;
        let counted = prose.source_span(passage.visible(&tablets.tokens));
        let is_same_block = tablets.block == strength.block;
        let span = if is_same_block { strength.span.to(counted) } else { counted };
        let at_once = strength.amount.high.unwrap_or_default() * tablets.at_once;
        let dose = |measure, value| Dose { advice: strength, measure, value, span, often: None };
        let often = self.tablets_a_day(tablets);
        // Whoever is not told how often takes it once at least; `four a day` is all of them.
        let daily = dose(Measure::Daily, at_once * often.unwrap_or(1.0));
        let single = dose(Measure::Single, at_once);
        let is_all_of_a_day = often == Some(1.0);
        // `no more than eight in 24 hours` limits the day, and not how many are taken at once.
        let single = (!is_all_of_a_day).then_some(single);
        let daily = (!self.is_limited(tablets)).then_some(daily);
        single.into_iter().chain(daily).collect()
    }

    /// Whether another dose of the remedy stands in the block.
    fn has_other_dose(&self, dose: &Advice) -> bool {
        self.doses_beside(dose).any(|it| it.span != dose.span)
    }

    /// `Each capsule holds 500 mg` says what it is made of, not how many are taken, unless `Take two a day` comes after.
    fn is_of_one_tablet(&self, dose: &Advice) -> bool {
        const HOLDS: &[&str] = &["holds", "contains", "has", "provides", "packs", "delivers", "carries"];
        const FAR: usize = 2;
        let Some(passage) = self.passage(dose.block) else { return false };
        let visible = self.document.block(dose.block).prose.text();
        let start = dose.amount.tokens.start;
        let sentence = &passage.sentences[passage.sentence_of(start)].tokens;
        let mut before = sentence.start.max(start.saturating_sub(FAR))..start;
        before.any(|at| HOLDS.contains(&passage.tokens[at].text(visible)))
            && !passage.has_cue(&(sentence.start..passage.tokens.len()), &[Cue::Action, Cue::Recommend])
    }

    /// `A box of sixteen 200 mg tablets holds 3,200 mg in all` says what is sold. `Take a box of` is a command.
    fn is_of_a_pack(&self, dose: &Advice) -> bool {
        let Some(passage) = self.passage(dose.block) else { return false };
        let start = dose.amount.tokens.start;
        let sentence = &passage.sentences[passage.sentence_of(start)];
        passage.has_cue(&(sentence.tokens.start..start), &[Cue::PackOf]) && !commands(passage, sentence)
    }

    /// The doses of the same remedy in the same block, this one among them.
    fn doses_beside<'r>(&'r self, dose: &'r Advice) -> impl Iterator<Item = &'r Advice> {
        const MOST: usize = 32;
        let first = self.advice.partition_point(|it| it.block < dose.block);
        let past = self.advice.partition_point(|it| it.block <= dose.block);
        self.advice[first..past]
            .iter()
            .take(MOST)
            .filter(|it| it.remedy == dose.remedy && it.amount.kind == Kind::Dose)
    }

    /// How often a day a dose is taken, by the frequency or interval that follows it in its block.
    fn how_often(&self, dose: &Advice) -> Option<(f64, &Amount)> {
        let often = |it| Some((Amount::times_a_day(it)?, it));
        let first = self.following(dose).find_map(often);
        // `at least 4 hours apart, not more than four times in 24 hours`
        let at_most = |found: &(f64, &Amount)| {
            let limits = |it: &&Amount| it.kind == Kind::Frequency && it.bound == Bound::AtMost;
            self.following(dose).filter(limits).find_map(often).filter(|limit| limit.0 < found.0)
        };
        first.map(|it| at_most(&it).unwrap_or(it)).or_else(|| self.in_its_row(dose).find_map(often))
    }

    /// The amounts of the other cells of a dose's row, that of its daily total left out: `400 mg | 4 times a day`.
    fn in_its_row(&self, dose: &Advice) -> impl Iterator<Item = &Amount> {
        let others = self.cells_beside(dose).filter(|&it| !self.is_total(it));
        others.flat_map(|it| self.amounts_from(it, 0).iter().take(MOST_CELLS))
    }

    /// The other cells of a dose's row, the first of them in a long one.
    fn cells_beside(&self, dose: &Advice) -> impl Iterator<Item = BlockId> {
        let cell = self.document.block(dose.block).place.cell;
        let others = cell.map(|it| self.document.content.tables[it.table].others_in_row(it));
        others.into_iter().flatten().take(MOST_CELLS)
    }

    /// `8 tablets (4 g)`, in a row or column headed `Most in 24 hours`.
    fn is_total(&self, block: BlockId) -> bool {
        let Some(cell) = self.document.block(block).place.cell else { return false };
        let table = &self.document.content.tables[cell.table];
        table.labels_of(cell).any(|it| self.passage(it).is_some_and(|it| it.says(&[Cue::DailyLabel])))
    }

    /// How many tablets make a dose, where only the strength of one was named: `Aspirin 300 mg. Take up to 14 tablets a day.`
    fn tablets_at_once(&self, strength: &Advice) -> Option<f64> {
        let next = self.following(strength).next().filter(|it| it.kind == Kind::Tablets)?;
        let passage = self.passage(strength.block)?;
        let start = next.tokens.start;
        let told = passage.sentences[passage.sentence_of(start)].tokens.start..start;
        // `200 mg (16 tablets, £2)` counts what is sold.
        let is_told = passage.has_cue(&told, &[Cue::Action, Cue::Recommend]);
        next.high.filter(|_| strength.amount.each.is_none() && is_told)
    }

    /// From the tablets that are counted, if any, to how often they are taken.
    fn counted_at(&self, dose: &Advice, often: &Amount) -> Option<Span> {
        let tablets = self.following(dose).next().filter(|it| it.kind == Kind::Tablets);
        let start = tablets.unwrap_or(often).tokens.start;
        let visible = self.passage(dose.block)?.visible(&(start..often.tokens.end));
        Some(self.document.block(dose.block).prose.source_span(visible))
    }

    /// `10 mg a day`, `that is 4 g at most`: the amount is all that is taken in a day.
    fn is_daily_total(&self, dose: &Advice) -> bool {
        const GAP: usize = 6;
        let sums_up = self.passage(dose.block).is_some_and(|passage| {
            let start = dose.amount.tokens.start;
            let sentence = &passage.sentences[passage.sentence_of(start)].tokens;
            passage.has_cue(&(sentence.start.max(start.saturating_sub(GAP))..start), &[Cue::SumsUp])
        });
        sums_up
            || self.is_total(dose.block)
            || self.after_brackets(dose).is_some_and(|(end, it)| {
                let is_once = it.kind == Kind::Frequency && it.high == Some(1.0) && it.low == Some(1.0);
                is_once && it.tokens.start <= end + GAP
            })
    }

    /// The amount after a dose, and where to look for it: `1,200 mg (six 200 mg tablets) in 24 hours` is explained in brackets.
    fn after_brackets(&self, dose: &Advice) -> Option<(usize, &Amount)> {
        const LONGEST: usize = 12;
        let passage = self.passage(dose.block)?;
        let visible = self.document.block(dose.block).prose.text();
        let is_mark = |at: usize, mark| passage.tokens.get(at).is_some_and(|it| it.is_mark(visible, mark));
        let end = dose.amount.tokens.end;
        let opens = (end..end + 3).find(|&at| is_mark(at, '('));
        let closes = opens.and_then(|opens| (opens..opens + LONGEST).find(|&at| is_mark(at, ')')));
        match closes {
            Some(end) => self.amounts_from(dose.block, end).first().map(|it| (end, it)),
            None => self.following(dose).next().map(|it| (end, it)),
        }
    }

    /// How many times an hour a volume is drunk: `two litres an hour`, `500 ml every 15 minutes`.
    fn times_an_hour(&self, volume: &Advice) -> Option<f64> {
        const HOURS_OF_A_DAY: f64 = 24.0;
        let often = self.following(volume).next().and_then(|it| match it.kind {
            Kind::Frequency if it.high == Some(HOURS_OF_A_DAY) => Some(1.0),
            // `500 ml every 15 minutes`
            Kind::Interval => it.high.filter(|hours| (0.1..=1.0).contains(hours)).map(|hours| 1.0 / hours),
            _ => None,
        });
        often.or(self.is_within_an_hour(volume).then_some(1.0))
    }

    /// `three litres of water in the hour before the start`.
    fn is_within_an_hour(&self, volume: &Advice) -> bool {
        const WORDS_BETWEEN: usize = 6;
        let Some(passage) = self.passage(volume.block) else { return false };
        let end = volume.amount.tokens.end;
        let sentence = &passage.sentences[passage.sentence_of(end.saturating_sub(1))].tokens;
        let reach = end..sentence.end.min(end + WORDS_BETWEEN + 3);
        passage.has_cue(&reach, &[Cue::WithinAnHour])
    }

    /// `no more than 1,200 mg in 24 hours`, said of the same remedy in the same block.
    fn daily_cap(&self, dose: &Advice) -> Option<f64> {
        let is_the_most = |it: &Advice| it.amount.bound == Bound::AtMost || self.is_called_the_most(it);
        let caps = self.doses_beside(dose).filter(|it| is_the_most(it) && self.is_daily_total(it));
        let in_milligrams = caps.filter_map(|it| it.amount.high).reduce(f64::min);
        in_milligrams.or_else(|| self.daily_cap_in_tablets(dose)).or_else(|| self.daily_cap_in_row(dose))
    }

    /// `8 tablets (4 g)`, in the column `Most in 24 hours` of a dose's row.
    fn daily_cap_in_row(&self, dose: &Advice) -> Option<f64> {
        let most = |it: BlockId| {
            let said = self.amounts_from(it, 0);
            let of_kind = |kind| said.iter().find(|it| it.kind == kind).and_then(|it| it.high);
            of_kind(Kind::Dose).or_else(|| Some(of_kind(Kind::Tablets)? * dose.amount.each?))
        };
        self.cells_beside(dose).filter(|&it| self.is_total(it)).find_map(most)
    }

    /// `600 mg a day is the ceiling`
    fn is_called_the_most(&self, dose: &Advice) -> bool {
        const NEAR: usize = 6;
        self.passage(dose.block).is_some_and(|passage| {
            let end = dose.amount.tokens.end;
            let sentence = &passage.sentences[passage.sentence_of(dose.amount.tokens.start)].tokens;
            passage.has_cue(&(end..(end + NEAR).min(sentence.end)), &[Cue::Ceiling])
        })
    }

    /// `no more than eight tablets in 24 hours`, after a dose of tablets.
    fn daily_cap_in_tablets(&self, dose: &Advice) -> Option<f64> {
        let each = dose.amount.each?;
        // `no more than eight in 24 hours`
        let counts = |it: &Amount| matches!(it.kind, Kind::Tablets | Kind::Bare) && it.bound == Bound::AtMost;
        let mut after = self.following(dose).skip_while(|it| !counts(it));
        let most = after.next()?.high?;
        let is_of_a_day = after.next().is_some_and(|it| it.kind == Kind::Frequency && it.high == Some(1.0));
        is_of_a_day.then_some(most * each)
    }

    /// Amounts after this one in its block, up to the next dose.
    fn following(&self, dose: &Advice) -> impl Iterator<Item = &Amount> {
        self.amounts_from(dose.block, dose.amount.tokens.end)
            .iter()
            .take_while(|it| it.kind != Kind::Dose)
            .take_while(move |it| !self.is_of_another_sentence(dose, it))
    }

    /// The amounts of a block from a token on.
    pub(super) fn amounts_from(&self, block: BlockId, start: usize) -> &[Amount] {
        let index = self.passages.binary_search_by_key(&block, |it| it.block).ok();
        let amounts: &[Amount] = index.map_or(&[], |index| &self.amounts[index]);
        &amounts[amounts.partition_point(|it| it.tokens.start < start)..]
    }

    /// Whether an amount stands in a sentence after that of a dose, which is about another thing: `100 mg of magnesium. Sip half
    /// a litre of water an hour.`
    fn is_of_another_sentence(&self, dose: &Advice, amount: &Amount) -> bool {
        let Some(passage) = self.passage(dose.block) else { return false };
        let own = passage.sentence_of(dose.amount.tokens.start);
        let there = passage.sentence_of(amount.tokens.start);
        let mentions = self.mentions_of(dose.block);
        let first = mentions.partition_point(|it| it.tokens.start < passage.sentences[there].tokens.start);
        let mut told = mentions[first..].iter().take_while(|it| it.tokens.start < amount.tokens.start);
        let is_drunk = matches!(amount.kind, Kind::Volume | Kind::Cups);
        own < there && (is_drunk || told.any(|it| it.remedy != dose.remedy))
    }

    /// Whether `is` or `equals` leads to an amount: `is about 200 drops`.
    fn follows_an_equals_sign(&self, drops: &Advice) -> bool {
        let text = self.document.block(drops.block).prose.text();
        let before = drops.amount.tokens.start.checked_sub(1);
        let passage = self.passage(drops.block);
        let token = before.and_then(|at| passage?.tokens.get(at));
        token.is_some_and(|it| EQUALS.contains(&it.text(text)))
    }

    /// The volume that drops go into: in their sentence, else in the next cells of their row or the other items of their list.
    fn volume_near(&self, drops: &Advice) -> Option<(f64, Span)> {
        let passage = self.passage(drops.block)?;
        let sentence = &passage.sentences[passage.sentence_of(drops.amount.tokens.start)].tokens;
        let in_block = |block: usize| {
            let index = self.passages.binary_search_by_key(&block, |it| it.block).ok()?;
            Some((&self.passages[index], &self.amounts[index]))
        };
        let volume = |block: usize, amount: &Amount| {
            let millilitres = amount.low.or(amount.high).filter(|&it| it > 0.0)?;
            let (passage, _) = in_block(block)?;
            let span = self.document.block(block).prose.source_span(passage.visible(&amount.tokens));
            Some((millilitres, span))
        };
        let (_, own) = in_block(drops.block)?;
        // `One millilitre is about 20 drops` says how much that is, not how much to take.
        let text = self.document.block(drops.block).prose.text();
        let says_is = |between: Range<usize>| {
            !between.is_empty() && passage.tokens[between].iter().all(|it| EQUALS.contains(&it.text(text)))
        };
        let (start, end) = (drops.amount.tokens.start, drops.amount.tokens.end);
        let before = own.partition_point(|it| it.tokens.end <= start);
        let is_equal_before =
            own[..before].last().is_some_and(|it| it.kind == Kind::Volume && says_is(it.tokens.end..start));
        // `Twenty drops are about one millilitre`
        let is_equal_behind = own
            .get(before + 1)
            .is_some_and(|it| it.kind == Kind::Volume && says_is(end..it.tokens.start.max(end)));
        if is_equal_before || is_equal_behind {
            return None;
        }
        let from_there = self.amounts_from(drops.block, sentence.start).iter();
        let near = from_there.take_while(|it| it.tokens.start < sentence.end);
        let mut volumes = near.filter(|it| it.kind == Kind::Volume);
        let first = volumes.clone().next();
        let after = volumes.find(|it| it.tokens.start >= drops.amount.tokens.end);
        if let Some(amount) = after.or(first) {
            return volume(drops.block, amount);
        }
        if let Some(amount) = self.volume_said_before(passage, own, drops) {
            return volume(drops.block, amount);
        }
        let first_volume = |block: usize| {
            let (_, amounts) = in_block(block)?;
            volume(block, amounts.iter().find(|it| it.kind == Kind::Volume)?)
        };
        let place = self.document.block(drops.block).place;
        if let Some(cell) = place.cell {
            return self.document.content.tables[cell.table].others_in_row(cell).find_map(first_volume);
        }
        // A list of ingredients: all that is measured goes into one bottle.
        let (list, _) = place.item?;
        let items = &self.document.content.lists[list].items;
        let items = items.iter().take(MOST_INGREDIENTS).flat_map(|it| it.blocks.clone());
        // `Massage blend: 3 drops in 10 ml` is a recipe of its own.
        let is_recipe = |block: usize| {
            in_block(block).is_some_and(|(_, amounts)| amounts.iter().any(|it| it.kind == Kind::Drops))
        };
        let others = items.filter(|&it| it != drops.block && !is_recipe(it));
        let volumes = others.filter_map(first_volume).map(|(volume, _)| volume);
        let all: f64 = volumes.sum();
        (all > 0.0).then_some((all, drops.span))
    }
}
