//! How diagnostics leave the program. One file a format; `terminal` keeps control characters off it.

pub mod html;
pub mod json;
pub mod pretty;
pub mod short;
pub mod terminal;
