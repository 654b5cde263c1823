"""Records everything: all.py FOLDER… (of running servers, as Tests/servers made them)."""

# The C extension brings a newer OpenSSL than Python's, and has to be the first to load one.
import _mysql_connector  # isort: skip

import importlib
import sys

import accounts
from capture import Server

MODULES = ["login", "commands", "results", "values"]


def prepare(server):
    server.admin("CREATE DATABASE IF NOT EXISTS fixtures", database=None)
    server.admin(*(word for account in accounts.of(server).all for word in account.statements))


servers = [Server(folder) for folder in sys.argv[1:]]
for server in servers:
    prepare(server)
for name in MODULES:
    for server in servers:
        importlib.import_module(name).record(server)
