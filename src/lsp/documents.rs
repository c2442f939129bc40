//! The documents that a client has open: their text as edited, and how far checking them has come.

use std::path::PathBuf;
use std::time::Instant;

use lsp_server::RequestId;
use lsp_types::{CodeActionParams, HoverParams, TextDocumentContentChangeEvent, Uri};

use super::checks::Checked;
use super::position::{Encoding, Positions};

/// One open document.
pub(super) struct Document {
    /// As the client writes it.
    pub(super) uri: Uri,
    /// What messages and configuration know it by.
    pub(super) path: PathBuf,
    /// The client's count of its changes.
    pub(super) version: i32,
    /// All of it.
    pub(super) text: String,
    /// Whether it is checked.
    pub(super) is_article: bool,
    /// Unlike any other of this session: of another text, or of the same under another configuration.
    pub(super) revision: u64,
    /// When a check is to begin.
    pub(super) due: Option<Instant>,
    /// The revision that a worker looks at. There is one at a time, so that typing does not fill all threads.
    pub(super) running: Option<u64>,
    /// What came of the last check, and of which revision.
    pub(super) checked: Option<(u64, Checked)>,
    /// What was asked before the check that can answer it was done.
    pub(super) waiting: Vec<(RequestId, Question)>,
}

/// What is asked about the findings of a document.
pub(super) enum Question {
    /// What can be done about them.
    Actions(CodeActionParams),
    /// What there is to know about them.
    Hover(HoverParams),
}

impl Document {
    /// What a check found in the text as it is now; `None` while that is not known.
    pub(super) fn findings(&self) -> Option<&Checked> {
        let (revision, checked) = self.checked.as_ref()?;
        (*revision == self.revision).then_some(checked)
    }

    /// Applies the client's changes, each to what the one before it left.
    pub(super) fn apply(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change.range {
                None => self.text = change.text,
                Some(range) => {
                    let span = Positions::of(&self.text, encoding).span(range);
                    self.text.replace_range(span.range(), &change.text);
                }
            }
        }
    }
}
