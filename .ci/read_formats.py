"""Reads the reports of one run as their readers do, and holds them to the JSON report of the same run.

Called by `.ci/check-formats` with the folder that the program ran in and the folder of the reports.
"""

import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote

from junitparser import Error, Failure, JUnitXml
from lxml import etree


def main(articles: Path, reports: Path) -> None:
    own = json.loads((reports / "json").read_text("utf-8"))
    for name in ("sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"):
        globals()[name](own, articles, reports / name)
        print(f"passed: {name}, {reports.name}: {len(own['diagnostics'])} findings, {len(own['failures'])} failures")


def paths(own: dict) -> list[str]:
    return [it["path"] for it in own["diagnostics"] + own["failures"]]


def sarif(own: dict, articles: Path, report: Path) -> None:
    # By `sarif-multitool validate`; its notes are recommendations, some of which want a network.
    validated = json.loads(report.with_name("validated").read_text("utf-8-sig"))
    found = [it for run in validated["runs"] for it in run.get("results", [])]
    bad = [it for it in found if it.get("level", "warning") in ("error", "warning")]
    assert not bad, json.dumps(bad, indent=1)[:4000]
    run = json.loads(report.read_text("utf-8"))["runs"][0]
    assert len(run["results"]) == len(own["diagnostics"])
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == len(own["failures"])
    for it in run["results"]:
        uri = it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert (articles / unquote(uri)).is_file(), uri


def github(own: dict, articles: Path, report: Path) -> None:
    # As the runner reads a command: its name, properties between commas, the message after the second `::`.
    def decoded(value: str) -> str:
        for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            value = value.replace(code, character)
        return value

    lines = report.read_bytes().decode("utf-8").splitlines()
    assert len(lines) == len(paths(own))
    for line, path in zip(lines, paths(own)):
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.+)", line)
        assert command, line
        properties = dict(it.split("=", 1) for it in command[2].split(","))
        # Control characters of a name are shown in words, for the sake of the log.
        assert decoded(properties["file"]) == path.replace("\x1b", "\\u{1b}"), line


def gitlab(own: dict, articles: Path, report: Path) -> None:
    issues = json.loads(report.read_text("utf-8"))
    assert [it["location"]["path"] for it in issues] == paths(own)
    assert len({it["fingerprint"] for it in issues}) == len(issues)
    for it in issues:
        assert it["description"] and it["check_name"], it
        assert it["severity"] in ("info", "minor", "major", "critical", "blocker"), it
        assert it["location"]["lines"]["begin"] >= 1, it


def junit(own: dict, articles: Path, report: Path) -> None:
    cases = [case for suite in JUnitXml.fromfile(str(report)) for case in suite]
    assert len(cases) == max(len(paths(own)), 1)
    if paths(own):
        assert [case.classname for case in cases] == [it.replace("\x1b", "") for it in paths(own)]
    results = [result for case in cases for result in case.result]
    severe = [it for it in own["diagnostics"] if it["severity"] != "note"]
    assert sum(isinstance(it, Failure) for it in results) == len(severe)
    assert sum(isinstance(it, Error) for it in results) == len(own["failures"])


def checkstyle(own: dict, articles: Path, report: Path) -> None:
    root = etree.parse(str(report)).getroot()
    assert root.tag == "checkstyle"
    errors = [(file.get("name"), error) for file in root.findall("file") for error in file.findall("error")]
    assert [name for name, _ in errors] == [it.replace("\x1b", "") for it in paths(own)]
    for _, error in errors:
        assert int(error.get("line")) >= 1 and int(error.get("column")) >= 1
        assert error.get("severity") in ("error", "warning", "info")
        assert error.get("message") and error.get("source").startswith("soreaid-lint")


def rdjson(own: dict, articles: Path, report: Path) -> None:
    diagnostics = json.loads(report.read_text("utf-8"))["diagnostics"]
    assert [it["location"]["path"] for it in diagnostics] == paths(own)
    for it, expected in zip(diagnostics, own["diagnostics"]):
        assert it["severity"] in ("ERROR", "WARNING", "INFO") and it["message"], it
        text = (articles / it["location"]["path"]).read_bytes()
        place = it["location"]["range"]
        assert byte(text, place["start"]) == expected["start"]["byte"], it
        assert byte(text, place["end"]) == expected["end"]["byte"], it
        for suggestion, fix in zip(it["suggestions"], expected["fixes"], strict=True):
            changed = text
            for edit in reversed(fix["edits"]):
                changed = changed[: edit["start_byte"]] + edit["text"].encode() + changed[edit["end_byte"] :]
            start, end = (byte(text, suggestion["range"][key]) for key in ("start", "end"))
            assert text[:start] + suggestion["text"].encode() + text[end:] == changed, it


def byte(text: bytes, position: dict) -> int:
    lines = text.split(b"\n")
    return sum(len(line) + 1 for line in lines[: position["line"] - 1]) + position["column"] - 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
