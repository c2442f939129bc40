// Bundles the extension into `dist`, with what it carries along, and the tests into `dist-test`.

import { build } from "esbuild";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };

rmSync("dist", { recursive: true, force: true });
rmSync("dist-test", { recursive: true, force: true });

const { metafile } = await build({
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  external: ["vscode"],
  minify: true,
  metafile: true,
});
writeFileSync("dist/third-party-licences.txt", licences(metafile));
// So that an extension for YAML completes configurations by it.
copyFileSync("../../schemas/config.schema.json", "dist/config.schema.json");

await build({
  ...common,
  entryPoints: ["test/window/suite.ts"],
  outfile: "dist-test/window/suite.js",
  external: ["vscode"],
});
await build({
  ...common,
  entryPoints: readdirSync("test").filter((it) => it.endsWith(".test.ts")).map((it) => join("test", it)),
  outdir: "dist-test",
});

/** The licence of every package of which something is in the bundle. */
function licences(metafile) {
  const inputs = Object.keys(metafile.inputs).map((it) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(it)?.[0]);
  const folders = [...new Set(inputs)].filter((it) => it !== undefined).sort();
  return folders
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((it) => /^licen[cs]e/i.test(it));
      if (file === undefined) {
        throw new Error(`${name} comes without a licence`);
      }
      return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
    })
    .join("\n--------\n\n");
}
