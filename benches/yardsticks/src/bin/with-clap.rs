//! What a Rust program costs that reads its command line and does nothing.

use std::hint::black_box;
use std::path::PathBuf;

use clap::Parser;

/// Takes what a linter takes.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Files and folders
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long)]
    format: Option<String>,
    /// How many threads to use
    #[arg(long)]
    jobs: Option<usize>,
}

fn main() {
    let arguments = Arguments::parse();
    black_box((arguments.paths, arguments.format, arguments.jobs));
}
