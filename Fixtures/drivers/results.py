"""Results: none, many, wide, long, broken off; files; session state; warnings; compressed and encrypted starts."""

import accounts
from capture import Conversation, capture
from clients import WORK, connector_c, connector_pure, go, libmariadb, mariadb_cli, mysql_cli, pymysql_client
from commands import NUMBERS, collation
from login import NOT_TLS, NO_TLS
from steps import binary, broken, command, error, ok, quiet, rows, text

PEOPLE = "1,Ann\n2,Böb\n3,\n"
MULTI = {"options": ["multi"]}
PROCEDURES = [
    "DROP PROCEDURE IF EXISTS report", "DROP PROCEDURE IF EXISTS compute", "DROP PROCEDURE IF EXISTS quiet",
    "DROP PROCEDURE IF EXISTS failing",
    "CREATE PROCEDURE report(IN most INT) BEGIN SELECT id FROM numbers WHERE id <= most; "
    "SELECT word FROM numbers WHERE id = most; END",
    "CREATE PROCEDURE compute(IN a INT, INOUT b INT, OUT c VARCHAR(20)) BEGIN SELECT a AS a_was; "
    "SET b = a + b; SET c = 'größe'; END",
    "CREATE PROCEDURE quiet() BEGIN END",
    "CREATE PROCEDURE failing() BEGIN SELECT 1 AS one; SELECT * FROM numbers_missing; SELECT 3 AS three; END"]
# The subquery has two rows for the fourth number.
LATE_ERROR = ("SELECT id, (SELECT i.word FROM numbers i WHERE i.id = o.id OR (o.id = 4 AND i.id = 1)) AS word "
              "FROM numbers o ORDER BY id")
BEFORE_THE_ERROR = [["1", "one"], ["2", "two"], ["3", "three"]]
EDGES = [["", ""], [None, None], [None, "x"], ["", None], ["x" * 250, "y"], ["x" * 251, "y"], ["x" * 300, None],
         ["x" * 65535, "y"], ["x" * 65536, "y"], ["", "z"]]


def edges_setup():
    quoted = lambda cell: "NULL" if cell is None else f"'{cell}'"
    yield "CREATE OR REPLACE TABLE edges (id INT PRIMARY KEY, body LONGTEXT, more TEXT)"
    for i, (a, b) in enumerate(EDGES):
        yield f"INSERT INTO edges VALUES ({i}, {quoted(a)}, {quoted(b)})"


def mixed_statements():
    return text("SELECT 1 AS a; UPDATE numbers SET word = 'x' WHERE id = 1; SELECT id FROM numbers WHERE id > 9; "
                "SELECT word FROM numbers WHERE id = 1",
                rows("a", ["1"]), ok(affected=1, info="Rows matched: 1  Changed: 1  Warnings: 0"), rows("id"),
                rows("word", ["x"]))


def wide(count):
    """A statement of that many columns, and its result."""
    return ("SELECT " + ", ".join(f"{i} AS c{i}" for i in range(count)),
            rows([f"c{i}" for i in range(count)], [str(i) for i in range(count)]))


def nulls(count):
    """A statement of that many columns, each third NULL, no parameters, and its result."""
    cells = [str(i) if i % 3 else None for i in range(count)]
    return ("SELECT " + ", ".join(f"{cell or 'NULL'} AS c{i}" for i, cell in enumerate(cells)), [],
            rows([f"c{i}" for i in range(count)], cells))


def record(server):
    counts(server)
    several(server)
    procedures(server)
    files(server)
    errors(server)
    sizes(server)
    state(server)
    starts(server)


def counts(server):
    app, kind = accounts.of(server).app, server.kind
    changed = "Rows matched: 2  Changed: 1  Warnings: 0"
    steps = [
        text("CREATE TABLE things (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(9))", ok()),
        text("INSERT INTO things (name) VALUES ('a')", ok(affected=1, id=1)),
        text("INSERT INTO things (name) VALUES ('b'), ('c'), ('d')",
             ok(affected=3, id=2, info="Records: 3  Duplicates: 0  Warnings: 0")),
        text("INSERT INTO things VALUES (300, 'e')", ok(affected=1, id=300)),
        text("UPDATE things SET name = 'b' WHERE id < 3", ok(affected=1, info=changed)),
        text("SELECT * FROM things WHERE id > 1000", rows("id name")),
        text("DELETE FROM things WHERE id < 4", ok(affected=3)),
        text("REPLACE INTO things VALUES (300, 'f')", ok(affected=2, id=300)),
        text("INSERT INTO things VALUES (70000, 'g')", ok(affected=1, id=70000)),
        binary("INSERT INTO things (name) VALUES (?)", [("s", "h")], ok(affected=1, id=70001)),
        binary("SELECT * FROM things WHERE id > ?", [("i4", "70001")], rows("id name")),
        text("DROP TABLE things", ok())]
    gone = ["DROP TABLE IF EXISTS things"]
    capture(f"{kind}-counts", server, "affected rows, insert ids and info texts; results without rows",
            Conversation(libmariadb, app, steps, database="fixtures"), setup=gone)
    texts = [step for step in steps if step["protocol"] == "text"]
    if server.is_mysql:
        capture("mysql-counts-cli", server, "the same by the server's own client", Conversation(
            mysql_cli, app, texts, database="fixtures", **NOT_TLS), setup=gone)
    capture(f"{kind}-counts-pymysql", server, "the same by a client without CLIENT_DEPRECATE_EOF",
            Conversation(pymysql_client, app, texts, database="fixtures", **autocommit()), setup=gone)
    capture(f"{kind}-counts-found-rows", server, "affected rows with CLIENT_FOUND_ROWS, and without",
            Conversation(libmariadb, app, [text("UPDATE numbers SET word = 'one' WHERE id < 3",
                                                ok(affected=2, info="Rows matched: 2  Changed: 1  Warnings: 0"))],
                         database="fixtures", options=["foundRows"]),
            Conversation(libmariadb, app, [text("UPDATE numbers SET word = 'uno' WHERE id < 3",
                                                ok(affected=2, info="Rows matched: 2  Changed: 2  Warnings: 0")),
                                           text("UPDATE numbers SET word = 'uno' WHERE id < 3",
                                                ok(affected=0, info="Rows matched: 2  Changed: 0  Warnings: 0"))],
                         database="fixtures"), setup=NUMBERS + ["UPDATE numbers SET word = 'two' WHERE id = 1",
                                                                "UPDATE numbers SET word = 'one' WHERE id = 2"])
    capture(f"{kind}-warnings", server, "statements with warnings, and the warnings",
            Conversation(libmariadb, app, [
                text("INSERT IGNORE INTO numbers VALUES (1, 'again'), (8, REPEAT('x', 30))",
                     ok(affected=1, warnings=2, info="Records: 2  Duplicates: 1  Warnings: 2")),
                text("SHOW COUNT(*) WARNINGS", rows("@@session.warning_count", ["2"])),
                text("DROP TABLE IF EXISTS missing", ok(warnings=1)),
                text("SELECT 1 AS one", rows("one", ["1"]))], database="fixtures"), setup=NUMBERS)


def autocommit():
    return {"init_command": "SET autocommit = 1"}


def several(server):
    app, kind = accounts.of(server).app, server.kind
    mixed = mixed_statements()
    after = text("SELECT 'next' AS a", rows("a", ["next"]))
    at = {place: text("; ".join("SELECT * FROM missing" if i == place else f"SELECT {i} AS n" for i in range(3)),
                      *(rows("n", [str(i)]) for i in range(place)), error(1146, "42S02")) for place in range(3)}
    for name, client, options in (("libmariadb", libmariadb, MULTI), ("pymysql", pymysql_client, {"multi": True})):
        capture(f"{kind}-several-{name}", server, "several statements at once; an error in the first, second and third",
                Conversation(client, app, [mixed, after, at[0], after, at[1], after, at[2], after],
                             database="fixtures", **options), setup=NUMBERS)


def procedures(server):
    app, kind = accounts.of(server).app, server.kind
    setup = NUMBERS + PROCEDURES
    report = rows("id", ["1"], ["2"]), rows("word", ["two"]), ok()
    capture(f"{kind}-procedures", server, "CALL with several results, with none, and with an error after the first",
            Conversation(libmariadb, app, [
                text("CALL report(2)", *report), text("CALL quiet()", ok()),
                text("CALL failing()", rows("one", ["1"]), error(1146, "42S02")), text("SELECT 4 AS n", rows("n", ["4"])),
                binary("CALL report(?)", [("i4", "2")], *report)], database="fixtures", **MULTI),
            Conversation(pymysql_client, app, [text("CALL report(2)", *report)], database="fixtures"),
            setup=setup)
    # MySQL gives an OUT parameter no character set.
    text_out = "hex:" + "größe".encode().hex() if server.is_mysql else "größe"
    capture(f"{kind}-procedures-out", server, "OUT and INOUT parameters, a result of their own (SERVER_PS_OUT_PARAMS)",
            Conversation(libmariadb, app, [
                binary("CALL compute(?, ?, ?)", [("i4", "2"), ("i4", "40"), ("s", "")],
                       rows("a_was", ["2"]), rows("b c", ["42", text_out]), ok()),
                command("ping")], database="fixtures", **MULTI),
            setup=setup)


def files(server):
    app, kind = accounts.of(server).app, server.kind
    for name, content in (("people.csv", PEOPLE), ("empty.csv", ""), ("large.csv", "")):
        with open(f"{WORK}/{name}", "w") as file:
            file.write(content)
    with open(f"{WORK}/large.csv", "w") as file:
        file.writelines(f"{i},{'x' * 90}\n" for i in range(1500))
    setup = ["CREATE OR REPLACE TABLE people (id INT PRIMARY KEY, name VARCHAR(100))"]

    def load(name, *result, content=None):
        return text(f"LOAD DATA LOCAL INFILE '{name}' INTO TABLE people CHARACTER SET utf8mb4 FIELDS TERMINATED BY ','",
                    *result, **({"file": content} if content is not None else {}))

    def loaded(count):
        return ok(affected=count, info=f"Records: {count}  Deleted: 0  Skipped: 0  Warnings: 0")

    all_people = text("SELECT * FROM people ORDER BY id", rows("id name", ["1", "Ann"], ["2", "Böb"], ["3", ""]))
    steps = [load("people.csv", loaded(3), content=PEOPLE), all_people]
    capture(f"{kind}-files", server, "LOAD DATA LOCAL: a file; an empty one",
            Conversation(pymysql_client, app, steps + [load("empty.csv", loaded(0), content="")], database="fixtures",
                         local_infile=True, **autocommit()), setup=setup)
    capture(f"{kind}-files-go", server, "LOAD DATA LOCAL: a file; one that the client does not want to send",
            Conversation(go, app, steps + [load("other.csv", loaded(0), content="")], database="fixtures"), setup=setup)
    capture(f"{kind}-files-large", server, "LOAD DATA LOCAL of a file in several packets",
            Conversation(libmariadb, app, [
                load("large.csv", loaded(1500)), text("SELECT COUNT(*) AS n FROM people", rows("n", ["1500"]))],
                database="fixtures", options=["localInfile"]), setup=setup)
    capture(f"{kind}-files-missing", server, "LOAD DATA LOCAL of a file that the client does not have",
            Conversation(pymysql_client, app, [
                load("missing.csv", loaded(0), content=""), text("SELECT 1 AS n", rows("n", ["1"]))],
                database="fixtures", local_infile=True, **autocommit()), setup=setup)
    info = loaded(3)
    capture(f"{kind}-files-several", server, "LOAD DATA LOCAL between other statements",
            Conversation(pymysql_client, app, [
                text("SELECT 1 AS n; " + steps[0]["sql"] + "; SELECT COUNT(*) AS n FROM people",
                     rows("n", ["1"]), info, rows("n", ["3"]), file=PEOPLE)],
                database="fixtures", local_infile=True, multi=True, **autocommit()), setup=setup)
    disabled = error(*((3948, "42000") if server.is_mysql else (4166, "HY000")))
    capture(f"{kind}-files-without-capability", server, "LOAD DATA LOCAL without CLIENT_LOCAL_FILES",
            Conversation(pymysql_client, app, [load("people.csv", disabled)], database="fixtures"))
    server.admin("SET GLOBAL local_infile = OFF")
    capture(f"{kind}-files-refused", server, "LOAD DATA LOCAL, refused by the server",
            Conversation(pymysql_client, app, [load("people.csv", disabled)], database="fixtures", local_infile=True))
    server.admin("SET GLOBAL local_infile = ON")


def errors(server):
    app, kind = accounts.of(server).app, server.kind
    late, three = LATE_ERROR, BEFORE_THE_ERROR
    after = text("SELECT 'next' AS a", rows("a", ["next"]))
    capture(f"{kind}-errors-after-rows", server, "an error after three rows, by both protocols",
            Conversation(libmariadb, app, [text(late, broken(["id", "word"], three, 1242, "21000")), after,
                                           binary(late, [], broken(["id", "word"], three, 1242, "21000")), after],
                         database="fixtures"),
            Conversation(pymysql_client, app, [text(late, broken(["id", "word"], three, 1242, "21000")), after],
                         database="fixtures"), setup=NUMBERS)
    long_name = "n" * 64
    capture(f"{kind}-errors", server, "errors of many kinds, among them long texts and texts beyond ASCII",
            Conversation(libmariadb, app, [
                text("SELEC 1", error(1064, "42000")), text("SELECT * FROM missing", error(1146, "42S02")),
                text("SELECT nothing", error(1054, "42S22")),
                text("INSERT INTO numbers VALUES (1, 'again')", error(1062, "23000")),
                text("INSERT INTO numbers VALUES (NULL, 'x')", error(1048, "23000")),
                text("INSERT INTO numbers VALUES ('größe🐬', 'x')", error(1366, "HY000" if server.is_mysql else "22007")),
                text("INSERT INTO numbers VALUES (9, REPEAT('x', 21))", error(1406, "22001")),
                text("SELECT * FROM " + long_name + "." + long_name + "." + long_name, error(1064, "42000")),
                text("SELECT " + "x" * 1000, error(1054, "42S22")),
                text("SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '" + "long " * 25 + "'", error(1644, "45000")),
                text("SIGNAL SQLSTATE '77ABC' SET MESSAGE_TEXT = 'größe 🐬', MYSQL_ERRNO = 5555",
                     error(5555, "77ABC")),
                text("", error(1065, "42000")),
                text("USE nowhere", error(1049, "42000")), after], database="fixtures"), setup=NUMBERS)
    slow = "SELECT id, IF(id = 4, SLEEP(9), 0) AS slept FROM numbers ORDER BY id"
    # MySQL still sends the row during which it was interrupted, SLEEP() having answered 1.
    part = [["1", "0"], ["2", "0"], ["3", "0"]] + ([["4", "1"]] if server.is_mysql else [])
    if server.is_mysql:
        limited = text(slow.replace("SELECT", "SELECT /*+ MAX_EXECUTION_TIME(400) */", 1),
                       broken(["id", "slept"], part, 3024, "HY000"))
    else:
        limited = text("SET STATEMENT max_statement_time = 0.4 FOR " + slow,
                       broken(["id", "slept"], part, 1969, "70100"))
    capture(f"{kind}-errors-time-limit", server, "a statement that ran into its time limit after three rows",
            Conversation(libmariadb, app, [limited, after], database="fixtures"), setup=NUMBERS)
    capture(f"{kind}-errors-killed-after-rows", server, "KILL QUERY after three rows",
            Conversation(libmariadb, app, [text(slow, broken(["id", "slept"], part, 1317, "70100")), after],
                         database="fixtures", during=kill_query), setup=NUMBERS)


def kill_query(server):
    import time
    id = server.thread("app_user", "SELECT.*SLEEP")
    time.sleep(0.3)
    server.admin(f"KILL QUERY {id}")


def sizes(server):
    app, kind = accounts.of(server).app, server.kind
    sql, result = wide(1000)
    capture(f"{kind}-sizes-wide-text", server, "1,000 columns, as text",
            Conversation(pymysql_client, app, [text(sql, result)]))
    capture(f"{kind}-sizes-wide-binary", server, "1,000 columns, as binary",
            Conversation(libmariadb, app, [binary(sql, [], result)]))
    series = [[str(i), f"row {i} " + "abcdefghij" * (i % 23)] for i in range(300)]
    setup = ["CREATE OR REPLACE TABLE series (id INT PRIMARY KEY, body LONGTEXT)",
             "INSERT INTO series VALUES " + ", ".join(f"({id}, '{body}')" for id, body in series)]
    every = "SELECT * FROM series ORDER BY id"
    capture(f"{kind}-sizes-rows", server, "300 rows in several segments, by both protocols",
            Conversation(libmariadb, app, [text(every, rows("id body", *series)), binary(every, [],
                                                                                        rows("id body", *series))],
                         database="fixtures"), setup=setup)
    setup = list(edges_setup())
    every = "SELECT body, more FROM edges ORDER BY id"
    for protocol, client, step in (("text", pymysql_client, text(every, rows("body more", *EDGES))),
                                   ("binary", libmariadb, binary(every, [], rows("body more", *EDGES)))):
        capture(f"{kind}-sizes-first-cells-{protocol}", server, "rows that begin with an empty text, NULL, 250, 251, "
                f"65,535 and 65,536 bytes, as {protocol}", Conversation(client, app, [step], database="fixtures"),
                setup=setup)
    if server.is_mysql:
        capture("mysql-sizes-large-cell", server, "a cell of 200,000 bytes, as text",
                Conversation(mysql_cli, app, [text("SELECT body FROM edges", rows("body", ["q" * 200000]))],
                             database="fixtures", **NOT_TLS),
                setup=[setup[0], f"INSERT INTO edges VALUES (1, '{'q' * 200000}', '')"])


def state(server):
    app, kind = accounts.of(server).app, server.kind
    begin = [text("START TRANSACTION", ok()), text("INSERT INTO numbers VALUES (9, 'nine')", ok(affected=1)),
             text("COMMIT", ok())]
    use = text("USE fixtures", ok(changes=[["schema", "fixtures"]]))
    capture(f"{kind}-state-default", server, "session tracking as it is by default: the schema, autocommit, character sets",
            Conversation(libmariadb, app, [
                use, text("SET autocommit = 0", ok(changes=[["variable", "autocommit", "OFF"]])),
                text("SET autocommit = 1", ok(changes=[["variable", "autocommit", "ON"]])),
                text("SET time_zone = '+02:00'", ok(changes=[["variable", "time_zone", "+02:00"]])),
                text("SET @a = 1", ok(changes=[])),
                command("useDatabase", database="fixtures")]),
            Conversation(pymysql_client, app, [text("USE fixtures", ok()), text("SET autocommit = 0", ok())]))
    transaction = "SET SESSION session_track_transaction_info = 'CHARACTERISTICS'"
    more = text("SET SESSION session_track_state_change = ON", ok())
    everything = text("SET SESSION session_track_system_variables = '*'", ok())
    capture(f"{kind}-state-everything", server, "session tracking of every variable, of changes, and of transactions",
            Conversation(libmariadb, app, [
                more, everything, text(transaction, ok()), text("USE fixtures", ok()),
                text("SET sql_mode = 'ANSI_QUOTES'", ok()), text("SET @a = 1", ok()),
                text("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", ok()),
                text("START TRANSACTION READ ONLY", ok()), text("SELECT word FROM numbers WHERE id = 1",
                                                                 rows("word", ["one"])),
                text("ROLLBACK", ok()), *begin, text("SET autocommit = 0", ok()), text("SELECT word FROM numbers WHERE id = 1", rows("word", ["one"])),
                text("ROLLBACK", ok()), command("resetConnection")], database="fixtures"), setup=NUMBERS)
    if server.is_mysql:
        capture("mysql-state-gtid", server, "session tracking of GTIDs, the server's own and all",
                Conversation(libmariadb, app, [
                    text("SET SESSION session_track_gtids = OWN_GTID", ok()), *begin,
                    text("SET SESSION session_track_gtids = ALL_GTIDS", ok()),
                    text("DELETE FROM numbers WHERE id = 9", ok(affected=1)),
                    text("SELECT word FROM numbers WHERE id = 1", rows("word", ["one"]))], database="fixtures"),
                setup=NUMBERS)
    capture(f"{kind}-state-transaction-flags", server, "status flags: in a transaction, read-only, without autocommit, "
            "no backslash escapes",
            Conversation(libmariadb, app, [
                *begin, text("START TRANSACTION READ ONLY", ok()), text("SELECT 1 AS n", rows("n", ["1"])),
                text("ROLLBACK", ok()), text("SET autocommit = 0", ok()), text("SELECT 1 AS n", rows("n", ["1"])),
                text("SET sql_mode = 'NO_BACKSLASH_ESCAPES'", ok()),
                text("SELECT '\\' AS n", rows("n", ["\\"]))], database="fixtures"), setup=NUMBERS)


def starts(server):
    app, kind = accounts.of(server).app, server.kind
    answer = [text("SELECT 'here' AS answer")]
    tls = {"login": "tls", "deterministic": False, "plugin": "", "path": "", "end": "quit"}
    packed = {"login": "compressed", "end": "quit"}
    if server.is_mysql:
        capture("mysql-start-tls", server, "the start of TLS", Conversation(mysql_cli, app, answer, **tls),
                Conversation(pymysql_client, app, answer, ssl={"verify_mode": "none"}, ssl_disabled=False, **tls),
                Conversation(connector_c, app, answer, ssl_disabled=False, **tls))
        for algorithm in ("zlib", "zstd"):
            capture(f"mysql-start-{algorithm}", server, f"the start of compression by {algorithm}",
                    Conversation(mysql_cli, app, answer, path="fast", options=[
                        "--ssl-mode=DISABLED", f"--compression-algorithms={algorithm}"], **packed))
        capture("mysql-start-compress-libmariadb", server, "the start of compression, by libmariadb",
                Conversation(libmariadb, app, answer, path="fast", options=["compress"], **packed))
    else:
        capture("mariadb-start-tls", server, "the start of TLS",
                Conversation(mariadb_cli, app, answer, options=["--ssl"], **tls),
                Conversation(pymysql_client, app, answer, ssl={"verify_mode": "none"}, ssl_disabled=False, **tls))
        capture("mariadb-start-zlib", server, "the start of compression by zlib",
                Conversation(mariadb_cli, app, answer, options=["--skip-ssl", "--compress"], **packed),
                Conversation(libmariadb, app, answer, options=["compress"], **packed))
        capture("mariadb-cli", server, "statements by the server's own client", Conversation(
            mariadb_cli, app, [text("SELECT * FROM numbers WHERE id < 3", rows("id word", ["1", "one"], ["2", "two"])),
                               text("SELEC", error(1064, "42000"))], database="fixtures", **NO_TLS), setup=NUMBERS)
