"""Counts what a query costs where no other work on the machine can touch the result: each count is the difference of
two runs with different numbers of queries, so that start-up falls out."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading

tests = pathlib.Path(__file__).resolve().parents[2]


class Missing(Exception):
    """A program that counts is not available here, or cannot run a peer."""


_installing = threading.Lock()


def need(program):
    """Installs a program if it is missing, where that is possible."""
    with _installing:
        if shutil.which(program):
            return
        result = subprocess.run([tests / "install", program], capture_output=True, text=True)
    if result.returncode:
        raise Missing(f"{program} is missing")


def _counted(server, words, pattern):
    # valgrind cannot follow the signals by which Go takes the processor from goroutines.
    environment = {**os.environ, **server.environment, "GODEBUG": "asyncpreemptoff=1"}
    result = subprocess.run(
        words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    match = re.search(pattern, result.stderr)
    if result.returncode or not match:
        lines = result.stderr.strip().splitlines() or ["it prints nothing"]
        raise Missing(f"{words[0]} cannot run it: {lines[-1]}")
    return int(match[1].replace(",", ""))


def instructions(server, words, few, many):
    """Instructions in user space for each query."""
    need("valgrind")
    run = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    return _difference(lambda count: _counted(server, run + words(count), r"Collected : (\d+)"), few, many)


def allocations(server, words, few, many):
    """Pieces of memory that each query takes from the heap."""
    need("valgrind")
    run = ["valgrind", "--tool=memcheck", "--undef-value-errors=no", "--leak-check=no"]
    return _difference(
        lambda count: _counted(server, run + words(count), r"total heap usage: ([\d,]+) allocs"), few, many)


def system_calls(server, words, few, many):
    """System calls for each query, by name."""
    need("strace")
    before = _system_calls(server, words(few)) if few else {}
    after = _system_calls(server, words(many))
    # A call that memory or start-up needs now and then may be rarer in the longer run.
    return {name: max(after[name] - before.get(name, 0), 0) / (many - few) for name in after}


def _system_calls(server, words):
    with tempfile.NamedTemporaryFile() as table:
        server.run(["strace", "-f", "-c", "-U", "name,calls", "-o", table.name] + words)
        lines = pathlib.Path(table.name).read_text().splitlines()
    counts = (line.split() for line in lines)
    return {words[0]: int(words[1]) for words in counts
            if len(words) == 2 and words[1].isdigit() and words[0] != "total"}


def _difference(count, few, many):
    """Of nothing at all, there is no shorter run: start-up is meant to count."""
    difference = count(many) - (count(few) if few else 0)
    # A garbage collector may work more in the shorter run.
    if difference < 0:
        raise Missing("the shorter run took more")
    return difference / (many - few)
