"""The servers to measure against."""

import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import urllib.parse

script = str(pathlib.Path(__file__).resolve().parents[2] / "servers")


def values(line):
    """The values of a line of key=value words."""
    return dict(word.split("=", 1) for word in line.split())


class Server:
    """A server, and what a peer needs to know of it, which travels in the environment: no list of processes shows
    passwords there."""

    def __init__(self, host, port, user, password=None):
        self.environment = {
            "BENCH_HOST": host, "BENCH_PORT": str(port), "BENCH_USER": user, "BENCH_DATABASE": "swift_mysql_bench"}
        if password:
            self.environment["BENCH_PASSWORD"] = password
        self.kind = self.version = None

    @classmethod
    def at(cls, url):
        parts = urllib.parse.urlsplit(url)
        if not parts.hostname:
            raise SystemExit("benchmarks need servers by TCP, and a URL of MYSQL_TEST_URLS has no host")
        unquote = urllib.parse.unquote
        return cls(parts.hostname, parts.port or 3306, unquote(parts.username or ""), unquote(parts.password or ""))

    @contextlib.contextmanager
    def tables(self, program, rows=None):
        """Makes the tables by mysql-bench, which says what the server is, and drops them at the end."""
        words = [program, "tables", "make"] + ([str(rows)] if rows else [])
        answer = self.values(words)
        self.kind, self.version = answer["kind"], answer["version"].split("-")[0]
        try:
            yield self
        finally:
            self.run([program, "tables", "drop"])

    def run(self, words):
        """Runs a program against this server, and returns what it prints."""
        return subprocess.run(
            words, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            check=True, text=True).stdout

    def values(self, words):
        """Does the same, for a program that prints a line of key=value words."""
        return values(self.run(words))

    @property
    def name(self):
        return {"mariadb": "MariaDB", "mysql": "MySQL"}[self.kind] + " " + self.version


@contextlib.contextmanager
def servers(kinds):
    """Yields the servers of MYSQL_TEST_URLS; without it, one of each kind in a throwaway folder, until the block
    ends. One that cannot be started is named."""
    urls = os.environ.get("MYSQL_TEST_URLS")
    if urls is not None:
        yield [Server.at(url) for url in urls.split()]
        return
    # A signal that ends this process must end the servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as stack:
        started = []
        for kind in kinds:
            try:
                started.append(stack.enter_context(_throwaway(kind)))
            except subprocess.CalledProcessError:
                print(f"no server: {kind} cannot be started", flush=True)
        yield started


@contextlib.contextmanager
def _throwaway(kind):
    # A short path: the one of a unix socket has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="mysql-bench.", dir="/tmp") as folder:
        subprocess.run(
            [script, "start", kind, folder, "--innodb-buffer-pool-size=512M"], check=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            lines = (pathlib.Path(folder) / "server.env").read_text().splitlines()
            settings = dict(line.split("=", 1) for line in lines)
            yield Server("127.0.0.1", settings["port"], "root")
        finally:
            subprocess.run([script, "stop", folder], check=True, stdout=subprocess.DEVNULL)
