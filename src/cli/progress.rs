//! How far a long run is, on a terminal.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget};

/// A bar on standard error, for a terminal and a run that takes longer than half a second.
pub(super) struct Progress {
    bar: ProgressBar,
    total: usize,
    done: AtomicUsize,
    begun: Instant,
}

impl Progress {
    pub(super) fn new(total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        Self { bar, total, done: AtomicUsize::new(0), begun: Instant::now() }
    }

    pub(super) fn step(&self) {
        const PATIENCE: Duration = Duration::from_millis(500);
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(16) && self.begun.elapsed() > PATIENCE && io::stderr().is_terminal() {
            if self.bar.is_hidden() {
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar.set_position(done.min(self.total) as u64);
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
