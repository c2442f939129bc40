//! `--cache`: articles that have not changed are not checked again.

use std::path::PathBuf;

use clap::Args;

use super::complain;
use crate::cache::Cache;
use crate::engine::Engine;

#[derive(Debug, Args)]
pub(super) struct CacheArguments {
    /// Keep what is found in this folder, and check again only the articles that have changed
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,
}

/// The cache that was asked for.
pub(super) fn open(arguments: &CacheArguments, engine: &Engine) -> Option<Cache> {
    arguments.cache.as_deref().map(|folder| Cache::open(folder, engine.rules()))
}

/// What cannot be kept is found again the next time, so that this makes no run fail.
pub(super) fn close(cache: Option<Cache>) {
    if let Some(Err(error)) = cache.map(Cache::close) {
        complain(&format!("failed to write the cache: {error}"));
    }
}
