"""Results: none, many, wide, long, broken off, and what comes with them."""

import accounts
from capture import Conversation, capture
from clients import libmariadb, mysql_cli, pymysql_client
from commands import NUMBERS
from login import NOT_TLS
from steps import binary, command, error, ok, rows, text

MULTI = {"options": ["multi"]}
COMMITTING = {"init_command": "SET autocommit = 1"}
PROCEDURES = [
    "DROP PROCEDURE IF EXISTS report",
    "DROP PROCEDURE IF EXISTS compute",
    "DROP PROCEDURE IF EXISTS quiet",
    "DROP PROCEDURE IF EXISTS failing",
    "CREATE PROCEDURE report(IN most INT) BEGIN SELECT id FROM numbers WHERE id <= most; "
    "SELECT word FROM numbers WHERE id = most; END",
    "CREATE PROCEDURE compute(IN a INT, INOUT b INT, OUT c VARCHAR(20)) BEGIN SELECT a AS a_was; "
    "SET b = a + b; SET c = 'größe'; END",
    "CREATE PROCEDURE quiet() BEGIN END",
    "CREATE PROCEDURE failing() BEGIN SELECT 1 AS one; SELECT * FROM numbers_missing; SELECT 3 AS three; END",
]
# The subquery has two rows for the fourth number.
LATE_ERROR = (
    "SELECT id, (SELECT i.word FROM numbers i WHERE i.id = o.id OR (o.id = 4 AND i.id = 1)) AS word "
    "FROM numbers o ORDER BY id"
)
BEFORE_THE_ERROR = [["1", "one"], ["2", "two"], ["3", "three"]]
EDGES = [
    ["", ""],
    [None, None],
    [None, "x"],
    ["", None],
    ["x" * 250, "y"],
    ["x" * 251, "y"],
    ["x" * 300, None],
    ["x" * 65535, "y"],
    ["x" * 65536, "y"],
    ["", "z"],
]


def edges_setup():
    quoted = lambda cell: "NULL" if cell is None else f"'{cell}'"
    yield "CREATE OR REPLACE TABLE edges (id INT PRIMARY KEY, body LONGTEXT, more TEXT)"
    for i, (a, b) in enumerate(EDGES):
        yield f"INSERT INTO edges VALUES ({i}, {quoted(a)}, {quoted(b)})"


def mixed_statements():
    return text(
        "SELECT 1 AS a; UPDATE numbers SET word = 'x' WHERE id = 1; SELECT id FROM numbers WHERE id > 9; "
        "SELECT word FROM numbers WHERE id = 1",
        rows("a", ["1"]),
        ok(affected=1, info="Rows matched: 1  Changed: 1  Warnings: 0"),
        rows("id"),
        rows("word", ["x"]),
    )


def wide(count):
    """A statement of that many columns, and its result."""
    return (
        "SELECT " + ", ".join(f"{i} AS c{i}" for i in range(count)),
        rows([f"c{i}" for i in range(count)], [str(i) for i in range(count)]),
    )


def nulls(count):
    """A statement of that many columns, each third NULL, no parameters, and its result."""
    cells = [str(i) if i % 3 else None for i in range(count)]
    return (
        "SELECT " + ", ".join(f"{cell or 'NULL'} AS c{i}" for i, cell in enumerate(cells)),
        [],
        rows([f"c{i}" for i in range(count)], cells),
    )


def record(server):
    counts(server)
    several(server)
    procedures(server)
    sizes(server)


def counts(server):
    app, kind = accounts.of(server).app, server.kind
    changed = "Rows matched: 2  Changed: 1  Warnings: 0"
    steps = [
        text("CREATE TABLE things (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(9))", ok()),
        text("INSERT INTO things (name) VALUES ('a')", ok(affected=1, id=1)),
        text(
            "INSERT INTO things (name) VALUES ('b'), ('c'), ('d')",
            ok(affected=3, id=2, info="Records: 3  Duplicates: 0  Warnings: 0"),
        ),
        text("INSERT INTO things VALUES (300, 'e')", ok(affected=1, id=300)),
        text("UPDATE things SET name = 'b' WHERE id < 3", ok(affected=1, info=changed)),
        text("SELECT * FROM things WHERE id > 1000", rows("id name")),
        text("DELETE FROM things WHERE id < 4", ok(affected=3)),
        text("REPLACE INTO things VALUES (300, 'f')", ok(affected=2, id=300)),
        text("INSERT INTO things VALUES (70000, 'g')", ok(affected=1, id=70000)),
        binary("INSERT INTO things (name) VALUES (?)", [("s", "h")], ok(affected=1, id=70001)),
        binary("SELECT * FROM things WHERE id > ?", [("i4", "70001")], rows("id name")),
        text("DROP TABLE things", ok()),
    ]
    gone = ["DROP TABLE IF EXISTS things"]
    capture(
        f"{kind}-counts",
        server,
        "affected rows, insert ids and info texts; results without rows",
        Conversation(libmariadb, app, steps, database="fixtures"),
        setup=gone,
    )
    texts = [step for step in steps if step["protocol"] == "text"]
    if server.is_mysql:
        capture(
            "mysql-counts-cli",
            server,
            "the same by the server's own client",
            Conversation(mysql_cli, app, texts, database="fixtures", **NOT_TLS),
            setup=gone,
        )
    capture(
        f"{kind}-counts-pymysql",
        server,
        "the same by a client without CLIENT_DEPRECATE_EOF",
        Conversation(pymysql_client, app, texts, database="fixtures", **COMMITTING),
        setup=gone,
    )
    capture(
        f"{kind}-counts-found-rows",
        server,
        "affected rows with CLIENT_FOUND_ROWS, and without",
        Conversation(
            libmariadb,
            app,
            [
                text(
                    "UPDATE numbers SET word = 'one' WHERE id < 3",
                    ok(affected=2, info="Rows matched: 2  Changed: 1  Warnings: 0"),
                )
            ],
            database="fixtures",
            options=["foundRows"],
        ),
        Conversation(
            libmariadb,
            app,
            [
                text(
                    "UPDATE numbers SET word = 'uno' WHERE id < 3",
                    ok(affected=2, info="Rows matched: 2  Changed: 2  Warnings: 0"),
                ),
                text(
                    "UPDATE numbers SET word = 'uno' WHERE id < 3",
                    ok(affected=0, info="Rows matched: 2  Changed: 0  Warnings: 0"),
                ),
            ],
            database="fixtures",
        ),
        setup=NUMBERS
        + ["UPDATE numbers SET word = 'two' WHERE id = 1", "UPDATE numbers SET word = 'one' WHERE id = 2"],
    )
    capture(
        f"{kind}-warnings",
        server,
        "statements with warnings, and the warnings",
        Conversation(
            libmariadb,
            app,
            [
                text(
                    "INSERT IGNORE INTO numbers VALUES (1, 'again'), (8, REPEAT('x', 30))",
                    ok(affected=1, warnings=2, info="Records: 2  Duplicates: 1  Warnings: 2"),
                ),
                text("SHOW COUNT(*) WARNINGS", rows("@@session.warning_count", ["2"])),
                text("DROP TABLE IF EXISTS missing", ok(warnings=1)),
                text("SELECT 1 AS one", rows("one", ["1"])),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )


def several(server):
    app, kind = accounts.of(server).app, server.kind
    mixed = mixed_statements()
    after = text("SELECT 'next' AS a", rows("a", ["next"]))
    at = {
        place: text(
            "; ".join("SELECT * FROM missing" if i == place else f"SELECT {i} AS n" for i in range(3)),
            *(rows("n", [str(i)]) for i in range(place)),
            error(1146, "42S02"),
        )
        for place in range(3)
    }
    for name, client, options in (
        ("libmariadb", libmariadb, MULTI),
        ("pymysql", pymysql_client, {"multi": True}),
    ):
        capture(
            f"{kind}-several-{name}",
            server,
            "several statements at once; an error in the first, second and third",
            Conversation(
                client,
                app,
                [mixed, after, at[0], after, at[1], after, at[2], after],
                database="fixtures",
                **options,
            ),
            setup=NUMBERS,
        )


def procedures(server):
    app, kind = accounts.of(server).app, server.kind
    setup = NUMBERS + PROCEDURES
    report = rows("id", ["1"], ["2"]), rows("word", ["two"]), ok()
    capture(
        f"{kind}-procedures",
        server,
        "CALL with several results, with none, and with an error after the first",
        Conversation(
            libmariadb,
            app,
            [
                text("CALL report(2)", *report),
                text("CALL quiet()", ok()),
                text("CALL failing()", rows("one", ["1"]), error(1146, "42S02")),
                text("SELECT 4 AS n", rows("n", ["4"])),
                binary("CALL report(?)", [("i4", "2")], *report),
            ],
            database="fixtures",
            **MULTI,
        ),
        Conversation(pymysql_client, app, [text("CALL report(2)", *report)], database="fixtures"),
        setup=setup,
    )
    # MySQL gives an OUT parameter no character set.
    text_out = "hex:" + "größe".encode().hex() if server.is_mysql else "größe"
    capture(
        f"{kind}-procedures-out",
        server,
        "OUT and INOUT parameters, a result of their own (SERVER_PS_OUT_PARAMS)",
        Conversation(
            libmariadb,
            app,
            [
                binary(
                    "CALL compute(?, ?, ?)",
                    [("i4", "2"), ("i4", "40"), ("s", "")],
                    rows("a_was", ["2"]),
                    rows("b c", ["42", text_out]),
                    ok(),
                ),
                command("ping"),
            ],
            database="fixtures",
            **MULTI,
        ),
        setup=setup,
    )


def sizes(server):
    app, kind = accounts.of(server).app, server.kind
    sql, result = wide(1000)
    capture(
        f"{kind}-sizes-wide-text",
        server,
        "1,000 columns, as text",
        Conversation(pymysql_client, app, [text(sql, result)]),
    )
    capture(
        f"{kind}-sizes-wide-binary",
        server,
        "1,000 columns, as binary",
        Conversation(libmariadb, app, [binary(sql, [], result)]),
    )
    series = [[str(i), f"row {i} " + "abcdefghij" * (i % 23)] for i in range(300)]
    setup = [
        "CREATE OR REPLACE TABLE series (id INT PRIMARY KEY, body LONGTEXT)",
        "INSERT INTO series VALUES " + ", ".join(f"({id}, '{body}')" for id, body in series),
    ]
    every = "SELECT * FROM series ORDER BY id"
    capture(
        f"{kind}-sizes-rows",
        server,
        "300 rows in several segments, by both protocols",
        Conversation(
            libmariadb,
            app,
            [text(every, rows("id body", *series)), binary(every, [], rows("id body", *series))],
            database="fixtures",
        ),
        setup=setup,
    )
    setup = list(edges_setup())
    every = "SELECT body, more FROM edges ORDER BY id"
    for protocol, client, step in (
        ("text", pymysql_client, text(every, rows("body more", *EDGES))),
        ("binary", libmariadb, binary(every, [], rows("body more", *EDGES))),
    ):
        capture(
            f"{kind}-sizes-first-cells-{protocol}",
            server,
            "rows that begin with an empty text, NULL, 250, 251, " f"65,535 and 65,536 bytes, as {protocol}",
            Conversation(client, app, [step], database="fixtures"),
            setup=setup,
        )
    if server.is_mysql:
        capture(
            "mysql-sizes-large-cell",
            server,
            "a cell of 200,000 bytes, as text",
            Conversation(
                mysql_cli,
                app,
                [text("SELECT body FROM edges", rows("body", ["q" * 200000]))],
                database="fixtures",
                **NOT_TLS,
            ),
            setup=[setup[0], f"INSERT INTO edges VALUES (1, '{'q' * 200000}', '')"],
        )
