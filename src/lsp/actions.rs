//! What can be done about findings: their fixes, all safe fixes at once, and comments that allow them.
//!
//! Only the findings of the very text that is open are acted on, and edits name its version.

use std::collections::BTreeSet;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::abilities::Abilities;
use super::allow;
use super::documents::Document;
use super::position::Positions;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::source::Source;

/// All safe fixes of a document.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.soreaid-lint");

/// For how many findings comments are offered: each takes a parse, and nobody chooses from more.
const MOST_ALLOWS: usize = 8;

/// The actions for a range of a document whose findings are known.
pub(super) fn actions(
    document: &Document,
    params: &CodeActionParams,
    abilities: &Abilities,
) -> Vec<CodeActionOrCommand> {
    let Some(checked) = document.findings().filter(|_| abilities.action_literals) else { return Vec::new() };
    let only = params.context.only.as_deref();
    let wants = |kind: &CodeActionKind| only.is_none_or(|only| only.iter().any(|it| is_kind_of(kind, it)));
    let positions = Positions::of(&document.text, abilities.encoding);
    let workspace_edit = |edits: &[Edit]| workspace_edit(document, edits, &positions, abilities);
    let mut found = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let here: Vec<_> =
            checked.findings.iter().filter(|(_, shown)| touch(shown.range, params.range)).collect();
        for (finding, shown) in &here {
            for (index, fix) in finding.fixes.iter().enumerate() {
                found.push(CodeAction {
                    title: title(fix),
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: Some(vec![shown.clone()]),
                    edit: Some(workspace_edit(&fix.edits)),
                    is_preferred: (index == 0 && fix.applicability == Applicability::Safe).then_some(true),
                    ..CodeAction::default()
                });
            }
        }
        if let Some(settings) = &checked.settings {
            let source = Source::from_text(&document.path, document.text.as_str());
            let mut offered = BTreeSet::new();
            for (finding, shown) in here.iter().take(MOST_ALLOWS) {
                let Some(comment) = allow::comment(&source, finding, settings) else { continue };
                // Two findings of one rule in one block need one comment.
                if offered.insert((finding.rule, comment.edit.span)) {
                    found.push(CodeAction {
                        title: comment.title,
                        kind: Some(CodeActionKind::QUICKFIX),
                        diagnostics: Some(vec![shown.clone()]),
                        edit: Some(workspace_edit(&[comment.edit])),
                        ..CodeAction::default()
                    });
                }
            }
        }
    }
    if wants(&FIX_ALL) {
        let edits = safe_edits(checked.findings.iter().filter_map(|(it, _)| it.fixes.first()));
        if !edits.is_empty() {
            found.push(CodeAction {
                title: "Apply all safe fixes of soreaid-lint".to_owned(),
                kind: Some(FIX_ALL),
                edit: Some(workspace_edit(&edits)),
                ..CodeAction::default()
            });
        }
    }
    found.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// The edits of all safe fixes that do not get in each other's way, in source order.
fn safe_edits<'f>(fixes: impl Iterator<Item = &'f Fix>) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    for fix in fixes.filter(|it| it.applicability == Applicability::Safe) {
        let collides = |edit: &Edit| {
            let same_place = |it: &Edit| it.span.overlaps(edit.span) || it.span.start == edit.span.start;
            taken.iter().any(same_place)
        };
        if !fix.edits.iter().any(collides) {
            taken.extend(fix.edits.iter().cloned());
        }
    }
    taken.sort_by_key(|it| it.span);
    taken
}

fn workspace_edit(
    document: &Document,
    edits: &[Edit],
    positions: &Positions<'_>,
    abilities: &Abilities,
) -> WorkspaceEdit {
    let edits = edits.iter().map(|it| TextEdit::new(positions.range(it.span), it.text.clone()));
    if abilities.versioned_edits {
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: document.uri.clone(),
                version: Some(document.version),
            },
            edits: edits.map(OneOf::Left).collect(),
        };
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![edit])),
            ..WorkspaceEdit::default()
        };
    }
    WorkspaceEdit {
        changes: Some(std::iter::once((document.uri.clone(), edits.collect())).collect()),
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
    use crate::span::Span;

    fn fix(applicability: Applicability, start: usize, end: usize) -> Fix {
        let edits = vec![Edit { span: Span::new(start, end), text: "x".to_owned() }];
        Fix { message: "write x".to_owned(), applicability, edits }
    }

    #[test]
    fn all_safe_fixes_do_not_overlap() {
        let fixes = [
            fix(Applicability::Safe, 4, 8),
            fix(Applicability::Unsafe, 0, 1),
            fix(Applicability::Safe, 6, 9),
            fix(Applicability::Safe, 8, 9),
            fix(Applicability::Safe, 2, 3),
            fix(Applicability::Safe, 2, 2),
        ];
        let starts: Vec<usize> = safe_edits(fixes.iter()).iter().map(|it| it.span.start).collect();
        assert_eq!(starts, [2, 4, 8]);
    }

    #[test]
    fn a_title_says_whether_somebody_has_to_look() {
        assert_eq!(title(&fix(Applicability::Safe, 0, 0)), "Write x");
        assert!(title(&fix(Applicability::Unsafe, 0, 0)).contains("unsafe"));
    }

    #[test]
    fn general_kinds_hold_special_ones() {
        assert!(is_kind_of(&FIX_ALL, &CodeActionKind::SOURCE_FIX_ALL));
        assert!(is_kind_of(&FIX_ALL, &CodeActionKind::EMPTY));
        assert!(!is_kind_of(&CodeActionKind::QUICKFIX, &FIX_ALL));
    }
}
