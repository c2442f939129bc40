//! The documents that a client has open: their text as edited, how far checking them has come, and what is asked of them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use gen_lsp_types::{CodeActionParams, HoverParams, TextDocumentContentChangeEvent, Uri};
use lsp_server::RequestId;

use super::checks::{Checked, Revision};
use super::position::{Encoding, Positions};
use crate::source::Source;

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
    /// What came of the last check.
    pub(super) checked: Option<Arc<Checked>>,
    /// What is asked of the text as it is now, and not answered yet.
    pub(super) asked: Vec<(RequestId, Question)>,
}

/// What is asked about the findings of a document.
#[derive(Clone)]
pub(super) enum Question {
    /// What can be done about them.
    Actions(CodeActionParams),
    /// What there is to know about them.
    Hover(HoverParams),
}

impl Document {
    /// What a worker gets to look at.
    pub(super) fn snapshot(&self) -> Revision {
        Revision {
            uri: self.uri.clone(),
            number: self.revision,
            version: self.version,
            source: Source::from_text(&self.path, self.text.as_str()),
        }
    }

    /// What a check found in the text as it is now; `None` while that is not known.
    pub(super) fn findings(&self) -> Option<&Arc<Checked>> {
        self.checked.as_ref().filter(|it| it.revision.number == self.revision)
    }

    /// Applies the client's changes, each to what the one before it left.
    pub(super) fn apply(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(it) => {
                    self.text = it.text;
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(it) => {
                    let span = Positions::of(&self.text, encoding).span(it.range);
                    self.text.replace_range(span.range(), &it.text);
                }
            }
        }
    }
}
