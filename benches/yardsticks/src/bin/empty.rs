//! What a Rust program costs that does nothing.

fn main() {}
