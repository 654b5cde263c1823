"""Prepared statements in all their forms, and their parameters."""

import accounts
from capture import Conversation, capture
from clients import connector_pure, go, libmariadb
from commands import NUMBERS, collation
from results import nulls
from steps import binary, command, error, ok, quiet, rows, text

ALL_NUMBERS = ["1", "one"], ["2", "two"], ["3", "three"], ["4", "four"], ["5", "five"]


def record(server):
    statements(server)
    nothing(server)
    parameters(server)
    if not server.is_mysql:
        only_mariadb(server)


def statements(server):
    app, kind = accounts.of(server).app, server.kind
    by_id = "SELECT word FROM numbers WHERE id = ?"
    capture(
        f"{kind}-prepared-reuse",
        server,
        "PREPARE, five EXECUTEs of which two leave out the types, RESET, CLOSE",
        Conversation(
            libmariadb,
            app,
            [
                binary(by_id, [("i4", "1")], rows("word", ["one"])),
                binary(by_id, [("i4", "2")], rows("word", ["two"]), _operations=[["again", "i4", "2"]]),
                binary(by_id, [("i4", "5")], rows("word", ["five"]), _operations=[["again", "i4", "5"]]),
                quiet("reset"),
                binary(by_id, [("i8", "3")], rows("word", ["three"])),
                binary(by_id, [None], rows("word")),
                quiet("close"),
                command("ping"),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    capture(
        f"{kind}-prepared-go",
        server,
        "prepared statements by Go's driver",
        Conversation(
            go,
            app,
            [
                binary(by_id, [("i8", "4")], rows("word", ["four"])),
                binary(by_id, [("s", "2")], rows("word", ["two"])),
                binary(
                    "SELECT id, word FROM numbers WHERE id < ? OR word = ? ORDER BY id",
                    [("i8", "2"), ("s", "five")],
                    rows("id word", ["1", "one"], ["5", "five"]),
                ),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    capture(
        f"{kind}-prepared-connector",
        server,
        "prepared statements by mysql-connector-python",
        Conversation(
            connector_pure,
            app,
            [
                binary(by_id, [("i4", "1")], rows("word", ["one"])),
                binary(by_id, [("i4", "300")], rows("word")),
                binary("SELECT id FROM numbers WHERE word = ?", [("s", "two")], rows("id", ["2"])),
            ],
            database="fixtures",
            **collation(server),
        ),
        setup=NUMBERS,
    )
    capture(
        f"{kind}-prepared-errors",
        server,
        "errors of PREPARE, of EXECUTE, and of a statement that was closed",
        Conversation(
            libmariadb,
            app,
            [
                binary("SELECT FROM", [], error(1064, "42000"), _fails=True),
                binary("SELECT * FROM missing WHERE id = ?", [], error(1146, "42S02"), _fails=True),
                binary(
                    "INSERT INTO numbers VALUES (?, ?)", [("i4", "1"), ("s", "again")], error(1062, "23000")
                ),
                binary("INSERT INTO numbers VALUES (?, ?)", [("i4", "6"), ("s", "six")], ok(affected=1)),
                command("ping"),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    every = "SELECT id, word FROM numbers ORDER BY id"
    capture(
        f"{kind}-prepared-cursor",
        server,
        "a read-only cursor, FETCHed two rows at a time to the end",
        Conversation(
            libmariadb,
            app,
            [
                binary(
                    every, [], rows("id word", *ALL_NUMBERS), _operations=[["cursor", "2"], ["fetch", "6"]]
                ),
                quiet("reset"),
                binary(
                    "SELECT id, word FROM numbers WHERE id > 9",
                    [],
                    rows("id word"),
                    _operations=[["cursor", "2"], ["fetch", "6"]],
                ),
                quiet("close"),
                command("ping"),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    capture(
        f"{kind}-prepared-long-data",
        server,
        "SEND_LONG_DATA in pieces, one of them empty",
        Conversation(
            libmariadb,
            app,
            [
                binary(
                    "INSERT INTO pieces VALUES (1, ?)",
                    [("b", "0001" + "ab" * 300 + "ff")],
                    ok(affected=1),
                    _operations=[
                        ["longData", "0", "0001"],
                        ["longData", "0", "ab" * 300],
                        ["longData", "0", ""],
                        ["longData", "0", "ff"],
                        ["again"],
                    ],
                ),
                text("SELECT body FROM pieces", rows("body", ["hex:0001" + "ab" * 300 + "ff"])),
            ],
            database="fixtures",
        ),
        setup=["CREATE OR REPLACE TABLE pieces (id INT, body LONGBLOB)"],
    )


def nothing(server):
    app, kind = accounts.of(server).app, server.kind
    capture(
        f"{kind}-prepared-null-bitmaps",
        server,
        "rows of 1, 2, 6, 7, 8, 9, 14, 15 and 70 columns, each third NULL",
        Conversation(libmariadb, app, [binary(*nulls(n)) for n in (1, 2, 6, 7, 8, 9, 14, 15, 70)]),
    )

    def asked(count):
        cells = [str(i) if i % 3 else None for i in range(count)]
        sql = "SELECT " + ", ".join(f"CAST(? AS CHAR(3)) AS c{i}" for i in range(count))
        return binary(
            sql, [cell and ("s", cell) for cell in cells], rows([f"c{i}" for i in range(count)], cells)
        )

    capture(
        f"{kind}-prepared-null-parameters",
        server,
        "1, 7, 8, 9, 16, 17 and 70 parameters, each third NULL",
        Conversation(libmariadb, app, [asked(n) for n in (1, 7, 8, 9, 16, 17, 70)]),
    )


def parameters(server):
    app, kind = accounts.of(server).app, server.kind
    columns = [
        ("i1", "TINYINT"),
        ("i2", "SMALLINT"),
        ("i4", "INT"),
        ("i8", "BIGINT"),
        ("u1", "TINYINT UNSIGNED"),
        ("u2", "SMALLINT UNSIGNED"),
        ("u4", "INT UNSIGNED"),
        ("u8", "BIGINT UNSIGNED"),
        ("f", "FLOAT"),
        ("d", "DOUBLE"),
        ("s", "VARCHAR(300)"),
        ("b", "VARBINARY(300)"),
        ("date", "DATE"),
        ("datetime", "DATETIME(6)"),
        ("time", "TIME(6)"),
    ]
    most = [
        "127",
        "32767",
        "2147483647",
        str(2**63 - 1),
        "255",
        "65535",
        "4294967295",
        str(2**64 - 1),
        "1.5",
        "0.30000000000000004",
        "s" * 300,
        "ff" * 252,
        "9999-12-31",
        "9999-12-31 23:59:59.999999",
        "-34:22:33.000001",
    ]
    least = [
        "-128",
        "-32768",
        "-2147483648",
        str(-(2**63)),
        "0",
        "0",
        "0",
        "0",
        "-0.25",
        "-1e-20",
        "",
        "",
        "1000-01-01",
        "1000-01-01 00:00:00.000000",
        "00:00:00.000000",
    ]
    sql = f"INSERT INTO given VALUES (?{', ?' * len(columns)})"

    def row(id, values):
        return [("i4", str(id))] + [value and (kind, value) for (kind, _), value in zip(columns, values)]

    def stored(id, values):
        return [str(id)] + [
            "hex:" + v if v is not None and k == "b" else v for (k, _), v in zip(columns, values)
        ]

    names = ["id"] + [f"c_{kind}" for kind, _ in columns]
    setup = [
        f"CREATE OR REPLACE TABLE given (id INT PRIMARY KEY, {', '.join(f'c_{k} {t}' for k, t in columns)})"
    ]
    none = [None] * len(columns)
    capture(
        f"{kind}-parameters",
        server,
        "parameters of every type, stored and read back by both protocols",
        Conversation(
            libmariadb,
            app,
            [
                binary(sql, row(1, most), ok(affected=1)),
                binary(sql, [("i4", "2")] + [(k, v) for (k, _), v in zip(columns, least)], ok(affected=1)),
                binary(sql, row(3, none), ok(affected=1)),
                *(
                    how(
                        "SELECT * FROM given ORDER BY id",
                        *more,
                        rows(names, stored(1, most), stored(2, least), stored(3, none)),
                    )
                    for how, more in ((text, ()), (binary, ([],)))
                ),
            ],
            database="fixtures",
        ),
        setup=setup,
    )
    insert = "INSERT INTO given (id, c_i8, c_d, c_s, c_b, c_datetime) VALUES (?, ?, ?, ?, ?, ?)"
    select = "SELECT id, c_i8, c_d, c_s, c_b, c_datetime FROM given ORDER BY id"
    given = [
        ("i4", "1"),
        ("i8", "-5"),
        ("d", "2.5"),
        ("s", "größe 🐬"),
        ("b", "00ff"),
        ("datetime", "2024-02-29 12:34:56.789"),
    ]
    back = rows(
        "id c_i8 c_d c_s c_b c_datetime",
        ["1", "-5", "2.5", "größe 🐬", "hex:00ff", "2024-02-29 12:34:56.789000"],
        ["2", None, None, None, None, None],
    )
    steps = [
        binary(insert, given, ok(affected=1)),
        binary(insert, [("i4", "2")] + [None] * 5, ok(affected=1)),
        text(select, back),
    ]
    for name, client, options in (("go", go, {}), ("connector", connector_pure, collation(server))):
        options = options if client is go else {"autocommit": True, **options}
        capture(
            f"{kind}-parameters-{name}",
            server,
            "an integer, a double, text, bytes, a date with time, and NULLs",
            Conversation(client, app, steps, database="fixtures", **options),
            setup=setup,
        )


def only_mariadb(server):
    app = accounts.MariaDB.app
    by_id = "SELECT word FROM numbers WHERE id = ?"
    capture(
        "mariadb-prepared-direct",
        server,
        "PREPARE and EXECUTE in one go, the latter of statement -1",
        Conversation(
            libmariadb,
            app,
            [
                binary(by_id, [("i4", "1")], rows("word", ["one"]), _direct=True),
                quiet("close"),
                binary("SELECT COUNT(*) AS n FROM numbers", [], rows("n", ["5"]), _direct=True),
                quiet("close"),
                command("ping"),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    capture(
        "mariadb-prepared-cached-metadata",
        server,
        "EXECUTEs that leave out the column definitions until the " "table changes",
        Conversation(
            libmariadb,
            app,
            [
                binary("SELECT * FROM numbers WHERE id = ?", [("i4", "1")], rows("id word", ["1", "one"])),
                binary("SELECT * FROM numbers WHERE id = ?", [("i4", "2")], rows("id word", ["2", "two"])),
                text(
                    "ALTER TABLE numbers ADD COLUMN more INT DEFAULT 7",
                    ok(info="Records: 0  Duplicates: 0  Warnings: 0"),
                ),
                binary(
                    "SELECT * FROM numbers WHERE id = ?",
                    [("i4", "3")],
                    rows("id word more", ["3", "three", "7"]),
                    _operations=[["execute", "i4", "3"]],
                ),
                binary(
                    "SELECT * FROM numbers WHERE id = ?",
                    [("i4", "4")],
                    rows("id word more", ["4", "four", "7"]),
                ),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    capture(
        "mariadb-prepared-bulk",
        server,
        "BULK_EXECUTE of three rows, one with a NULL",
        Conversation(
            libmariadb,
            app,
            [
                binary(
                    "INSERT INTO numbers VALUES (?, ?)",
                    [],
                    ok(affected=3, info="Records: 3  Duplicates: 0  Warnings: 0"),
                    _operations=[
                        ["close"],
                        [
                            "bulk",
                            "INSERT INTO numbers VALUES (?, ?)",
                            "10",
                            "ten",
                            "11",
                            "NULL",
                            "12",
                            "twelve",
                        ],
                    ],
                ),
                text(
                    "SELECT * FROM numbers WHERE id > 9",
                    rows("id word", ["10", "ten"], ["11", None], ["12", "twelve"]),
                ),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
