//! The remedy of an amount whose sentence names none: the one that stands over it.
//!
//! The sentences before, the item's label or the table row, the lead-in, the section, the heading, the title.

use super::advice::Binder;
use super::amount::Kind;
use super::near::Near;
use super::passage::Passage;
use super::stance::begins_with_action;
use crate::document::blocks::{BlockId, BlockKind, CellPlace, FrontMatterRole};
use crate::knowledge::cues::Cue;

/// Figures are shared within lists of so many items.
const MOST_ITEMS: usize = 40;

impl Binder<'_> {
    /// The mention that stands over an amount whose sentence names none. What is named further off than its block, row, item or the
    /// heading right over it has the amount only where that is told as one of a use.
    pub(super) fn inherited(&self, near: &Near<'_>) -> Option<usize> {
        let found = self.last_named(near)?;
        let (own, theirs) = (near.passage.block, self.mentions[found].block);
        let [own_place, their_place] = [own, theirs].map(|it| self.document.block(it).place);
        let is_close = own == theirs
            || own_place.cell.is_some()
            || own_place.item.is_some() && own_place.item == their_place.item
            || self.is_led_by(own, theirs)
            || self.is_within_item_of(own, theirs)
            || self.document.outline.heading_right_over(own).is_some_and(|it| it.block == theirs);
        (is_close || near.tells_of_a_use() || self.answers(near)).then_some(found)
    }

    /// Whether a block begins an item of a list that another leads into with a colon: `The ice barrel:`.
    fn is_led_by(&self, own: BlockId, theirs: BlockId) -> bool {
        let Some((list, _)) = self.document.block(own).place.item else { return false };
        let list = &self.document.content.lists[list];
        list.lead_in == Some(theirs)
            && self.document.block(theirs).prose.text().trim_end().ends_with(':')
            && self.begins_its_item(own)
    }

    /// Whether a block stands in a list of its own below what an item begins with: `Cold pack`, over `wrapped` and `45 mins`.
    fn is_within_item_of(&self, own: BlockId, theirs: BlockId) -> bool {
        let Some((list, _)) = self.document.block(own).place.item else { return false };
        let within = self.document.content.lists[list].within;
        within.is_some() && within == self.document.block(theirs).place.item
    }

    /// The mention that was named last, or that stands over all.
    fn last_named(&self, near: &Near<'_>) -> Option<usize> {
        /// So many remedies are looked at that were named before.
        const MOST_BEFORE: usize = 16;
        let passage = near.passage;
        let block = self.document.block(passage.block);
        if near.goes_on_about_an_activity() || self.is_headed_as_other(near) {
            return None;
        }
        let earlier = self.mentioned_in(passage.block, &(0..near.sentence.tokens.start));
        let mut before = earlier.rev().take(MOST_BEFORE);
        if let Some(last) = before.clone().next() {
            // `Ibuprofen can be added if paracetamol alone is not enough. Take 200 mg`: of ibuprofen.
            let is_main = |it: &usize| {
                !self.is_supposed(passage, *it) && !self.is_compared(*it) && self.can_be_of(near, *it)
            };
            // Of two that do not lead, the one that the other is held against: `better than ibuprofen`.
            let leads = |it: &usize| !self.is_compared(*it);
            let main = before.clone().find(is_main).or_else(|| before.find(leads));
            let main = main.unwrap_or(last);
            // `Paracetamol`, over `For those who can't have ibuprofen. One or two 500 mg tablets`
            let over = self.heading_right_over(passage.block).and_then(|it| self.last_in(it.block));
            return over.filter(|_| !self.mentions[main].stance.permits()).or(Some(main));
        }
        if let Some(cell) = block.place.cell {
            return self.in_table(near, cell);
        }
        let mut item = block.place.item;
        // `Race evening: three 500 mg tablets` is a time of one medicine.
        if item.is_some() && near.has_own_label() && near.amount.kind != Kind::Dose {
            return None;
        }
        while let Some((list, index)) = item {
            let list = &self.document.content.lists[list];
            // An item's label, in a block of its own.
            let label = list.items[index]
                .blocks
                .clone()
                .take_while(|&it| it < passage.block)
                .find_map(|it| self.last_in(it));
            if label.is_some() {
                return label;
            }
            if let Some(over) = list.lead_in.and_then(|lead_in| self.last_in(lead_in)) {
                return Some(over);
            }
            item = list.within;
        }
        if matches!(block.kind, BlockKind::FrontMatter(FrontMatterRole::Answer)) {
            return self.last_in(passage.block.checked_sub(1)?);
        }
        let section_start =
            self.document.outline.ancestors(passage.block).next().map_or(0, |heading| heading.block);
        // A heading begins anew.
        let is_heading = self.document.outline.heading_at(passage.block).is_some();
        if let Some(before) =
            self.in_section_before(near, section_start, passage.block).filter(|_| !is_heading)
        {
            return (!self.is_under_another_label(before, near) && !near.is_a_night()).then_some(before);
        }
        if let Some(over) =
            self.document.outline.ancestors(passage.block).find_map(|heading| self.last_in(heading.block))
        {
            return Some(over);
        }
        self.in_title().or_else(|| self.only_one_before(near))
    }

    /// Whether the heading right over a block names what is done to a remedy, and not with it: `Cleaning`, over `60 minutes`.
    fn is_headed_as_other(&self, near: &Near<'_>) -> bool {
        let heading = self.heading_right_over(near.passage.block);
        heading.filter(|it| self.last_in(it.block).is_none()).is_some_and(|it| {
            it.says(&[Cue::Prepare, Cue::Booking]) && !it.says(&[Cue::Hold, Cue::Measure])
                || near.amount.kind.is_heat() && it.says(&[Cue::OtherHeat])
        })
    }

    /// Whether an amount can be of a remedy that stands further off: hours are not of the water that is drunk after a sauna.
    pub(super) fn can_be_of(&self, near: &Near<'_>, mention: usize) -> bool {
        near.amount.kind == Kind::Volume || !self.mentions[mention].is_everyday
    }

    /// The remedies of the list that a block leads into: `Keep each of these on for 15 minutes:`.
    pub(super) fn led(&self, block: BlockId) -> Vec<usize> {
        let list = self.document.content.list_led_by(block);
        let items = list.into_iter().flat_map(|it| &it.items).take(MOST_ITEMS);
        items.filter_map(|item| item.blocks.clone().find_map(|it| self.last_in(it))).collect()
    }

    /// The only remedy that a block's list names, where readers hold on or wait: `Wait until the thermometer reads 12 °C`, before
    /// `Take your cold plunge`.
    pub(super) fn only_one_in_list(&self, near: &Near<'_>) -> Option<usize> {
        let is_held = near.passage.has_cue(near.clause, &[Cue::Hold]);
        // `For adults and children from 12 years: apply a strip`
        let is_of_readers =
            near.amount.kind == Kind::Age && near.passage.has_cue(&near.sentence.tokens, &[Cue::Action]);
        if !(is_held && matches!(near.amount.kind, Kind::Duration | Kind::Temperature) || is_of_readers) {
            return None;
        }
        self.only_one_of_its_list(near)
    }

    /// What the water is run for: `Get the water down to 12 °C. Stay in the ice bath for ten minutes.`, in one paragraph or in
    /// two steps of a list.
    pub(super) fn water_for(&self, near: &Near<'_>) -> Option<usize> {
        /// So many sentences later.
        const FAR: usize = 3;
        let Near { passage, sentence, .. } = *near;
        let is_of_water = near.amount.kind == Kind::Temperature
            && sentence.tokens.clone().any(|at| near.text(at).eq_ignore_ascii_case("water"));
        if !is_of_water || !self.mentions_in(passage.block, &(0..sentence.tokens.start)).is_empty() {
            return None;
        }
        let after = passage.sentence_of(sentence.tokens.start) + 1;
        let past = (after + FAR).min(passage.sentences.len());
        let end = passage.sentences[past - 1].tokens.end;
        let named = self.mentions_in(passage.block, &(sentence.tokens.end..end));
        let next = named.into_iter().find(|&it| self.can_be_of(near, it));
        next.or_else(|| self.only_one_of_its_list(near))
    }

    /// The only remedy that the items of a block's list name, if they name one.
    fn only_one_of_its_list(&self, near: &Near<'_>) -> Option<usize> {
        let (list, _) = self.document.block(near.passage.block).place.item?;
        let items = &self.document.content.lists[list].items;
        if MOST_ITEMS < items.len() {
            return None;
        }
        let mut named = items.iter().flat_map(|item| item.blocks.clone()).filter_map(|it| self.last_in(it));
        let first = named.next()?;
        let is_same = |it: usize| self.mentions[it].remedy == self.mentions[first].remedy;
        named.all(is_same).then_some(first)
    }

    /// Whether a remedy is named in a clause that supposes something.
    fn is_supposed(&self, passage: &Passage, mention: usize) -> bool {
        let at = self.mentions[mention].tokens.start;
        let clause = passage.sentences[passage.sentence_of(at)].clause_of(at);
        passage.has_cue(&(clause.start..clause.start + 1), &[Cue::Condition])
    }

    /// The only remedy that the article has named so far, where a clause speaks of holding something on: `leave them on`.
    fn only_one_before(&self, near: &Near<'_>) -> Option<usize> {
        let before = near.clause.start..near.amount.tokens.start;
        let points_back = near.passage.has_cue(&before, &[Cue::PointsBack]);
        // `Stay in for ten minutes`
        let is_bare = near.lasts()
            && begins_with_action(near.passage, near.clause)
            && near.passage.cues_in(&before, &[Cue::Hold]).any(|it| it.tokens.end + 1 == before.end);
        let holds = near.passage.has_cue(&before, &[Cue::Hold]) && points_back || is_bare;
        let before = self.mentions.partition_point(|it| it.block < near.passage.block);
        // `We keep them in the dark, at 18 °C` is said of things.
        let is_heat = near.amount.kind.is_heat();
        // `How long`, as a heading over `Five to ten minutes.`
        let is_asked = near.amount.kind == Kind::Duration
            && (self.is_asked_in_heading(near) || self.is_asked_of_it(near));
        ((holds && !is_heat || is_asked) && 0 < before && before <= self.same_until).then(|| before - 1)
    }

    /// The only remedy that the title names.
    fn in_title(&self) -> Option<usize> {
        let named = self.mentions_in(self.document.title?, &(0..usize::MAX));
        let &last = named.last()?;
        named.iter().all(|&it| self.mentions[it].remedy == self.mentions[last].remedy).then_some(last)
    }

    /// A row's own remedy, else its column's, else what stands over the table; a row that names something else
    /// has none.
    fn in_table(&self, near: &Near<'_>, cell: CellPlace) -> Option<usize> {
        let block = near.passage.block;
        let table = &self.document.content.tables[cell.table];
        // `Menthol (up to 16%)` heads a column of its own.
        if cell.row == 0 && table.has_header {
            return None;
        }
        // `3 minutes`, under `Microwave`
        let is_headed_as_preparation =
            self.header_over(block).is_some_and(|it| it.says(&[Cue::Prepare]) && !it.says(&[Cue::Hold]));
        // `Room`, beside or over `22 °C`
        let is_of_other_heat = near.amount.kind.is_heat()
            && table.labels_of(cell).any(|it| self.passage(it).is_some_and(|it| it.says(&[Cue::OtherHeat])));
        if is_headed_as_preparation || is_of_other_heat {
            return None;
        }
        // `cool shower`, in a column headed `Then`
        let comes_after = |it: BlockId| {
            self.header_over(it).is_some_and(|header| {
                let text = self.document.block(header.block).prose.text().trim().to_lowercase();
                matches!(text.as_str(), "then" | "after" | "afterwards" | "next" | "cool down")
            })
        };
        let row_mention =
            table.others_in_row(cell).filter(|&it| !comes_after(it)).find_map(|it| self.last_in(it));
        if let Some(mention) = row_mention {
            // `notes, 90 min`, beside `ice massage: 5 min`
            let beside = self.amounts_of(self.mentions[mention].block);
            let is_of_another = near.has_own_words() && beside.iter().any(|it| it.kind == near.amount.kind);
            return (!is_of_another).then_some(mention);
        }
        let says = |it: BlockId, cues: &[Cue]| self.passage(it).is_some_and(|it| it.says(cues));
        // `Time in the freezer`, before `2 hours`
        let is_of_a_thing = table.row_label(cell).is_some_and(|it| {
            says(it, &[Cue::Prepare, Cue::Device, Cue::Booking]) && !says(it, &[Cue::Hold])
        });
        // `How long`, in a table of `Cold pack` and `Heat pack`
        let header = table.header_over(cell);
        let is_measured = table.row_label(cell).is_some_and(|it| says(it, &[Cue::Measure]));
        if let Some(over) = header.and_then(|it| self.last_in(it)).filter(|_| is_measured && !is_of_a_thing) {
            return Some(over);
        }
        let is_activity = table.row_around(cell).any(|it| says(it, &[Cue::Activity, Cue::Power]));
        // `Cups stay on`, beside a column of prices.
        let is_held =
            header.is_some_and(|it| says(it, &[Cue::Hold])) && !self.tables.names_remedies(cell.table);
        if (self.tables.lists_prices(cell.table) && !is_held && !is_measured) || is_activity || is_of_a_thing
        {
            return None;
        }
        // `10:00` labels nothing.
        let has_words = |&it: &BlockId| self.document.block(it).prose.text().contains(char::is_alphabetic);
        let label = table.row_around(cell).take_while(|&it| it < block).find(has_words);
        // `Ice bath`, over a column of labels, and nothing over the figures beside it.
        let heads_all =
            || table.rows[0].first().copied().flatten().filter(|_| header.is_none() && table.has_header);
        // `Water` or `Temperature`, in a table that is headed `Ice bath day` or `Contrast bath`
        let is_of_water = header.is_some_and(|it| {
            let text = self.document.block(it).prose.text().trim().to_lowercase();
            ["water", "temperature"].iter().any(|it| text.starts_with(it))
        });
        let in_corner = table.rows[0].first().copied().flatten().filter(|_| is_of_water && table.has_header);
        let in_header = header.or_else(heads_all).and_then(|header| self.last_in(header));
        let in_header = in_header.or_else(|| self.last_in(in_corner?));
        if in_header.is_some() {
            return in_header;
        }
        // `Minutes`, under a heading or lead-in that names the remedy, of whatever: `Beginner`, `Old hand`
        let heading = self.document.outline.ancestors(block).next().map(|it| it.block);
        let is_named_right_over =
            || [table.lead_in, heading].into_iter().flatten().any(|it| self.last_in(it).is_some());
        let is_its_figure = self.unit_over(block).is_some()
            && !self.tables.names_remedies(cell.table)
            && is_named_right_over();
        let names_a_group = is_held
            || is_its_figure
            || label.is_none_or(|label| {
                let text = self.document.block(label).prose.text();
                let passage = self.passage(label);
                let is_group = passage
                    .is_some_and(|it| it.says(&[Cue::Group, Cue::Measure, Cue::PauseLabel, Cue::Hold]));
                // `Foot bath`, below `Plunge pool`, is a thing of its own.
                let is_part = passage.is_some_and(|it| it.says(&[Cue::BodyPart]))
                    && !self.tables.names_remedies(cell.table);
                let is_group = is_group || is_part;
                // `5 Carpet` counts the things; `Week 5` and `5 minutes` tell of the remedy over the table.
                let is_numbered = text
                    .trim_start_matches(|it: char| it.is_ascii_digit())
                    .trim_start_matches(['.', ')'])
                    .strip_prefix(' ')
                    .is_some_and(|it| text.len() > it.len() + 1 && it.starts_with(char::is_uppercase));
                let has_figure = !is_numbered && text.chars().any(|c| c.is_ascii_digit());
                is_group || has_figure || text.to_lowercase().contains("visit")
            });
        if !names_a_group {
            return None;
        }
        table
            .lead_in
            .and_then(|it| self.last_in(it))
            .or_else(|| {
                self.document.outline.ancestors(block).find_map(|heading| self.last_in(heading.block))
            })
            .or_else(|| {
                let heading = self.document.outline.ancestors(block).next().map_or(0, |it| it.block);
                self.in_section_before(near, heading, block)
            })
            .or_else(|| self.in_title())
    }

    /// The remedy last recommended between a heading and a block, when no other was named in between.
    fn in_section_before(&self, near: &Near<'_>, from: BlockId, block: BlockId) -> Option<usize> {
        const FAR: usize = 6;
        let first = from.max(block.saturating_sub(FAR));
        let item = self.document.block(block).place.item;
        let start = self.mentions.partition_point(|it| it.block < first);
        let end = self.mentions.partition_point(|it| it.block < block);
        (start..end.max(start)).rev().find(|&index| {
            let mention = &self.mentions[index];
            // What another item of the same list names is that item's alone, unless the items are steps.
            let is_step =
                item.is_some_and(|(list, _)| self.document.content.lists[list].first_number.is_some());
            let beside = item.is_some()
                && !is_step
                && !(near.is_all_of_its_item() && self.begins_its_item(block))
                && self.document.block(mention.block).place.item.is_some();
            !beside && !mention.stance.rules_out() && self.can_be_of(near, index) && !self.is_when(index)
        })
    }

    /// Whether nothing stands before a block in its item, which the term of a definition does.
    fn begins_its_item(&self, block: BlockId) -> bool {
        let item = self.document.block(block).place.item;
        item.is_some_and(|(list, at)| self.document.content.lists[list].items[at].blocks.start == block)
    }

    /// `Towel off after a hot shower and rub it in`: the shower says when.
    fn is_when(&self, mention: usize) -> bool {
        self.follows_one_of(mention, &["after", "before", "following"])
    }

    /// `Ibuprofen gel counts as ibuprofen. Use it for a week` speaks of the gel, `A wrap is not a heating pad` of the wrap.
    fn is_compared(&self, mention: usize) -> bool {
        self.follows_one_of(mention, &["as", "than", "not"])
    }

    /// Whether one of some words stands before a mention, or before its article.
    fn follows_one_of(&self, mention: usize, words: &[&str]) -> bool {
        let mention = &self.mentions[mention];
        let Some(passage) = self.passage(mention.block) else { return false };
        let visible = self.document.block(mention.block).prose.text();
        let first = mention.tokens.start;
        (first.saturating_sub(2)..first).any(|at| words.contains(&passage.tokens[at].text(visible)))
    }

    /// Whether a remedy stands in a paragraph that begins with a label in bold, and this one begins with another: `**Sleep.**
    /// Eight hours` after `**A warm bath.** Ten minutes`.
    fn is_under_another_label(&self, mention: usize, near: &Near<'_>) -> bool {
        let passage = near.passage;
        let block = self.mentions[mention].block;
        let label_of = |it: &Passage| {
            let block = self.document.block(it.block);
            let end = block.strong_start().filter(|_| !block.is_all_strong())?;
            Some(0..it.tokens_before(end))
        };
        let theirs = self.passage(block).and_then(label_of);
        let own = label_of(passage);
        // `**Patience pays.** Stay put for twenty minutes`, where the article is about one remedy alone
        let is_held =
            near.passage.has_cue(near.clause, &[Cue::Hold]) && self.same_until == self.mentions.len();
        (theirs.is_some() || near.amount.kind == Kind::Age)
            && !is_held
            && own.is_some_and(|label| !passage.has_cue(&label, &[Cue::Group, Cue::Measure, Cue::Repeat]))
    }
}
