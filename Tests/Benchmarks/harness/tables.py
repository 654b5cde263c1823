"""Writes results as tables, to the terminal and into the documentation."""

import re

from . import charts
from .library import package
from .workloads import all_workloads

document = package / "Docs" / "Benchmarks.md"


def table(workload, server, contestants, missing, versions, command):
    """A workload's results as Markdown."""
    yardstick = next((one for one in contestants if one.label == "C"), None)
    lines = [_line(_header(workload, yardstick)), _line(["---"] + ["--:"] * (len(_header(workload, yardstick)) - 1))]
    lines += [_line(_cells(one, yardstick)) for one in contestants]
    notes = f"`{command}`: {server.name}, {', '.join(versions)}."
    if missing:
        notes += " Missing: " + "; ".join(missing) + "."
    return "\n".join([f"**{workload.name}, {server.name.split()[0]}**: {workload.title}", "", *lines, "", notes])


def _line(cells):
    return "| " + " | ".join(cells) + " |"


def _header(workload, yardstick):
    unit, to = workload.unit, " (to C)" if yardstick else ""
    speed = "ms to the first row" if workload.is_start else "MiB/s" if workload.mebibytes else f"{_plural(unit)}/s"
    return ["", f"{speed}{to}", f"CPU µs a {unit}{to}", f"{speed}, cores awake{to}", f"CPU µs, cores awake{to}",
            f"instructions a {unit}{to}", "context switches", "system calls", "peak MiB"]


def _plural(unit):
    return unit[:-1] + "ies" if unit.endswith("y") else unit + "s"


def _cells(one, yardstick):
    workload = one.workload
    speed = "seconds" if workload.is_start else "rate"
    scale = 1000 if workload.is_start else workload.mebibytes or 1

    def timed(mode, field, scale):
        value = one.median(mode, field)
        ratio = one.ratio(yardstick, mode, field) if yardstick else None
        return _number(None if value is None else value * scale, ratio if one is not yardstick else None)

    ratio = None
    if yardstick and one is not yardstick and one.instructions and yardstick.instructions:
        ratio = one.instructions / yardstick.instructions
    return [
        one.label,
        timed("idle", speed, scale), timed("idle", "processor_seconds", 1e6),
        timed("awake", speed, scale), timed("awake", "processor_seconds", 1e6),
        _number(one.instructions, ratio), _number(one.median("idle", "switches")), _number(one.system_calls),
        _number(one.median("idle", "mebibytes"))]


def _number(value, ratio=None):
    if value is None:
        return "–"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4
    return f"{value:,.{digits}f}" + ("" if ratio is None else f" ({ratio:,.{0 if ratio >= 100 else 2}f})")


def write(text):
    """Puts a table into the documentation: in the place of the last one of that workload and kind of server, or else
    where the order wants it. Draws the charts again."""
    before, start, rest = document.read_text().partition("<!-- results -->\n")
    inside, end, after = rest.partition("<!-- end of results -->")
    if not end:
        raise SystemExit(f"{document} has no place for results")
    blocks = re.split(r"(?m)^(?=\*\*W)", inside)
    blocks = [re.sub(r"(?m)^!\[.*\n?", "", block).strip() for block in blocks]
    results = {caption(block): block for block in blocks if block.startswith("**W")}
    results[caption(text)] = text
    order = [one.name for one in all_workloads]
    names = sorted(results, key=lambda name: (order.index(name[0]), name[1]))
    images = charts.write(results, document.parent / "Charts")
    # A chart follows the last table of its workload.
    last = {name[0]: name for name in names}
    parts = [part for name in names for part in [results[name], last[name[0]] == name and images.get(name[0])] if part]
    document.write_text("\n\n".join([f"{before}{start}".rstrip(), *parts, f"{end}{after}"]))


def caption(text):
    """The workload and the server in the first line of a table."""
    return re.match(r"\*\*(\w+), (\w+)\*\*", text).groups()
