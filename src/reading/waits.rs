//! Times that lie before, between and after rounds of a remedy: a pause, a wait, what something else took.

use std::ops::Range;

use super::amount::{Amount, Kind};
use super::near::Near;
use crate::document::words::TokenKind;
use crate::knowledge::Meaning;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;

impl Near<'_> {
    /// Whether the amount says when something comes: `the next bus is in two hours`.
    pub(super) fn is_a_time_from_now(&self) -> bool {
        const COMES: &[&str] = &[
            "is", "are", "was", "starts", "begins", "leaves", "opens", "closes", "ends", "due", "back",
            "start", "begin", "there",
        ];
        // `That means ten minutes until the doors close.`
        let is_awaited = matches!(self.text(self.amount.tokens.end), "until" | "till" | "to")
            && matches!(self.before(1), "means" | "is" | "leaves" | "another");
        // `Ten minutes of ice, and an hour later ten of heat`; `It comes off eight hours later` says how long it was on.
        let is_later = matches!(self.text(self.amount.tokens.end), "later" | "afterwards")
            && !matches!(self.before(1), "off" | "out")
            && !self.is_pause();
        is_awaited || is_later || self.before(1) == "in" && COMES.contains(&self.before(2))
    }

    /// Whether the amount says how long before something else: `a warm bath an hour or two before bed`, `turn it up an hour before
    /// the guests arrive`.
    pub(super) fn is_before_something(&self) -> bool {
        const SHORT: f64 = 30.0;
        let (start, end) = (self.amount.tokens.start, self.amount.tokens.end);
        // `before bed`, `before you want to be asleep`
        let is_bed = (end + 1..end + 7).any(|at| {
            matches!(self.text(at), "bed" | "bedtime" | "sleep" | "sleeping" | "asleep" | "lights")
        });
        // `To warm the bed, put it in half an hour before you`
        let is_reader = matches!(self.text(end + 1), "you" | "they" | "she" | "he")
            && matches!(self.text(end + 2), "" | "," | "." | "do" | "get" | "go" | "turn" | "climb");
        let is_held = self.passage.has_cue(&(self.clause.start..start), &[Cue::Hold]);
        !self.lasts()
            && matches!(self.text(end), "before" | "ahead" | "beforehand")
            && (is_bed || is_reader || !is_held)
            && self
                .amount
                .high
                .is_some_and(|it| SHORT < it || (is_reader || self.text(end) == "beforehand") && SHORT <= it)
    }

    /// Whether the amount says when, as its sentence has already said for how long: `Sit in it for ten minutes, an hour or so after
    /// supper`.
    pub(super) fn is_when_it_is_used(&self) -> bool {
        let from = self.all.partition_point(|it| it.tokens.start < self.sentence.tokens.start);
        let past = self.all.partition_point(|it| it.tokens.start < self.amount.tokens.start).max(from);
        !self.lasts()
            && matches!(self.text(self.amount.tokens.end), "after" | "before")
            && self.all[from..past].iter().any(|it| it.kind == Kind::Duration)
    }

    /// Whether the amount says how long something else takes that is named right behind it: `90 minutes of football`, `a 50-minute
    /// podcast`.
    pub(super) fn is_of_another_noun<'m>(
        &self,
        mut mentions: impl Iterator<Item = &'m Range<usize>>,
    ) -> bool {
        /// What a remedy is: `ten minutes of cold`, `a 20-minute soak`.
        const OF_IT: &[&str] = &[
            "it",
            "this",
            "that",
            "these",
            "those",
            "the",
            "each",
            "your",
            "cold",
            "heat",
            "ice",
            "warmth",
            "icing",
            "steam",
            "treatment",
            "soaking",
            "soak",
            "bathing",
            "rolling",
            "stretching",
            "massage",
            "pressure",
            "use",
            "contact",
            "wear",
            "gentle",
            "direct",
            "continuous",
            "total",
            "actual",
            "cooling",
            "heating",
            "immersion",
            "exposure",
            "icing",
        ];
        /// So near behind it the remedy's name can stand.
        const NEAR: usize = 5;
        let end = self.amount.tokens.end;
        // `Two hours of an evening is about right`
        let is_when = matches!(self.text(end + 1), "an" | "a")
            && matches!(self.text(end + 2), "evening" | "morning" | "afternoon" | "night" | "day");
        let is_named = mentions.any(|it| (end..end + NEAR).contains(&it.start) || it.contains(&end));
        // `Four weeks of balance board`, which `two weeks of daily use` is not
        let is_course = self.amount.kind == Kind::Course
            && !matches!(self.text(end + 1), "daily" | "nightly" | "regular" | "rest" | "wearing" | "taking")
            && self.passage.tokens.get(end + 1).is_some_and(|it| it.kind == TokenKind::Word);
        (self.amount.kind == Kind::Duration || is_course)
            && self.text(end) == "of"
            && !is_named
            && !is_when
            && !OF_IT.iter().any(|it| self.text(end + 1).eq_ignore_ascii_case(it))
            && !self.passage.has_cue(&(end + 1..end + 3), &[Cue::Hold])
    }

    /// Whether the amount says how long something else took: `after two hours at the wall`.
    pub(super) fn is_of_what_was_before(&self) -> bool {
        const WHERE: &[&str] = &["at", "on", "in", "of", "behind"];
        let before = self.amount.tokens.start.checked_sub(1);
        before.is_some_and(|at| self.text(at).eq_ignore_ascii_case("after"))
            && WHERE.contains(&self.text(self.amount.tokens.end))
            && self.text(self.clause.end - 1) == ","
    }

    /// Whether the amount says how long something lasts that comes after the remedy and its own time: `After ten minutes in the
    /// sauna I lie down for 45`.
    pub(super) fn comes_after(&self, remedy: &Range<usize>) -> bool {
        let (start, end) = (self.clause.start, remedy.end);
        let follows = end < self.amount.tokens.start && self.text(start).eq_ignore_ascii_case("after");
        let first = self.all.partition_point(|it| it.tokens.start <= start);
        let has_own = || {
            let before = self.all[first..].iter().take_while(|it| it.tokens.end <= end);
            before.into_iter().any(|it| it.kind == Kind::Duration)
        };
        follows
            && has_own()
            && !self.passage.has_cue(&(end..self.amount.tokens.start), &[Cue::PointsBack, Cue::Repeat])
    }

    /// Whether its sentence begins by telling readers to wait: `Give it 24 hours`.
    pub(super) fn begins_by_waiting(&self) -> bool {
        let first = self.text(self.sentence.tokens.start).to_lowercase();
        let is_close = self.amount.tokens.start <= self.sentence.tokens.start + 3;
        is_close && matches!(first.as_str(), "give" | "wait" | "leave" | "allow")
    }

    /// Whether it is waited between the remedy and something else: `wait a month before you open the jar`, `wait half an hour after
    /// a shower`.
    pub(super) fn is_wait_for_another(&self) -> bool {
        /// Its article, and what it is like.
        const NAME: usize = 4;
        let end = self.amount.tokens.end;
        let waits = [1, 2].iter().any(|&steps| self.before(steps).eq_ignore_ascii_case("wait"));
        let is_again = self.passage.has_cue(&(end..self.sentence.tokens.end), &[Cue::Repeat, Cue::Hold]);
        let next = end + 1..(end + NAME).min(self.sentence.tokens.end);
        let is_before = self.text(end) == "before" && self.text(end + 1) == "you" && !is_again;
        let is_after = self.text(end) == "after" && self.passage.has_cue(&next, &[Cue::Activity]);
        waits && (is_before || is_after)
    }

    /// Whether it is time that nothing is done in: `Lunch, then two hours off`.
    pub(super) fn is_free_time(&self) -> bool {
        const AN_HOUR: f64 = 60.0;
        let is_long = self.amount.high.is_some_and(|it| AN_HOUR <= it);
        let alternates = || self.sentence.tokens.clone().any(|at| self.text(at) == "on");
        is_long && matches!(self.text(self.amount.tokens.end), "off" | "free") && !alternates()
    }

    /// Whether the clause is about a step in between: `shake it, wait a minute, and test it`.
    pub(super) fn is_short_wait(&self) -> bool {
        const SHORT: f64 = 5.0;
        let lasts = self.amount.high.or(self.amount.low);
        self.amount.kind == Kind::Duration
            && lasts.is_some_and(|minutes| minutes < SHORT)
            && self.is_pause()
            && !self.passage.has_cue(&self.sentence.tokens, &[Cue::Repeat])
    }

    /// Whether the clause is about the time between two rounds.
    pub(super) fn is_pause(&self) -> bool {
        // `two hours between one 15-minute round and the next`
        const ROUNDS: &[&str] =
            &["round", "rounds", "session", "sessions", "spell", "burst", "blast", "stint"];
        if ROUNDS.contains(&self.text(self.amount.tokens.end)) {
            return false;
        }
        let own = &self.amount.tokens;
        // `for 15 minutes and again in two hours`: the words lead into an amount of their own.
        let is_of_another = |it: &Hit<Meaning>| {
            let from = self.all.partition_point(|other| other.tokens.end <= it.tokens.start);
            let led_into = self.all.get(from).filter(|other| other.tokens.start <= it.tokens.end);
            // `Wait an hour before you sit in the sauna for 12 minutes`
            let is_over = |other: &Amount| {
                let between = other.tokens.end..own.start.max(other.tokens.end);
                self.lasts() && self.passage.has_cue(&between, &[Cue::Hold])
            };
            led_into.is_some_and(|other| {
                let is_later = own.end <= it.tokens.start;
                // `sessions over an hour and to leave a day between visits`
                matches!(other.kind, Kind::Duration | Kind::Interval) && (is_later || is_over(other))
                    || other.kind == Kind::Course && is_later
            }) && self.text(it.tokens.start) != "off"
        };
        let mut waits = self.passage.cues_in(self.clause, &[Cue::Wait]);
        let waits = waits.any(|it| !self.is_cut_off(&it.tokens) && !is_of_another(it));
        let is_of_rest = |it: &Hit<Meaning>| it.tokens.start < own.end && own.start < it.tokens.end;
        let rests = self.passage.cues_in(&self.sentence.tokens, &[Cue::PauseOf]).any(is_of_rest);
        // `Go again after two hours`, which `out again after ten minutes` is not
        let repeats = |at: usize| match self.text(at).to_lowercase().as_str() {
            "again" => !matches!(self.text(at.wrapping_sub(1)), "out" | "off" | "up"),
            word => word == "repeat",
        };
        let is_next = self.before(1) == "after" && (self.clause.start..own.start).any(repeats);
        // `and again three hours on`
        let is_further_on = self.before(1).eq_ignore_ascii_case("again") && self.text(own.end) == "on";
        // `20 minutes at a time, with two hours off`
        let is_off = self.before(1) == "with" && self.text(own.end) == "off";
        waits || rests || is_next || is_further_on || is_off || self.follows_a_session()
    }

    /// `For ten minutes, then leave it for two hours`: what is longer than the session before it, and comes after it is left.
    fn follows_a_session(&self) -> bool {
        const HOUR: f64 = 60.0;
        let start = self.sentence.tokens.start;
        let from = self.all.partition_point(|it| it.tokens.start < start);
        let past = self.all.partition_point(|it| it.tokens.start < self.amount.tokens.start).max(from);
        let is_shorter = |it: &Amount| it.kind == Kind::Duration && it.high < self.amount.low;
        self.amount.low.is_some_and(|it| HOUR <= it)
            && self.passage.has_cue(&(start..self.amount.tokens.start), &[Cue::ThenLeave])
            && self.all[from..past].iter().any(is_shorter)
    }

    /// Whether it says how near something else is to the remedy: `Eat within 45 minutes of your ice bath`.
    pub(super) fn is_around_it(&self) -> bool {
        self.before(1) == "within" && matches!(self.text(self.amount.tokens.end), "of" | "before" | "after")
    }

    /// Whether it is what something can take by itself: `Wait for the shivering to stop. It can take 20 minutes or longer.`
    pub(super) fn is_what_it_may_take(&self) -> bool {
        const MAY: &[&str] = &["can", "could", "may", "might", "will", "would"];
        /// Who takes a remedy for so long.
        const READERS: &[&str] = &["you", "we", "i", "they", "he", "she", "adults", "children"];
        let is_one_of =
            |steps: usize, words: &[&str]| words.iter().any(|it| self.before(steps).eq_ignore_ascii_case(it));
        self.before(1) == "take" && is_one_of(2, MAY) && !is_one_of(3, READERS)
    }

    /// Whether it is what did harm: `She has a scar from a whole night on hers.`
    pub(super) fn is_what_did_harm(&self) -> bool {
        let start = self.amount.tokens.start;
        // `an hour is enough for a burn`
        let end = self.amount.tokens.end;
        let is_enough = self.text(end) == "is"
            && self.text(end + 1) == "enough"
            && self.passage.has_cue(&(end + 2..end + 6), &[Cue::Mark]);
        is_enough
            || self.before(1) == "from" && self.passage.has_cue(&(self.clause.start..start), &[Cue::Mark])
    }

    /// Whether it is what something else took: `The prize-giving took another hour`.
    pub(super) fn is_what_another_took(&self) -> bool {
        const TOOK: &[&str] = &["took", "takes", "lasted", "ran"];
        let start = self.amount.tokens.start;
        // `That takes Gary three hours`, `it takes our cleaner three hours`
        let whom = match self.before(2) {
            "our" | "the" | "my" | "your" | "his" | "her" | "their" => 2,
            _ => usize::from(self.before(1).starts_with(char::is_uppercase)),
        };
        let verb = start.checked_sub(1 + whom).filter(|&at| self.clause.start < at);
        verb.is_some_and(|at| {
            // `The session ends at nine and the walk takes twenty minutes`: the walk.
            let joint = (self.clause.start..at).rfind(|&it| matches!(self.text(it), "and" | "but"));
            let subject = joint.map_or(self.clause.start, |it| it + 1)..self.clause.end;
            let points_back = whom == 0 && self.passage.has_cue(&subject, &[Cue::PointsBack]);
            // `Fill the tub; with our hose that takes half an hour.`
            let deed = self.sentence.tokens.start;
            let is_of_filling = self.clause.start > deed
                && ["fill", "heat", "drain", "empty", "light", "clean"]
                    .iter()
                    .any(|it| self.text(deed).eq_ignore_ascii_case(it));
            let points_back = points_back && !is_of_filling;
            TOOK.contains(&self.text(at))
                && !points_back
                && !self.passage.has_cue(&subject, &[Cue::Hold, Cue::Repeat])
        })
    }
}
