//! An amount with its surroundings, and what they say of it: a label, another activity, a dial, minutes left out.

use std::ops::Range;

use super::amount::{Amount, Kind};
use super::passage::{Passage, Sentence};
use crate::document::words::TokenKind;
use crate::knowledge::cues::Cue;

/// An amount with its surroundings.
pub(super) struct Near<'a> {
    pub(super) passage: &'a Passage,
    pub(super) sentence: &'a Sentence,
    pub(super) clause: &'a Range<usize>,
    pub(super) amount: &'a Amount,
    pub(super) visible: &'a str,
    /// All amounts of the passage.
    pub(super) all: &'a [Amount],
}

impl Near<'_> {
    /// A token of the passage as written; nothing past its end.
    pub(super) fn text(&self, at: usize) -> &str {
        self.passage.tokens.get(at).map_or("", |token| token.text(self.visible))
    }

    /// The token so many steps before the amount as written; nothing before the passage.
    pub(super) fn before(&self, steps: usize) -> &str {
        self.amount.tokens.start.checked_sub(steps).map_or("", |at| self.text(at))
    }

    fn is_money(&self, at: usize) -> bool {
        matches!(self.text(at), "$" | "£" | "€")
    }

    /// Whether a remedy stands in brackets that the amount is outside of: `the PRICE method (protect, rest, ice) for a day`.
    pub(super) fn is_bracketed_off(&self, remedy: &Range<usize>) -> bool {
        let amount = &self.amount.tokens;
        if remedy.end > amount.start {
            return false;
        }
        let is = |at: usize, mark: char| self.passage.tokens[at].is_mark(self.visible, mark);
        let opens = (self.sentence.tokens.start..remedy.start).rev().find(|&at| is(at, '(') || is(at, ')'));
        opens.is_some_and(|at| is(at, '(')) && (remedy.end..amount.start).any(|at| is(at, ')'))
    }

    /// Whether its sentence asks how long something goes on: `How long until my heel stops hurting?`
    pub(super) fn is_asked_for(&self) -> bool {
        let start = self.sentence.tokens.start;
        self.amount.open_end.is_some()
            && self.sentence.is_question
            && self.text(start).eq_ignore_ascii_case("how")
            && self.text(start + 1) == "long"
    }

    /// Whether it stands in brackets behind such words: `pizza (12 minutes at 220 °C)`.
    pub(super) fn is_bracketed_behind(&self, cues: &[Cue]) -> bool {
        let before = self.sentence.tokens.start..self.amount.tokens.start;
        let open = before.rev().find(|&at| matches!(self.text(at), "(" | ")"));
        open.filter(|&at| self.text(at) == "(").is_some_and(|at| {
            let mut named = self.passage.cues_in(&self.sentence.tokens, cues);
            named.any(|it| it.tokens.end == at) && !self.is_as_long_as_another()
        })
    }

    /// Whether it says how long something lasts for which the remedy is held all through: `on your knee for the whole of the film
    /// (an hour and a half)`, `for the rest of the lesson (50 minutes)`.
    pub(super) fn is_as_long_as_another(&self) -> bool {
        /// `for the whole of the film`
        const FAR: usize = 8;
        const ALL: &[&str] = &["whole", "entire", "rest", "length", "duration", "full", "all"];
        let Some(bracket) = self.amount.tokens.start.checked_sub(1).filter(|&at| self.text(at) == "(") else {
            return false;
        };
        let before = bracket.saturating_sub(FAR).max(self.sentence.tokens.start)..bracket;
        let lasts = before.clone().find(|&at| self.text(at).eq_ignore_ascii_case("for"));
        lasts.is_some_and(|at| (at + 1..at + 4).any(|it| ALL.contains(&self.text(it))))
    }

    /// Whether a word that tells of a time felt is only the `after` of when to use the remedy: `for 10 minutes after a walk`.
    pub(super) fn is_timed_by(&self, felt: &Range<usize>) -> bool {
        const WHOSE: &[&str] = &["a", "an", "the", "your", "each", "every", "any"];
        let end = self.amount.tokens.end;
        // `for 10 minutes after play`
        let is_one_word = matches!(self.text(end + 2), "" | "." | "," | ";" | "and" | "or");
        self.lasts()
            && felt.start < end
            && felt.end == end + 1
            && self.text(end) == "after"
            && (is_one_word || WHOSE.contains(&self.text(end + 1)))
            && !self.passage.has_cue(self.clause, &[Cue::Symptom])
    }

    /// Whether it is said of each of what follows: `15 minutes each in the sauna and the steam room`.
    pub(super) fn is_for_each(&self) -> bool {
        self.text(self.amount.tokens.end) == "each"
    }

    /// Whether it says for how long.
    pub(super) fn lasts(&self) -> bool {
        self.before(1).eq_ignore_ascii_case("for")
    }

    /// Whether the amount stands right behind a label: `Sauna: 15 minutes after spin class`.
    pub(super) fn is_labelled(&self) -> bool {
        let before = self.amount.tokens.start.checked_sub(1);
        before.is_some_and(|at| matches!(self.text(at), ":" | "–" | "—"))
    }

    /// Whether it is what its sentence begins with: `Ten minutes, wrapped in a damp tea towel.`
    pub(super) fn begins_sentence(&self) -> bool {
        self.amount.tokens.start == self.sentence.tokens.start
            && matches!(self.text(self.amount.tokens.end), "," | "." | ";" | "")
    }

    /// Whether its sentence ends in it, set off by a comma: `Bowl two: straight from the spring, 7 °C.`
    pub(super) fn is_set_off_at_the_end(&self) -> bool {
        self.before(1) == "," && matches!(self.text(self.amount.tokens.end), "." | "")
    }

    /// Whether words of its own stand before it in its cell: `run-through, 3 h`.
    pub(super) fn has_own_words(&self) -> bool {
        let start = self.amount.tokens.start;
        let is_set_off = start.checked_sub(1).is_some_and(|at| matches!(self.text(at), "," | ":" | "–"));
        let before = self.sentence.tokens.start..start;
        is_set_off
            && !self
                .passage
                .has_cue(&before, &[Cue::Group, Cue::Measure, Cue::Repeat, Cue::Hold, Cue::BodyPart])
    }

    /// Whether its block begins with a label of its own: `Bed. Eight hours, nine if you can.` A part of the body is where the remedy
    /// goes: `Calves. 60 seconds a side.`
    pub(super) fn has_own_label(&self) -> bool {
        const LONGEST: usize = 4;
        let label = self.passage.sentences.first();
        label.is_some_and(|label| {
            label.tokens.end <= self.sentence.tokens.start
                && label.tokens.len() <= LONGEST
                && !self.passage.has_cue(
                    &label.tokens,
                    &[
                        Cue::Group,
                        Cue::Measure,
                        Cue::Repeat,
                        Cue::Action,
                        Cue::Hold,
                        Cue::PointsBack,
                        Cue::BodyPart,
                    ],
                )
        })
    }

    /// Whether a remedy is where another one is put: `over the rub`.
    pub(super) fn is_where(&self, remedy: &Range<usize>) -> bool {
        let before = |steps: usize| remedy.start.checked_sub(steps).map_or("", |at| self.text(at));
        let first = if matches!(before(1), "the" | "a" | "your") { 2 } else { 1 };
        // `over the top of the patch`
        let first = if before(first) == "of" && before(first + 1) == "top" { first + 3 } else { first };
        matches!(before(first), "over" | "onto" | "under")
    }

    /// Whether it is what a package holds: `500 mg in the tin`.
    pub(super) fn is_in_a_package(&self) -> bool {
        const PACKAGES: &[&str] =
            &["tin", "bottle", "jar", "tube", "pot", "pack", "box", "tub", "packet", "bag"];
        // `300 mg of CBD in the tin`
        let end = self.amount.tokens.end + if self.text(self.amount.tokens.end) == "of" { 2 } else { 0 };
        let before = self.clause.start..self.amount.tokens.start;
        let is_package = |at: usize| PACKAGES.contains(&self.text(at));
        let is_within = matches!(self.text(end), "in" | "per") && (end + 1..end + 3).any(is_package);
        // `60 ml tin, 600 mg`
        let is_beside = self.amount.tokens.start.checked_sub(3).is_some_and(|at| {
            matches!(self.text(at), "ml" | "g" | "oz") && is_package(at + 1) && self.text(at + 2) == ","
        });
        (is_within || is_beside) && !self.passage.has_cue(&before, &[Cue::Action])
    }

    /// `You have a liver, and it works all night.`
    pub(super) fn is_how_long_something_works(&self) -> bool {
        self.text(self.amount.tokens.start) == "all"
            && matches!(self.before(1), "work" | "works" | "worked" | "working")
    }

    /// Whether its clause names a sum of money.
    pub(super) fn has_a_sum(&self) -> bool {
        self.clause.clone().any(|at| self.is_money(at))
    }

    /// From the beginning of the sentence on, where the clause stands in brackets: `Freeze water in a cup (four hours will do)`.
    pub(super) fn bracketed_with(&self) -> Option<Range<usize>> {
        let before = self.clause.start.checked_sub(1).filter(|&at| at >= self.sentence.tokens.start)?;
        (self.text(before) == "(").then_some(self.sentence.tokens.start..self.clause.end)
    }

    /// Whether a price stands right behind it, or is paid for it: `45 minutes $95`, `£45 for two hours`.
    pub(super) fn has_a_price(&self) -> bool {
        /// So many words has what is for sale, at most.
        const NAME: usize = 5;
        let (start, end) = (self.amount.tokens.start, self.amount.tokens.end);
        let is_paid_for = self.lasts() && start.checked_sub(3).is_some_and(|at| self.is_money(at));
        // `our two-hour ritual (£95)`
        let next = (end..(end + NAME).min(self.sentence.tokens.end)).find(|&at| self.text(at) == "(");
        let is_priced = next.is_some_and(|at| self.is_money(at + 1));
        // `at about 3p an hour`
        let rate = self.before(1).trim_start_matches(|it: char| it.is_ascii_digit());
        let is_rate =
            matches!(rate, "p" | "pence" | "cents" | "c") && self.text(start).eq_ignore_ascii_case("an");
        is_paid_for
            || is_priced
            || is_rate
            || (end..self.sentence.tokens.end.min(end + 2)).any(|at| self.is_money(at))
    }

    /// Whether the price is less by so much (`15% off all oils`), so many of those who were asked are meant (`38% preferred it`), or
    /// nothing else is in it (`100% pure lavender oil`).
    pub(super) fn is_no_strength(&self) -> bool {
        const PURE: &[&str] = &["pure", "natural", "organic", "vegan", "authentic", "genuine", "plant"];
        const ASKED: &[&str] = &[
            "preferred",
            "prefer",
            "said",
            "say",
            "voted",
            "chose",
            "felt",
            "reported",
            "agreed",
            "answered",
        ];
        let next = self.text(self.amount.tokens.end);
        let is_purity = self.amount.high == Some(100.0)
            && (PURE.contains(&next)
                || ["contains", "contain"].iter().any(|it| self.before(1).eq_ignore_ascii_case(it)));
        matches!(next, "off" | "discount" | "humidity" | "humid") || ASKED.contains(&next) || is_purity
    }

    /// Whether words before it tell of the amount that they stand behind: the `microwave` of `two minutes in the microwave, ten
    /// minutes on the shoulders`.
    pub(super) fn is_of_another_amount(&self, words: &Range<usize>) -> bool {
        const NEAR: usize = 3;
        let from = self.all.partition_point(|it| it.tokens.end <= self.clause.start);
        let past = self.all.partition_point(|it| it.tokens.start < words.start).max(from);
        let is_near = |it: &Amount| it.tokens.end <= words.start && words.start <= it.tokens.end + NEAR;
        let mut between = words.end..self.amount.tokens.start;
        // `2 hours in the freezer, or overnight in a bag` are two ways of the same.
        self.all[from..past].iter().any(|it| it.tokens != self.amount.tokens && is_near(it))
            && between.any(|at| self.text(at) == "," && self.text(at + 1) != "or")
    }

    /// Whether it is how long somebody feels the better for it: `makes your legs feel looser for an hour or two`.
    pub(super) fn is_an_effect(&self) -> bool {
        const FELT: &[&str] = &["better", "easier", "looser", "warmer", "lighter", "calmer"];
        self.lasts() && FELT.contains(&self.before(2))
    }

    /// Whether it is how far away something is: `We are two hours from Leeds`, `Allow five hours to Leeds`.
    pub(super) fn is_a_way(&self) -> bool {
        let end = self.amount.tokens.end;
        !self.lasts()
            && (matches!(self.text(end), "from" | "to")
                && self.text(end + 1).starts_with(char::is_uppercase)
                // `Keep it a few hours away from antibiotics`
                || self.text(end) == "away" && self.text(end + 1) == "from")
    }

    /// Whether it only names something: `the ninety-minute rule`.
    pub(super) fn names_a_rule(&self) -> bool {
        matches!(self.text(self.amount.tokens.end), "rule" | "myth" | "question" | "debate")
    }

    /// Whether it ends in what somebody felt: `until both hands went numb` tells, and orders nothing.
    pub(super) fn is_told(&self) -> bool {
        const PAST: &[&str] = &["went", "was", "were", "felt", "fell", "became"];
        let mut words = self.amount.tokens.clone();
        self.amount.open_end.is_some() && words.any(|at| PAST.contains(&self.text(at)))
    }

    /// Whether it is how long something else took that is over: `After Saturday's 90 minutes, run an ice bath`.
    pub(super) fn is_over(&self) -> bool {
        self.before(2).eq_ignore_ascii_case("after")
            && ["'s", "’s"].iter().any(|it| self.before(1).ends_with(it))
    }

    /// Whether an activity can take as much as the amount says. None is 15 °C long, or ten years old.
    pub(super) fn takes_time(&self) -> bool {
        self.amount.kind.is_time() && !self.amount.kind.is_heat() && self.amount.kind != Kind::Age
    }

    /// Whether it is what a dial has to show: `Feed the stove until the thermometer says 38 °C`.
    pub(super) fn is_awaited(&self) -> bool {
        const SHOWS: &[&str] = &["says", "reads", "shows"];
        let before = self.clause.start..self.amount.tokens.start;
        let waits = before.clone().any(|at| matches!(self.text(at), "until" | "till"));
        waits && before.into_iter().any(|at| SHOWS.contains(&self.text(at)))
    }

    /// Whether the amount is what a dial would show if things went wrong: `If the display says 42 °C, tell the desk`.
    pub(super) fn is_feared(&self) -> bool {
        const SHOWS: &[&str] =
            &["says", "reads", "shows", "climbs", "rises", "drops", "falls", "creeps", "goes", "gets"];
        let mut before = self.clause.start..self.amount.tokens.start;
        before.next().is_some_and(|at| self.text(at).eq_ignore_ascii_case("if"))
            && before.any(|at| SHOWS.contains(&self.text(at)))
    }

    /// Whether the amount says how long the remedy itself is to last: `a sauna should last 45 minutes`. The glow of one is not meant.
    pub(super) fn is_its_length(&self, course: &Range<usize>, remedy: &Range<usize>) -> bool {
        let told = self
            .passage
            .cues_in(self.clause, &[Cue::Hold])
            .find(|it| it.tokens.start <= course.start && course.end <= it.tokens.end);
        let is_of_it = |at: usize| matches!(self.text(at), "of" | "from" | "after" | "by");
        told.is_some_and(|it| {
            remedy.end <= it.tokens.start
                && it.tokens.start <= remedy.end + 1
                && !(remedy.start.saturating_sub(2)..remedy.start).any(is_of_it)
        })
    }

    /// Whether an item of a list says little more than for how long: `15 to 20 minutes on.`
    pub(super) fn is_all_of_its_item(&self) -> bool {
        /// `on`, `at a time`
        const FEW: usize = 4;
        self.amount.tokens.start == 0 && self.sentence.tokens.len() <= self.amount.tokens.len() + FEW
    }

    /// Whether it is so long, in a paragraph of its own that holds nothing, that it is said of sleep or work: `Seven hours will.`
    pub(super) fn is_a_night(&self) -> bool {
        const LONG: f64 = 240.0;
        self.amount.kind == Kind::Duration
            && self.amount.low.is_some_and(|it| LONG <= it)
            && !self.passage.has_cue(&self.sentence.tokens, &[Cue::Hold, Cue::PointsBack])
    }

    /// `Turn the dial up from 0. Most people like it between 8 and 15.`
    pub(super) fn is_on_a_dial(&self) -> bool {
        let before = self.passage.sentence_of(self.sentence.tokens.start.saturating_sub(1));
        let told = self.passage.sentences[before].tokens.start..self.sentence.tokens.end;
        self.passage.has_cue(&told, &[Cue::Dial])
    }

    /// `ice for 30`, `leave it for 40`, `up to 45`: a number that stands where minutes would.
    pub(super) fn bare_is_minutes(&self) -> bool {
        let end = self.amount.tokens.end;
        let text = self.visible;
        let ends_clause = end >= self.clause.end
            || self.passage.tokens.get(end).is_none_or(|token| {
                token.kind == TokenKind::Mark
                    || MAY_FOLLOW.contains(&token.text(text).to_lowercase().as_str())
            });
        let from = self.sentence.tokens.start.saturating_sub(25);
        let first = self.all.partition_point(|it| it.tokens.start < from);
        let past = self.all.partition_point(|it| it.tokens.start < self.amount.tokens.start).max(first);
        let timed_before = self.all[first..past].iter().any(|it| it.kind == Kind::Duration);
        // `It is between 12 and 14 °C; we try to keep it under 15.`
        let last = self.all[first..past].iter().rfind(|it| it.kind != Kind::Bare);
        // `we aim for 37 to 38`
        let lasts = self.lasts() && !matches!(self.before(2), "aim" | "aiming" | "go" | "allow");
        let is_heat = !lasts && last.is_some_and(|it| it.kind.is_heat());
        // `Tea is on from 11`
        let is_an_hour_of_the_day = self.text(self.amount.tokens.start) == "from";
        ends_clause
            && !is_heat
            && !self.is_no_minutes()
            && !is_an_hour_of_the_day
            && (timed_before || self.passage.has_cue(self.clause, &[Cue::Hold]))
    }

    /// Whether a number counts no minutes, as it says how cold it is, is counted to or says how old somebody is: `Kaarina Lehto is 71, has heated the sauna since 1989`, `she is 40`.
    fn is_no_minutes(&self) -> bool {
        const WHO: &[&str] = &["he", "she", "i", "who", "we", "they", "i'm", "she's", "he's"];
        const COUNTED: &[&str] = &[
            "minus",
            "plus",
            "measures",
            "measure",
            "measuring",
            "rate",
            "level",
            "setting",
            "stage",
            "grade",
            "lane",
            "zone",
            "gear",
            "chapter",
            "page",
        ];
        // `It is minus 17 on the shore`, `counts to twenty`, `at rate 18`
        let is_counted = self.before(1) == "to" && matches!(self.before(2), "count" | "counts" | "counted");
        if is_counted || COUNTED.contains(&self.before(1)) {
            return true;
        }
        let is_verb = |at: usize| matches!(self.text(at), "is" | "was" | "am" | "turned" | "turns" | "are");
        let verb = self.amount.tokens.start.checked_sub(1).filter(|&at| is_verb(at));
        verb.is_some_and(|at| {
            let is_name = |at: usize| self.text(at).starts_with(char::is_uppercase);
            let subject = at.checked_sub(1);
            subject.is_some_and(|it| {
                let is_full_name = is_name(it) && it.checked_sub(1).is_some_and(is_name);
                is_full_name || WHO.contains(&self.text(it).to_lowercase().as_str())
            })
        })
    }

    /// Whether an amount in a sentence about help is advice all the same: `ice for ten minutes and call your doctor if …`.
    pub(super) fn is_advised(&self) -> bool {
        let before = self.clause.start..self.amount.tokens.start;
        !self.passage.names_helper(self.clause)
            && self.passage.has_cue(&before, &[Cue::Action])
            && !self.passage.has_cue(&before, &[Cue::Condition, Cue::Worsening])
    }
}

/// Words that may follow a number that leaves out its unit.
const MAY_FOLLOW: &[&str] = &[
    "and", "or", "once", "when", "if", "while", "before", "after", "over", "in", "then", "but", "until",
    "with", "without", "on", "at", "is", "are", "will", "should", "max", "tops", "per", "each", "every",
    "so", "as", "by",
];
