//! A summary that is unfolded when somebody asks for it: of articles of which none has changed, nobody does.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use borsh::BorshDeserialize;

use super::Summary;

/// The summary of an article, or the bytes that were kept of it.
#[derive(Debug)]
pub struct Folded {
    kept: Option<Kept>,
    summary: OnceLock<Option<Box<Summary>>>,
}

#[derive(Debug)]
struct Kept {
    article: PathBuf,
    file: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Folded {
    /// What stands in a part of a file that was read.
    pub fn kept(article: &Path, file: Arc<Vec<u8>>, range: Range<usize>) -> Self {
        Self { kept: Some(Kept { article: article.to_owned(), file, range }), summary: OnceLock::new() }
    }

    /// The summary; `None` where what was kept is none.
    pub fn summary(&self) -> Option<&Summary> {
        let unfolded = || self.kept.as_ref().and_then(Kept::unfolded).map(Box::new);
        self.summary.get_or_init(unfolded).as_deref()
    }
}

impl From<Summary> for Folded {
    fn from(summary: Summary) -> Self {
        Self { kept: None, summary: OnceLock::from(Some(Box::new(summary))) }
    }
}

impl Kept {
    fn unfolded(&self) -> Option<Summary> {
        let summary = Summary::try_from_slice(self.file.get(self.range.clone())?).ok()?;
        Some(summary.of_article(&self.article))
    }
}
