//! What is kept of articles, as bytes.

use std::path::{Path, PathBuf};

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;

use super::store::Piece;
use crate::citation::Citation;
use crate::diagnostic::{Diagnostic, Fix, Place, Second};
use crate::engine::Checked;
use crate::library::Folded;
use crate::rules::rule;
use crate::severity::Severity;
use crate::source::Source;
use crate::span::Span;
use crate::surroundings::Answers;

/// A diagnostic without its path: rule, severity, place, message, label, labels, notes, help, sources, fixes, fingerprint.
type Row = (
    String,
    Severity,
    Place,
    String,
    String,
    Vec<SecondRow>,
    Vec<String>,
    Option<String>,
    Vec<Citation>,
    Vec<Fix>,
    String,
);

/// A second place: the other article that it is in, place, message.
type SecondRow = (Option<String>, Place, String);

/// What was found in an article that others will be held against; `None` where it may be otherwise the next time though
/// nothing that is known has changed.
pub(super) fn written(checked: &Checked) -> Option<Vec<u8>> {
    let (answers, summary) = (checked.answers.as_ref()?, checked.summary.as_ref()?.summary()?);
    let mut bytes = Vec::new();
    answers.serialize(&mut bytes).ok()?;
    write(checked, &mut bytes)?;
    summary.serialize(&mut bytes).ok()?;
    Some(bytes)
}

/// What [`written`] wrote of an article with this path; `None` where it rests on what is no longer so.
pub(super) fn read(piece: &Piece, article: &Path, today: Date) -> Option<Checked> {
    let mut rest = piece.bytes();
    let answers = Answers::deserialize(&mut rest).ok().filter(|it| it.still_hold(article, today))?;
    let found = findings(&mut rest, article)?;
    let summary = Folded::kept(article, piece.file(), piece.last(rest.len()));
    Some(Checked { summary: Some(summary), answers: Some(answers), ..found })
}

/// Whether all that was found in an article lies within this text of it.
pub(super) fn lies_within(checked: &Checked, source: &Source) -> bool {
    checked.diagnostics.iter().flat_map(spans_within).all(|span| source.holds(span))
}

/// What was found when some articles were held against each other, by their places among them.
pub(super) fn written_across(found: &[(usize, Checked)]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    found.len().serialize(&mut bytes).ok()?;
    for (at, checked) in found {
        at.serialize(&mut bytes).ok()?;
        write(checked, &mut bytes)?;
    }
    Some(bytes)
}

/// What [`written_across`] wrote of articles with these paths.
pub(super) fn read_across(piece: &Piece, articles: &[&Path]) -> Option<Vec<(usize, Checked)>> {
    let mut rest = piece.bytes();
    let count = usize::deserialize(&mut rest).ok()?;
    (0..count)
        .map(|_| {
            let at = usize::deserialize(&mut rest).ok()?;
            Some((at, findings(&mut rest, articles.get(at)?)?))
        })
        .collect()
}

fn write(checked: &Checked, bytes: &mut Vec<u8>) -> Option<()> {
    (checked.suppressed, checked.diagnostics.len()).serialize(bytes).ok()?;
    for it in &checked.diagnostics {
        let paths = it.labels.iter().map(|it| it.path.as_deref().map(Path::to_str));
        if paths.clone().any(|path| path == Some(None)) {
            return None;
        }
        let seconds = it.labels.iter().zip(paths.map(Option::flatten));
        let seconds: Vec<_> = seconds.map(|(it, path)| (path, it.place, it.message.as_str())).collect();
        let place = (it.rule, it.severity, &it.place, &it.message, &it.label, seconds);
        let rest = (&it.notes, &it.help, &it.sources, &it.fixes, &it.fingerprint);
        (place, rest).serialize(bytes).ok()?;
    }
    Some(())
}

fn findings(bytes: &mut &[u8], article: &Path) -> Option<Checked> {
    let suppressed = usize::deserialize(bytes).ok()?;
    let count = usize::deserialize(bytes).ok()?;
    let diagnostics = (0..count).map(|_| diagnostic(bytes, article)).collect::<Option<Vec<Diagnostic>>>()?;
    Some(Checked { diagnostics, suppressed, ..Checked::default() })
}

fn diagnostic(bytes: &mut &[u8], article: &Path) -> Option<Diagnostic> {
    let (id, severity, place, message, label, labels, notes, help, sources, fixes, fingerprint) =
        Row::deserialize(bytes).ok()?;
    let second = |(path, place, message): SecondRow| Second { path: path.map(PathBuf::from), place, message };
    Some(Diagnostic {
        rule: rule(&id)?.id,
        severity,
        path: article.to_owned(),
        place,
        message,
        label,
        labels: labels.into_iter().map(second).collect(),
        notes,
        help,
        sources,
        fixes,
        fingerprint,
    })
}

/// All spans of a diagnostic in its own article.
fn spans_within(it: &Diagnostic) -> impl Iterator<Item = Span> {
    let edited = it.fixes.iter().flat_map(|it| &it.edits).map(|it| it.span);
    it.labels_within().map(|it| it.place.span).chain(edited).chain([it.place.span])
}
