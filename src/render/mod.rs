//! How diagnostics leave the program. One file a format.

pub mod json;
