"""Measures programs: time by the clock and of all processors, memory, instructions; and what a binary is made of."""

import collections
import dataclasses
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path


@dataclasses.dataclass
class Figures:
    """Medians over some rounds."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of all processors together."""
    memory: float
    """The largest resident set, in MiB."""


class Measure:
    """Runs programs by means of `measured` of the yardsticks."""

    def __init__(self, measured: Path, valgrind: bool):
        self.measured = measured
        self.valgrind = valgrind

    def once(self, command: list[str]) -> Figures:
        print(f"  {Path(command[0]).name} {Path(command[-1]).name}", file=sys.stderr)
        with tempfile.NamedTemporaryFile("r", suffix=".figures") as file:
            subprocess.run([self.measured, file.name, *command], check=True)
            wall, cpu, memory, status = file.read().split()
        # Findings are 1 for most, and 2 for typos.
        if int(status) not in (0, 1, 2):
            raise RuntimeError(f"status {status} of {' '.join(command[:4])} …")
        return Figures(float(wall), float(cpu), int(memory) / 1024)

    def in_turn(self, contestants: list, path: Path, times: int) -> list[Figures]:
        """All of them, again and again: what disturbs the machine for a while disturbs all."""
        rounds = [[] for _ in contestants]
        for turn in range(times):
            for contestant, figures in zip(contestants, rounds):
                if turn < contestant.most_rounds:
                    figures.append(self.once(contestant.command(path)))
        return [median(figures) for figures in rounds]

    def instructions(self, contestant, path: Path) -> int | None:
        """How many instructions a program runs outside the kernel: hardly any noise, on whatever machine."""
        if not self.valgrind or not contestant.is_counted:
            return None
        with tempfile.NamedTemporaryFile("r", suffix=".log") as log:
            subprocess.run(
                ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
                 f"--log-file={log.name}", *contestant.command(path)],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            told = re.search(r"I\s+refs:\s+([\d,]+)", log.read())
        return int(told[1].replace(",", "")) if told else None


def median(rounds: list[Figures]) -> Figures:
    return Figures(*(statistics.median(getattr(it, field.name) for it in rounds)
                     for field in dataclasses.fields(Figures)))


def sections(program: Path) -> dict[str, int]:
    """Bytes by section of an ELF file."""
    told = subprocess.run(["size", "-A", "-d", program], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in told.splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) == 3 and row[0].startswith(".")}


FUNCTION = re.compile(r"^[0-9a-f]+ ([0-9a-f]+) [tTwW] (.*)$", re.MULTILINE)
CRATE = re.compile(r"^[<&*\[( ]*(?:(?:mut|dyn|const) )*([a-z_][a-z0-9_]*)(?:\[[0-9a-f]+\])?::")


def crates(program: Path) -> list[tuple[str, int]]:
    """Bytes of code by the crate that its name begins with, the largest first; needs symbols. What a library makes of
    another's generic code counts for the one whose code it is."""
    told = subprocess.run(["nm", "-S", "-C", program], capture_output=True, text=True, check=True).stdout
    bytes_of = collections.Counter()
    for size, name in FUNCTION.findall(told):
        crate = CRATE.match(name)
        bytes_of[crate[1] if crate else "others"] += int(size, 16)
    return bytes_of.most_common()
