//! What a client can do, as it said when it began, and what this server can.

use gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, MarkupKind, SaveOptions, ServerCapabilities,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

use super::actions::FIX_ALL;
use super::position::Encoding;

/// What a client can do.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own in the protocol")]
pub(super) struct Abilities {
    /// What it counts columns in.
    pub(super) encoding: Encoding,
    /// Findings may point to other places.
    pub(super) related_information: bool,
    /// Edits may say which version of a document they are for.
    pub(super) versioned_edits: bool,
    /// Actions may hold their edits.
    pub(super) action_literals: bool,
    /// What is shown on a place may be Markdown.
    pub(super) markdown: bool,
    /// Files are watched on request.
    pub(super) watches_files: bool,
}

impl Abilities {
    /// What a client says of itself.
    pub(super) fn of(client: &ClientCapabilities) -> Self {
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let offered = client.general.as_ref().and_then(|it| it.position_encodings.as_deref());
        let formats = document.and_then(|it| it.hover.as_ref()?.content_format.as_deref());
        Self {
            encoding: Encoding::of(offered.unwrap_or_default()),
            related_information: document
                .and_then(|it| it.publish_diagnostics.as_ref()?.diagnostics_capabilities.related_information)
                .unwrap_or_default(),
            versioned_edits: workspace
                .and_then(|it| it.workspace_edit.as_ref()?.document_changes)
                .unwrap_or_default(),
            action_literals: document
                .and_then(|it| it.code_action.as_ref()?.code_action_literal_support.as_ref())
                .is_some(),
            markdown: formats.is_some_and(|it| it.contains(&MarkupKind::Markdown)),
            watches_files: workspace
                .and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or_default(),
        }
    }

    /// What this server can do for such a client.
    pub(super) fn offer(&self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(SaveOptions::default().into()),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix, FIX_ALL]),
            ..CodeActionOptions::default()
        };
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(true.into()),
        };
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(sync.into()),
            code_action_provider: Some(actions.into()),
            hover_provider: Some(true.into()),
            workspace: Some(WorkspaceOptions {
                workspace_folders: Some(folders),
                ..WorkspaceOptions::default()
            }),
            ..ServerCapabilities::default()
        }
    }
}
