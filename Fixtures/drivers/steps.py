"""What a conversation does, and the expected outcome. Keys that begin with "_" are for the drivers only."""

import struct


def rows(columns, *rows):
    columns = columns.split() if isinstance(columns, str) else list(columns)
    return {"columns": columns, "rows": [list(row) for row in rows]}


def ok(affected=0, id=0, warnings=0, info=None, changes=None):
    """`changes` are those of the session state that the server reports, each a kind and its values."""
    result = {"affected": affected, "insertId": id, "warnings": warnings}
    if info is not None:
        result["info"] = info
    if changes is not None:
        result["changes"] = changes
    return {"ok": result}


def error(code, state):
    """`state` is None where the server sends none: before it knows the client's capabilities."""
    return {"error": {"code": code, **({"state": state} if state else {})}}


def broken(columns, rows_before, code, state):
    """A result that ends with an error after some rows."""
    return {**rows(columns, *rows_before), **error(code, state)}


def text(sql, *results, **extra):
    return {"sql": sql, "protocol": "text", **extra, "results": list(results)}


def binary(sql, parameters, *results, **extra):
    """One execution. A parameter is None or a pair of a type (see libmariadb.c) and its text."""
    shown = [None if p is None else ("hex:" + p[1] if p[0] == "b" else p[1]) for p in parameters]
    return {
        "sql": sql,
        "protocol": "binary",
        **({"parameters": shown} if shown else {}),
        **extra,
        "_parameters": parameters,
        "results": list(results),
    }


def command(name, *results, **extra):
    return {"command": name, **extra, "results": list(results) or [{"ok": {}}]}


def quiet(*operation, **extra):
    """Something that the driver does and that no expectation speaks of."""
    return {"_quiet": list(operation), **extra}


def shown(step):
    return {key: value for key, value in step.items() if not key.startswith("_")}


class Cell:
    """A value as SQL writes it, and as the server has to return it."""

    def __init__(self, sql, expected):
        self.sql, self.expected = sql, expected


NULL = Cell("NULL", None)


def number(literal):
    return Cell(str(literal), str(literal))


def string(value):
    return Cell("'" + value.replace("\\", "\\\\").replace("'", "''") + "'", value)


def octets(value):
    return Cell("x'" + value.hex() + "'", "hex:" + value.hex())


def bits(value):
    return Cell(str(value), f"bits:{value}")


def point(x, y):
    """Four bytes of SRID, then well-known binary, little-endian, type 1."""
    return Cell(f"ST_GeomFromText('POINT({x} {y})')", "hex:" + struct.pack("<IBIdd", 0, 1, 1, x, y).hex())


def line(*points):
    body = b"".join(struct.pack("<dd", *p) for p in points)
    words = ",".join(f"{x} {y}" for x, y in points)
    return Cell(
        f"ST_GeomFromText('LINESTRING({words})')",
        "hex:" + (struct.pack("<IBII", 0, 1, 2, len(points)) + body).hex(),
    )


def vector(*floats):
    return Cell(
        "STRING_TO_VECTOR('[" + ",".join(map(str, floats)) + "]')",
        "hex:" + struct.pack(f"<{len(floats)}f", *floats).hex(),
    )


class Table:
    """A table with an id of its own, 1 and up, and the rows that the server is asked to store."""

    def __init__(self, name, columns, *contents):
        self.name, self.columns, self.contents = name, columns, contents

    def setup(self):
        definitions = ", ".join(f"{name} {kind}" for name, kind in self.columns)
        yield f"CREATE OR REPLACE TABLE {self.name} (id INT PRIMARY KEY, {definitions})"
        for id, cells in enumerate(self.contents, 1):
            yield f"INSERT INTO {self.name} VALUES ({', '.join([str(id)] + [cell.sql for cell in cells])})"

    @property
    def select(self):
        return f"SELECT * FROM {self.name} ORDER BY id"

    @property
    def result(self):
        return rows(
            ["id"] + [name for name, _ in self.columns],
            *([str(id)] + [cell.expected for cell in cells] for id, cells in enumerate(self.contents, 1)),
        )

    def as_text(self):
        return text(self.select, self.result)

    def as_binary(self):
        return binary(self.select, [], self.result)
