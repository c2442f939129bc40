//! Whether a clause that names no remedy can tell of the one at hand, or is of something else.

use std::ops::Range;

use super::amount::{Bound, Kind, OpenEnd};
use super::near::Near;
use super::stance::begins_with_action;
use crate::document::words::TokenKind;
use crate::knowledge::cues::Cue;

/// Words that say nothing of what an amount is of: `How long: an hour`, `Week four: 12 minutes`, `so figure on sixteen hours`.
const LITTLE_WORDS: &[&str] = &[
    "a", "an", "the", "it", "this", "that", "them", "they", "these", "you", "your", "we", "our", "i", "my",
    "and", "or", "but", "so", "then", "if", "for", "to", "in", "on", "at", "of", "with", "by", "from",
    "into", "is", "are", "be", "not", "no", "about", "around", "up", "out", "off", "down", "over", "under",
    "until", "after", "before", "just", "only", "even", "some", "most", "more", "than", "each", "every",
    "all", "any", "another", "can", "could", "will", "would", "should", "may", "might", "must", "do", "does",
    "don't", "i'd", "we'd", "it's", "that's", "i'm", "here", "there", "as", "well", "good", "also", "too",
    "very", "never", "always", "one", "two", "three", "four", "how", "long", "time", "timing", "duration",
    "use", "session", "sessions", "round", "stage", "day", "week", "month", "figure", "say", "think", "try",
    "aim", "make", "keep", "absolute", "upper", "total", "overall", "strict", "hard", "first", "second",
    "third", "last", "next",
];

impl Near<'_> {
    /// Whether the clause can be about a remedy that it does not name: it holds, or it is next to nothing but the amount.
    pub(super) fn is_about_a_remedy_at_hand(&self) -> bool {
        // `Ten minutes, and then a lukewarm shower`: what follows is another matter.
        let after = self.amount.tokens.end..self.clause.end;
        let goes_on = self.passage.cues_in(&after, &[Cue::Sequence]).next().map(|it| it.tokens.start);
        // `Use: 15 minutes, across the shoulders, over a shirt`
        let stands_alone = self.is_labelled() || self.begins_sentence();
        let set_off = after.clone().find(|&at| self.text(at) == ",").filter(|_| stands_alone);
        let goes_on = [goes_on, set_off].into_iter().flatten().min();
        let own = self.clause.start..goes_on.unwrap_or(self.clause.end);
        let other_words = own.filter(|&at| self.is_other_word(at)).count();
        // `Lay it on, or slip it into its pillowcase, for 15 minutes`
        let is_set_off = self.lasts() && self.before(2) == ",";
        let held = if is_set_off { self.sentence.tokens.start } else { self.clause.start };
        let holds = self.passage.has_cue(&(held..self.clause.end), &[Cue::Hold]);
        // `A lifeguard is there all day`: of the remedy, that is said in few words or with a word that holds it.
        let is_open = self.amount.open_end.is_some_and(|it| it != OpenEnd::AllDay);
        // Milligrams and tablets are of the medicine just named.
        let is_taken = self.amount.kind == Kind::Dose;
        // `Fill the tub. Check that it is at 38 °C.`
        let is_of_it = self.amount.kind == Kind::Temperature
            && self.passage.has_cue(&(self.clause.start..self.amount.tokens.start), &[Cue::PointsBack]);
        // `Children are welcome from the age of six`
        let is_admitted = self.amount.kind == Kind::Age && self.passage.has_cue(self.clause, &[Cue::Admits]);
        // `Roll it under your arch for five minutes`
        let is_done_with_it = self.lasts() && self.is_done_with_it();
        // `While you are pregnant we suggest 37 °C for five to ten minutes.`
        let suggested = self.clause.start..self.amount.tokens.start;
        let is_suggested = matches!(self.amount.kind, Kind::Duration | Kind::Temperature)
            && self.passage.cues_in(&suggested, &[Cue::Recommend]).any(|it| it.tokens.end == suggested.end);
        // `Fifteen minutes at most, please, as it only seats six.`
        let is_limit = self.begins_sentence() && self.amount.bound == Bound::AtMost;
        (other_words <= 4 && !self.is_of_something_else())
            || is_limit
            || is_suggested
            || is_done_with_it
            || self.passage.has_cue(self.clause, &[Cue::Ceiling])
            || is_admitted
            || holds
            || is_open
            || is_taken
            || is_of_it
            // `Bring the water down to 12 °C`
            || self.is_of_the_water()
            || (self.amount.kind == Kind::Interval && other_words <= 8)
    }

    /// Whether it is the temperature of `the water`.
    pub(super) fn is_of_the_water(&self) -> bool {
        self.amount.kind.is_heat()
            && (self.clause.start..self.amount.tokens.start)
                .any(|at| self.text(at).eq_ignore_ascii_case("the") && self.text(at + 1) == "water")
    }

    /// Whether the sentence, up to the end of the clause, tells readers to do, hold or measure something, which `2 weeks and up` and
    /// `Water: 15 °C` do not. What is taken, and how old somebody is, is said in few words.
    pub(super) fn tells_of_a_use(&self) -> bool {
        const TOLD: &[Cue] = &[Cue::Hold, Cue::Measure, Cue::Ceiling, Cue::Recommend, Cue::Group];
        let told = self.sentence.tokens.start..self.clause.end;
        // `It should be at 38 °C`
        let begins = told.start..told.start + 1;
        let is_heat = self.amount.kind.is_heat();
        !is_heat && !matches!(self.amount.kind, Kind::Duration | Kind::Course)
            || self.passage.has_cue(&told, TOLD)
            || is_heat && self.passage.has_cue(&told, &[Cue::OfWater])
            || is_heat && self.passage.has_cue(&begins, &[Cue::PointsBack])
            || begins_with_action(self.passage, self.clause)
            || self.is_spent_beside()
    }

    /// Whether the words that lead to a duration name what else it is of: `Auto-off: 120 min`, `Filter run: 6 hours`.
    pub(super) fn is_of_something_else(&self) -> bool {
        /// `Day ticket:`
        const OF_A_LABEL: usize = 3;
        let from = self.sentence.tokens.start;
        let colon = (from..self.amount.tokens.start).take(OF_A_LABEL + 1).find(|&at| self.text(at) == ":");
        let label = from..colon.unwrap_or(from);
        let led = self.clause.start.max(label.end)..self.amount.tokens.start;
        // `Cover on, low setting, 15 minutes`
        let is_set_off = self.before(1) == ",";
        // `Follow the packet: up to 8 hours`
        let is_limit = self.amount.bound == Bound::AtMost;
        let is_course = self.amount.kind == Kind::Course && !self.lasts();
        (self.amount.kind == Kind::Duration || is_course || self.amount.kind.is_heat())
            && (!is_limit && self.names_something(&label) || !is_set_off && self.names_something(&led))
    }

    /// Whether there is a word that is neither a little one, nor of an amount, nor any that tells how long a remedy is used.
    fn names_something(&self, tokens: &Range<usize>) -> bool {
        const OF_ITS_USE: &[Cue] = &[
            Cue::OfWater,
            Cue::Measure,
            Cue::Group,
            Cue::Hold,
            Cue::Repeat,
            Cue::BodyPart,
            Cue::Action,
            Cue::Sequence,
            Cue::Recommend,
            Cue::Condition,
            Cue::Forbid,
        ];
        let of_its_use: Vec<_> =
            self.passage.cues_in(tokens, OF_ITS_USE).map(|it| it.tokens.clone()).collect();
        tokens.clone().filter(|&at| self.is_other_word(at)).any(|at| {
            let word = self.text(at).to_lowercase();
            let is_little =
                word.ends_with("ly") || word == "somewhere" || LITTLE_WORDS.contains(&word.as_str());
            !is_little && !of_its_use.iter().any(|it| it.contains(&at))
        })
    }

    /// Whether a token is a word and of no amount.
    fn is_other_word(&self, at: usize) -> bool {
        let next = self.all.partition_point(|it| it.tokens.end <= at);
        let is_of_an_amount = self.all.get(next).is_some_and(|it| it.tokens.contains(&at));
        self.passage.tokens[at].kind == TokenKind::Word && !is_of_an_amount
    }

    /// Whether the clause tells to do something to the body with what was named, which `Wash them and air-dry for an hour` does not.
    fn is_done_with_it(&self) -> bool {
        let Some(action) = self.passage.cues_in(self.clause, &[Cue::Action]).next() else { return false };
        let end = action.tokens.end;
        let is_it = |at: usize| matches!(self.text(at), "it" | "them" | "this" | "these");
        let is_of_the_body = self.passage.has_cue(&(end..self.amount.tokens.start), &[Cue::BodyPart]);
        let goes_on = (end..self.amount.tokens.start).any(|at| matches!(self.text(at), "and" | "then"));
        begins_with_action(self.passage, self.clause)
            && (end - 1..=end).any(is_it)
            && is_of_the_body
            && !goes_on
    }
}
