"""What is measured, and who takes part."""

import dataclasses
import typing


class Row(typing.NamedTuple):
    """Who takes part, and how."""

    label: str
    peer: str
    options: tuple = ()
    # What the program calls the workload, if it is another way to do it.
    word: str = ""


task, executor = Row("this library", "ours"), Row("this library, on the executor", "ours", ("executor",))
drain, c, go, python = Row("drain", "drain"), Row("C", "C"), Row("Go", "Go"), Row("PyMySQL", "PyMySQL")


@dataclasses.dataclass
class Workload:
    name: str
    title: str
    # What is counted, and how many of it a sample does.
    unit: str
    count: int
    # How many the two runs do whose difference is counted.
    counted: tuple
    rows: list
    # What the programs call it.
    word: str = ""
    options: tuple = ()
    # The size of a unit, where throughput is what matters.
    mebibytes: int = 0
    # Whether the time from the start of a process to its first row is what matters.
    is_start: bool = False

    def __post_init__(self):
        self.word = self.word or self.name

    def words(self, row, count):
        return [row.word or self.word, str(count), *self.options, *row.options]


def _rows(name, title, rows, **others):
    return Workload(name, title, "row", 1_000_000, (1_000, 21_000), rows, **others)


all_workloads = [
    Workload("W1", "`SELECT 1` by text protocol, one after the other", "query", 20_000, (200, 1_200),
             [drain, c, go, python, task, executor]),
    _rows("W2", "a million rows by text protocol, streamed", [drain, c, go, python, task, executor]),
    _rows("W2c", "a million rows by text protocol, collected", [c, go, python, task]),
    _rows("W3", "a million rows of a prepared statement, streamed", [drain, c, go, task, executor]),
    _rows("W3c", "a million rows of a prepared statement, collected", [c, go, task]),
    Workload("W4", "a row of six columns by its key, prepared, one after the other", "query", 20_000, (200, 1_200),
             [drain, c, go, python, task, executor]),
    Workload("W5", "64 MiB in one cell, five times", "cell", 5, (1, 3), [drain, c, go, python, task], mebibytes=64),
    Workload("W5m", "15 MiB in one cell, twenty times", "cell", 20, (1, 3), [drain, c, go, python, task], mebibytes=15),
    Workload("W6", "connecting, logging in, saying goodbye", "login", 500, (10, 110), [c, go, python, task, executor]),
    Workload("W7", "W4 on 16 connections at once", "query", 64_000, (320, 1_920),
             [drain, c, go, task, executor,
              Row("this library, on the executor, two event loops", "ours", ("executor", "two-loops"))]),
    Workload("W8a", "100,000 rows inserted in a transaction, prepared, one after the other", "row", 100_000,
             (200, 1_200), [drain, c, go, python, task, executor]),
    Workload("W8b", "100,000 rows inserted in a transaction, a thousand in each statement of text", "row", 100_000,
             (2_000, 12_000),
             [drain, c, go, python, task, Row("this library, `executeBatch`", "ours", word="W8c"),
              Row("this library, `executeBatch`, `pipelining=true`", "ours", ("pipelining",), word="W8c")]),
    _rows("W9", "W2 in TLS", [c, go, python, task], word="W2", options=("tls",)),
    Workload("W10", "from the start of a process to its first row", "start", 20, (0, 1), [c, go, python, task],
             word="W1", is_start=True),
]
