"""The clients that hold the conversations. None of them is ours."""

import datetime
import os
import shlex
import subprocess
import time
from importlib.metadata import version

import mysql.connector
import pymysql

BINARIES = os.environ["FIXTURES_BINARIES"]
WORK = os.environ["FIXTURES_WORK"]
os.chdir(WORK)  # files for LOAD DATA LOCAL are named without a folder


def run(arguments, input, quiet=False):
    done = subprocess.run(
        arguments,
        input=input.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=WORK,
        timeout=60,
    )
    if os.environ.get("FIXTURES_TALK"):
        print("   ", done.stdout.decode(errors="replace").strip()[:1000].replace("\n", "\n    "))
    return done


def said(*words):
    if os.environ.get("FIXTURES_TALK"):
        print("   ", *words)


class PyMySQL:
    title = f"PyMySQL {version('PyMySQL')}"

    def play(self, server, conversation):
        options = dict(conversation.options)
        multi = pymysql.constants.CLIENT.MULTI_STATEMENTS if options.pop("multi", False) else 0
        leave = options.pop("leave", False)
        try:
            connection = pymysql.connect(
                host=server.host,
                port=server.port,
                user=conversation.user,
                password=conversation.password,
                database=conversation.database,
                autocommit=None,
                client_flag=multi,
                read_timeout=20,
                **{"ssl_disabled": True, **options},
            )
        except pymysql.MySQLError as problem:
            return said(problem)
        for step in conversation.steps:
            try:
                self.perform(connection, step)
            except pymysql.MySQLError as problem:
                said(problem)
        try:
            connection._force_close() if leave else connection.close()
        except pymysql.MySQLError as problem:
            said(problem)

    def perform(self, connection, step):
        if "_quiet" in step:
            operation, *fields = step["_quiet"]
            if operation == "wait":
                time.sleep(float(fields[0]))
            elif operation == "call":
                fields[0]()
        elif step.get("command") == "ping":
            connection.ping(reconnect=False)
        elif step.get("command") == "useDatabase":
            connection.select_db(step["database"])
        else:
            connection.query(step["sql"])
            while connection._result.has_next:
                connection.next_result()


class Connector:
    """mysql-connector-python, in pure Python or around Oracle's C library."""

    def __init__(self, pure):
        self.pure = pure
        kind = "pure Python" if pure else "C extension"
        self.title = f"mysql-connector-python {mysql.connector.__version__} ({kind})"

    def play(self, server, conversation):
        options = {"ssl_disabled": True, **conversation.options}
        self.prepared = None
        try:
            connection = mysql.connector.connect(
                host=server.host,
                port=server.port,
                user=conversation.user,
                password=conversation.password,
                database=conversation.database,
                use_pure=self.pure,
                connection_timeout=20,
                **options,
            )
        except mysql.connector.Error as problem:
            return said(problem)
        for step in conversation.steps:
            try:
                self.perform(connection, step)
            except mysql.connector.Error as problem:
                said(problem)
        try:
            if self.prepared:
                self.prepared[1].close()
            connection.close()
        except mysql.connector.Error as problem:
            said(problem)

    def perform(self, connection, step):
        name = step.get("command")
        if "_quiet" in step:
            time.sleep(float(step["_quiet"][1]))
        elif name == "ping":
            connection.cmd_ping() if self.pure else connection.ping()
        elif name == "statistics":
            connection.cmd_statistics()
        elif name == "useDatabase":
            connection.cmd_init_db(step["database"])
        elif name == "resetConnection":
            connection.cmd_reset_connection()
        elif name == "changeUser":
            connection.cmd_change_user(step["user"], step["password"], step.get("database", ""))
        elif step["protocol"] == "binary":
            self.execute(connection, step)
        else:
            with connection.cursor(raw=True) as cursor:
                for attribute in step.get("_attributes", ()):
                    cursor.add_attribute(*attribute)
                cursor.execute(step["sql"])
                while True:
                    if cursor.with_rows:
                        cursor.fetchall()
                    if not cursor.nextset():
                        break

    def execute(self, connection, step):
        if not self.prepared or self.prepared[0] != step["sql"]:
            if self.prepared:
                self.prepared[1].close()
            self.prepared = step["sql"], connection.cursor(prepared=True)
        cursor = self.prepared[1]
        for attribute in step.get("_attributes", ()):
            cursor.add_attribute(*attribute)
        cursor.execute(step["sql"], tuple(map(python_value, step["_parameters"])))
        if cursor.with_rows:
            try:
                cursor.fetchall()
            except (TypeError, ValueError, SystemError, OverflowError) as problem:
                said("not a value of Python:", repr(problem))


def python_value(parameter):
    if parameter is None:
        return None
    kind, value = parameter
    if kind[0] in "iu":
        return int(value)
    if kind in "fd":
        return float(value)
    if kind == "b":
        return bytes.fromhex(value)
    if kind == "datetime":
        return datetime.datetime.fromisoformat(value)
    return value


class CommandLine:
    """The server's own command line client, reading a script."""

    def __init__(self, kind, version):
        self.kind, self.title = kind, f"{kind} {version} command line"

    def play(self, server, conversation):
        program = (
            ["chroot", os.environ["FIXTURES_MYSQL_ROOT"], "/usr/bin/mysql"]
            if self.kind == "mysql"
            else ["mariadb"]
        )
        arguments = program + [
            "--no-defaults",
            "--host",
            server.host,
            "--port",
            str(server.port),
            "--protocol=tcp",
            "--user",
            conversation.user,
            "--force",
            *conversation.options.get("options", ()),
        ]
        if conversation.password:
            arguments.append("--password=" + conversation.password)
        if conversation.database:
            arguments.append(conversation.database)
        # Some commands exist only at a terminal.
        if conversation.options.get("terminal"):
            arguments.append("--no-auto-rehash")
            arguments = ["script", "--quiet", "--return", "--command", shlex.join(arguments), "/dev/null"]
        else:
            arguments.append("--batch")
        script = ""
        for step in conversation.steps:
            if "_quiet" in step:
                script += step["_quiet"][0] + "\n"
            elif step.get("command") == "useDatabase":
                script += f"USE {step['database']};\n"
            elif step.get("command") == "resetConnection":
                script += "resetconnection;\n"
            elif ";" in step["sql"]:
                script += f"DELIMITER //\n{step['sql']}//\nDELIMITER ;\n"
            else:
                script += step["sql"] + ";\n"
        run(arguments, script)


class Program:
    """A program of ours around someone else's driver, which is told its steps on standard input."""

    def steps(self, conversation):
        prepared = None
        for step in conversation.steps:
            name = step.get("command")
            if "_quiet" in step:
                yield step["_quiet"]
                prepared = None if step["_quiet"][0] == "close" else prepared
            elif name == "changeUser":
                yield [name, step["user"], step["password"], step.get("database", "")]
            elif name == "useDatabase":
                yield [name, step["database"]]
            elif name == "setOption":
                yield [name, str(step["option"])]
            elif name:
                yield [name]
            elif step["protocol"] == "text":
                yield ["query", step["sql"]]
            elif "_direct" in step:
                yield ["direct", step["sql"], *flat(step["_parameters"])]
            else:
                if prepared not in (None, step["sql"]):
                    yield ["close"]
                if prepared != step["sql"]:
                    yield ["prepare", step["sql"]]
                prepared = step["sql"]
                if "_operations" in step:
                    yield from step["_operations"]
                elif not step.get("_fails"):
                    yield ["execute", *flat(step["_parameters"])]
        if prepared:
            yield ["close"]

    def script(self, conversation):
        return "".join(
            "".join(field + "\x1f" for field in step) + "\x1e" for step in self.steps(conversation)
        )


def flat(parameters):
    for parameter in parameters:
        yield from ("null", "") if parameter is None else parameter


class LibMariaDB(Program):
    def __init__(self, version):
        self.title = f"libmariadb {version} (C)"

    def play(self, server, conversation):
        arguments = [
            BINARIES + "/libmariadb",
            server.host,
            str(server.port),
            conversation.user,
            conversation.password,
            conversation.database or "",
            *conversation.options.get("options", ()),
        ]
        run(arguments, self.script(conversation))


class Go(Program):
    title = f"go-sql-driver/mysql {os.environ['FIXTURES_GO_DRIVER']}"

    def play(self, server, conversation):
        name = (
            f"{conversation.user}:{conversation.password}@tcp({server.host}:{server.port})/"
            f"{conversation.database or ''}?{conversation.options.get('options', 'timeout=20s')}"
        )
        run([BINARIES + "/godriver", name], self.script(conversation))


pymysql_client = PyMySQL()
connector_pure, connector_c = Connector(True), Connector(False)
mariadb_cli = CommandLine("mariadb", os.environ["FIXTURES_MARIADB_CLIENT"])
mysql_cli = CommandLine("mysql", os.environ["FIXTURES_MYSQL_CLIENT"])
libmariadb = LibMariaDB(os.environ["FIXTURES_LIBMARIADB"])
go = Go()
