/** `package.json` says the same as the code and the rest of the repository. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { NAME } from "../src/program";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const code = ["extension", "server"].map((it) => readFileSync(`src/${it}.ts`, "utf8")).join("\n");

test("each command of the manifest is registered, and no other", () => {
  const promised = manifest.contributes.commands.map((it: { command: string }) => it.command);
  const registered = [...code.matchAll(/registerCommand\(`\$\{NAME\}\.(\w+)`/g)].map((it) => `${NAME}.${it[1]}`);
  assert.deepEqual(registered, promised);
});

test("a workspace that is not trusted cannot say what is started", () => {
  const { untrustedWorkspaces } = manifest.capabilities;
  const settings = Object.keys(manifest.contributes.configuration.properties);
  assert.equal(untrustedWorkspaces.supported, "limited");
  assert.deepEqual(untrustedWorkspaces.restrictedConfigurations, settings);
});

test("the types are those of the oldest VS Code that is served", () => {
  assert.equal(`^${manifest.devDependencies["@types/vscode"]}`, manifest.engines.vscode);
});

test("what the manifest leads to is built", () => {
  assert.ok(existsSync(manifest.main));
  for (const { url } of manifest.contributes.yamlValidation) {
    assert.ok(existsSync(url), url);
  }
});

test("the version is that of the program", () => {
  const version = /^version = "(.+)"$/m.exec(readFileSync("../../Cargo.toml", "utf8"))?.[1];
  assert.equal(manifest.version, version);
});
