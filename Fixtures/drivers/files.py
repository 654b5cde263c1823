"""LOAD DATA LOCAL, with and without a file."""

import accounts
from capture import Conversation, capture
from clients import WORK, connector_c, go, libmariadb, pymysql_client
from commands import collation
from results import COMMITTING
from steps import error, ok, rows, text

PEOPLE = "1,Ann\n2,Böb\n3,\n"


def record(server):
    app, kind = accounts.of(server).app, server.kind
    for name, content in (("people.csv", PEOPLE), ("empty.csv", ""), ("large.csv", "")):
        with open(f"{WORK}/{name}", "w") as file:
            file.write(content)
    with open(f"{WORK}/large.csv", "w") as file:
        file.writelines(f"{i},{'x' * 90}\n" for i in range(1500))
    setup = ["CREATE OR REPLACE TABLE people (id INT PRIMARY KEY, name VARCHAR(100))"]

    def load(name, *result, content=None):
        return text(
            f"LOAD DATA LOCAL INFILE '{name}' INTO TABLE people CHARACTER SET utf8mb4 "
            "FIELDS TERMINATED BY ','",
            *result,
            **({"file": content} if content is not None else {}),
        )

    def loaded(count):
        return ok(affected=count, info=f"Records: {count}  Deleted: 0  Skipped: 0  Warnings: 0")

    all_people = text(
        "SELECT * FROM people ORDER BY id", rows("id name", ["1", "Ann"], ["2", "Böb"], ["3", ""])
    )
    steps = [load("people.csv", loaded(3), content=PEOPLE), all_people]
    capture(
        f"{kind}-files",
        server,
        "LOAD DATA LOCAL: a file; an empty one",
        Conversation(
            pymysql_client,
            app,
            steps + [load("empty.csv", loaded(0), content="")],
            database="fixtures",
            local_infile=True,
            **COMMITTING,
        ),
        setup=setup,
    )
    capture(
        f"{kind}-files-go",
        server,
        "LOAD DATA LOCAL: a file; one that the client does not want to send",
        Conversation(go, app, steps + [load("other.csv", loaded(0), content="")], database="fixtures"),
        setup=setup,
    )
    capture(
        f"{kind}-files-large",
        server,
        "LOAD DATA LOCAL of a file in several packets",
        Conversation(
            libmariadb,
            app,
            [load("large.csv", loaded(1500)), text("SELECT COUNT(*) AS n FROM people", rows("n", ["1500"]))],
            database="fixtures",
            options=["localInfile"],
        ),
        setup=setup,
    )
    capture(
        f"{kind}-files-connector",
        server,
        "LOAD DATA LOCAL by a client with CLIENT_DEPRECATE_EOF",
        Conversation(
            connector_c,
            app,
            steps,
            database="fixtures",
            allow_local_infile=True,
            autocommit=True,
            **collation(server),
        ),
        setup=setup,
    )
    capture(
        f"{kind}-files-missing",
        server,
        "LOAD DATA LOCAL of a file that the client does not have",
        Conversation(
            pymysql_client,
            app,
            [load("missing.csv", loaded(0), content=""), text("SELECT 1 AS n", rows("n", ["1"]))],
            database="fixtures",
            local_infile=True,
            **COMMITTING,
        ),
        setup=setup,
    )
    info = loaded(3)
    capture(
        f"{kind}-files-several",
        server,
        "LOAD DATA LOCAL between other statements",
        Conversation(
            pymysql_client,
            app,
            [
                text(
                    "SELECT 1 AS n; " + steps[0]["sql"] + "; SELECT COUNT(*) AS n FROM people",
                    rows("n", ["1"]),
                    info,
                    rows("n", ["3"]),
                    file=PEOPLE,
                )
            ],
            database="fixtures",
            local_infile=True,
            multi=True,
            **COMMITTING,
        ),
        setup=setup,
    )
    disabled = error(*((3948, "42000") if server.is_mysql else (4166, "HY000")))
    capture(
        f"{kind}-files-without-capability",
        server,
        "LOAD DATA LOCAL without CLIENT_LOCAL_FILES",
        Conversation(pymysql_client, app, [load("people.csv", disabled)], database="fixtures"),
    )
    server.admin("SET GLOBAL local_infile = OFF")
    capture(
        f"{kind}-files-refused",
        server,
        "LOAD DATA LOCAL, refused by the server",
        Conversation(
            pymysql_client, app, [load("people.csv", disabled)], database="fixtures", local_infile=True
        ),
    )
    server.admin("SET GLOBAL local_infile = ON")
