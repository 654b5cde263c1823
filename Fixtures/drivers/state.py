"""What servers say of the session's state, and the starts of compression and TLS."""

import accounts
from capture import Conversation, capture
from clients import connector_c, libmariadb, mariadb_cli, mysql_cli, pymysql_client
from commands import NUMBERS
from login import NO_TLS
from steps import command, error, ok, rows, text


def record(server):
    state(server)
    starts(server)


def state(server):
    app, kind = accounts.of(server).app, server.kind
    begin = [
        text("START TRANSACTION", ok()),
        text("INSERT INTO numbers VALUES (9, 'nine')", ok(affected=1)),
        text("COMMIT", ok()),
    ]
    use = text("USE fixtures", ok(changes=[["schema", "fixtures"]]))
    capture(
        f"{kind}-state-default",
        server,
        "session tracking as it is by default: the schema, autocommit, character sets",
        Conversation(
            libmariadb,
            app,
            [
                use,
                text("SET autocommit = 0", ok(changes=[["variable", "autocommit", "OFF"]])),
                text("SET autocommit = 1", ok(changes=[["variable", "autocommit", "ON"]])),
                text("SET time_zone = '+02:00'", ok(changes=[["variable", "time_zone", "+02:00"]])),
                text("SET @a = 1", ok(changes=[])),
                command("useDatabase", database="fixtures"),
            ],
        ),
        Conversation(pymysql_client, app, [text("USE fixtures", ok()), text("SET autocommit = 0", ok())]),
    )
    transaction = "SET SESSION session_track_transaction_info = 'CHARACTERISTICS'"
    more = text("SET SESSION session_track_state_change = ON", ok())
    everything = text("SET SESSION session_track_system_variables = '*'", ok())
    capture(
        f"{kind}-state-everything",
        server,
        "session tracking of every variable, of changes, and of transactions",
        Conversation(
            libmariadb,
            app,
            [
                more,
                everything,
                text(transaction, ok()),
                text("USE fixtures", ok()),
                text("SET sql_mode = 'ANSI_QUOTES'", ok()),
                text("SET @a = 1", ok()),
                text("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", ok()),
                text("START TRANSACTION READ ONLY", ok()),
                text("SELECT word FROM numbers WHERE id = 1", rows("word", ["one"])),
                text("ROLLBACK", ok()),
                *begin,
                text("SET autocommit = 0", ok()),
                text("SELECT word FROM numbers WHERE id = 1", rows("word", ["one"])),
                text("ROLLBACK", ok()),
                command("resetConnection"),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )
    if server.is_mysql:
        capture(
            "mysql-state-gtid",
            server,
            "session tracking of GTIDs, the server's own and all",
            Conversation(
                libmariadb,
                app,
                [
                    text("SET SESSION session_track_gtids = OWN_GTID", ok()),
                    *begin,
                    text("SET SESSION session_track_gtids = ALL_GTIDS", ok()),
                    text("DELETE FROM numbers WHERE id = 9", ok(affected=1)),
                    text("SELECT word FROM numbers WHERE id = 1", rows("word", ["one"])),
                ],
                database="fixtures",
            ),
            setup=NUMBERS,
        )
    capture(
        f"{kind}-state-transaction-flags",
        server,
        "status flags: in a transaction, read-only, without autocommit, " "no backslash escapes",
        Conversation(
            libmariadb,
            app,
            [
                *begin,
                text("START TRANSACTION READ ONLY", ok()),
                text("SELECT 1 AS n", rows("n", ["1"])),
                text("ROLLBACK", ok()),
                text("SET autocommit = 0", ok()),
                text("SELECT 1 AS n", rows("n", ["1"])),
                text("SET sql_mode = 'NO_BACKSLASH_ESCAPES'", ok()),
                text("SELECT '\\' AS n", rows("n", ["\\"])),
            ],
            database="fixtures",
        ),
        setup=NUMBERS,
    )


def starts(server):
    app = accounts.of(server).app
    answer = [text("SELECT 'here' AS answer")]
    tls = {"login": "tls", "deterministic": False, "plugin": "", "path": "", "end": "quit"}
    packed = {"login": "compressed", "end": "quit"}
    if server.is_mysql:
        capture(
            "mysql-start-tls",
            server,
            "the start of TLS",
            Conversation(mysql_cli, app, answer, **tls),
            Conversation(pymysql_client, app, answer, ssl={"verify_mode": "none"}, ssl_disabled=False, **tls),
            Conversation(connector_c, app, answer, ssl_disabled=False, **tls),
        )
        for algorithm in ("zlib", "zstd"):
            capture(
                f"mysql-start-{algorithm}",
                server,
                f"the start of compression by {algorithm}",
                Conversation(
                    mysql_cli,
                    app,
                    answer,
                    path="fast",
                    options=["--ssl-mode=DISABLED", f"--compression-algorithms={algorithm}"],
                    **packed,
                ),
            )
        capture(
            "mysql-start-compress-libmariadb",
            server,
            "the start of compression, by libmariadb",
            Conversation(libmariadb, app, answer, path="fast", options=["compress"], **packed),
        )
    else:
        capture(
            "mariadb-start-tls",
            server,
            "the start of TLS",
            Conversation(mariadb_cli, app, answer, options=["--ssl"], **tls),
            Conversation(pymysql_client, app, answer, ssl={"verify_mode": "none"}, ssl_disabled=False, **tls),
        )
        capture(
            "mariadb-start-zlib",
            server,
            "the start of compression by zlib",
            Conversation(mariadb_cli, app, answer, options=["--skip-ssl", "--compress"], **packed),
            Conversation(libmariadb, app, answer, options=["compress"], **packed),
        )
        capture(
            "mariadb-cli",
            server,
            "statements by the server's own client",
            Conversation(
                mariadb_cli,
                app,
                [
                    text("SELECT * FROM numbers WHERE id < 3", rows("id word", ["1", "one"], ["2", "two"])),
                    text("SELEC", error(1064, "42000")),
                ],
                database="fixtures",
                **NO_TLS,
            ),
            setup=NUMBERS,
        )
