/** What VS Code calls: begins, wires commands and events to the server, ends. */

import * as vscode from "vscode";
import { NAME } from "./program";
import { Server } from "./server";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel(NAME, { log: true });
  const running = new Server(output);
  server = running;
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand(`${NAME}.restart`, () => running.restart()),
    vscode.commands.registerCommand(`${NAME}.showOutput`, () => output.show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${NAME}.path`)) {
        void running.restart();
      }
    }),
    // A path that starts at the folder is taken from now on.
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
