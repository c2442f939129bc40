//! Applies the fixes that diagnostics carry: chooses those that fit together, checks what comes of them, and goes on
//! until nothing is left to fix.
//!
//! Knows no files. A fix that would bring in a new finding is not taken, so an article never comes out worse.

use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::engine::Checked;
use crate::source::Source;

/// An article with its fixes applied.
#[derive(Debug)]
pub struct Fixed {
    /// Its text now.
    pub source: Source,
    /// What is found in that.
    pub checked: Checked,
    /// How many fixes were applied.
    pub count: usize,
}

/// Rounds after which an article is left as it is. One renumbering of a list or an outline may have to wait for another;
/// no article needs so many.
const MOST_ROUNDS: usize = 100;

/// Fixes an article of which `checked` is known, by fixes up to `boldest`; `check` checks what comes of them.
pub fn fixed<E>(
    source: Source,
    checked: Checked,
    boldest: Applicability,
    mut check: impl FnMut(&Source) -> Result<Checked, E>,
) -> Result<Fixed, E> {
    let mut now = Fixed { source, checked, count: 0 };
    for _ in 0..MOST_ROUNDS {
        match next(&now, boldest, &mut check)? {
            Some(next) => now = next,
            None => break,
        }
    }
    Ok(now)
}

/// A fix that could be applied.
#[derive(Clone, Copy)]
struct Candidate<'d> {
    rule: &'static str,
    fix: &'d Fix,
}

impl Candidate<'_> {
    fn start(&self) -> usize {
        self.fix.edits.first().map_or(0, |edit| edit.span.start)
    }

    fn collides(&self, other: &Self) -> bool {
        self.fix.edits.iter().any(|one| other.fix.edits.iter().any(|two| touch(one, two)))
    }
}

/// Whether two edits change the same bytes, or could not both say what stands at a place.
fn touch(one: &Edit, two: &Edit) -> bool {
    let at_one_place = (one.span.is_empty() || two.span.is_empty())
        && one.span.start <= two.span.end
        && two.span.start <= one.span.end;
    at_one_place || one.span.overlaps(two.span)
}

/// One round: all fixes that fit together, if that brings in nothing new; else as many as do not.
fn next<E>(
    now: &Fixed,
    boldest: Applicability,
    check: &mut impl FnMut(&Source) -> Result<Checked, E>,
) -> Result<Option<Fixed>, E> {
    let candidates = candidates(now, boldest);
    let together = fitting(&[], candidates.iter().copied());
    if together.is_empty() {
        return Ok(None);
    }
    if let Some(next) = tried(now, &together, check)?.filter(|next| !grows(found(now), found(next))) {
        return Ok(Some(next));
    }
    let mut taken: Vec<Candidate<'_>> = Vec::new();
    let mut best = None;
    let mut rules: Vec<&str> = candidates.iter().map(|it| it.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    for rule in rules {
        let own: Vec<Candidate<'_>> = candidates.iter().copied().filter(|it| it.rule == rule).collect();
        let group = fitting(&taken, own.iter().copied());
        if let Some(next) = tried(now, &group, check)?.filter(|next| !grows(found(now), found(next))) {
            taken = group;
            best = Some(next);
            continue;
        }
        for one in own {
            let with_one = fitting(&taken, [one]);
            if with_one.len() == taken.len() {
                continue;
            }
            let keeps = |next: &Fixed| {
                !grows(found(now), found(next)) && !hides(now, next, rule, &candidates, &with_one)
            };
            if let Some(next) = tried(now, &with_one, check)?.filter(keeps) {
                taken = with_one;
                best = Some(next);
            }
        }
    }
    Ok(best)
}

/// The best allowed fix of every diagnostic, by position.
fn candidates(now: &Fixed, boldest: Applicability) -> Vec<Candidate<'_>> {
    let text = now.source.text();
    let is_allowed = |fix: &&Fix| {
        let in_text = |edit: &Edit| text.get(edit.span.range()).is_some();
        let in_order = fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        let bold_enough = fix.applicability == Applicability::Safe || boldest == Applicability::Unsafe;
        bold_enough && in_order && !fix.edits.is_empty() && fix.edits.iter().all(in_text)
    };
    let best = |it: &'_ Diagnostic| it.fixes.iter().position(|fix| is_allowed(&fix));
    let diagnostics = now.checked.diagnostics.iter();
    let mut found: Vec<Candidate<'_>> = diagnostics
        .filter_map(|it| best(it).map(|at| Candidate { rule: it.rule, fix: &it.fixes[at] }))
        .collect();
    found.sort_by_key(|it| (it.start(), it.rule));
    found
}

/// What is taken, and of more fixes those that collide with none before them.
fn fitting<'d>(taken: &[Candidate<'d>], more: impl IntoIterator<Item = Candidate<'d>>) -> Vec<Candidate<'d>> {
    let mut fitting = taken.to_vec();
    // By their beginnings: edits that do not collide stand one after the other, so that neighbours alone are asked.
    let mut edits: BTreeMap<usize, &Edit> = BTreeMap::new();
    edits.extend(taken.iter().flat_map(|it| &it.fix.edits).map(|edit| (edit.span.start, edit)));
    for it in more {
        let collides = |edit: &Edit| {
            let before = edits.range(..=edit.span.end).rev();
            before
                .take_while(|(_, other)| other.span.end >= edit.span.start)
                .any(|(_, other)| touch(other, edit))
        };
        if !it.fix.edits.iter().any(collides) {
            edits.extend(it.fix.edits.iter().map(|edit| (edit.span.start, edit)));
            fitting.push(it);
        }
    }
    fitting
}

fn tried<E>(
    now: &Fixed,
    candidates: &[Candidate<'_>],
    check: &mut impl FnMut(&Source) -> Result<Checked, E>,
) -> Result<Option<Fixed>, E> {
    let text = applied(now.source.text(), candidates.iter().flat_map(|it| &it.fix.edits));
    if text == now.source.text() {
        return Ok(None);
    }
    let source = Source::from_text(now.source.path(), text);
    let checked = check(&source)?;
    Ok(Some(Fixed { source, checked, count: now.count + candidates.len() }))
}

/// The text with edits made that do not collide; their line breaks become those of the text.
pub fn applied<'d>(text: &str, edits: impl Iterator<Item = &'d Edit>) -> String {
    let mut edits: Vec<&Edit> = edits.collect();
    edits.sort_by_key(|edit| edit.span);
    let line_break = line_break_of(text);
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        changed.push_str(&text[at..edit.span.start]);
        changed.push_str(&edit.text.replace('\n', line_break));
        at = edit.span.end;
    }
    changed.push_str(&text[at..]);
    changed
}

/// How the first line of a text ends: edits write `\n`, and this takes its place.
pub fn line_break_of(text: &str) -> &'static str {
    match text.find(['\n', '\r']).map(|at| &text.as_bytes()[at..]) {
        Some([b'\r', b'\n', ..]) => "\r\n",
        Some([b'\r', ..]) => "\r",
        _ => "\n",
    }
}

fn counts<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for it in diagnostics {
        *counts.entry(it.rule).or_default() += 1;
    }
    counts
}

fn found(fixed: &Fixed) -> &[Diagnostic] {
    &fixed.checked.diagnostics
}

/// Whether any rule finds more than before.
pub fn grows<'d>(before: impl IntoIterator<Item = &'d Diagnostic>, after: &[Diagnostic]) -> bool {
    let known = counts(before);
    counts(after).iter().any(|(rule, count)| *count > known.get(rule).copied().unwrap_or(0))
}

/// Whether findings of a rule are gone that no fix took away: the one heading that is marked makes lines in title case
/// headings no more.
fn hides(before: &Fixed, after: &Fixed, rule: &str, all: &[Candidate<'_>], taken: &[Candidate<'_>]) -> bool {
    let count = |fixed: &Fixed| counts(found(fixed)).get(rule).copied().unwrap_or(0);
    let own = all.iter().filter(|it| it.rule == rule);
    let explained = own.filter(|it| taken.iter().any(|other| other.collides(it))).count();
    count(after) + explained < count(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.to_owned() }
    }

    #[test]
    fn inserted_lines_end_as_the_lines_of_the_article_do() {
        let edits = [edit(1, 1, "\nx\n")];
        assert_eq!(applied("ab\r\nc", edits.iter()), "a\r\nx\r\nb\r\nc");
        assert_eq!(applied("ab\rc", edits.iter()), "a\rx\rb\rc");
        assert_eq!(applied("ab", edits.iter()), "a\nx\nb");
    }

    #[test]
    fn neighbours_fit_together_and_one_place_is_changed_once() {
        assert!(!touch(&edit(0, 2, ""), &edit(2, 4, "")));
        assert!(touch(&edit(0, 3, ""), &edit(2, 4, "")));
        assert!(touch(&edit(2, 2, "a"), &edit(2, 2, "b")));
        assert!(touch(&edit(2, 2, "a"), &edit(2, 4, "")));
    }
}
