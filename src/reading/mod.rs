//! What the words of a block say: amounts, typed and in one unit each.

pub mod amount;
