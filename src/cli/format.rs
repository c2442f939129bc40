//! The forms that findings can be written in.

use std::io::Write;

use clap::ValueEnum;

use super::{CheckArguments, colors};
use crate::render::{checkstyle, github, gitlab, html, json, junit, pretty, rdjson, sarif, short};
use crate::report::Report;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Pretty,
    Short,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjson,
    Html,
}

impl Format {
    /// What was asked for; where nobody says, annotations in the log of a GitHub job, else what people read.
    pub(super) fn of(arguments: &CheckArguments) -> Self {
        arguments.format.unwrap_or_else(|| {
            let in_job = std::env::var_os("GITHUB_ACTIONS").is_some_and(|it| it == "true");
            if in_job && arguments.output.is_none() { Self::Github } else { Self::Pretty }
        })
    }

    /// Whether it shows more of an article than its findings say.
    pub(super) fn quotes(self) -> bool {
        matches!(self, Self::Pretty | Self::Html | Self::Sarif | Self::Rdjson)
    }
}

/// Writes a report as it was asked for.
pub(super) fn render(arguments: &CheckArguments, report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    let format = Format::of(arguments);
    match format {
        Format::Pretty if arguments.quiet && report.diagnostics.is_empty() => {}
        Format::Pretty => pretty::write(report, colors(arguments), out)?,
        Format::Short => short::write(report, out)?,
        Format::Json => json::write(report, out)?,
        Format::Jsonl => json::write_lines(report, out)?,
        Format::Sarif => sarif::write(report, out)?,
        Format::Github => github::write(report, out)?,
        Format::Gitlab => gitlab::write(report, out)?,
        Format::Junit => junit::write(report, out)?,
        Format::Checkstyle => checkstyle::write(report, out)?,
        Format::Rdjson => rdjson::write(report, out)?,
        Format::Html => html::write(report, out)?,
    }
    let counts_fit = matches!(format, Format::Pretty | Format::Short | Format::Github);
    if arguments.statistics && counts_fit {
        for (rule, count) in report.statistics() {
            writeln!(out, "{count:6}  {rule}")?;
        }
    }
    Ok(())
}
