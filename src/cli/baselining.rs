//! `--baseline`, `--write-baseline` and `--prune-baseline`.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::{CLEAN, CheckArguments, TROUBLE, complain, named_paths, shown};
use crate::baseline::{Baseline, Covered, FILE_NAME};
use crate::overwrite;
use crate::report::Report;

#[derive(Debug, Args)]
pub(super) struct BaselineArguments {
    /// Report only what this file does not know
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found to the baseline [default: soreaid-lint-baseline.json]
    #[arg(long, conflicts_with = "fixing")]
    pub(super) write_baseline: bool,
    /// Take out of the baseline what is not found any more
    #[arg(long, conflicts_with = "write_baseline")]
    pub(super) prune_baseline: bool,
}

impl BaselineArguments {
    fn path(&self) -> &Path {
        self.baseline.as_deref().unwrap_or(Path::new(FILE_NAME))
    }
}

/// The baseline that findings are held against; none where it is to be written.
pub(super) fn read(arguments: &BaselineArguments) -> anyhow::Result<Option<Baseline>> {
    let is_used = arguments.baseline.is_some() || arguments.prune_baseline;
    if !is_used || arguments.write_baseline {
        return Ok(None);
    }
    Ok(Some(Baseline::read(arguments.path())?))
}

/// What `--write-baseline` does, and its exit status.
pub(super) fn write(
    arguments: &CheckArguments,
    report: &Report,
    ran: &dyn Fn(&str) -> bool,
) -> anyhow::Result<u8> {
    let path = arguments.baselines.path();
    let baseline = if path.exists() { Baseline::read(path)? } else { Baseline::empty(path) };
    let named = named_paths(arguments);
    let covered = Covered { articles: &report.articles, named: &named, ran };
    save(path, &baseline.renewed(&report.diagnostics, &covered))?;
    complain(&format!("{} written to {}", findings(report), path.display()));
    for failure in &report.failures {
        complain(&shown(failure));
    }
    Ok(if report.failures.is_empty() { CLEAN } else { TROUBLE })
}

/// Says what the baseline knows and the run did not find, or takes it out.
pub(super) fn settle(
    arguments: &CheckArguments,
    mut baseline: Baseline,
    report: &Report,
    ran: &dyn Fn(&str) -> bool,
) -> anyhow::Result<()> {
    const SHOWN: usize = 3;
    let named = named_paths(arguments);
    let covered = Covered { articles: &report.articles, named: &named, ran };
    let stale = baseline.stale(&report.baselined, &covered);
    if stale.is_empty() {
        return Ok(());
    }
    let count: usize = stale.values().sum();
    let first: Vec<String> =
        stale.keys().take(SHOWN).map(|it| format!("{} in {}", it.rule, it.path)).collect();
    let more = if stale.len() > SHOWN { ", …" } else { "" };
    let path = arguments.baselines.path();
    let what = format!("{count} known to {}: {}{more}", path.display(), first.join(", "));
    if arguments.baselines.prune_baseline {
        baseline.prune(&stale);
        save(path, &baseline)?;
        complain(&format!("took out what is found no more of {what}"));
    } else {
        complain(&format!("found no more of {what}; --prune-baseline takes it out"));
    }
    Ok(())
}

fn findings(report: &Report) -> String {
    let count = report.diagnostics.len();
    format!("{count} finding{}", if count == 1 { "" } else { "s" })
}

fn save(path: &Path, baseline: &Baseline) -> anyhow::Result<()> {
    overwrite::create(path, &baseline.to_text())
        .with_context(|| format!("failed to write {}", path.display()))
}
