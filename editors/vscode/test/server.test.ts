/**
 * The real program, started as the extension starts it, in the protocol that the extension speaks.
 *
 * `SOREAID_LINT` is the program; without it this is left out. VS Code has no part in it.
 */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";
import { ARGUMENTS, findProgram, isProgram, NAME } from "../src/program";

const program = process.env.SOREAID_LINT;

test("the program that is found serves an editor", { skip: program === undefined, timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  try {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(program ?? "", join(bin, NAME));
    const search = findProgram("", {
      platform: process.platform,
      searchPath: [bin, process.env.PATH].join(delimiter),
      home: folder,
      trustedFolder: undefined,
      isProgram,
    });
    assert.deepEqual(search, { program: join(bin, NAME) });

    const server = spawn(join(bin, NAME), ARGUMENTS, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    const ended = new Promise<number | null>((resolve) => server.on("exit", resolve));
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const published = new Promise<PublishDiagnosticsParams>((resolve) => {
      connection.onNotification(PublishDiagnosticsNotification.type, resolve);
    });
    connection.listen();

    const { serverInfo } = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "site" }],
    });
    assert.equal(serverInfo?.name, NAME);
    await connection.sendNotification(InitializedNotification.type, {});
    const uri = pathToFileURL(join(folder, "tea.md")).href;
    const text = "---\ntitle: Tea\n---\n\n## One\n\nHot.\n\n#### Two\n\nCold.\n";
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "markdown", version: 1, text },
    });
    const { diagnostics, ...about } = await published;
    assert.deepEqual(about, { uri, version: 1 });
    assert.ok(diagnostics.some((it) => it.code === "skipped-heading-level" && it.range.start.line === 8));

    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.equal(await ended, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
