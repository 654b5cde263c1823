"""Errors: of many kinds, in the middle of the rows, by a time limit, by KILL QUERY."""

import time

import accounts
from capture import Conversation, capture
from clients import libmariadb, pymysql_client
from commands import NUMBERS
from results import BEFORE_THE_ERROR, LATE_ERROR
from steps import binary, broken, error, rows, text


def record(server):
    app, kind = accounts.of(server).app, server.kind
    late, three = LATE_ERROR, BEFORE_THE_ERROR
    after = text("SELECT 'next' AS a", rows("a", ["next"]))
    capture(
        f"{kind}-errors-after-rows",
        server,
        "an error after three rows, by both protocols",
        Conversation(
            libmariadb,
            app,
            [
                text(late, broken(["id", "word"], three, 1242, "21000")),
                after,
                binary(late, [], broken(["id", "word"], three, 1242, "21000")),
                after,
            ],
            database="fixtures",
        ),
        Conversation(
            pymysql_client,
            app,
            [text(late, broken(["id", "word"], three, 1242, "21000")), after],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    long_name = "n" * 64
    capture(
        f"{kind}-errors",
        server,
        "errors of many kinds, among them long texts and texts beyond ASCII",
        Conversation(
            libmariadb,
            app,
            [
                text("SELEC 1", error(1064, "42000")),
                text("SELECT * FROM missing", error(1146, "42S02")),
                text("SELECT nothing", error(1054, "42S22")),
                text("INSERT INTO numbers VALUES (1, 'again')", error(1062, "23000")),
                text("INSERT INTO numbers VALUES (NULL, 'x')", error(1048, "23000")),
                text(
                    "INSERT INTO numbers VALUES ('größe🐬', 'x')",
                    error(1366, "HY000" if server.is_mysql else "22007"),
                ),
                text("INSERT INTO numbers VALUES (9, REPEAT('x', 21))", error(1406, "22001")),
                text("SELECT * FROM " + long_name + "." + long_name + "." + long_name, error(1064, "42000")),
                text("SELECT " + "x" * 1000, error(1054, "42S22")),
                text(
                    "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '" + "long " * 25 + "'", error(1644, "45000")
                ),
                text(
                    "SIGNAL SQLSTATE '77ABC' SET MESSAGE_TEXT = 'größe 🐬', MYSQL_ERRNO = 5555",
                    error(5555, "77ABC"),
                ),
                text("", error(1065, "42000")),
                text("USE nowhere", error(1049, "42000")),
                after,
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    slow = "SELECT id, IF(id = 4, SLEEP(9), 0) AS slept FROM numbers ORDER BY id"
    # MySQL still sends the row during which it was interrupted, SLEEP() having answered 1.
    part = [["1", "0"], ["2", "0"], ["3", "0"]] + ([["4", "1"]] if server.is_mysql else [])
    if server.is_mysql:
        limited = text(
            slow.replace("SELECT", "SELECT /*+ MAX_EXECUTION_TIME(400) */", 1),
            broken(["id", "slept"], part, 3024, "HY000"),
        )
    else:
        limited = text(
            "SET STATEMENT max_statement_time = 0.4 FOR " + slow, broken(["id", "slept"], part, 1969, "70100")
        )
    capture(
        f"{kind}-errors-time-limit",
        server,
        "a statement that ran into its time limit after three rows",
        Conversation(libmariadb, app, [limited, after], database="fixtures"),
        setup=NUMBERS,
    )
    capture(
        f"{kind}-errors-killed-after-rows",
        server,
        "KILL QUERY after three rows",
        Conversation(
            libmariadb,
            app,
            [text(slow, broken(["id", "slept"], part, 1317, "70100")), after],
            database="fixtures",
            during=kill_query,
        ),
        setup=NUMBERS,
    )


def kill_query(server):
    id = server.thread("app_user", "SELECT.*SLEEP")
    time.sleep(0.3)
    server.admin(f"KILL QUERY {id}")
