//! Runs a program and says what it took: small itself, so that its own memory is none of the program's.
//!
//! ```sh
//! measured FIGURES PROGRAM [ARGUMENT…]
//! ```
//!
//! Writes to the file FIGURES: seconds by the clock, seconds of all processors, the largest resident set in KiB, status.

use std::env;
use std::error::Error;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let figures = arguments.next().ok_or("which file for the figures?")?;
    let program = arguments.next().ok_or("which program?")?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let status = command.status()?;
    let elapsed = begun.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    let status = status.code().unwrap_or(-1);
    fs::write(figures, format!("{elapsed:.6} {cpu:.6} {} {status}\n", usage.max_rss()))?;
    Ok(())
}

fn seconds(time: TimeVal) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "nothing here runs for millennia")]
    let microseconds = (time.tv_sec() * 1_000_000 + time.tv_usec()) as f64;
    microseconds / 1e6
}
