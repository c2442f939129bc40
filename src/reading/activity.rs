//! What else takes time near an amount: whether that is its own matter, or is only done beside the remedy.

use std::ops::Range;

use super::near::Near;
use super::stance::commands;
use crate::knowledge::cues::Cue;

impl Near<'_> {
    /// Whether something else that takes time stands there. A dose is taken with breakfast and stays one.
    pub(super) fn has_activity(&self, tokens: &Range<usize>) -> bool {
        self.takes_time()
            && !self.is_as_long_as_another()
            && self
                .passage
                .cues_in(tokens, &[Cue::Activity])
                .any(|activity| !self.is_beside(&activity.tokens))
    }

    /// Whether the sentence before is about something else that takes time: `Walking and swimming both count. Start with ten minutes
    /// a day.`
    pub(super) fn goes_on_about_an_activity(&self) -> bool {
        /// So many tokens at its beginning say what a sentence is about.
        const SUBJECT: usize = 4;
        self.passage.sentence_before(self.amount.tokens.start).is_some_and(|it| {
            let subject = it.tokens.start..it.tokens.end.min(it.tokens.start + SUBJECT);
            // `Buy a tennis ball. Lean it on a wall`
            let end = it.tokens.end.saturating_sub(1);
            let object = self.sentence.tokens.start + 1;
            let is_done_with_it = matches!(self.text(object), "it" | "them")
                && self.passage.cues_in(&it.tokens, &[Cue::Activity]).any(|it| it.tokens.end == end);
            // `You can read your emails meanwhile. Take them off after 25 minutes.`
            let is_meanwhile = || it.tokens.clone().any(|at| self.text(at) == "meanwhile");
            is_done_with_it
                || self.has_activity(&subject)
                    && !is_meanwhile()
                    && !it.is_question
                    && !commands(self.passage, it)
        })
    }

    /// Whether an activity only says where, when or in which round: the `throwing` of `the throwing shoulder`.
    fn is_beside(&self, activity: &Range<usize>) -> bool {
        const WHEN: &[&str] = &["when", "once", "whenever"];
        let is_whose = self.passage.has_cue(&(activity.end..activity.end + 1), &[Cue::BodyPart]);
        // `when you get up and keep it on for an hour`
        let own = self.sentence.clause_of(activity.start);
        let is_when = own.end <= self.clause.start && WHEN.contains(&self.text(own.start));
        // `45 minutes on the sofa`: the remedy is held there.
        let is_where =
            activity.start == self.amount.tokens.end && self.passage.has_cue(activity, &[Cue::Hold]);
        // `Climb out after four minutes`, which `40 minutes on the turbo` is not
        let is_held = self
            .passage
            .cues_in(&self.sentence.tokens, &[Cue::Hold])
            .any(|hold| hold.tokens.start == activity.start && activity.len() < hold.tokens.len());
        // `3 sets of 30 seconds`
        let is_counted = activity.end + 1 == self.amount.tokens.start
            && self.text(activity.end) == "of"
            && matches!(self.text(activity.start), "sets" | "reps");
        // `Sit on the step and keep the foot in the water for 12 minutes`
        let is_seat = own.end <= self.clause.start && self.is_in_the_water();
        // `inside your cycling shorts`
        let is_worn = self.passage.has_cue(&(activity.end..activity.end + 1), &[Cue::Gear]);
        is_whose
            || is_worn
            || is_counted
            || is_seat
            || is_when
            || is_where
            || is_held
            || self.is_cut_off(activity)
            || self.is_of_a_round(activity)
    }

    /// Whether its clause says that something is held in what was filled before.
    fn is_in_the_water(&self) -> bool {
        const FILLED: &[&str] = &["water", "tub", "bucket", "bowl", "basin", "bath"];
        let mut before = self.clause.start..self.amount.tokens.start;
        before.any(|at| {
            self.text(at) == "in" && self.text(at + 1) == "the" && FILLED.contains(&self.text(at + 2))
        })
    }

    /// Whether words are part of which time it is: the `visit` of `on the first visit`.
    fn is_of_a_round(&self, words: &Range<usize>) -> bool {
        self.passage
            .cues_in(&self.sentence.tokens, &[Cue::Group])
            .any(|round| round.tokens.start <= words.start && words.end <= round.tokens.end)
    }

    /// Whether words after the amount belong to something said beside it: `for 12 hours, however long the flight`, `for ten
    /// minutes while you read`, `for eight hours of your shift`, `for ten minutes after your run`.
    pub(super) fn is_cut_off(&self, words: &Range<usize>) -> bool {
        const WHOSE: &[&str] = &["the", "your", "my", "our", "his", "her", "their", "a"];
        let end = self.amount.tokens.end;
        let text = |at: usize| self.text(at);
        let is_part_of_it = text(end) == "of" && WHOSE.contains(&text(end + 1));
        let is_lasting = self.is_labelled() || self.lasts();
        // `for half an hour in front of a film`
        let is_before_a_screen = self.lasts() && self.is_in_front();
        let is_timed_by_it = is_lasting && matches!(text(end), "after" | "before");
        // `before the lift ride: 20 minutes`
        let start = self.amount.tokens.start;
        let is_when_before =
            (words.start.saturating_sub(3)..words.start).any(|at| matches!(text(at), "before" | "after"));
        // `hot-water bottle from reception: 20 minutes`, `a ball on the desk: roll for 30 seconds`
        let is_whence =
            (words.start.saturating_sub(2)..words.end).any(|at| matches!(text(at), "from" | "at" | "on"));
        // `under your shirt for a shift: up to 8 hours`
        let is_meanwhile = words.start.checked_sub(2).is_some_and(|at| text(at) == "for");
        let is_announced =
            (is_when_before || is_whence || is_meanwhile) && (words.end..start).any(|at| text(at) == ":");
        // `slip in after dinner for a quarter of an hour`
        let is_when = |at: usize| matches!(text(at), "before" | "after");
        let first = words.start.checked_sub(1).filter(|&at| WHOSE.contains(&text(at))).unwrap_or(words.start);
        let is_before_it = is_lasting && words.end <= start && is_when_before;
        // `use it after training, three minutes a go`
        let is_set_off = words.end <= start
            && text(words.end) == ","
            && (self.lasts() || first.checked_sub(1).is_some_and(is_when));
        // `lie back on the couch with it for 15 minutes`
        let is_done_with_it =
            words.end <= start && text(words.end) == "with" && matches!(text(words.end + 1), "it" | "them");
        // `for ten minutes may feel good after a late shift`, `for ten minutes at the end of a shift`
        let is_at_its_end = (words.start.saturating_sub(3)..words.start)
            .any(|at| matches!(text(at), "end" | "start" | "beginning") && text(at + 1) == "of");
        let is_after_it = self.lasts() && end <= words.start && (is_when_before || is_at_its_end);
        // `for a few hours and cancel the hike`
        let is_next = self.lasts() && matches!(text(end), "and" | "then") && end < words.start;
        (end..words.start).any(|at| matches!(text(at), "," | "while"))
            || is_next
            || is_before_a_screen
            || is_after_it
            || is_done_with_it
            || is_before_it
            || is_set_off
            || (end < words.start && (is_part_of_it || is_timed_by_it))
            || is_announced
    }

    /// Whether another activity stands nearer to the amount than the remedy does.
    pub(super) fn activity_is_nearer(&self, remedy: &Range<usize>) -> bool {
        let distance = |tokens: &Range<usize>| {
            if tokens.start >= self.amount.tokens.end {
                tokens.start - self.amount.tokens.end
            } else {
                self.amount.tokens.start.saturating_sub(tokens.end)
            }
        };
        let to_remedy = distance(remedy);
        // `Hot-water bottle from reception: 20 minutes`
        let heads_it = self.is_labelled() && remedy.end <= self.amount.tokens.start;
        self.takes_time()
            && !heads_it
            && self.passage.cues_in(self.clause, &[Cue::Activity]).any(|activity| {
                let overlaps_remedy =
                    activity.tokens.start < remedy.end && remedy.start < activity.tokens.end;
                // `Sit in the sauna for 45 minutes between classes`
                let is_set = self.lasts()
                    && remedy.end <= self.amount.tokens.start
                    && self.amount.tokens.end <= activity.tokens.start;
                !overlaps_remedy
                    && !is_set
                    && !self.is_beside(&activity.tokens)
                    && distance(&activity.tokens) < to_remedy
            })
    }

    /// Whether something else is prepared or done in some tokens. `41 °C for your visit` says for when.
    pub(super) fn has_another_matter(&self, tokens: &Range<usize>) -> bool {
        let end = self.amount.tokens.end;
        self.passage.cues_in(tokens, &[Cue::Prepare, Cue::Activity]).any(|it| {
            let is_when = self.text(end) == "for" && it.tokens.start <= end + 2 && end < it.tokens.start;
            !is_when
        })
    }

    /// Whether its sentence goes on from it with what is done meanwhile: `An hour while they watch a film`.
    pub(super) fn is_spent_beside(&self) -> bool {
        let end = self.amount.tokens.end;
        self.amount.tokens.start == self.sentence.tokens.start
            && (self.text(end) == "while" || self.is_in_front())
    }

    /// Whether it goes on with `in front`, as `half an hour in front of a film` does.
    fn is_in_front(&self) -> bool {
        let end = self.amount.tokens.end;
        self.text(end) == "in" && self.text(end + 1) == "front"
    }
}
