//! The command line: what was typed, what is done, and the exit status.

mod baselining;
mod caching;
mod fixing;
mod format;
mod init;
mod progress;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::bundled;
use crate::clock::days_since_1970;
use crate::config::{Configurations, FailOn, RuleShape};
use crate::diagnostic::Applicability;
use crate::discover::discover;
use crate::engine::Engine;
use crate::examples::{self, Fault};
use crate::explain;
use crate::knowledge::Knowledge;
use crate::lsp;
use crate::overwrite;
use crate::render::pretty::{self, Colors};
use crate::render::terminal;
use crate::report::{Failure, Report};
use crate::rule::Rule;
use crate::rules::{RULES, rule};
use crate::run::Run;
use crate::severity::Severity;
use crate::source::Source;
use crate::spelling::suggestion;
use baselining::BaselineArguments;
use caching::CacheArguments;
use fixing::FixArguments;
use format::{Format, render};
use init::InitArguments;
use progress::Progress;

/// Checks wellness articles in Markdown for what could harm or mislead a reader.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    after_help = "exit status: 0 nothing to report, 1 findings, 2 something could not be done"
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: CheckArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check files and folders (what happens without a command, too)
    Check(Box<CheckArguments>),
    /// Say what a rule flags and why, or what is published on a remedy, a red flag, a claim or a caution
    Explain {
        /// The rule, or an entry of the packs: `ice-pack`
        name: String,
    },
    /// List every rule
    Rules,
    /// Run the examples that packs carry
    Test {
        /// Packs to test together with the bundled ones
        packs: Vec<PathBuf>,
    },
    /// Serve an editor: a language server on standard input and output
    Lsp(LspArguments),
    /// Look at the articles of a folder, and write a first configuration and schema for them
    Init(InitArguments),
    /// Write completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page
    Man {
        /// Write the pages of all commands to this folder instead
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// Files and folders; `-` reads standard input [default: the current folder]
    paths: Vec<PathBuf>,
    /// How findings are written [default: pretty; github in a job of GitHub Actions]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write findings to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Run only these rules
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    rule: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    skip: Vec<String>,
    /// Use this configuration for every file
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    isolated: bool,
    /// From which severity on findings make the exit status 1 [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOnArgument>,
    /// Exit with 1 when there are more warnings than this
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
    /// Write errors alone, and no summary
    #[arg(long, short)]
    quiet: bool,
    /// Count findings by rule
    #[arg(long)]
    statistics: bool,
    /// Whether to use colours
    #[arg(long, value_enum, default_value_t = ColorArgument::Auto)]
    color: ColorArgument,
    /// The day that date rules take for today
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// How many threads to use
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// The name of what standard input holds
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    cache: CacheArguments,
    #[command(flatten)]
    fixes: FixArguments,
    #[command(flatten)]
    baselines: BaselineArguments,
}

#[derive(Debug, Args)]
struct LspArguments {
    /// The day that date rules take for today
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Show only what this file does not know
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// What some clients say; there is nothing else
    #[arg(long, hide = true)]
    stdio: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorArgument {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOnArgument {
    Error,
    Warning,
    Note,
    Never,
}

impl From<FailOnArgument> for FailOn {
    fn from(it: FailOnArgument) -> Self {
        match it {
            FailOnArgument::Error => Self::Error,
            FailOnArgument::Warning => Self::Warning,
            FailOnArgument::Note => Self::Note,
            FailOnArgument::Never => Self::Never,
        }
    }
}

const CLEAN: u8 = 0;
const FINDINGS: u8 = 1;
const TROUBLE: u8 = 2;

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        None => check(&arguments.check),
        Some(Command::Check(check_arguments)) => check(&check_arguments),
        Some(Command::Explain { name }) => explain(&name),
        Some(Command::Rules) => list_rules(),
        Some(Command::Test { packs }) => test(&packs),
        Some(Command::Lsp(arguments)) => serve(arguments),
        Some(Command::Init(init_arguments)) => init::init(&init_arguments),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut Arguments::command(), "soreaid-lint", &mut io::stdout());
            Ok(CLEAN)
        }
        Some(Command::Man { folder }) => manual(folder.as_deref()),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(TROUBLE)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let direct = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        direct == Some(io::ErrorKind::BrokenPipe) || cause.to_string().contains("Broken pipe")
    })
}

fn manual(folder: Option<&Path>) -> anyhow::Result<u8> {
    if let Some(folder) = folder {
        clap_mangen::generate_to(Arguments::command(), folder)
            .with_context(|| format!("failed to write to {}", folder.display()))?;
    } else {
        let program = Arguments::command().disable_help_subcommand(true);
        clap_mangen::Man::new(program).render(&mut io::stdout().lock())?;
    }
    Ok(CLEAN)
}

#[expect(clippy::print_stderr, reason = "this is the command line")]
fn complain(message: &str) {
    eprintln!("soreaid-lint: {}", terminal::safe(message));
}

fn check(arguments: &CheckArguments) -> anyhow::Result<u8> {
    let selected = |rule: &Rule| {
        let named = |ids: &[String]| ids.iter().any(|id| id == rule.id);
        (arguments.rule.is_empty() || named(&arguments.rule)) && !named(&arguments.skip)
    };
    for id in arguments.rule.iter().chain(&arguments.skip) {
        if rule(id).is_none() {
            bail!("no rule is called `{id}`{}", suggestion(id, RULES.iter().map(|it| it.id)));
        }
    }
    if let Some(jobs) = arguments.jobs.filter(|&jobs| jobs > 0) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        pool.context("failed to start threads")?;
    }
    let shapes: Vec<RuleShape> = RULES.iter().map(|rule| rule.shape()).collect();
    let configurations = match &arguments.config {
        Some(path) => Configurations::fixed(path, shapes),
        None if arguments.isolated => Configurations::isolated(shapes),
        None => Configurations::nearest(shapes),
    };
    let baseline = baselining::read(&arguments.baselines)?;
    let engine = Engine::new(bundled::knowledge, selected);
    let cache = caching::open(&arguments.cache, &engine);
    let today = arguments.today.unwrap_or_else(today_by_the_clock);
    let run = Run {
        engine: &engine,
        configurations: &configurations,
        today,
        baseline: baseline.as_ref(),
        cache: cache.as_ref(),
        fixing: fixing::wanted(arguments),
        keeps_texts: Format::of(arguments).quotes(),
    };
    let mut report = if reads_standard_input(arguments) {
        check_standard_input(arguments, &run)?
    } else {
        check_paths(arguments, &run)
    };
    caching::close(cache);
    if arguments.fixes.diff {
        return fixing::show_changes(arguments, &report);
    }
    // Of a few articles, or without one of them, it cannot be said that what stood against others is gone.
    let sees_others = report.failures.is_empty() && named_paths(arguments).iter().any(|it| it.is_dir());
    // A rule that is none any more finds nothing.
    let ran = |id: &str| rule(id).is_none_or(|rule| selected(rule) && (sees_others || rule.across.is_none()));
    if arguments.baselines.write_baseline {
        return baselining::write(arguments, &report, &ran);
    }
    let failing = match arguments.fail_on {
        None => report.failing.values().sum::<usize>(),
        Some(fail_on) => {
            let fail_on = FailOn::from(fail_on);
            report.diagnostics.iter().filter(|it| fail_on.is_reached_by(it.severity)).count()
        }
    };
    let warnings = report.count(Severity::Warning);
    let too_many = arguments.max_warnings.is_some_and(|most| warnings > most);
    if arguments.quiet {
        report.diagnostics.retain(|it| it.severity == Severity::Error);
    }
    write_report(arguments, &report)?;
    if let Some(baseline) = baseline {
        baselining::settle(arguments, baseline, &report, &ran)?;
    }
    if arguments.format == Some(Format::Short) && report.fixed() > 0 {
        complain(&pretty::fixed(&report));
    }
    for failure in &report.failures {
        complain(&shown(failure));
    }
    let status = match (report.failures.is_empty(), failing > 0 || too_many) {
        (false, _) => TROUBLE,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    };
    // The program ends here: to take all of this apart first would only cost time.
    std::mem::forget((report, engine));
    Ok(status)
}

/// The day in UTC: a review that is due is so by a day more or less.
fn today_by_the_clock() -> Date {
    let epoch = date(1970, 1, 1);
    epoch.checked_add(i64::from(days_since_1970()).days()).unwrap_or(epoch)
}

fn shown(failure: &Failure) -> String {
    // The log of a job reads lines as commands, and a name may hold line breaks.
    let path = terminal::one_line(&failure.path.display().to_string());
    match failure.position {
        Some(at) => format!("{path}:{}:{}: {}", at.line, at.column, failure.message),
        None => format!("{path}: {}", failure.message),
    }
}

fn check_standard_input(arguments: &CheckArguments, run: &Run<'_>) -> anyhow::Result<Report> {
    if arguments.paths.len() > 1 {
        bail!("`-` stands alone: standard input is one article");
    }
    let name = arguments.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin.md"));
    let source = Source::read_standard_input(&name).context("failed to read standard input")?;
    let text = source.text().to_owned();
    let report = run.check_source(source);
    if arguments.fixes.fix {
        let fixed = report.changes.first().map_or(&text, |change| &change.after);
        io::stdout().lock().write_all(fixed.as_bytes())?;
    }
    Ok(report)
}

fn reads_standard_input(arguments: &CheckArguments) -> bool {
    arguments.paths.iter().any(|path| path == Path::new("-"))
}

fn named_paths(arguments: &CheckArguments) -> Vec<PathBuf> {
    if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() }
}

fn check_paths(arguments: &CheckArguments, run: &Run<'_>) -> Report {
    let found = discover(&named_paths(arguments), run.configurations);
    let progress = Progress::new(found.articles.len());
    let mut report = run.check_files(&found.articles, || progress.step());
    progress.finish();
    report.failures.extend(found.failures);
    report.failures.sort();
    report
}

fn write_report(arguments: &CheckArguments, report: &Report) -> anyhow::Result<()> {
    deliver(arguments, |out| render(arguments, report, out))
}

/// Hands findings out: to a file, all of them or nothing; else to standard output, but to standard error where the other
/// holds a fixed article.
fn deliver(
    arguments: &CheckArguments,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if let Some(path) = &arguments.output {
        let mut report = Vec::new();
        write(&mut report)?;
        return overwrite::create(path, &report)
            .with_context(|| format!("failed to write {}", path.display()));
    }
    let mut out: Box<dyn Write> = if arguments.fixes.fix && reads_standard_input(arguments) {
        Box::new(io::stderr().lock())
    } else {
        Box::new(BufWriter::new(io::stdout().lock()))
    };
    write(&mut *out)?;
    out.flush()?;
    Ok(())
}

fn colors(arguments: &CheckArguments) -> Colors {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    let on_terminal = arguments.output.is_none() && io::stdout().is_terminal() && !refused;
    match arguments.color {
        ColorArgument::Always => Colors::Ansi,
        ColorArgument::Auto if on_terminal => Colors::Ansi,
        _ => Colors::None,
    }
}

fn explain(name: &str) -> anyhow::Result<u8> {
    let packs = bundled::packs();
    let Some(text) = explain::named(&packs, name) else {
        bail!("nothing is called `{name}`{}", suggestion(name, explain::names(&packs)));
    };
    write!(io::stdout().lock(), "{text}")?;
    Ok(CLEAN)
}

fn test(paths: &[PathBuf]) -> anyhow::Result<u8> {
    let read = |path: &PathBuf| Source::read(path).with_context(|| path.display().to_string());
    let sources = paths.iter().map(read).collect::<anyhow::Result<Vec<Source>>>()?;
    let more = paths.iter().map(PathBuf::as_path).zip(sources.iter().map(Source::text));
    let packs = bundled::extended(more)?;
    let knowledge = Knowledge::compile(packs.clone())?;
    let engine = Engine::new(|| knowledge, |_| true);
    let (count, broken) = examples::run(&packs, &engine, today_by_the_clock());
    let mut out = io::stdout().lock();
    for it in &broken {
        let fault = match it.fault {
            Fault::Missing => "missing",
            Fault::Noisy => "noisy",
        };
        writeln!(out, "{fault}: {}: {}: {}", it.entry, it.rule, terminal::one_line(&it.text))?;
    }
    writeln!(out, "{count} examples, {} broken", broken.len())?;
    Ok(if broken.is_empty() { CLEAN } else { FINDINGS })
}

fn serve(arguments: LspArguments) -> anyhow::Result<u8> {
    let LspArguments { today, baseline, .. } = arguments;
    let today = Box::new(move || today.unwrap_or_else(today_by_the_clock));
    let ending = lsp::serve(lsp::Options { today, baseline });
    Ok(if ending.context("failed to start threads")? == lsp::Ending::Orderly { CLEAN } else { FINDINGS })
}

fn list_rules() -> anyhow::Result<u8> {
    let mut out = io::stdout().lock();
    for rule in RULES {
        let fix = match rule.fix {
            Some(Applicability::Safe) => "fix",
            Some(Applicability::Unsafe) => "unsafe fix",
            None => "",
        };
        writeln!(out, "{:28} {:8} {:10} {}", rule.id, rule.severity, fix, rule.summary)?;
    }
    Ok(CLEAN)
}
