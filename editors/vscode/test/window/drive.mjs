// Opens windows of a real VS Code, in a browser, with the packed extension: one that is trusted and one that is not.
//
//     node drive.mjs CODE_SERVER PLAYWRIGHT VSIX PROGRAM SCREENSHOTS
//
// CODE_SERVER is the folder of an installed `code-server`, of which only VS Code itself is used.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const [codeServer, playwright, vsix, program, screenshots] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(playwright);
const main = join(codeServer, "lib/vscode/out/server-main.js");
const here = dirname(fileURLToPath(import.meta.url));
const ARTICLE = "---\ntitle: Tea\n---\n\n## One\n\nHot.\n\n#### Two\n\nCold.\n";
const PATIENCE = 240_000;

const place = mkdtempSync(join(tmpdir(), "window-"));
try {
  await look("trusted");
  await look("untrusted");
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** One window, from an empty profile. */
async function look(kind) {
  const root = join(place, kind);
  const outcome = join(root, "outcome.json");
  const workspace = lay(root, kind);
  const folders = ["--extensions-dir", join(root, "extensions"), "--server-data-dir", join(root, "data")];
  const env = {
    ...process.env,
    // VS Code takes `PATH` from a login shell; of the user's own programs none is found there.
    HOME: join(root, "home"),
    WINDOW_TEST_OUTCOME: outcome,
  };
  const installed = spawnSync(process.execPath, [main, ...folders, "--install-extension", vsix], { env, encoding: "utf8" });
  if (!/successfully installed/.test(installed.stdout)) {
    throw new Error(`not installed: ${installed.stdout}${installed.stderr}`);
  }
  const port = await freePort();
  const trust = kind === "trusted" ? ["--disable-workspace-trust"] : [];
  const listen = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"];
  const quiet = ["--telemetry-level", "off", "--accept-server-license-terms"];
  const server = spawn(process.execPath, [main, ...folders, ...listen, ...quiet, ...trust], { env });
  let log = "";
  server.stdout.on("data", (it) => (log += it));
  server.stderr.on("data", (it) => (log += it));
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    await wait(() => /listening on/.test(log), () => `VS Code does not listen\n${log}`);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const remote = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(join(root, "suite"))],
      ["extensionTestsPath", remote(join(root, "suite/suite.js"))],
    ];
    const query = new URLSearchParams({ workspace, payload: JSON.stringify(payload) });
    await page.goto(`http://127.0.0.1:${port}/?${query}`);
    const picture = join(screenshots, `vscode-${kind}.png`);
    await wait(
      () => existsSync(outcome),
      async () => {
        await page.screenshot({ path: picture });
        return `no outcome\n${log}`;
      },
    );
    const { version, trusted, told, failure } = JSON.parse(readFileSync(outcome, "utf8"));
    const notices = await page.locator(".notification-list-item-message").allInnerTexts();
    await page.screenshot({ path: picture });
    for (const step of told) {
      const isLast = step === told.at(-1);
      console.log(`${isLast && failure !== undefined ? "FAILED" : "passed"}: VS Code ${version}, ${kind}: ${step}`);
    }
    if (failure !== undefined) {
      throw new Error(`${failure}\nnotices: ${JSON.stringify(notices)}\n${log}`);
    }
    if (trusted !== (kind === "trusted")) {
      throw new Error(`the window is ${trusted ? "" : "not "}trusted`);
    }
    const faults = notices.filter((it) => /tools\//.test(it));
    const expected = kind === "trusted" ? [/There is no program .*tools\/absent/, /tools\/too-old.* serves no editor/] : [];
    if (faults.length !== expected.length || !expected.every((it) => faults.some((fault) => it.test(fault)))) {
      throw new Error(`notices: ${JSON.stringify(notices)}`);
    }
  } finally {
    await browser.close();
    server.kill();
  }
}

/** A workspace of two folders, and what may be started. */
function lay(root, kind) {
  for (const folder of ["home/.cargo/bin", "suite", "site/first/tools", "site/second"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  symlinkSync(program, join(root, "home/.cargo/bin/soreaid-lint"));
  cpSync(join(here, "package.json"), join(root, "suite/package.json"));
  cpSync(join(here, "../../dist-test/window/suite.js"), join(root, "suite/suite.js"));
  const site = join(root, "site");
  for (const file of ["first/tea.md", "first/page.mdx", "first/notes.txt"]) {
    writeFileSync(join(site, file), ARTICLE);
  }
  writeFileSync(join(site, "second/tea.md"), `${ARTICLE}\n## Empty\n`);
  writeFileSync(join(site, "first/soreaid-lint.yaml"), "root: true\n");
  writeFileSync(join(site, "second/soreaid-lint.yaml"), "root: true\nrules:\n  skipped-heading-level: off\n");
  // Leaves a trace, then is the program.
  const other = `#!/bin/sh\ntouch '${join(site, "first/started")}'\nexec '${program}' "$@"\n`;
  for (const name of ["other-lint", "not-to-be-started"]) {
    writeFileSync(join(site, "first/tools", name), other, { mode: 0o755 });
  }
  const tooOld = "#!/bin/sh\necho \"error: unrecognized subcommand 'lsp'\" >&2\nexit 2\n";
  writeFileSync(join(site, "first/tools/too-old"), tooOld, { mode: 0o755 });
  const settings = kind === "trusted" ? {} : { "soreaid-lint.path": join(site, "first/tools/not-to-be-started") };
  const workspace = join(site, "site.code-workspace");
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: "first" }, { path: "second" }], settings }));
  return workspace;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function wait(isThere, complaint) {
  const end = Date.now() + PATIENCE;
  while (!isThere()) {
    if (Date.now() > end) {
      throw new Error(await complaint());
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
