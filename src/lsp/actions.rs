//! What can be done about findings: their fixes, all safe fixes at once, and comments that allow them.
//!
//! Only the findings of the very text that is open are acted on, and edits name its version. Fixes are applied together
//! as `--fix` does, and the line breaks of an article stay its own.

use std::collections::BTreeSet;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, Diagnostic as Shown,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    WorkspaceEdit,
};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::abilities::Abilities;
use super::allow;
use super::checks::{Checked, Checker};
use super::position::Positions;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::engine;
use crate::fix::{applied, fixed, grows, line_break_of};
use crate::source::Source;
use crate::span::Span;

/// All safe fixes of a document.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.soreaid-lint");

/// For how many findings something is offered: each is tried by a check, and nobody chooses from more.
const MOST_FINDINGS: usize = 16;

/// The actions for a range of a document that was checked.
pub(super) fn actions(article: &Checked, params: &CodeActionParams, checker: &Checker) -> Vec<CodeAction> {
    let abilities = checker.abilities();
    if !abilities.action_literals {
        return Vec::new();
    }
    let only = params.context.only.as_deref();
    let wants = |kind: &CodeActionKind| only.is_none_or(|only| only.iter().any(|it| is_kind_of(kind, it)));
    let positions = Positions::of(article.revision.source.text(), abilities.encoding);
    let workspace_edit = |edits: &[Edit]| workspace_edit(article, edits, &positions, abilities);
    let mut found = Vec::new();
    if wants(&CodeActionKind::QuickFix) {
        let here = article.findings.iter().filter(|(_, shown)| touch(shown.range, params.range));
        let here: Vec<&(Diagnostic, Shown)> = here.take(MOST_FINDINGS).collect();
        let quick = |title: String, edits: &[Edit], shown: &Shown| CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![shown.clone()]),
            edit: Some(workspace_edit(edits)),
            ..CodeAction::default()
        };
        for (finding, shown) in &here {
            for (index, fix) in
                finding.fixes.iter().enumerate().filter(|(_, fix)| helps(fix, article, checker))
            {
                let is_preferred = index == 0 && fix.applicability == Applicability::Safe;
                let action = quick(title(fix), &written(&fix.edits, article), shown);
                found.push(CodeAction { is_preferred: is_preferred.then_some(true), ..action });
            }
        }
        let mut offered = BTreeSet::new();
        for (finding, shown) in &here {
            let Some(comment) = allow::comment(article, finding, checker) else { continue };
            // Two findings of one rule in one block need one comment.
            if offered.insert((finding.rule, comment.edit.span)) {
                found.push(quick(comment.title, &[comment.edit], shown));
            }
        }
    }
    if wants(&FIX_ALL) {
        let edits = safe_edits(article, checker);
        if !edits.is_empty() {
            found.push(CodeAction {
                title: "Apply all safe fixes of soreaid-lint".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(workspace_edit(edits)),
                ..CodeAction::default()
            });
        }
    }
    found
}

/// What all safe fixes change together, as the command line applies them.
fn safe_edits<'c>(article: &'c Checked, checker: &Checker) -> &'c [Edit] {
    article.safe_edits.get_or_init(|| {
        let Some(settings) = &article.settings else { return Vec::new() };
        let diagnostics = article.findings.iter().map(|(it, _)| it.clone()).collect();
        let known = engine::Checked { diagnostics, ..engine::Checked::default() };
        let before = &article.revision.source;
        let source = Source::from_text(before.path(), before.text());
        // A pack that cannot be used was told of by the check.
        let fixed = fixed(source, known, Applicability::Safe, |it| checker.recheck(it, settings)).ok();
        fixed.map(|it| differences(before.text(), it.source.text())).unwrap_or_default()
    })
}

/// Whether nothing new is found where a fix is applied; `--fix` takes no other either.
fn helps(fix: &Fix, article: &Checked, checker: &Checker) -> bool {
    let Some(settings) = &article.settings else { return false };
    let before = &article.revision.source;
    let after = Source::from_text(before.path(), applied(before.text(), fix.edits.iter()));
    let known = article.findings.iter().map(|(it, _)| it);
    checker.recheck(&after, settings).is_ok_and(|after| !grows(known, &after.diagnostics))
}

/// The edits that make one text the other: whole lines, so that an editor keeps its marks and folds elsewhere.
fn differences(before: &str, after: &str) -> Vec<Edit> {
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let bytes = |lines: &[&str]| lines.iter().map(|it| it.len()).sum::<usize>();
    let mut at = 0;
    let mut edits = Vec::new();
    for operation in capture_diff_slices(Algorithm::Patience, &before, &after) {
        let (tag, old, new) = operation.as_tag_tuple();
        let span = Span::new(at, at + bytes(&before[old]));
        at = span.end;
        if tag != DiffTag::Equal {
            edits.push(Edit { span, text: after[new].concat() });
        }
    }
    edits
}

/// The edits of a fix with line breaks as the article has them.
fn written(edits: &[Edit], article: &Checked) -> Vec<Edit> {
    let line_break = line_break_of(article.revision.source.text());
    edits.iter().map(|it| Edit { span: it.span, text: it.text.replace('\n', line_break) }).collect()
}

fn workspace_edit(
    article: &Checked,
    edits: &[Edit],
    positions: &Positions<'_>,
    abilities: &Abilities,
) -> WorkspaceEdit {
    let edits = edits.iter().map(|it| TextEdit::new(positions.range(it.span), it.text.clone()));
    if abilities.versioned_edits {
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                text_document_identifier: TextDocumentIdentifier { uri: article.revision.uri.clone() },
                version: Some(article.revision.version),
            },
            edits: edits.map(Into::into).collect(),
        };
        return WorkspaceEdit { document_changes: Some(vec![edit.into()]), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit {
        changes: Some(std::iter::once((article.revision.uri.clone(), edits.collect())).collect()),
        ..WorkspaceEdit::default()
    }
}

fn title(fix: &Fix) -> String {
    let mut letters = fix.message.chars();
    let message: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    match fix.applicability {
        Applicability::Safe => message,
        Applicability::Unsafe => format!("{message} (unsafe: it changes what readers see)"),
    }
}

/// Kinds are words joined by dots, the more general first.
fn is_kind_of(kind: &CodeActionKind, general: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(general.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || general.as_str().is_empty())
}

/// Whether a caret at the end of one stands in the other.
fn touch(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(applicability: Applicability) -> Fix {
        Fix { message: "write x".to_owned(), applicability, edits: Vec::new() }
    }

    #[test]
    fn differences_make_one_text_the_other() {
        for (before, after) in
            [("a\r\nb\r\nc", "a\r\nB\r\nc\r\nd"), ("", "a\n"), ("a\nb\nc\n", "b\nc\n"), ("ä", "ö")]
        {
            let mut text = before.to_owned();
            for edit in differences(before, after).iter().rev() {
                text.replace_range(edit.span.range(), &edit.text);
            }
            assert_eq!(text, after);
        }
        assert_eq!(differences("a\nb\nc\n", "a\nB\nc\n").len(), 1);
    }

    #[test]
    fn a_title_says_whether_somebody_has_to_look() {
        assert_eq!(title(&fix(Applicability::Safe)), "Write x");
        assert!(title(&fix(Applicability::Unsafe)).contains("unsafe"));
    }

    #[test]
    fn general_kinds_hold_special_ones() {
        assert!(is_kind_of(&FIX_ALL, &CodeActionKind::SourceFixAll));
        assert!(is_kind_of(&FIX_ALL, &CodeActionKind::Empty));
        assert!(!is_kind_of(&CodeActionKind::QuickFix, &FIX_ALL));
    }
}
