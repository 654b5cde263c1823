"""How conversations end without the client's asking, and what servers say meanwhile."""

import socket
import subprocess
import time

import accounts
from capture import FIXTURES, Conversation, Server, capture, wanted
from clients import WORK, libmariadb, pymysql_client
from commands import NUMBERS
from steps import command, error, ok, quiet, rows, text


def record(server):
    killed(server)
    idle(server)
    if not server.is_mysql:
        progress(server)
    spare(server)


def killed(server):
    app, kind = accounts.of(server).app, server.kind
    after = text("SELECT 'next' AS a", rows("a", ["next"]))
    sleep = text(
        "SELECT SLEEP(9) AS slept", rows("slept", ["1"]) if server.is_mysql else error(1317, "70100")
    )
    capture(
        f"{kind}-killed-query",
        server,
        "KILL QUERY during SLEEP()" + (", which answers 1" if server.is_mysql else ""),
        Conversation(libmariadb, app, [sleep, after], during=killer("QUERY", "SELECT SLEEP")),
    )
    wait = text("SELECT id FROM numbers WHERE id = 1 FOR UPDATE", error(1317, "70100"))
    holder = server.connect("fixtures")
    server.admin(*NUMBERS)
    with holder.cursor() as cursor:
        cursor.execute("START TRANSACTION")
        cursor.execute("SELECT * FROM numbers FOR UPDATE")
        capture(
            f"{kind}-killed-waiting",
            server,
            "KILL QUERY of a statement that waits for a lock",
            Conversation(
                libmariadb,
                app,
                [wait, after],
                database="fixtures",
                during=killer("QUERY", "SELECT id FROM numbers"),
            ),
        )
        capture(
            f"{kind}-killed-connection-busy",
            server,
            "KILL CONNECTION during a statement, which gets no answer",
            Conversation(
                libmariadb,
                app,
                [text("SELECT SLEEP(9) AS slept"), quiet("wait", "300"), quiet("leave")],
                end="server",
                during=killer("CONNECTION", "SELECT SLEEP"),
            ),
        )
        capture(
            f"{kind}-killed-connection-waiting",
            server,
            "KILL CONNECTION of a statement that waits for a lock",
            Conversation(
                libmariadb,
                app,
                [text(wait["sql"]), quiet("wait", "300"), quiet("leave")],
                database="fixtures",
                end="server",
                during=killer("CONNECTION", "SELECT id FROM numbers"),
            ),
        )
    holder.close()
    capture(
        f"{kind}-killed-connection",
        server,
        "KILL CONNECTION of an idle connection",
        Conversation(
            pymysql_client,
            app,
            [command("ping"), quiet("wait", 1.2)],
            end="server",
            leave=True,
            during=killer("CONNECTION"),
        ),
    )
    capture(
        f"{kind}-killed-connection-asked",
        server,
        "a statement after KILL CONNECTION",
        Conversation(
            pymysql_client,
            app,
            [command("ping"), quiet("wait", 1.2), text("SELECT 1 AS n")],
            end="server",
            leave=True,
            during=killer("CONNECTION"),
        ),
    )


def killer(what, doing=None):
    def kill(server):
        id = server.thread("app_user", doing)
        time.sleep(0.4)
        server.admin(f"KILL {what} {id}")

    return kill


def idle(server):
    app, kind = accounts.of(server).app, server.kind
    capture(
        f"{kind}-idle",
        server,
        "wait_timeout: the server ends an idle connection"
        + (" and says so" if server.is_mysql else " without a word"),
        Conversation(
            pymysql_client,
            app,
            [text("SET wait_timeout = 1", ok()), quiet("wait", 2.5)],
            leave=True,
            end="server",
            unasked={"code": 4031} if server.is_mysql else None,
        ),
    )
    if server.is_mysql:
        transaction = [
            text("SET wait_timeout = 1", ok()),
            text("START TRANSACTION", ok()),
            text("SELECT word FROM numbers WHERE id = 1", rows("word", ["one"])),
            quiet("wait", 2.5),
        ]
        capture(
            "mysql-idle-in-transaction",
            server,
            "wait_timeout in a transaction",
            Conversation(
                pymysql_client,
                app,
                transaction,
                database="fixtures",
                leave=True,
                end="server",
                unasked={"code": 4031},
            ),
            setup=NUMBERS,
        )


def progress(server):
    app = accounts.MariaDB.app
    count = 400000
    changed = ok(affected=count, info=f"Records: {count}  Duplicates: 0  Warnings: 0")
    setup = [
        "CREATE OR REPLACE TABLE large (id INT PRIMARY KEY, a VARCHAR(40), b VARCHAR(40)) ENGINE=InnoDB",
        f"INSERT INTO large SELECT seq, REVERSE(seq), MD5(seq) FROM seq_1_to_{count}",
    ]
    capture(
        "mariadb-progress",
        server,
        "progress reports during ALTER TABLE",
        Conversation(
            libmariadb,
            app,
            [
                text("SET progress_report_time = 1", ok()),
                text(
                    "ALTER TABLE large ADD COLUMN c VARCHAR(99), ADD INDEX (a, b), ADD INDEX (b), "
                    "ADD INDEX (b, a), ALGORITHM=COPY",
                    changed,
                ),
                text("SELECT COUNT(*) AS n FROM large", rows("n", [str(count)])),
            ],
            database="fixtures",
            options=["progress"],
        ),
        setup=setup,
    )
    server.admin("DROP TABLE IF EXISTS large")


def spare(server):
    """On servers of their own: what would disturb everyone else."""
    kind, app = server.kind, accounts.of(server).app
    asleep = text("SELECT SLEEP(9) AS slept", *([rows("slept", ["1"])] if server.is_mysql else []))

    def shut_down_busy(other):
        other.thread("app_user", "SELECT SLEEP")
        shut_down(other)

    with_spare(
        server,
        f"{kind}-shutdown-idle",
        "the server shuts down while the connection is idle",
        lambda: [
            Conversation(
                pymysql_client,
                app,
                [command("ping"), quiet("wait", 3)],
                leave=True,
                end="server",
                during=shut_down,
            )
        ],
    )
    with_spare(
        server,
        f"{kind}-shutdown-busy",
        "the server shuts down during SLEEP()"
        + (", which answers 1" if server.is_mysql else ", which gets no answer"),
        lambda: [
            Conversation(
                pymysql_client,
                app,
                [command("ping"), asleep, quiet("wait", 2)],
                leave=True,
                end="server",
                during=shut_down_busy,
            )
        ],
    )
    if server.is_mysql:
        return  # it counts no errors of a loopback address
    refused = {"login": error(1129, None), "plugin": ""}
    with_spare(
        server,
        f"{kind}-login-host-blocked",
        "a host with too many failed connections: an error instead of a " "greeting",
        lambda: [
            Conversation(pymysql_client, app, bind_address="127.0.0.2", **refused),
            Conversation(libmariadb, app, options=["from=127.0.0.2"], **refused),
        ],
        options=["--skip-name-resolve=OFF", "--max-connect-errors=1"],
        before=fail_to_connect,
    )


def shut_down(server):
    server.thread("app_user")
    time.sleep(0.5)
    server.admin("SHUTDOWN", database=None)


def fail_to_connect(server):
    server.admin("CREATE USER nobody@'127.0.0.2'")
    for _ in range(3):
        with socket.create_connection(
            (server.host, server.port), source_address=("127.0.0.2", 0)
        ) as connection:
            connection.recv(100)
        time.sleep(0.2)


def with_spare(server, name, shows, conversations, options=(), before=None):
    if not wanted(name):
        return
    folder, servers = f"{WORK}/spare", FIXTURES + "/../Tests/servers"
    subprocess.run([servers, "start", server.kind, folder, *options], check=True)
    try:
        other = Server(folder)
        accounts.prepare(other, [accounts.of(other).app])
        if before:
            before(other)
        capture(name, other, shows, *conversations())
    finally:
        subprocess.run([servers, "stop", folder], check=True)
