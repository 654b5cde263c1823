"""The programs that are measured: this library's, and its peers'. Each takes `WORKLOAD COUNT [OPTION…]` and prints one
line of key=value words."""

import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

from . import library
from .counting import Missing, need, tests

sources = tests / "Benchmarks" / "peers"
go_path = pathlib.Path("/usr/share/gocode")
go_driver = "golang-github-go-sql-driver-mysql-dev"


@dataclasses.dataclass
class Peer:
    command: list
    version: str


def build(names, folder):
    """Builds those peers in a folder. Returns them by name, and for each that cannot be built the reason."""
    built, missing = {}, {}
    for name in names:
        try:
            built[name] = builders[name](pathlib.Path(folder))
        except Missing as reason:
            missing[name] = str(reason)
    return built, missing


def _output(*words):
    try:
        result = subprocess.run(words, capture_output=True, text=True)
    except OSError as error:
        raise Missing(f"{words[0]} is missing") from error
    if result.returncode:
        raise Missing(f"{words[0]} fails: {(result.stderr.strip().splitlines() or ['without a word'])[-1]}")
    return result.stdout.strip()


def _ours(folder):
    version = re.search(r"Swift version ([\d.]+)", _output("swift", "--version"))
    return Peer([library.build(), "live"], f"Swift {version[1]}")


def _c(source, folder):
    need("gcc")
    need("mariadb_config")
    program = str(folder / source.removesuffix(".c"))
    flags = _output("mariadb_config", "--cflags", "--libs").split()
    _output("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread", str(sources / source), "-o", program, *flags)
    return Peer([program], f"libmariadb {_output('mariadb_config', '--version')}")


def _go(folder):
    need("go")
    driver = go_path / "src/github.com/go-sql-driver/mysql"
    if not driver.exists():
        # No program, so that whether it was installed is to be seen only here.
        subprocess.run([tests / "install", go_driver], capture_output=True)
    if not driver.exists():
        raise Missing(f"{go_driver} is missing")
    program = str(folder / "peer-go")
    _output("env", "GO111MODULE=off", f"GOPATH={go_path}", f"GOCACHE={folder}/go-cache", "go", "build", "-o", program,
            str(sources / "peer.go"))
    version = _output("go", "version").split()[2].removeprefix("go")
    package = _output("dpkg-query", "--showformat=${Version}", "--show", go_driver)
    return Peer([program], f"Go {version} with driver {package.split('-')[0]}")


def _python(folder):
    environment = folder / "venv"
    _output(sys.executable, "-m", "venv", str(environment))
    python = str(environment / "bin/python")
    _output(python, "-m", "pip", "--quiet", "install", "PyMySQL[rsa]")
    version = _output(python, "-c", "from importlib.metadata import version; print(version('PyMySQL'))")
    return Peer([python, str(sources / "peer.py")], f"PyMySQL {version} on Python {sys.version.split()[0]}")


builders = {
    "ours": _ours,
    "C": lambda folder: _c("libmariadb.c", folder),
    "drain": lambda folder: _c("drain.c", folder),
    "Go": _go,
    "PyMySQL": _python,
}
