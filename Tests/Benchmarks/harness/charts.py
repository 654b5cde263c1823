"""Draws the tables of results as bars: each rate beside that of C. Run as a program, it checks itself."""

import html
import re
import sys
import tempfile
import pathlib
import xml.etree.ElementTree as xml

width, left, right, bar, gap, head = 760, 270, 80, 18, 8, 64
# Bars of more than this are cut, and end in a notch.
most = 2.5

# Both sets of colours have a contrast of at least 4.5 for text on the page that they are made for.
style = """
  text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600; font-size: 15px }
  .soft { fill: #57606a } .bar { fill: #8c959f } .ours { fill: #1f6feb } .line { stroke: #57606a; stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .soft { fill: #9198a1 } .bar { fill: #6e7681 } .ours { fill: #58a6ff } .line { stroke: #9198a1 }
  }
"""


def rates(block):
    """The rows of a table, as names and rates relative to C."""
    lines = [line for line in block.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    # A time to the first row is better if it is shorter.
    is_time = cells[0][1].startswith("ms ")
    found = []
    for name, first, *_ in cells[2:]:
        ratio = re.search(r"\(([\d,.]+)\)", first)
        value = 1.0 if name == "C" else float(ratio.group(1).replace(",", "")) if ratio else None
        if value is not None and first != "–":
            found.append((name.replace("`", ""), 1 / value if is_time and value else value))
    return found


def draw(name, title, groups):
    """A chart of a workload: a group of bars for each kind of server."""
    height = head + sum(30 + len(rows) * (bar + gap) for _, rows in groups) + 12
    scale = (width - left - right) / min(most, max([1.0] + [rate for _, rows in groups for _, rate in rows]))
    told = "; ".join(f"{server}: " + ", ".join(f"{label} {rate:.2f}" for label, rate in rows) for server, rows in groups)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="title text">',
        f'<title id="title">{_text(f"{name}: {title}")}</title>', f'<desc id="text">{_text(told)}</desc>',
        f"<style>{style}</style>",
        f'<text class="title" x="12" y="24">{_text(f"{name}: {title}")}</text>',
        f'<text class="soft" x="12" y="44">Rate relative to C (1.00); longer is better.</text>']
    y = head
    for server, rows in groups:
        parts.append(f'<text class="soft" x="12" y="{y + 14}">{_text(server)}</text>')
        y += 24
        bottom = y + len(rows) * (bar + gap)
        parts.append(f'<line class="line" x1="{left + scale:.1f}" x2="{left + scale:.1f}" y1="{y - 6}" y2="{bottom}"/>')
        for label, rate in rows:
            kind = "ours" if label.startswith("this library") else "bar"
            length = max(1.0, min(rate, most) * scale)
            parts.append(f'<text x="{left - 10}" y="{y + 14}" text-anchor="end">{_text(label)}</text>')
            parts.append(_shape(kind, left, y, length, rate > most))
            parts.append(f'<text x="{width - 12}" y="{y + 14}" text-anchor="end">{rate:.2f}</text>')
            y += bar + gap
        y += 6
    return "\n".join([*parts, "</svg>", ""])


def _shape(kind, x, y, length, is_cut):
    if not is_cut:
        return f'<rect class="{kind}" x="{x}" y="{y}" width="{length:.1f}" height="{bar}" rx="3"/>'
    end = x + length
    points = f"{x},{y} {end:.1f},{y} {end - 6:.1f},{y + bar / 2} {end:.1f},{y + bar} {x},{y + bar}"
    return f'<polygon class="{kind}" points="{points}"/>'


def _text(text):
    return html.escape(text.replace("`", ""))


def write(results, folder):
    """Draws a chart for each workload that has a table with C. `results` are tables by workload and server. Returns the
    lines that show the charts, by workload."""
    folder.mkdir(exist_ok=True)
    groups, titles = {}, {}
    for (workload, server), block in results.items():
        rows = rates(block)
        if any(name == "C" for name, _ in rows):
            groups.setdefault(workload, []).append((server, rows))
            titles[workload] = re.match(r"\*\*\w+, \w+\*\*: (.*)", block).group(1)
    for old in folder.glob("*.svg"):
        if old.stem not in groups:
            old.unlink()
    for workload, found in groups.items():
        (folder / f"{workload}.svg").write_text(draw(workload, titles[workload], sorted(found)))
    return {workload: f"![{workload}: rates relative to C]({folder.name}/{workload}.svg)" for workload in groups}


def check():
    """Draws made-up results, and looks at what came out."""
    from . import contest, tables, workloads

    made = {"C": 2.0, "Go": 1.0, "drain": 9.0, "PyMySQL": 0.1, "ours": 1.9}
    blocks = {}
    for workload in workloads.all_workloads:
        for server in ["MariaDB", "MySQL"]:
            contestants = []
            for row in workload.rows:
                one = contest.Contestant(row, None, workload)
                rate = made[row.peer]
                one.samples["idle"] = [contest.Sample(rate, 1 / rate, 1e-6, 1, 1, "")] * 3
                contestants.append(one)
            place = type("Server", (), {"name": f"{server} <1>"})
            text = tables.table(workload, place, contestants, [], ["1.0"], "run")
            blocks[tables.caption(text)] = text
    # A table without C has nothing to be compared with, and a failed run has no number.
    assert rates("| | queries/s (to C) |\n| --- | --: |\n| C | 2 |\n| Go | – |\n| drain | 9 (4.50) |") == [
        ("C", 1.0), ("drain", 4.5)]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder) / "Charts"
        folder.mkdir()
        (folder / "W99.svg").write_text("of a workload that is gone")
        lines = write(blocks, folder)
        names = {workload.name for workload in workloads.all_workloads}
        assert set(lines) == names == {file.stem for file in folder.glob("*.svg")}, lines
        for workload in workloads.all_workloads:
            text = (folder / f"{workload.name}.svg").read_text()
            image = xml.fromstring(text)
            space = "{http://www.w3.org/2000/svg}"
            shapes = image.findall(f"{space}rect") + image.findall(f"{space}polygon")
            assert len(shapes) == 2 * len(workload.rows), workload.name
            assert "prefers-color-scheme: dark" in text and image.find(f"{space}title").text
            tall, wide = float(image.get("height")), float(image.get("width"))
            for element in image.iter():
                assert float(element.get("y", 0)) <= tall and float(element.get("x", 0)) <= wide, workload.name
            # 1.9 to 2.0 in every workload, also where a shorter time is better.
            ours = [shape for shape in shapes if shape.get("class") == "ours"]
            yardstick = (width - left - right) / (most if any(row.peer == "drain" for row in workload.rows) else 1)
            for shape in ours:
                assert abs(float(shape.get("width")) / yardstick - 0.95) < 0.01, (workload.name, shape.get("width"))
            assert text.count(">0.95<") == len(ours) and text.count(">1.00<") == 2, workload.name
    print(f"{len(names)} charts")


if __name__ == "__main__":
    # Imported by its own name, so that the modules that it uses find the same one.
    from harness import charts

    sys.exit(charts.check())
