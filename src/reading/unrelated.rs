//! Amounts that belong to no remedy: preparation, symptoms, bookings, devices, journeys, meals, calls for help.

use std::ops::Range;

use super::advice::Binder;
use super::amount::Kind;
use super::food::names_food;
use super::near::Near;
use super::passage::{Held, Passage};
use super::stance::begins_with_action;
use crate::document::blocks::BlockId;
use crate::document::words::TokenKind;
use crate::knowledge::Meaning;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;

/// So many tokens after `that makes` a sum can stand.
const CLOSE: usize = 6;

/// In °C: water is ice, and the figure is that of the air.
const FROZEN: f64 = -4.0;

/// So many tokens has a label before an amount, with its colon: `Auto-off:`.
const LONGEST_LABEL: usize = 5;

/// So many tokens has a cell of a timetable at most.
const BRIEF: usize = 20;

/// In days: nobody is told to take a remedy for longer.
const LONGEST_COURSE: f64 = 730.0;

impl Binder<'_> {
    /// Whether an amount is that of something else than a remedy.
    pub(super) fn is_unrelated(&self, near: &Near<'_>) -> bool {
        let Near { passage, sentence, clause, amount, .. } = *near;
        let named_here = self.mentions_in(passage.block, clause);
        let sends_to_help = passage.hits_in(&sentence.tokens).any(|hit| {
            matches!(hit.meaning, Meaning::Helper(kind) if kind.is_medical())
                && passage.has_cue(&(sentence.tokens.start..hit.tokens.start), &[Cue::Seek])
        });
        // `The 17:42 was a sauna for two hours`: what only looks like a remedy has the amount.
        let looks_like_one = named_here.is_empty()
            && passage.hits_in(clause).any(|not| {
                matches!(not.meaning, Meaning::RemedyNot(_))
                    && passage.hits_in(&not.tokens).any(|it| matches!(it.meaning, Meaning::Remedy(_)))
            });
        if looks_like_one
            || self.is_in_another_column(passage.block, &named_here)
            || sends_to_help && !near.is_advised()
        {
            return true;
        }
        match amount.kind {
            Kind::Duration if near.is_as_long_as_another() => false,
            Kind::Duration | Kind::Course | Kind::Bare | Kind::Interval => {
                self.is_a_case_for_help(passage)
                    // `6 to 23 months`, under `Age`
                    || self.header_over(passage.block).is_some_and(|it| it.says(&[Cue::AgeLabel]))
                    || self.is_of_another_matter(near, &named_here)
                    || self.is_felt_or_booked(near, &named_here)
            }
            Kind::Temperature | Kind::Degrees => {
                self.is_of_other_heat(near, &named_here)
                    || near.is_bracketed_behind(&[Cue::Kitchen, Cue::OtherHeat])
                    || near.is_feared()
                    // Nobody bathes in what is frozen.
                    || amount.high.is_some_and(|degrees| degrees < FROZEN)
                    || passage.has_cue(clause, &[Cue::Power])
                    || (near.has_another_matter(clause)
                        && named_here.is_empty()
                        && !near.is_of_the_water()
                        && !near.is_awaited())
                    // `While the lasagne is in at 180 °C, take a hot bath`
                    || (named_here.is_empty() && passage.has_cue(clause, &[Cue::Kitchen]))
                    // `Make a coffee; 90 °C is about right`
                    || (named_here.is_empty() && self.is_of_food_before(near))
            }
            // `The 30 g tube is £4.20`, `800 g of tomatoes`
            Kind::Dose => {
                near.has_a_sum()
                    || near.is_in_a_package()
                    // `1,000 mg of vitamin C`
                    || passage.has_cue(&(amount.tokens.end..amount.tokens.end + 3), &[Cue::Nutrient])
                    // `Vitamin C comes in tablets of 500 mg`
                    || named_here.is_empty() && passage.has_cue(clause, &[Cue::Nutrient])
                    // `50 g`, under `Size`
                    || self.header_over(passage.block).is_some_and(|it| it.says(&[Cue::PackOf]))
                    // `three 500 mg tablets, with soup`
                    || named_here.is_empty()
                        && amount.each.is_none()
                        && passage.has_cue(&sentence.tokens, &[Cue::Kitchen])
            }
            Kind::Percent => near.is_no_strength(),
            // `Arnica hates our clay soil; I lost mine twice`
            Kind::Times => named_here.is_empty() && names_food(passage, near.visible, &sentence.tokens),
            _ => false,
        }
    }

    /// `Call 999 if somebody`, and below it `is still unwell after 30 minutes in the shade`.
    fn is_a_case_for_help(&self, passage: &Passage) -> bool {
        let item = self.document.block(passage.block).place.item;
        let lead_in = item.and_then(|(list, _)| self.document.content.lists[list].lead_in);
        passage.scope.supposes
            && lead_in.and_then(|it| self.passage(it)).is_some_and(|it| it.holds(Held::Helper))
    }

    /// `50 min` under `Class`, beside what is done after it.
    fn is_in_another_column(&self, block: BlockId, named_here: &[usize]) -> bool {
        let is_headed = |cues: &[Cue]| self.header_over(block).is_some_and(|it| it.says(cues));
        // `Cupping (cups on for 8 min)`, under `Treatment`
        let is_named_in_it = || self.last_in(block).is_some();
        is_headed(&[Cue::Booking, Cue::Device]) && !is_named_in_it()
            || named_here.is_empty()
                && is_headed(&[Cue::Activity])
                && !is_headed(&[Cue::Measure])
                && !self.header_names_a_remedy(block)
    }

    /// Whether a time is that of a dish, a journey, a ticket, or of what comes before and after.
    fn is_of_another_matter(&self, near: &Near<'_>, named_here: &[usize]) -> bool {
        let Near { passage, sentence, clause, amount, .. } = *near;
        // `Ring home within 15 minutes`
        let is_deadline = near.before(1).eq_ignore_ascii_case("within")
            && matches!(amount.kind, Kind::Duration | Kind::Course);
        // `The Finns have built saunas for two thousand years`
        let is_history = amount.kind == Kind::Course && amount.low.is_some_and(|days| LONGEST_COURSE < days);
        // `Give the ham a cold soak overnight`, `Stand the seed trays on a pad and leave it on all day`
        let points_back = passage.has_cue(clause, &[Cue::PointsBack]);
        let told = if points_back { sentence.tokens.start..clause.end } else { clause.clone() };
        let is_of_another = || {
            // `Freeze water in a yoghurt pot and rub it over the sore spot`
            let is_of_the_kitchen = || {
                (names_food(passage, near.visible, &told) || self.goes_on_about_food(near))
                    && !passage.has_cue(clause, &[Cue::BodyPart])
            };
            let is_other_time =
                || near.is_what_another_took() || near.is_free_time() || near.is_wait_for_another();
            named_here.is_empty() && (is_of_the_kitchen() || is_other_time())
        };
        // `That makes about half an hour over the day`
        let begins = sentence.tokens.start..sentence.tokens.start + 1;
        let told = sentence.tokens.start..amount.tokens.start;
        let is_close = |sum: &Hit<Meaning>| amount.tokens.start <= sum.tokens.end + CLOSE;
        let is_a_sum = passage.has_cue(&begins, &[Cue::PointsBack])
            && passage.cues_in(&told, &[Cue::SumsUp]).any(is_close);
        // `Running can wait eight weeks`
        let is_put_off =
            named_here.is_empty() && passage.has_cue(&(clause.start..amount.tokens.start), &[Cue::PutOff]);
        is_history
            || is_put_off
            || self.is_led_by_an_activity(near)
            || is_deadline
            || is_a_sum
            || is_of_another()
            || near.has_a_price()
            // `90 seconds at 800 W`
            || passage.has_cue(clause, &[Cue::Power])
            || self.is_in_a_price_row(near)
            || self.is_on_a_timetable(near)
            || self.is_beside_a_clock(near)
            || self.answers_of_a_thing(near)
            || self.answers_when(near)
            || self.answers_of_a_deed(near)
            || self.answers_of_an_effect(near)
            || near.is_a_time_from_now()
            || near.is_a_way()
            || near.is_over()
            || near.is_told()
            || near.names_a_rule()
            || near.is_around_it()
            || near.is_an_effect()
            || near.is_what_it_may_take()
            || near.is_asked_for()
            || near.is_what_did_harm()
            || near.is_bracketed_behind(&[Cue::Kitchen, Cue::Activity, Cue::OtherHeat])
            || near.is_before_something()
            || near.is_when_it_is_used()
            || near.is_of_another_noun(named_here.iter().map(|&it| &self.mentions[it].tokens))
            || near.is_of_what_was_before()
            || near.is_short_wait()
            || near.is_how_long_something_works()
    }

    /// `Week one: 20 minutes`, in a list that `Your running plan:` leads into.
    fn is_led_by_an_activity(&self, near: &Near<'_>) -> bool {
        let block = near.passage.block;
        let item = self.document.block(block).place.item;
        let lead_in = item
            .and_then(|(list, _)| self.document.content.lists[list].lead_in)
            .filter(|&it| self.document.block(it).prose.text().trim_end().ends_with(':'));
        lead_in.and_then(|it| self.passage(it)).is_some_and(|it| {
            let Some(last) = it.sentences.last() else { return false };
            it.has_cue(&last.tokens, &[Cue::Activity])
                && !it.has_cue(&last.tokens, &[Cue::Sequence, Cue::Condition])
                && self.mentions_in(it.block, &last.tokens).is_empty()
        }) && self.last_in(block).is_none()
            && !near.passage.has_cue(near.clause, &[Cue::Hold, Cue::PointsBack])
    }

    /// `The freezer is full of lasagne. It needs 50 minutes.`
    fn goes_on_about_food(&self, near: &Near<'_>) -> bool {
        let passage = near.passage;
        let start = near.sentence.tokens.start;
        passage.has_cue(&(start..start + 1), &[Cue::PointsBack])
            && passage.sentence_before(start).is_some_and(|before| {
                names_food(passage, near.visible, &before.tokens)
                    && self.mentions_in(passage.block, &before.tokens).is_empty()
            })
    }

    /// Whether a time says how long something is felt, booked, prepared or kept running.
    fn is_felt_or_booked(&self, near: &Near<'_>, named_here: &[usize]) -> bool {
        let Near { passage, sentence, clause, amount, .. } = *near;
        let before = clause.start..amount.tokens.start;
        // `You will go on cooling for half an hour` tells nobody to go.
        let is_felt_by_itself = |action: &Hit<Meaning>| {
            let own = &action.tokens;
            passage.cues_in(clause, &[Cue::Course]).any(|it| {
                it.tokens.start <= own.start && own.end <= it.tokens.end && own.len() < it.tokens.len()
            })
        };
        let is_told = passage.cues_in(&before, &[Cue::Action]).any(|it| !is_felt_by_itself(it));
        let is_used = is_told && !named_here.is_empty();
        let is_invited = passage.cues_in(clause, &[Cue::Recommend]).any(|it| !is_felt_by_itself(it));
        // `10 min, and again three hours later`: the words are of another amount.
        let is_of_another = |course: &Hit<Meaning>| {
            let past = near.all.partition_point(|it| it.tokens.end <= course.tokens.start);
            let other = near.all.get(past).filter(|it| it.tokens.start < course.tokens.end);
            other.is_some_and(|it| it.tokens != amount.tokens)
        };
        let is_felt = |course: &Hit<Meaning>| {
            if is_of_another(course) {
                return false;
            }
            // `It may feel good for an hour`
            if course.tokens.end == amount.tokens.start && near.before(1) == "for" {
                return true;
            }
            let is_said_before = course.tokens.start < amount.tokens.end;
            // `lie back with it for 15 minutes after work`
            // `most of them for less than 36 hours`
            let points_back = passage
                .cues_in(&before, &[Cue::PointsBack])
                .any(|it| it.tokens.start.checked_sub(1).is_none_or(|at| near.text(at) != "of"));
            let is_told = points_back || begins_with_action(passage, clause);
            let is_held = near.lasts() && is_told;
            let is_labelled = is_said_before && (near.is_labelled() || is_held);
            // `a warm pack for 15 minutes may feel good`
            let is_of_it = |&it: &usize| {
                near.lasts()
                    && self.mentions[it].tokens.end <= amount.tokens.start
                    && amount.tokens.end <= course.tokens.start
            };
            // `Peel it off eight hours later`
            let is_end = near.text(amount.tokens.end) == "later"
                && passage.has_cue(&sentence.tokens, &[Cue::TakesOff, Cue::ComesOut]);
            if is_end || named_here.iter().any(is_of_it) || near.is_timed_by(&course.tokens) {
                return false;
            }
            let is_its_length = |&it: &usize| near.is_its_length(&course.tokens, &self.mentions[it].tokens);
            !is_labelled && !named_here.iter().any(is_its_length)
        };
        let feels = passage.cues_in(clause, &[Cue::Course]).any(is_felt) && !is_invited && !is_used;
        // `Book it, bring a towel and sit in it for 20 minutes`
        let is_held = passage.has_cue(&before, &[Cue::Hold]) && !passage.has_cue(clause, &[Cue::Booking]);
        let is_booking = named_here.is_empty()
            && !is_held
            && !near.is_labelled()
            && passage.has_cue(&sentence.tokens, &[Cue::Booking]);
        // `spend 20 minutes in the sauna with the door closed`
        let is_aside = |cue: &Hit<Meaning>| {
            // `for 45 minutes as a warm-up`
            let is_said_so = cue.meaning == Meaning::Cue(Cue::Booking) || near.lasts();
            (is_used && is_said_so && cue.tokens.start >= amount.tokens.end)
                || near.is_cut_off(&cue.tokens)
                || near.is_of_another_amount(&cue.tokens)
        };
        // `Auto-off: 120 min`
        let label = near.is_labelled().then_some(sentence.tokens.start..clause.end);
        let label = label.filter(|it| clause.start <= it.start + LONGEST_LABEL && named_here.is_empty());
        let there = self.stays_where_it_was_prepared(near).then_some(sentence.tokens.start..clause.end);
        let told = near.bracketed_with().or(label).or(there).unwrap_or(clause.clone());
        let is_of_a_thing = passage
            .cues_in(&told, &[Cue::Prepare, Cue::Booking, Cue::Device])
            .any(|cue| !is_aside(cue) && !self.is_of_a_name(near, &cue.tokens, named_here));
        // `There are gel packs in the freezer. They need three hours in there.`
        let end = amount.tokens.end;
        let is_in_there = near.text(end) == "in"
            && near.text(end + 1) == "there"
            && passage
                .sentence_before(amount.tokens.start)
                .is_some_and(|it| passage.has_cue(&it.tokens, &[Cue::Prepare]));
        feels || is_booking || is_of_a_thing || is_in_there
    }

    /// `In the freezer for 4 hours, or leave it there overnight`, `Into the freezer with it; it needs at least three hours`
    fn stays_where_it_was_prepared(&self, near: &Near<'_>) -> bool {
        let Near { passage, sentence, clause, amount, .. } = *near;
        let before = sentence.tokens.start..clause.start;
        let prepared = passage.cues_in(&before, &[Cue::Prepare]).last().map(|it| it.tokens.end);
        let is_there = (clause.start..amount.tokens.start).any(|at| near.text(at) == "there");
        // `It may be frozen instead: give it four hours.`
        let is_given = matches!(near.before(1), "it" | "them") && near.before(2) == "give";
        (is_there || is_given || matches!(near.before(1), "needs" | "need" | "wants" | "takes"))
            && prepared.is_some_and(|end| {
                let between = end..clause.start;
                !passage.has_cue(&between, &[Cue::Action, Cue::Hold])
                    && self.mentions_in(passage.block, &between).is_empty()
            })
    }

    /// Whether a temperature is that of the weather or of a dish. `Whatever the forecast, the tub should be at 38 °C` speaks
    /// of the tub.
    fn is_of_other_heat(&self, near: &Near<'_>, named_here: &[usize]) -> bool {
        let at = near.amount.tokens.start;
        let is_held = near.passage.has_cue(&(near.clause.start..at), &[Cue::Hold]);
        near.passage.cues_in(near.clause, &[Cue::OtherHeat]).any(|cue| {
            // `We keep ours at 40 °C through the winter`
            let is_when = is_held && at < cue.tokens.start;
            // `Set the tub to 38 °C in summer`
            let is_nearer = |&it: &usize| {
                let remedy = self.mentions[it].tokens.start;
                (cue.tokens.end..at).contains(&remedy) || (remedy < at && at < cue.tokens.start)
            };
            !is_when && !self.is_of_a_name(near, &cue.tokens, named_here) && !named_here.iter().any(is_nearer)
        })
    }

    /// Whether what was named last before a temperature, in its sentence, is hot or cold by itself.
    fn is_of_food_before(&self, near: &Near<'_>) -> bool {
        let before = near.sentence.tokens.start..near.clause.start;
        let last_remedy =
            self.mentions_in(near.passage.block, &before).last().map(|&it| self.mentions[it].tokens.end);
        let after_it = last_remedy.unwrap_or(before.start)..before.end;
        near.passage.has_cue(&after_it, &[Cue::OtherHeat, Cue::Kitchen])
    }

    /// Whether words are part of a remedy's name: the `frozen` of frozen peas, the `room` of a steam room.
    fn is_of_a_name(&self, near: &Near<'_>, tokens: &Range<usize>, mentions: &[usize]) -> bool {
        // `A microwaved wheat bag`: what it is like stands right before it, which the `freeze` of `freeze gel pack` does not say.
        let is_like = |it: &Range<usize>| {
            tokens.end == it.start && tokens.len() == 1 && near.text(tokens.start).ends_with("ed")
        };
        mentions
            .iter()
            .map(|&it| &self.mentions[it].tokens)
            .any(|it| it.start <= tokens.start && tokens.end <= it.end || is_like(it))
    }

    fn header_names_a_remedy(&self, block: BlockId) -> bool {
        self.header_over(block).is_some_and(|header| self.last_in(header.block).is_some())
    }

    /// Whether another cell of its row is a price, and its column does not say how long something is held.
    fn is_in_a_price_row(&self, near: &Near<'_>) -> bool {
        let block = near.passage.block;
        let Some(cell) = self.document.block(block).place.cell else { return false };
        let is_price = |it: BlockId| self.document.block(it).prose.text().starts_with(['£', '$', '€']);
        let mut row = self.document.content.tables[cell.table].others_in_row(cell);
        !near.passage.says(&[Cue::Hold])
            && row.any(is_price)
            && !self.header_over(block).is_some_and(|it| it.says(&[Cue::Hold]))
    }

    /// Whether the rows around a cell go on where it ends, or end where it begins: `0–10`, `10–20` and `20–35` are times of one hour.
    fn is_on_a_timetable(&self, near: &Near<'_>) -> bool {
        let (Some(cell), Some(low), Some(high)) =
            (self.document.block(near.passage.block).place.cell, near.amount.low, near.amount.high)
        else {
            return false;
        };
        let rows = &self.document.content.tables[cell.table].rows;
        let first_in = |row: usize| {
            let block = rows.get(row)?.get(cell.column).copied().flatten()?;
            self.amounts_of(block)
                .first()
                .filter(|it| it.kind == near.amount.kind && it.low.is_some() && it.low < it.high)
        };
        let ends = cell.row.checked_sub(1).and_then(first_in).and_then(|it| it.high);
        let begins = first_in(cell.row + 1).and_then(|it| it.low);
        // `06:00, 60 minutes`
        let is_brief = near.passage.tokens.len() <= BRIEF;
        is_brief && tells_the_time(near.passage, near.visible)
            || low < high && (ends == Some(low) || begins == Some(high))
    }

    /// Whether the row of a cell begins with a time of day and names no remedy: `21:00`, beside `Map talk, 40 minutes`.
    fn is_beside_a_clock(&self, near: &Near<'_>) -> bool {
        let block = near.passage.block;
        let Some(cell) = self.document.block(block).place.cell else { return false };
        let table = &self.document.content.tables[cell.table];
        let label = table.row_label(cell).and_then(|it| self.passage(it));
        let names_one = |it: BlockId| self.last_in(it).is_some();
        label.is_some_and(|label| {
            let text = self.document.block(label.block).prose.text();
            label.tokens.len() <= BRIEF && tells_the_time(label, text)
        }) && !names_one(block)
            && !table.row_around(cell).any(names_one)
    }

    /// Whether the heading over an amount asks how long something takes that is no remedy: `How long does the cabin take to warm
    /// up?`
    fn answers_of_a_thing(&self, near: &Near<'_>) -> bool {
        let is_of_a_thing = |it: &Passage, tokens: &Range<usize>| {
            it.has_cue(tokens, &[Cue::Prepare, Cue::Device, Cue::Booking])
                && !it.has_cue(tokens, &[Cue::Hold])
        };
        let in_heading = near.sentence.tokens.start == 0
            && self.heading_right_over(near.passage.block).is_some_and(|it| {
                it.sentences.iter().any(|it| it.is_question) && is_of_a_thing(it, &(0..it.tokens.len()))
            });
        // `**How long does the heater need?** Forty minutes.`
        let before = near.passage.sentence_before(near.sentence.tokens.start);
        let in_question = before.filter(|it| it.is_question).is_some_and(|it| {
            near.amount.tokens.start == near.sentence.tokens.start && is_of_a_thing(near.passage, &it.tokens)
        });
        in_heading || in_question
    }

    /// Whether it asks how long somebody does something else: `How long do you knit, Jean?`
    fn answers_of_a_deed(&self, near: &Near<'_>) -> bool {
        self.question_before(near).is_some_and(|(passage, question)| {
            let visible = self.document.block(passage.block).prose.text();
            let is = |at: usize, words: &[&str]| passage.is_one_of(visible, at, words);
            let start = question.tokens.start;
            let asks =
                is(start, &["how"]) && is(start + 1, &["long"]) && is(start + 2, &["do", "did", "does"]);
            let deed = start + 4..start + 5;
            let is_held = passage.has_cue(&deed, &[Cue::Hold, Cue::Action, Cue::Measure]);
            let points_back = passage.has_cue(&question.tokens, &[Cue::PointsBack]);
            asks && is(start + 3, &["you", "he", "she", "they", "we"])
                && !is_held
                && !points_back
                && self.mentioned_in(passage.block, &question.tokens).is_empty()
        })
    }

    /// `Did it unclench me? For about an hour.`
    fn answers_of_an_effect(&self, near: &Near<'_>) -> bool {
        self.question_before(near).is_some_and(|(passage, question)| {
            let visible = self.document.block(passage.block).prose.text();
            let start = question.tokens.start;
            let opens = near.amount.tokens.start <= near.sentence.tokens.start + 2;
            opens
                && passage.is_one_of(visible, start, &["did", "does"])
                && passage.is_one_of(visible, start + 1, &["it", "that", "this"])
        })
    }

    /// Whether it asks how long before or after something else: `How long before bed should I have a bath?`
    fn answers_when(&self, near: &Near<'_>) -> bool {
        self.question_before(near).is_some_and(|(passage, question)| {
            // `Can I swim afterwards? Give it 24 hours.`
            let is_of_another = passage.has_cue(&question.tokens, &[Cue::Activity])
                && passage.has_cue(&question.tokens, &[Cue::Sequence])
                && near.begins_by_waiting();
            is_of_another
                || passage
                    .cues_in(&question.tokens, &[Cue::Measure])
                    .any(|it| passage.has_cue(&(it.tokens.end..it.tokens.end + 1), &[Cue::Sequence]))
        })
    }
}

/// Whether a time of day stands in a passage: `21:00`.
fn tells_the_time(passage: &Passage, visible: &str) -> bool {
    passage.tokens.windows(3).any(|it| {
        let [hours, colon, minutes] = it else { return false };
        let are_joined = hours.end == colon.start && colon.end == minutes.start;
        let are_numbers = [hours, minutes].iter().all(|it| it.kind == TokenKind::Number);
        are_joined && are_numbers && colon.is_mark(visible, ':')
    })
}
