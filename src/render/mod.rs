//! How diagnostics leave the program. One file a format; `terminal` keeps control characters off it, `xml` writes what
//! XML can hold; `address` writes paths and `account` all that is said about a finding, for other programs.

pub mod account;
pub mod address;
pub mod checkstyle;
pub mod diff;
mod each;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod pretty;
pub mod rdjson;
pub mod sarif;
pub mod short;
pub mod terminal;
pub mod xml;
