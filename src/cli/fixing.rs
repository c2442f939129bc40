//! `--fix`, `--unsafe-fixes` and `--diff`.

use std::io::{self, IsTerminal};

use clap::Args;

use super::{
    CLEAN, CheckArguments, FINDINGS, TROUBLE, complain, named_paths, output, reads_standard_input, shown,
};
use crate::diagnostic::Applicability;
use crate::overwrite::Territory;
use crate::render::diff;
use crate::report::Report;
use crate::run::{Effect, Fixing};

#[derive(Debug, Args)]
pub(super) struct FixArguments {
    /// Apply the fixes that keep every word that readers see
    #[arg(long, group = "fixing")]
    pub(super) fix: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, group = "fixing")]
    pub(super) diff: bool,
    /// With --fix or --diff: also remove or change what readers see
    #[arg(long, requires = "fixing")]
    pub(super) unsafe_fixes: bool,
}

/// What is to be fixed, if anything.
pub(super) fn wanted(arguments: &CheckArguments) -> Option<Fixing> {
    let boldest = if arguments.fixes.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let territory = || Territory::around(&named_paths(arguments));
    let effect = match (arguments.fixes.fix, arguments.fixes.diff) {
        (false, false) => return None,
        _ if reads_standard_input(arguments) => Effect::Returned,
        (true, _) => Effect::Written(territory()),
        (false, true) => Effect::Shown(territory()),
    };
    Some(Fixing { boldest, effect })
}

/// What `--diff` writes, and its exit status: 1 where something would change.
pub(super) fn show_changes(arguments: &CheckArguments, report: &Report) -> anyhow::Result<u8> {
    let target = if arguments.output.is_none() && io::stdout().is_terminal() {
        diff::Target::Terminal
    } else {
        diff::Target::Program
    };
    let mut out = output(arguments)?;
    diff::write(&report.changes, target, &mut *out)?;
    out.flush()?;
    for failure in &report.failures {
        complain(&shown(failure));
    }
    Ok(match (report.failures.is_empty(), report.changes.is_empty()) {
        (false, _) => TROUBLE,
        (true, false) => FINDINGS,
        (true, true) => CLEAN,
    })
}
