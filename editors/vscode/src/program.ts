/**
 * Where the program is: what the setting and the machine say, as an absolute path; and whether it serves editors.
 *
 * Only absolute paths are handed out, so that no system looks for the name in the folder that is open, where somebody
 * else may have put a program. Nothing here knows VS Code.
 */

import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";

/** What it is called where nobody says otherwise. */
export const NAME = "soreaid-lint";

/** What makes it serve an editor on its standard input and output. */
export const ARGUMENTS: readonly string[] = ["lsp"];

/** Where a program may be. */
export interface Place {
  readonly platform: NodeJS.Platform;
  /** The variable `PATH`. */
  readonly searchPath: string;
  /** The user's folder. */
  readonly home: string;
  /** The first folder that is open; none if the user does not trust what is in it. */
  readonly trustedFolder: string | undefined;
  /** Whether a file is there that can be started. */
  readonly isProgram: (file: string) => boolean;
}

/** The program, or what to tell the user. */
export type Search = { readonly program: string } | { readonly fault: string };

/** The program that the setting names; if it is empty, the one that is installed. */
export function findProgram(setting: string, place: Place): Search {
  const paths = place.platform === "win32" ? path.win32 : path.posix;
  const wanted = setting.trim() || NAME;
  if (paths.basename(wanted) === wanted && wanted !== "~") {
    return search(wanted, place, paths);
  }
  const inHome = wanted.startsWith("~/") || wanted.startsWith(`~${paths.sep}`);
  const file = inHome ? paths.join(place.home, wanted.slice(2)) : wanted;
  if (paths.isAbsolute(file)) {
    return startable(file, place) ?? { fault: `There is no program \`${file}\`, which \`soreaid-lint.path\` names.` };
  }
  if (place.trustedFolder === undefined) {
    return { fault: `\`soreaid-lint.path\` is \`${wanted}\`, which is not absolute: that needs a trusted folder.` };
  }
  const inside = paths.join(place.trustedFolder, file);
  return startable(inside, place) ?? { fault: `There is no program \`${inside}\`, which \`soreaid-lint.path\` names.` };
}

/** Whether a file is there that this system can start. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Asks a program whether it serves editors: an older one does not, and would only end without a word to VS Code. */
export function checkServes(program: string): Promise<Search> {
  return new Promise((resolve) => {
    execFile(program, [...ARGUMENTS, "--help"], { timeout: 10_000, windowsHide: true }, (failure, _, stderr) => {
      if (failure === null) {
        resolve({ program });
        return;
      }
      const why = (stderr.trim() || failure.message).split("\n", 1)[0];
      resolve({ fault: `\`${program}\` serves no editor; it may be too old. It says: ${why}` });
    });
  });
}

function search(name: string, place: Place, paths: path.PlatformPath): Search {
  const folders = place.searchPath.split(paths.delimiter).filter((it) => paths.isAbsolute(it));
  // A desktop may start VS Code with a shorter path than a terminal has.
  const usual = [".cargo/bin", ".local/bin"].map((it) => paths.join(place.home, it));
  for (const folder of [...folders, ...usual]) {
    const found = startable(paths.join(folder, name), place);
    if (found !== undefined) {
      return found;
    }
  }
  return { fault: `The program \`${name}\` is not installed, or not on the \`PATH\`.` };
}

function startable(file: string, place: Place): Search | undefined {
  const needsEnding = place.platform === "win32" && !/\.exe$/i.test(file);
  const program = needsEnding ? `${file}.exe` : file;
  return place.isProgram(program) ? { program } : undefined;
}
