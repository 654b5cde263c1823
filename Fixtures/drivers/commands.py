"""The commands other than queries: PING and its like, CHANGE_USER, and what goes along with a query."""

import accounts
from capture import Conversation, capture
from clients import connector_c, connector_pure, go, libmariadb, mysql_cli, pymysql_client
from login import MARIADB_COLLATION, NOT_TLS
from steps import binary, command, error, ok, quiet, rows, text

NUMBERS = [
    "CREATE OR REPLACE TABLE numbers (id INT PRIMARY KEY, word VARCHAR(20))",
    "INSERT INTO numbers VALUES (1,'one'),(2,'two'),(3,'three'),(4,'four'),(5,'five')",
]


def record(server):
    commands(server)
    change_user(server)
    if server.is_mysql:
        query_attributes(server)


def collation(server):
    return {} if server.is_mysql else MARIADB_COLLATION


def commands(server):
    app, kind = accounts.of(server).app, server.kind
    here = text("SELECT DATABASE() AS here", rows("here", ["fixtures"]))
    multi = "SELECT 1 AS a; SELECT 2 AS b"
    capture(
        f"{kind}-commands-libmariadb",
        server,
        "PING, STATISTICS, INIT_DB, SET_OPTION, RESET_CONNECTION and QUIT",
        Conversation(
            libmariadb,
            app,
            [
                command("ping"),
                command("statistics"),
                command("useDatabase", database="fixtures"),
                here,
                text(multi, error(1064, "42000")),
                command("setOption", option=0),
                text(multi, rows("a", ["1"]), rows("b", ["2"])),
                command("setOption", option=1),
                text(multi, error(1064, "42000")),
                command("useDatabase", error(1049, "42000"), database="nowhere"),
                text("SET @mine = 1", ok()),
                text("SELECT @mine IS NULL AS gone", rows("gone", ["0"])),
                command("resetConnection"),
                text("SELECT @mine IS NULL AS gone", rows("gone", ["1"])),
                command("ping"),
            ],
        ),
    )
    capture(
        f"{kind}-commands-connector",
        server,
        "PING, STATISTICS, INIT_DB and RESET_CONNECTION",
        Conversation(
            connector_pure,
            app,
            [
                command("ping"),
                command("statistics"),
                command("useDatabase", database="fixtures"),
                here,
                command("resetConnection"),
            ],
            **collation(server),
        ),
    )
    capture(
        f"{kind}-commands-pymysql",
        server,
        "PING and INIT_DB by a client without CLIENT_DEPRECATE_EOF",
        Conversation(
            pymysql_client,
            app,
            [
                command("ping"),
                command("useDatabase", database="fixtures"),
                here,
                command("useDatabase", error(1049, "42000"), database="nowhere"),
                command("ping"),
            ],
        ),
    )
    capture(
        f"{kind}-commands-go",
        server,
        "PING and a statement by Go's driver",
        Conversation(go, app, [command("ping"), here], database="fixtures"),
    )
    if server.is_mysql:
        capture(
            "mysql-commands-cli",
            server,
            "INIT_DB and RESET_CONNECTION by the server's own client",
            Conversation(
                mysql_cli,
                app,
                [
                    command("useDatabase", database="fixtures"),
                    here,
                    text("SET @mine = 1", ok()),
                    command("resetConnection"),
                    text("SELECT @mine IS NULL AS gone", rows("gone", ["1"])),
                ],
                terminal=True,
                **NOT_TLS,
            ),
        )
    capture(
        f"{kind}-attributes",
        server,
        "connection attributes: none, some, many and long, and not even the flag",
        Conversation(libmariadb, app, [command("ping")]),
        Conversation(
            libmariadb,
            app,
            [command("ping")],
            database="fixtures",
            options=["attribute=application=fixtures", "attribute=empty=", "attribute=ü=🐬"],
        ),
        Conversation(
            libmariadb,
            app,
            [command("ping")],
            options=[f"attribute=name_{i}={'v' * 20 * i}" for i in range(20)],
        ),
        Conversation(
            connector_pure,
            app,
            [command("ping")],
            conn_attrs={"application": "fixtures"},
            **collation(server),
        ),
        Conversation(go, app, [command("ping")]),
    )
    capture(
        f"{kind}-open",
        server,
        "the client closes the connection without QUIT"
        + (", which MySQL answers with an error that nobody reads" if server.is_mysql else ""),
        Conversation(
            pymysql_client,
            app,
            [command("ping")],
            end="open",
            leave=True,
            unasked={"code": 1158} if server.is_mysql else None,
        ),
    )


def change_user(server):
    a = accounts.of(server)
    who = "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1) AS who, DATABASE() AS here"

    def become(account, database=None, *results, password=None):
        return command(
            "changeUser",
            *results,
            user=account.user,
            password=account.password if password is None else password,
            **({"database": database} if database else {}),
        )

    def am(account, database=None):
        return text(who, rows("who here", [account.user, database]))

    if server.is_mysql:
        capture(
            "mysql-change-user",
            server,
            "CHANGE_USER, where the server always asks to switch",
            Conversation(
                libmariadb,
                a.app,
                [
                    become(a.caching, "fixtures"),
                    am(a.caching, "fixtures"),
                    become(a.empty),
                    am(a.empty),
                    become(a.app),
                    am(a.app),
                ],
            ),
            warm=[a.caching],
        )
        capture(
            "mysql-change-user-connector",
            server,
            "CHANGE_USER by two clients",
            Conversation(connector_pure, a.app, [become(a.caching, "fixtures"), am(a.caching, "fixtures")]),
            Conversation(connector_c, a.app, [become(a.caching, "fixtures"), am(a.caching, "fixtures")]),
            warm=[a.caching],
        )
        capture(
            "mysql-change-user-sha256",
            server,
            "CHANGE_USER with a switch to sha256_password and its RSA key",
            Conversation(libmariadb, a.app, [become(a.sha256_empty), am(a.sha256_empty)]),
        )
    else:
        capture(
            "mariadb-change-user",
            server,
            "CHANGE_USER with the same plugin and with switches to and fro",
            Conversation(
                libmariadb,
                a.app,
                [
                    become(a.native, "fixtures"),
                    am(a.native, "fixtures"),
                    become(a.ed25519),
                    am(a.ed25519),
                    become(a.native),
                    am(a.native),
                    become(a.empty, "fixtures"),
                    am(a.empty, "fixtures"),
                ],
            ),
        )
        capture(
            "mariadb-change-user-connector",
            server,
            "CHANGE_USER by mysql-connector-python",
            Conversation(
                connector_pure,
                a.app,
                [become(a.native, "fixtures"), am(a.native, "fixtures")],
                **MARIADB_COLLATION,
            ),
        )
    wrong = become(a.app, "fixtures", error(1045, "28000"), password="wrong")
    if server.is_mysql:
        capture(
            "mysql-change-user-wrong",
            server,
            "CHANGE_USER with a wrong password: the server ends it",
            Conversation(
                libmariadb,
                a.app,
                [wrong, quiet("wait", "300"), quiet("leave")],
                end="server",
                deterministic=False,
            ),
        )
    else:
        capture(
            "mariadb-change-user-wrong",
            server,
            "CHANGE_USER with a wrong password: the former user goes on",
            Conversation(libmariadb, a.app, [wrong, am(a.app)]),
        )


def query_attributes(server):
    app = accounts.MySQL.app
    server.admin("INSTALL COMPONENT 'file://component_query_attributes'")
    capture(
        "mysql-query-attributes",
        server,
        "COM_QUERY with query attributes, and without",
        Conversation(
            mysql_cli,
            app,
            [
                quiet("query_attributes colour red shade dark;"),
                text(
                    "SELECT mysql_query_attribute_string('colour') AS colour, "
                    "mysql_query_attribute_string('shade') AS shade",
                    rows("colour shade", ["red", "dark"]),
                ),
                text("SELECT mysql_query_attribute_string('colour') AS colour", rows("colour", [None])),
            ],
            terminal=True,
            **NOT_TLS,
        ),
        Conversation(
            connector_pure,
            app,
            [
                text(
                    "SELECT mysql_query_attribute_string('colour') AS colour, 'é' AS other",
                    rows("colour other", ["blue", "é"]),
                    _attributes=[("colour", "blue"), ("size", 12)],
                )
            ],
        ),
    )
    capture(
        "mysql-query-attributes-prepared",
        server,
        "EXECUTE with query attributes beside its parameters",
        Conversation(
            connector_pure,
            app,
            [
                binary(
                    "SELECT mysql_query_attribute_string('colour') AS colour, CAST(? AS CHAR(9)) AS mine",
                    [("s", "abc")],
                    rows("colour mine", ["blue", "abc"]),
                    _attributes=[("colour", "blue")],
                )
            ],
        ),
    )
    server.admin("UNINSTALL COMPONENT 'file://component_query_attributes'")
