//! Faults while the program writes: it is killed, the disk is full, permission goes, files change under its hands. No
//! article is lost or half written, and the exit status tells.
//!
//! What a machine does not permit (a file system of one's own) is skipped, and that is said.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test may read files")]

mod program;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use program::{PROGRAM, folder, status, text};

/// How many articles there are to fix.
const COUNT: usize = 1000;
/// What somebody else writes in the meantime.
const THEIRS: &str = "\nWritten by somebody else.\n";

/// Says what could not be tried here.
#[expect(clippy::print_stderr, reason = "whoever reads the log has to know what was not tried")]
fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}

/// An article with one fix to make, and what comes of it.
fn before_and_after(number: usize) -> (String, String) {
    let written = |line: &str| {
        format!(
            "---\ntitle: Boots {number}\n---\n\n# Boots\n\n{line}\n\nGo in the afternoon, in the socks that you will wear.\n"
        )
    };
    (written("**How to try them on**"), written("## How to try them on"))
}

fn path_of(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:04}.md"))
}

fn articles() -> TempDir {
    let place = folder(&[]);
    for number in 0..COUNT {
        fs::write(path_of(place.path(), number), before_and_after(number).0).expect("a file");
    }
    place
}

fn fixing(program: &mut Command, folder: &Path) -> Child {
    program
        .current_dir(folder)
        .args(["--fix", "--isolated", "--fail-on", "never", "--format", "short", "."])
        .env_remove("GITHUB_ACTIONS")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

/// Waits until an article is fixed, or the program has ended.
fn wait_for(folder: &Path, number: usize, child: &mut Child) {
    let (_, after) = before_and_after(number);
    while child.try_wait().expect("a child").is_none() {
        if fs::read_to_string(path_of(folder, number)).is_ok_and(|it| it == after) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// Asserts that every article is as it was or as it is to be, and says how many are fixed.
fn count_fixed(folder: &Path) -> usize {
    let is_fixed = |number: &usize| {
        let (before, after) = before_and_after(*number);
        let now = fs::read_to_string(path_of(folder, *number)).expect("an article");
        assert!(now == before || now == after, "article {number} holds {now:?}");
        now == after
    };
    (0..COUNT).filter(is_fixed).count()
}

/// What lies in a folder beside articles and is not hidden.
fn strangers(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path());
    let is_hidden = |it: &Path| it.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    paths.filter(|it| !is_hidden(it) && it.extension().is_none_or(|ending| ending != "md")).collect()
}

#[test]
fn a_killed_run_leaves_whole_articles_and_the_next_one_ends_the_work() {
    let place = articles();
    let mut known = 0;
    for moment in [0, 300, 700, 999] {
        let mut child = fixing(&mut Command::new(PROGRAM), place.path());
        wait_for(place.path(), moment, &mut child);
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        let fixed = count_fixed(place.path());
        assert!(fixed >= known, "{fixed} are fixed, and {known} were");
        known = fixed;
        assert_eq!(strangers(place.path()), Vec::<PathBuf>::new());
    }
    let output = fixing(&mut Command::new(PROGRAM), place.path()).wait_with_output().expect("it ends");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(count_fixed(place.path()), COUNT);
}

#[test]
fn articles_that_change_go_or_become_links_meanwhile_are_left_to_whoever_did_it() {
    let outside = folder(&[("theirs.md", &before_and_after(0).0)]);
    let theirs = outside.path().join("theirs.md");
    let place = articles();
    let mut program = Command::new(PROGRAM);
    // In order, so that the last ones are not reached yet.
    let mut child = fixing(program.args(["--jobs", "1"]), place.path());
    wait_for(place.path(), 10, &mut child);
    for number in 900..COUNT {
        let path = path_of(place.path(), number);
        match number % 3 {
            0 => fs::write(&path, before_and_after(number).0 + THEIRS).expect("a file"),
            1 => fs::remove_file(&path).expect("a file"),
            _ => {
                fs::remove_file(&path).expect("a file");
                symlink(&theirs, &path).expect("a link");
            }
        }
    }
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(status(&output), 2, "{}", text(&output.stderr));
    let complaints = text(&output.stderr);
    for number in 0..COUNT {
        let path = path_of(place.path(), number);
        let (before, after) = before_and_after(number);
        let name = format!("{number:04}.md");
        match (number >= 900, number % 3) {
            (true, 0) => assert_eq!(fs::read_to_string(path).expect("a file"), after + THEIRS),
            (true, 1) => assert!(!path.exists() && complaints.contains(&name), "{number}"),
            (true, _) => {
                assert!(path.is_symlink() && complaints.contains(&name), "{number}");
                assert_eq!(fs::read_to_string(&theirs).expect("a file"), before_and_after(0).0);
            }
            _ => assert!(fs::read_to_string(path).expect("a file") == after, "{before}"),
        }
    }
}

/// The user that owns nothing.
const NOBODY: u32 = 65_534;

#[test]
fn permission_that_goes_midway_stops_the_writing_and_nothing_else() {
    let place = articles();
    let mut program = Command::new(PROGRAM);
    let is_root = place.path().metadata().expect("a folder").uid() == 0;
    if is_root {
        // Permissions do not hold for root, so somebody else has to run the program.
        let copy = place.path().join(".program");
        fs::copy(PROGRAM, &copy).expect("a copy");
        program = Command::new("setpriv");
        program.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(&copy);
        for number in 0..COUNT {
            chown(path_of(place.path(), number), Some(NOBODY), Some(NOBODY)).expect("an owner");
        }
        chown(place.path(), Some(NOBODY), Some(NOBODY)).expect("an owner");
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).expect("permissions");
        if !Command::new("setpriv").arg("--version").output().is_ok_and(|it| it.status.success()) {
            skip("there is no `setpriv` to become somebody else with");
            return;
        }
    }
    let mut child = fixing(program.args(["--jobs", "1"]), place.path());
    wait_for(place.path(), 10, &mut child);
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o555)).expect("permissions");
    let output = child.wait_with_output().expect("it ends");
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(status(&output), 2, "{}", text(&output.stderr));
    let fixed = count_fixed(place.path());
    assert!((10..COUNT).contains(&fixed), "{fixed} are fixed");
    let complaints = text(&output.stderr);
    assert_eq!(complaints.matches("not fixed: failed to write").count(), COUNT - fixed, "{complaints}");
    // Every article that is not fixed is still reported.
    assert_eq!(text(&output.stdout).matches("warning[unmarked-heading]").count(), COUNT - fixed);
    assert_eq!(strangers(place.path()), Vec::<PathBuf>::new());
}

/// What a script says that runs on a file system of its own of so many KiB; `None` where that is not permitted.
fn on_small_disk(kib: usize, script: &str) -> Option<String> {
    let place = folder(&[]);
    let mount = format!(
        "mount -t tmpfs -o size={kib}k none {} 2>/dev/null && cd {0} && echo mounted || exit\n",
        place.path().display()
    );
    let run = |options: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(options).args(["sh", "-c", &(mount.clone() + script)]).env("PROGRAM", PROGRAM);
        command.output().ok().and_then(|it| text(&it.stdout).strip_prefix("mounted\n").map(str::to_owned))
    };
    let output = run(&["--mount"]).or_else(|| run(&["--user", "--map-root-user", "--mount"]));
    if output.is_none() {
        skip("this machine lets nobody mount a file system of one's own");
    }
    output
}

#[test]
fn a_full_disk_leaves_every_article_as_it_was() {
    let article = before_and_after(7).0;
    // The last block is taken by a file that fills the disk.
    let script = format!(
        "for number in 1 2 3 4 5; do printf '%s' '{article}' > $number.md; done
         cat /dev/zero > filler 2>/dev/null
         \"$PROGRAM\" --fix --isolated --fail-on never --format short . >/dev/null 2>&1; echo status $?
         for number in 1 2 3 4 5; do printf '%s' '{article}' | cmp - $number.md && echo whole; done
         ls -A | tr '\\n' ' '
         rm filler
         \"$PROGRAM\" --fix --isolated --fail-on never --format short . >/dev/null 2>&1; echo again $?
         grep -L '^## How' *.md"
    );
    let Some(said) = on_small_disk(64, &script) else { return };
    assert_eq!(
        said, "status 2\nwhole\nwhole\nwhole\nwhole\nwhole\n1.md 2.md 3.md 4.md 5.md filler again 0\n",
        "{said}"
    );
}

#[test]
fn a_full_disk_leaves_the_report_and_the_baseline_of_yesterday() {
    let article = before_and_after(7).0;
    let script = format!(
        "printf '%s' '{article}' > a.md; echo yesterday > report.txt
         \"$PROGRAM\" --isolated --fail-on never --baseline baseline.json --write-baseline a.md >/dev/null 2>&1; echo status $?
         cp baseline.json kept.json; printf '\\n**What to bring**\\n\\nSocks that are dry.\\n' >> a.md
         cat /dev/zero > filler 2>/dev/null
         \"$PROGRAM\" --isolated --fail-on never --output report.txt a.md 2>/dev/null; echo status $?
         cat report.txt
         \"$PROGRAM\" --isolated --fail-on never --baseline baseline.json --write-baseline a.md >/dev/null 2>&1; echo status $?
         cmp baseline.json kept.json && echo same"
    );
    let Some(said) = on_small_disk(64, &script) else { return };
    assert_eq!(said, "status 0\nstatus 2\nyesterday\nstatus 2\nsame\n");
}

#[test]
fn a_limit_on_the_size_of_files_leaves_an_article_as_it_was() {
    let long =
        before_and_after(7).0 + &"\nGo in the afternoon, in the socks that you will wear.\n".repeat(2000);
    let place = folder(&[("a.md", &long)]);
    // Half of what the article needs; the signal that comes with the limit is ignored, so that the write fails.
    let script =
        "trap '' XFSZ; ulimit -f 50; exec \"$PROGRAM\" --fix --isolated --fail-on never --format short a.md";
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).current_dir(place.path()).env("PROGRAM", PROGRAM);
    let output = shell.stdout(Stdio::null()).stderr(Stdio::piped()).output().expect("a shell");
    assert_eq!(status(&output), 2, "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("a.md: not fixed: failed to write"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(place.path().join("a.md")).expect("a file"), long);
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_no_success() {
    let place = folder(&[("a.md", &before_and_after(7).0)]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    for format in ["short", "json", "html"] {
        let mut program = Command::new(PROGRAM);
        program.current_dir(place.path()).args([
            "--isolated",
            "--fail-on",
            "never",
            "--format",
            format,
            "a.md",
        ]);
        let output = program.stdout(full.try_clone().expect("a handle")).output().expect("the program runs");
        assert_eq!(status(&output), 2, "{format}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains("No space left"), "{}", text(&output.stderr));
    }
}
