//! The command line (minimal; replaced on merge).
#![expect(clippy::print_stdout, reason = "stand-in")]

use std::path::Path;
use std::process::ExitCode;

use crate::config::{Locale, Settings};
use crate::engine::Engine;
use crate::knowledge::Knowledge;
use crate::source::Source;

/// Runs the program.
pub fn main() -> ExitCode {
    let engine = Engine::new(Knowledge::bundled(), |_| true);
    let settings = Settings::new(jiff::civil::date(2026, 11, 23));
    let mut all = Vec::new();
    let mut files = 0;
    for path in std::env::args().skip(1).filter(|it| Path::new(it).exists()) {
        for entry in ignore::WalkBuilder::new(path).sort_by_file_path(Path::cmp).build().flatten() {
            if entry.path().extension().is_none_or(|it| it != "md") {
                continue;
            }
            let mut settings = settings.clone();
            let folder =
                entry.path().parent().and_then(Path::file_name).and_then(|it| it.to_str()).unwrap_or("");
            settings.locale = serde_json::from_value::<Locale>(folder.into()).ok();
            if let Ok(source) = Source::read(entry.path()) {
                files += 1;
                all.extend(
                    engine.check(&source, &settings).diagnostics.iter().map(crate::render::json::diagnostic),
                );
            }
        }
    }
    println!("{}", serde_json::json!({ "version": 1, "summary": { "files": files }, "diagnostics": all }));
    ExitCode::SUCCESS
}
