//! What is kept of one article, as bytes.

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;

use crate::citation::Citation;
use crate::diagnostic::{Diagnostic, Fix, Place, Second};
use crate::engine::Checked;
use crate::library::Summary;
use crate::rules::rule;
use crate::severity::Severity;
use crate::source::Source;
use crate::surroundings::Answers;

/// A diagnostic without its path: rule, severity, place, message, label, labels, notes, help, sources, fixes, fingerprint.
type Row = (
    String,
    Severity,
    Place,
    String,
    String,
    Vec<Second>,
    Vec<String>,
    Option<String>,
    Vec<Citation>,
    Vec<Fix>,
    String,
);

/// What was found in an article that others will be held against; `None` where it may be otherwise the next time though
/// nothing that is known has changed.
pub(super) fn written(checked: &Checked) -> Option<Vec<u8>> {
    let (answers, summary) = (checked.answers.as_ref()?, checked.summary.as_deref()?);
    let mut bytes = Vec::new();
    (answers, summary, checked.suppressed, checked.diagnostics.len()).serialize(&mut bytes).ok()?;
    for it in &checked.diagnostics {
        let place = (it.rule, it.severity, &it.place, &it.message, &it.label, &it.labels);
        let rest = (&it.notes, &it.help, &it.sources, &it.fixes, &it.fingerprint);
        (place, rest).serialize(&mut bytes).ok()?;
    }
    Some(bytes)
}

/// What [`written`] wrote; `None` where it is not about this text, or rests on what is no longer so.
pub(super) fn read(mut bytes: &[u8], source: &Source, today: Date) -> Option<Checked> {
    let rest = &mut bytes;
    let answers = Answers::deserialize(rest).ok().filter(|it| it.still_hold(source.path(), today))?;
    let summary = Summary::deserialize(rest).ok()?.of_article(source.path());
    let suppressed = usize::deserialize(rest).ok()?;
    let count = usize::deserialize(rest).ok()?;
    let diagnostics = (0..count).map(|_| diagnostic(rest, source)).collect::<Option<Vec<Diagnostic>>>()?;
    let fits = summary.quotes.are_of(source) && rest.is_empty();
    fits.then(|| Checked {
        diagnostics,
        suppressed,
        baselined: Vec::new(),
        summary: Some(Box::new(summary)),
        answers: Some(answers),
    })
}

fn diagnostic(bytes: &mut &[u8], source: &Source) -> Option<Diagnostic> {
    let (id, severity, place, message, label, labels, notes, help, sources, fixes, fingerprint) =
        Row::deserialize(bytes).ok()?;
    let spans = labels.iter().map(|it| it.place.span);
    let edited = fixes.iter().flat_map(|it: &Fix| &it.edits).map(|it| it.span);
    let fits = spans.chain(edited).chain([place.span]).all(|span| source.holds(span));
    let path = source.path().to_owned();
    let rule = rule(&id).filter(|_| fits)?.id;
    Some(Diagnostic {
        rule,
        severity,
        path,
        place,
        message,
        label,
        labels,
        notes,
        help,
        sources,
        fixes,
        fingerprint,
    })
}
