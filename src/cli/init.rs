//! `soreaid-lint init`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::{CLEAN, TROUBLE, complain, shown};
use crate::config::{Configurations, FILE_NAME};
use crate::discover::discover;
use crate::init::survey::Survey;
use crate::init::{SCHEMA_NAME, configuration, schema, summary};
use crate::overwrite;
use crate::render::terminal;

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// The folder of the articles [default: the current folder]
    folder: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

/// Looks at the articles of a folder, writes a configuration and a schema there, and says what was seen.
pub(super) fn init(arguments: &InitArguments) -> anyhow::Result<u8> {
    let folder = arguments.folder.as_deref().unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("{} is no folder; name the one that holds the articles", folder.display());
    }
    let targets = [folder.join(FILE_NAME), folder.join(SCHEMA_NAME)];
    if !arguments.force {
        refuse_to_replace(&targets)?;
    }
    // No other configuration holds for them once there is one in their folder.
    let found = discover(&[folder.to_owned()], &Configurations::isolated(Vec::new()));
    let mut survey = Survey::of(&found.articles);
    if !found.articles.is_empty() {
        survey.failures.extend(found.failures);
        survey.failures.sort();
    }
    for failure in &survey.failures {
        complain(&shown(failure));
    }
    if survey.all_articles() == 0 {
        bail!("{} holds no article that can be read: nothing was written", folder.display());
    }
    let texts = [configuration::text(&survey), schema::text(&survey)];
    // The schema first: a configuration must not name what is not there.
    for (path, text) in targets.iter().zip(&texts).rev() {
        overwrite::create(path, text).with_context(|| format!("failed to write {}", path.display()))?;
    }
    let mut out = io::stdout().lock();
    write!(out, "{}", summary::text(&survey))?;
    let [written, named] = targets.each_ref().map(|it| terminal::one_line(&it.display().to_string()));
    writeln!(out, "\nwritten: {written}, {named}")?;
    write!(out, "{}{}", next(folder), hidden(folder))?;
    Ok(if survey.failures.is_empty() { CLEAN } else { TROUBLE })
}

/// Of two configurations, only the nearest holds.
fn hidden(folder: &Path) -> String {
    let Ok(folder) = folder.canonicalize() else { return String::new() };
    let Some(steps) = folder.ancestors().skip(1).position(|it| it.join(FILE_NAME).is_file()) else {
        return String::new();
    };
    let up = "../".repeat(steps + 1);
    format!(
        "note: {FILE_NAME} further up holds there no more; `extends: {up}{FILE_NAME}` would take it over\n"
    )
}

fn refuse_to_replace(targets: &[PathBuf]) -> anyhow::Result<()> {
    // A link that leads to nothing is there as well.
    let there: Vec<String> = targets
        .iter()
        .filter(|it| it.symlink_metadata().is_ok())
        .map(|it| it.display().to_string())
        .collect();
    if there.is_empty() {
        return Ok(());
    }
    let verb = if there.len() == 1 { "is" } else { "are" };
    bail!(
        "{} {verb} there already: nothing was written; `--force` replaces what is there",
        there.join(" and ")
    )
}

fn next(folder: &Path) -> String {
    let place = if folder == Path::new(".") { String::new() } else { format!(" {}", folder.display()) };
    let place = terminal::one_line(&place);
    let place = if place.is_empty() { place } else { format!(" {place}") };
    format!(
        "next: read {FILE_NAME}, then run `soreaid-lint{place}`; \
         too much for one day? `soreaid-lint --write-baseline{place}` puts aside what there is\n"
    )
}
