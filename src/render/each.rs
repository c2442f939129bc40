//! Lists of JSON values that are made one by one as they are written: a report on ten thousand articles is never in memory
//! as a whole.

use serde::{Serialize, Serializer};

/// What a function lists.
pub(super) struct Each<F>(pub(super) F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
