"""Records everything: all.py FOLDER… (of running servers, as Tests/servers made them)."""

# The C extension brings a newer OpenSSL than Python's, and has to be the first to load one.
import _mysql_connector  # noqa: F401 isort: skip

import importlib
import sys

import accounts
from capture import Server

MODULES = [
    "login",
    "values",
    "commands",
    "prepared",
    "results",
    "errors",
    "files",
    "state",
    "deprecated_eof",
    "endings",
]


for server in map(Server, sys.argv[1:]):
    accounts.prepare(server)
    for name in MODULES:
        importlib.import_module(name).record(server)
