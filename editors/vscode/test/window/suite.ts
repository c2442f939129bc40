/**
 * What is seen from inside VS Code while the packed extension is installed: `drive.mjs` opens the window.
 *
 * In a trusted window everything is tried; in one that is not trusted, that the workspace cannot say what is started.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";

/** What VS Code calls when the window is there. What came of it is left in a file, where `drive.mjs` waits for it. */
export async function run(): Promise<void> {
  const told: string[] = [];
  let failure: string | undefined;
  const steps = vscode.workspace.isTrusted ? TRUSTED : UNTRUSTED;
  try {
    for (const [name, step] of steps) {
      told.push(name);
      await step();
    }
  } catch (why) {
    failure = why instanceof Error ? (why.stack ?? why.message) : String(why);
  }
  const outcome = { version: vscode.version, trusted: vscode.workspace.isTrusted, told, failure };
  writeFileSync(process.env.WINDOW_TEST_OUTCOME ?? "", JSON.stringify(outcome));
  // The window stays as it is until it has been looked at.
  await new Promise(() => {});
}

type Step = readonly [string, () => Promise<void>];

const UNTRUSTED: readonly Step[] = [
  [
    "findings come from the installed program, and nothing that the workspace names is started",
    async () => {
      const workspace = readFileSync(vscode.workspace.workspaceFile?.fsPath ?? "", "utf8");
      assert.match(workspace, /"soreaid-lint.path":".*not-to-be-started"/);
      await show("first/tea.md");
      await has("first/tea.md", "skipped-heading-level");
      await vscode.commands.executeCommand("soreaid-lint.restart");
      await has("first/tea.md", "skipped-heading-level");
      assert.ok(!existsSync(join(folder(0), "started")));
    },
  ],
];

const TRUSTED: readonly Step[] = [
  [
    "an article has findings, which say their rule and where it is explained",
    async () => {
      await show("first/tea.md");
      const found = await has("first/tea.md", "skipped-heading-level");
      assert.equal(found.range.start.line, 8);
      assert.equal(found.source, "soreaid-lint");
    },
  ],
  [
    "MDX and a document without a file are checked, other files are not",
    async () => {
      await show("first/page.mdx");
      await has("first/page.mdx", "skipped-heading-level");
      const untitled = await vscode.workspace.openTextDocument({ language: "markdown", content: ARTICLE });
      await until("findings without a file", () => find(untitled.uri, "skipped-heading-level"));
      await show("first/notes.txt");
      await settle();
      assert.deepEqual(vscode.languages.getDiagnostics(uri("first/notes.txt")), []);
    },
  ],
  [
    "each folder has a configuration of its own, and a change of it is seen",
    async () => {
      await show("second/tea.md");
      await has("second/tea.md", "empty-section");
      assert.equal(find(uri("second/tea.md"), "skipped-heading-level"), undefined);
      await write("second/soreaid-lint.yaml", "root: true\n");
      await has("second/tea.md", "skipped-heading-level");
    },
  ],
  [
    "a fault of a configuration is shown in it",
    async () => {
      await write("second/soreaid-lint.yaml", "root: true\nlocal: uk\n");
      await until("a fault in the configuration", () => vscode.languages.getDiagnostics(uri("second/soreaid-lint.yaml"))[0]);
      await write("second/soreaid-lint.yaml", "root: true\n");
      await until("no fault in the configuration", () =>
        vscode.languages.getDiagnostics(uri("second/soreaid-lint.yaml")).length === 0 ? true : undefined,
      );
    },
  ],
  [
    "a finding is explained where the mouse rests",
    async () => {
      const found = await has("first/tea.md", "skipped-heading-level");
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri("first/tea.md"),
        found.range.start,
      );
      const text = hovers.flatMap((it) => it.contents).map((it) => (typeof it === "string" ? it : it.value));
      assert.match(text.join("\n"), /skipped-heading-level/);
    },
  ],
  [
    "all safe fixes are applied on request",
    async () => {
      const editor = await show("first/tea.md");
      const before = editor.document.getText();
      await vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll", apply: "first" });
      await until("the heading is moved up", () => editor.document.getText().includes("\n### Two") || undefined);
      await hasNot("first/tea.md", "skipped-heading-level");
      await vscode.commands.executeCommand("undo");
      assert.equal(editor.document.getText(), before);
      await has("first/tea.md", "skipped-heading-level");
    },
  ],
  [
    "a setting is followed at once: a program that is there, and one that is not",
    async () => {
      await configure("tools/other-lint");
      await until("the other program is started", () => existsSync(join(folder(0), "started")) || undefined);
      await has("first/tea.md", "skipped-heading-level");
      await configure("tools/absent");
      await hasNot("first/tea.md", "skipped-heading-level");
      await configure(undefined);
      await has("first/tea.md", "skipped-heading-level");
      rmSync(join(folder(0), "started"));
    },
  ],
  [
    "the program is started anew on request, and commands at once do not get in each other's way",
    async () => {
      const restart = () => vscode.commands.executeCommand("soreaid-lint.restart");
      await Promise.all([restart(), restart(), restart()]);
      await has("first/tea.md", "skipped-heading-level");
      await vscode.commands.executeCommand("soreaid-lint.showOutput");
    },
  ],
  [
    "a program that is too old is told of",
    async () => {
      // `drive.mjs` looks at the messages.
      await configure("tools/too-old");
      await hasNot("first/tea.md", "skipped-heading-level");
      await settle();
    },
  ],
  [
    "a program that is missing is told of",
    async () => {
      await configure("tools/absent");
      await settle();
    },
  ],
];

const ARTICLE = "---\ntitle: Tea\n---\n\n## One\n\nHot.\n\n#### Two\n\nCold.\n";

/** Longer than a check takes, for what is not to happen. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 2000));

function folder(index: number): string {
  const found = vscode.workspace.workspaceFolders?.[index];
  assert.ok(found, `folder ${index}`);
  return found.uri.fsPath;
}

/** Of a file, by the name of its folder. */
function uri(file: string): vscode.Uri {
  return vscode.Uri.file(join(folder(0), "..", file));
}

async function show(file: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri(file)), { preview: false });
}

async function write(file: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri(file), Buffer.from(text));
}

async function configure(program: string | undefined): Promise<void> {
  const target = vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration("soreaid-lint").update("path", program, target);
}

function find(at: vscode.Uri, rule: string): vscode.Diagnostic | undefined {
  const code = (it: vscode.Diagnostic) => (typeof it.code === "object" ? it.code.value : it.code);
  return vscode.languages.getDiagnostics(at).find((it) => code(it) === rule);
}

function has(file: string, rule: string): Promise<vscode.Diagnostic> {
  return until(`${rule} in ${file}`, () => find(uri(file), rule));
}

async function hasNot(file: string, rule: string): Promise<void> {
  await until(`no ${rule} in ${file}`, () => find(uri(file), rule) === undefined || undefined);
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  for (let left = 300; left > 0; left -= 1) {
    const seen = look();
    if (seen !== undefined) {
      return seen;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain: ${what}`);
}
