"""Rows once more, for clients that have CLIENT_DEPRECATE_EOF: those made of Oracle's C library."""

import accounts
import results
import values
from capture import Conversation, capture
from clients import connector_c, mysql_cli
from commands import NUMBERS, collation
from login import NOT_TLS
from steps import binary, broken, error, ok, rows, text


def record(server):
    app, kind = accounts.of(server).app, server.kind

    def by_text(name, shows, steps, setup):
        capture(
            f"{kind}-eof-{name}-text",
            server,
            f"with CLIENT_DEPRECATE_EOF: {shows}, as text",
            Conversation(
                mysql_cli,
                app,
                steps,
                database="fixtures",
                options=NOT_TLS["options"] + ["--default-character-set=utf8mb4"],
            ),
            setup=setup,
        )

    def by_binary(name, shows, steps, setup, each=False, **ending):
        options = {"autocommit": True, "time_zone": "+00:00", **collation(server)}
        groups = [[step] for step in steps] if each else [steps]
        capture(
            f"{kind}-eof-{name}-binary",
            server,
            f"with CLIENT_DEPRECATE_EOF: {shows}, as binary",
            *(
                Conversation(connector_c, app, group, database="fixtures", **ending, **options)
                for group in groups
            ),
            setup=setup,
        )

    tables = [
        values.INTEGERS,
        values.FLOATS,
        values.DECIMALS,
        values.BITS,
        values.temporals(server.is_mysql),
        values.STRINGS,
        values.BINARIES,
        values.DOCUMENTS,
        values.SHAPES,
    ]
    setup = ["SET time_zone = '+00:00'"] + [word for table in tables for word in table.setup()]
    zone = text("SET time_zone = '+00:00'", ok())
    by_text("values", "every type", [zone] + [table.as_text() for table in tables], setup)
    by_binary("values", "every type", [table.as_binary() for table in tables], setup, each=True)

    wide = results.wide(1000)
    mixed = results.mixed_statements()
    late, three = results.LATE_ERROR, results.BEFORE_THE_ERROR
    setup = NUMBERS + results.PROCEDURES + list(results.edges_setup())
    report = rows("id", ["1"], ["2"]), rows("word", ["two"]), ok()
    by_text(
        "results",
        "several results, no rows, 1,000 columns, errors, edges",
        [
            text(late, broken(["id", "word"], three, 1242, "21000")),
            mixed,
            text(
                "SELECT 1 AS n; SELECT * FROM missing; SELECT 3 AS n", rows("n", ["1"]), error(1146, "42S02")
            ),
            text("CALL report(2)", *report),
            text("CALL failing()", rows("one", ["1"]), error(1146, "42S02")),
            text(*wide),
            text("SELECT id FROM numbers WHERE id > 9", rows("id")),
            text("DELETE FROM numbers WHERE id = 5", ok(affected=1)),
            text("SELECT body, more FROM edges ORDER BY id", rows("body more", *results.EDGES)),
        ],
        setup,
    )
    by_binary(
        "results",
        "no rows, 1,000 columns, edges, NULL bitmaps",
        [
            binary(wide[0], [], wide[1]),
            binary("SELECT id FROM numbers WHERE id > ?", [("i4", "9")], rows("id")),
            binary(
                "SELECT id, word FROM numbers WHERE id > ?",
                [("i4", "3")],
                rows("id word", ["4", "four"], ["5", "five"]),
            ),
            binary(
                "UPDATE numbers SET word = ? WHERE id < 3",
                [("s", "x")],
                ok(affected=2, info="Rows matched: 2  Changed: 2  Warnings: 0"),
            ),
            binary("SELECT body, more FROM edges ORDER BY id", [], rows("body more", *results.EDGES)),
            *(binary(*results.nulls(n)) for n in (1, 6, 7, 8, 14, 15, 70)),
        ],
        setup,
    )
    by_binary(
        "error",
        "an error after three rows",
        [binary(late, [], broken(["id", "word"], three, 1242, "21000"))],
        setup,
    )
    if server.is_mysql:
        out = "hex:" + "größe".encode().hex()
        by_binary(
            "procedure",
            "OUT parameters",
            [
                binary(
                    "CALL compute(?, ?, ?)",
                    [("i4", "2"), ("i4", "40"), ("s", "")],
                    rows("a_was", ["2"]),
                    rows("b c", ["42", out]),
                    ok(),
                )
            ],
            setup,
            end="open",
            unasked={"code": 1158},
        )
