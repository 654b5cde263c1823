"""Records conversations: tcpdump around a client's work, and the expectations beside the capture."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

import pymysql

from steps import shown

FIXTURES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TITLES = {"mariadb": "MariaDB", "mysql": "MySQL"}


class Server:
    def __init__(self, folder):
        with open(folder + "/server.env") as file:
            settings = dict(line.rstrip("\n").split("=", 1) for line in file)
        self.kind, self.version, self.host = settings["kind"], settings["version"], settings["host"]
        self.port, self.pid, self.root = int(settings["port"]), int(settings["pid"]), settings["root"]
        self.socket, self.folder = settings["socket"], folder
        self.title = f"{TITLES[self.kind]} {self.version}"

    @property
    def is_mysql(self):
        return self.kind == "mysql"

    def connect(self, database=None):
        return pymysql.connect(
            unix_socket=self.socket,
            user="root",
            database=database,
            autocommit=True,
            init_command="SET sql_mode = ''",
        )

    def admin(self, *statements, database="fixtures"):
        """Runs statements where tcpdump does not see them, and returns the rows of the last."""
        with self.connect(database) as connection:
            with connection.cursor() as cursor:
                for statement in statements:
                    for word in [statement] if isinstance(statement, str) else statement:
                        if self.is_mysql and word.startswith("CREATE OR REPLACE TABLE "):
                            name = word.split()[4]
                            cursor.execute(f"DROP TABLE IF EXISTS {name}")
                        cursor.execute(with_replacing(self, word))
                return cursor.fetchall()

    def thread(self, user, doing=None, timeout=10):
        """The connection id of that user, once its statement looks like `doing`."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for id, info in self.admin(
                "SELECT id, info FROM information_schema.processlist " f"WHERE user = '{user}'", database=None
            ):
                if doing is None or (info and re.match(doing, info)):
                    return id
            time.sleep(0.05)
        raise TimeoutError(f"{user} is not connected, or not doing {doing}")


class Conversation:
    """One connection: who logs in with what, what is done, and how it ends."""

    def __init__(
        self,
        client,
        account,
        steps=(),
        *,
        database=None,
        login="ok",
        path=None,
        deterministic=True,
        end=None,
        unasked=None,
        during=None,
        password=None,
        plugin=None,
        **options,
    ):
        self.client, self.account, self.steps, self.options = client, account, list(steps), options
        self.database, self.login, self.path, self.deterministic = database, login, path, deterministic
        self.end = end or ("quit" if login == "ok" else "server")
        self.unasked, self.during = unasked, during
        self.user = account.user
        self.password = account.password if password is None else password
        self.plugin = account.plugin if plugin is None else plugin
        if self.plugin == "caching_sha2_password" and self.password and login == "ok" and not path:
            self.path = "fast"

    def play(self, server):
        failures = []

        def meanwhile():
            try:
                self.during(server)
            except Exception as failure:
                failures.append(failure)

        thread = self.during and threading.Thread(target=meanwhile)
        if thread:
            thread.start()
        self.client.play(server, self)
        if thread:
            thread.join()
        if failures:
            raise failures[0]

    @property
    def expectation(self):
        result = {"user": self.user, "password": self.password}
        if self.database:
            result["database"] = self.database
        result["login"] = self.login
        if self.plugin:
            result["plugin"] = self.plugin
        if self.path:
            result["path"] = self.path
        result.update(deterministic=self.deterministic, end=self.end)
        if self.unasked:
            result["unasked"] = self.unasked
        result["expect"] = [shown(step) for step in self.steps if "_quiet" not in step]
        return result


class Tcpdump:
    def __init__(self, port, path):
        self.process = subprocess.Popen(
            [
                "tcpdump",
                "-Z",
                "root",
                "-i",
                "lo",
                "--immediate-mode",
                "-U",
                "-B",
                "16384",
                "-s",
                "0",
                "-w",
                path,
                "tcp",
                "port",
                str(port),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        while "listening" not in (line := self.process.stderr.readline()):
            if not line:
                raise RuntimeError("tcpdump did not start")

    def stop(self):
        time.sleep(0.25)
        self.process.send_signal(signal.SIGINT)
        said = self.process.stderr.read()
        self.process.wait()
        if not re.search(r"^0 packets dropped by kernel", said, re.M):
            raise RuntimeError("tcpdump lost packets: " + said)


def lines(value, indent=""):
    """JSON with everything short on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + len(indent) <= 110 or not isinstance(value, (dict, list)) or not value:
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {lines(part, deeper)}" for key, part in value.items()]
        return "{\n" + ",\n".join(deeper + part for part in parts) + f"\n{indent}}}"
    if all(part is None or isinstance(part, str) for part in value):
        return flat
    return "[\n" + ",\n".join(deeper + lines(part, deeper) for part in value) + f"\n{indent}]"


def prepare_passwords(server, conversations, warm):
    """Empties or fills MySQL's cache of caching_sha2_password digests, as the scenario needs it."""
    if conversations[0].path == "full":
        server.admin("FLUSH PRIVILEGES")
        return
    for account in [c.account for c in conversations if c.path == "fast"] + list(warm):
        pymysql.connect(
            host=server.host,
            port=server.port,
            user=account.user,
            password=account.password,
            ssl_disabled=True,
        ).close()


def wanted(name):
    pattern = os.environ.get("FIXTURES_ONLY")
    return not pattern or re.search(pattern, name)


def capture(name, server, shows, *conversations, setup=(), stored=(), warm=()):
    """Records the conversations, one after another, as `name`. The statements of `stored` are kept with the
    expectations, so that tests can store the same on a server of theirs."""
    if not wanted(name):
        return
    print(name, flush=True)
    if setup:
        server.admin(*setup)
    prepare_passwords(server, conversations, warm)
    path = f"{FIXTURES}/{name}.pcap"
    dump = Tcpdump(server.port, path)
    try:
        for conversation in conversations:
            conversation.play(server)
    finally:
        dump.stop()
    clients = dict.fromkeys(c.client.title for c in conversations)
    with open(f"{FIXTURES}/{name}.json", "w") as file:
        file.write(
            lines(
                {
                    "server": server.title,
                    "client": ", ".join(clients),
                    "shows": shows,
                    **({"stored": [with_replacing(server, word) for word in stored]} if stored else {}),
                    "conversations": [c.expectation for c in conversations],
                }
            )
            + "\n"
        )


def with_replacing(server, statement):
    """The statement without the OR REPLACE that MySQL does not know."""
    return statement.replace("CREATE OR REPLACE TABLE ", "CREATE TABLE ", 1) if server.is_mysql else statement


def fail(message):
    sys.exit("record: " + message)
