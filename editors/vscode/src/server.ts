/**
 * The language server in its life: started, stopped, started anew, one step after the other.
 *
 * One server serves all folders of a window. It watches configurations, packs and schemas through the client by itself.
 */

import { homedir } from "node:os";
import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, type LanguageClientOptions } from "vscode-languageclient/node";
import { ARGUMENTS, checkServes, findProgram, isProgram, NAME, type Search } from "./program";

const INSTALL = vscode.Uri.parse("https://github.com/soreaid/soreaid-lint#two-commands");

/** The server of this window. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  /** The last step, which never fails; the next one waits for it. */
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly output: vscode.LogOutputChannel) {}

  /** Starts the server, and stops first the one that runs. */
  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  /** Stops the server. */
  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  dispose(): void {
    void this.stop();
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step).catch((why: unknown) => this.output.error(String(why)));
    return this.last;
  }

  private async begin(): Promise<void> {
    const found = findInstalled();
    const search = "program" in found ? await checkServes(found.program) : found;
    if ("fault" in search) {
      this.output.error(search.fault);
      // Not waited for: a message may stay until somebody closes it.
      void tell(search.fault);
      return;
    }
    this.output.info(`starting ${search.program} ${ARGUMENTS.join(" ")}`);
    const command = { command: search.program, args: [...ARGUMENTS] };
    this.client = new LanguageClient(NAME, NAME, command, this.options());
    // If it fails, the client tells the user and offers the output.
    await this.client.start();
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop()) {
      await client.stop();
    }
  }

  private options(): LanguageClientOptions {
    const languages = ["markdown", "mdx"];
    return {
      documentSelector: ["file", "untitled"].flatMap((scheme) => languages.map((language) => ({ scheme, language }))),
      outputChannel: this.output,
      // Faults are shown as messages; the output comes up on request alone.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    };
  }
}

function findInstalled(): Search {
  const setting = vscode.workspace.getConfiguration(NAME).get("path", "");
  const folder = vscode.workspace.workspaceFolders?.find((it) => it.uri.scheme === "file");
  return findProgram(setting, {
    platform: process.platform,
    searchPath: process.env.PATH ?? "",
    home: homedir(),
    trustedFolder: vscode.workspace.isTrusted ? folder?.uri.fsPath : undefined,
    isProgram,
  });
}

async function tell(fault: string): Promise<void> {
  const [install, settings, retry] = ["How to Install", "Open Settings", "Try Again"];
  const chosen = await vscode.window.showErrorMessage(`${NAME}: ${fault}`, install, settings, retry);
  if (chosen === install) {
    await vscode.env.openExternal(INSTALL);
  } else if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", `${NAME}.path`);
  } else if (chosen === retry) {
    await vscode.commands.executeCommand(`${NAME}.restart`);
  }
}
