import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { checkServes, findProgram, isProgram, type Place } from "../src/program";

/** A machine on which just these files can be started. */
function place(programs: string[], rest: Partial<Place> = {}): Place {
  return {
    platform: "linux",
    searchPath: "/usr/local/bin:/usr/bin",
    home: "/home/ada",
    trustedFolder: "/site",
    isProgram: (file) => programs.includes(file),
    ...rest,
  };
}

test("an empty setting takes the first program on the path", () => {
  const both = place(["/usr/bin/soreaid-lint", "/usr/local/bin/soreaid-lint"]);
  assert.deepEqual(findProgram("", both), { program: "/usr/local/bin/soreaid-lint" });
  assert.deepEqual(findProgram("  ", both), { program: "/usr/local/bin/soreaid-lint" });
});

test("a name is looked for on the path", () => {
  assert.deepEqual(findProgram("lint-2", place(["/usr/bin/lint-2"])), { program: "/usr/bin/lint-2" });
});

test("where cargo and pipx install is looked at last", () => {
  const cargo = "/home/ada/.cargo/bin/soreaid-lint";
  const pipx = "/home/ada/.local/bin/soreaid-lint";
  assert.deepEqual(findProgram("", place([pipx, cargo])), { program: cargo });
  assert.deepEqual(findProgram("", place([pipx])), { program: pipx });
  assert.deepEqual(findProgram("", place([cargo, "/usr/bin/soreaid-lint"])), { program: "/usr/bin/soreaid-lint" });
});

test("no program is taken from the open folder by a name", () => {
  const inFolder = ["/site/soreaid-lint", "soreaid-lint", "./soreaid-lint", "bin/soreaid-lint"];
  const relative = place(inFolder, { searchPath: ".::bin:" });
  assert.ok("fault" in findProgram("", relative));
});

test("a path is taken as it is, and may begin with the home folder", () => {
  const programs = place(["/opt/lint", "/home/ada/bin/lint"]);
  assert.deepEqual(findProgram("/opt/lint", programs), { program: "/opt/lint" });
  assert.deepEqual(findProgram("~/bin/lint", programs), { program: "/home/ada/bin/lint" });
});

test("a path that is not absolute starts at the first folder, if that is trusted", () => {
  const programs = ["/site/tools/lint", "tools/lint", "/site/lint"];
  assert.deepEqual(findProgram("tools/lint", place(programs)), { program: "/site/tools/lint" });
  assert.deepEqual(findProgram("./lint", place(programs)), { program: "/site/lint" });
  const search = findProgram("tools/lint", place(programs, { trustedFolder: undefined }));
  assert.match("fault" in search ? search.fault : "", /trusted/);
});

test("a fault names what was looked for", () => {
  const fault = (setting: string) => {
    const search = findProgram(setting, place([]));
    return "fault" in search ? search.fault : "";
  };
  assert.match(fault(""), /`soreaid-lint` is not installed/);
  assert.match(fault("/opt/lint"), /`\/opt\/lint`/);
  assert.match(fault("tools/lint"), /`\/site\/tools\/lint`/);
  assert.match(fault("~"), /`\/site\/~`/);
});

test("Windows starts nothing but programs, and knows its own paths", () => {
  const windows = (programs: string[]) =>
    place(programs, { platform: "win32", searchPath: ".;C:\\Tools", home: "C:\\Users\\ada", trustedFolder: "D:\\site" });
  const tools = windows(["C:\\Tools\\soreaid-lint.exe", "C:\\Tools\\soreaid-lint.cmd", "soreaid-lint.exe"]);
  assert.deepEqual(findProgram("", tools), { program: "C:\\Tools\\soreaid-lint.exe" });
  assert.deepEqual(findProgram("C:\\Tools\\soreaid-lint", tools), { program: "C:\\Tools\\soreaid-lint.exe" });
  assert.deepEqual(findProgram("C:/Tools/soreaid-lint.EXE", windows(["C:/Tools/soreaid-lint.EXE"])), {
    program: "C:/Tools/soreaid-lint.EXE",
  });
  assert.deepEqual(findProgram("~\\lint", windows(["C:\\Users\\ada\\lint.exe"])), { program: "C:\\Users\\ada\\lint.exe" });
  assert.deepEqual(findProgram("bin\\lint", windows(["D:\\site\\bin\\lint.exe"])), { program: "D:\\site\\bin\\lint.exe" });
  assert.ok("fault" in findProgram("", windows(["C:\\Tools\\soreaid-lint.cmd"])));
});

test("a program is a file that can be started", { skip: process.platform === "win32" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  try {
    const file = join(folder, "lint");
    writeFileSync(file, "#!/bin/sh\n", { mode: 0o644 });
    assert.equal(isProgram(file), false);
    chmodSync(file, 0o755);
    assert.equal(isProgram(file), true);
    assert.equal(isProgram(folder), false);
    assert.equal(isProgram(join(folder, "absent")), false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a program that serves no editor is told from one that does", { skip: process.platform === "win32" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  try {
    const program = join(folder, "lint");
    writeFileSync(program, "#!/bin/sh\ntest \"$*\" = 'lsp --help'\n", { mode: 0o755 });
    assert.deepEqual(await checkServes(program), { program });
    writeFileSync(program, "#!/bin/sh\nprintf 'error: what is lsp?\\nmore' >&2\nexit 2\n");
    const search = await checkServes(program);
    assert.match("fault" in search ? search.fault : "", /lint` serves no editor.*error: what is lsp\?$/);
    const absent = await checkServes(join(folder, "absent"));
    assert.match("fault" in absent ? absent.fault : "", /ENOENT/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
