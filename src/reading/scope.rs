//! What holds for a whole block by what stands over or beside it: a heading, a lead-in, a table's header, a quotation.

use std::ops::Range;

use super::passage::{Held, Passage, passage_of};
use super::tables::Tables;
use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::document::words::TokenKind;
use crate::knowledge::Meaning;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;

/// What stands over a whole block: its heading, its list's lead-in, its quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five facts about one block that do not depend on each other"
)]
pub struct Scope {
    /// Heading or lead-in turns everything round: `Avoid:`, `What not to do`.
    pub forbids: bool,
    /// A heading, lead-in or the block itself tells of a myth or is a quotation.
    pub reports: bool,
    /// Heading or lead-in announces mistakes, of which the first words of the block are one: `Common mistakes`.
    pub errs: bool,
    /// The lead-in supposes what the list holds: `You may be at risk if you:`.
    pub supposes: bool,
    /// The block is a list item, cell or answer, whose bare name counts as a recommendation.
    pub lists: bool,
}

/// Deeper lists within lists than any article has; lead-ins further out are not asked.
const DEEPEST_LIST: usize = 32;

impl Scope {
    /// What holds for a block.
    pub(super) fn of(document: &Document<'_>, passages: &[Passage], tables: &Tables, block: BlockId) -> Self {
        let here = document.block(block);
        let mut scope = Self {
            forbids: false,
            reports: false,
            errs: false,
            supposes: false,
            lists: here.place.item.is_some() || here.place.cell.is_some(),
        };
        let text = here.prose.text();
        let is_heading = document.outline.heading_at(block).is_some();
        scope.reports |= here.place.quotes > 0 && looks_quoted(text) || is_heading && is_quoted_whole(text);
        let mut over: Vec<BlockId> =
            document.outline.ancestors(block).take(1).map(|heading| heading.block).collect();
        let mut item = here.place.item;
        let lead_in = item.and_then(|(list, _)| document.content.lists[list].lead_in);
        for _ in 0..DEEPEST_LIST {
            let Some((list, _)) = item else { break };
            let list = &document.content.lists[list];
            over.extend(list.lead_in);
            item = list.within;
        }
        let header = here.place.cell.and_then(|cell| document.content.tables[cell.table].header_over(cell));
        over.extend(header);
        // `Not for`, before the cells of its row
        let row_label = here
            .place
            .cell
            .filter(|it| it.row > 0)
            .and_then(|cell| document.content.tables[cell.table].row_label(cell));
        over.extend(row_label);
        scope.forbids |= here.place.cell.is_some_and(|cell| {
            let mut others = document.content.tables[cell.table].others_in_row(cell);
            let says_no = |passage: &Passage| is_bare_no(passage, document.block(passage.block).prose.text());
            others.any(|it| passage_of(passages, it).is_some_and(says_no))
        });
        scope.reports |= here.place.cell.is_some_and(|cell| tables.shows_a_study(cell.table))
            || header
                .and_then(|it| passage_of(passages, it))
                .is_some_and(|it| it.says(&[Cue::Report]) || denies(it, &(0..it.tokens.len())));
        scope.forbids |= here.strong_start().is_some_and(|end| {
            passage_of(passages, block).is_some_and(|it| is_headed_by_what_to_avoid(it, text, end))
        });
        for over in over {
            let Some(passage) = passage_of(passages, over) else { continue };
            let is_heading = document.outline.heading_at(over).is_some();
            let all = 0..passage.tokens.len();
            let text = document.block(over).prose.text();
            let is_title = is_heading || header == Some(over) || row_label == Some(over);
            scope.forbids |= turns_round(passage, text, is_title);
            scope.errs |= passage.says(&[Cue::Mistake]) && !passage.says(&[Cue::Forbid]);
            // `**Call 999 if somebody**`, which is bold and no heading
            scope.supposes |= (!is_heading || lead_in == Some(over)) && ends_in_condition(passage, text);
            scope.reports |= is_heading && denies(passage, &all);
        }
        scope
    }
}

/// `In the shower | No`, `Hot water bottle | No, lockers only`, `Melt fat | No evidence that it can`
fn is_bare_no(passage: &Passage, visible: &str) -> bool {
    const LONGEST: usize = 2;
    let is_bare = passage.tokens.len() <= LONGEST || passage.is_one_of(visible, 1, &[",", ";", "–", "—"]);
    // `No. Your body has done that`, which `No. 1 Pine` is not
    let is_sentence = passage.is_one_of(visible, 1, &["."])
        && passage.tokens.get(2).is_some_and(|it| it.kind != TokenKind::Number);
    let denies = passage.cues_in(&(0..LONGEST + 1), &[Cue::Deny]).any(|it| it.tokens.start == 0);
    (is_bare || is_sentence) && passage.has_cue(&(0..1), &[Cue::Forbid]) || denies
}

/// `Avoid:`, `What to leave out`, `Don't`, `Who should skip it`: a lead-in, heading or column's header that forbids what
/// follows.
fn turns_round(passage: &Passage, visible: &str, is_title: bool) -> bool {
    let Some(last) = passage.sentences.last() else { return false };
    // `Can I stop counting sheep?` leaves it to the answer, as a title, too.
    let start = last.tokens.start;
    if last.is_question && (!is_title || passage.has_cue(&(start..start + 1), &[Cue::YesOrNo])) {
        return false;
    }
    // `Why can't I sit down?` asks for a reason.
    let asks_why = last.is_question && passage.is_one_of(visible, start, &["why"]);
    if asks_why && passage.has_cue(&(start + 1..start + 2), &[Cue::Forbid]) {
        return false;
    }
    // `What cannot wait`, `Signs you should not ignore`
    let urges = |forbids: &&Hit<Meaning>| {
        passage
            .cues_in(&last.tokens, &[Cue::NotOnly])
            .any(|it| it.tokens.start <= forbids.tokens.start && forbids.tokens.start < it.tokens.end)
    };
    // `Not settling`
    let complains = |it: &&Hit<Meaning>| passage.is_part_of_cue(&it.tokens, &last.tokens, &[Cue::Worsening]);
    // `A pot is not a person`, which `What is not a good idea` is not
    let is = |at: usize, words: &[&str]| passage.is_one_of(visible, at, words);
    let asks_which = is(start, &["what", "which", "when", "who", "where"]);
    let states = |it: &&Hit<Meaning>| {
        let negates = is(it.tokens.end - 1, &["not", "isn't", "isn’t", "aren't", "aren’t"]);
        negates && !asks_which && start < it.tokens.start && is(it.tokens.end, &["a", "an", "the"])
    };
    // `Digest no. 214`
    let counts = |it: &&Hit<Meaning>| {
        is(it.tokens.start, &["no"])
            && is(it.tokens.end, &["."])
            && passage.tokens.get(it.tokens.end + 1).is_some_and(|it| it.kind == TokenKind::Number)
    };
    let mut forbidding = passage
        .cues_in(&last.tokens, &[Cue::Forbid])
        .filter(|it| !urges(it) && !complains(it) && !states(it) && !counts(it));
    let Some(first) = forbidding.next() else { return false };
    // `Stop, and get medical help`
    let sends = passage.cues_in(&(first.tokens.end..last.tokens.end), &[Cue::Seek]).next();
    if passage.holds(Held::Helper) && first.tokens.start == last.tokens.start && sends.is_some() {
        return false;
    }
    // `If something is not right` supposes it; `When you should not` and `When not to` forbid.
    let condition = passage.cues_in(&last.tokens, &[Cue::Condition]).next();
    let is_supposed = condition.is_some_and(|it| {
        let between = it.tokens.end..first.tokens.start.max(it.tokens.end);
        it.tokens.start == last.tokens.start
            && !between.is_empty()
            && passage.tokens[between].iter().all(|token| !token.text(visible).eq_ignore_ascii_case("you"))
    });
    // `When the box must be off`
    let is_ordered = passage.is_one_of(visible, first.tokens.start, &["must", "should"]);
    if is_supposed && !is_ordered {
        return false;
    }
    // In a lead-in the prohibition has to be what it says, not a remark in passing.
    // `Do not use the pad`, which leads into a list without a colon
    let is_unfinished = !visible.trim_end().ends_with(['.', '!', '?']);
    let leads = is_unfinished || passage.has_cue(&last.tokens, &[Cue::PointsOn]);
    // `For the rest of the day please avoid:`
    let is_said =
        |it: &Hit<Meaning>| it.tokens.start < last.tokens.start + 6 || last.tokens.end <= it.tokens.end + 1;
    is_title || leads && std::iter::once(first).chain(forbidding).any(is_said)
}

/// `**Three things I talk people out of.** First, …`, `**Who can't have it?** Anyone under 14`: a label in bold, up to a byte, that
/// announces what is forbidden, or to whom.
fn is_headed_by_what_to_avoid(passage: &Passage, visible: &str, end: usize) -> bool {
    const ANNOUNCED: &[&str] = &["things", "what", "ways", "ideas", "habits", "tricks", "stunts"];
    let label = 0..passage.tokens_before(end);
    label.end < passage.tokens.len()
        && passage.has_cue(&label, &[Cue::Forbid])
        && (label.clone().any(|at| passage.is_one_of(visible, at, ANNOUNCED))
            || passage.is_one_of(visible, 0, &["who", "whom"]))
}

/// `The icing myth`, which `This is not a myth` is not.
fn denies(passage: &Passage, tokens: &Range<usize>) -> bool {
    passage.cues_in(tokens, &[Cue::Deny]).any(|denial| {
        let before = denial.tokens.start.saturating_sub(2)..denial.tokens.start;
        // `When something is wrong` and `Something is wrong` deny nothing.
        let so_far = tokens.start..denial.tokens.start;
        let is_idle = passage.is_part_of_cue(&denial.tokens, tokens, &[Cue::NotOnly]);
        !is_idle && !passage.has_cue(&before, &[Cue::Forbid]) && !passage.has_cue(&so_far, &[Cue::Condition])
    })
}

/// `… if you:`, `Call your doctor when:`.
fn ends_in_condition(passage: &Passage, visible: &str) -> bool {
    let end = passage.tokens.len();
    // `Stop if it hurts.` leads into nothing.
    !visible.trim_end().ends_with(['.', '!'])
        && passage.has_cue(&(end.saturating_sub(4)..end), &[Cue::Condition])
}

fn looks_quoted(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['"', '“', '\'', '‘', '«'])
}

/// A question in quotation marks is somebody's whom the text answers.
fn is_quoted_whole(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', '!', '?']);
    text.starts_with(['"', '“', '«']) && text.ends_with(['"', '”', '»']) && !text.contains('?')
}
