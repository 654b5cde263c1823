"""Takes conversations apart: login, commands and their results."""

import struct
from dataclasses import dataclass

from pcap import Unanswered, demand, packets

COMPRESS, SSL, PLUGIN_AUTH = 1 << 5, 1 << 11, 1 << 19
CONNECT_WITH_DB, LENENC_AUTH = 1 << 3, 1 << 21
SESSION_TRACK, DEPRECATE_EOF, ZSTD, QUERY_ATTRIBUTES = 1 << 23, 1 << 24, 1 << 26, 1 << 27
CLIENT_MYSQL = 1
MARIADB_METADATA, MARIADB_CACHE = 1 << 35, 1 << 36
MORE_RESULTS, CURSOR_EXISTS, OUT_PARAMETERS, STATE_CHANGED = 8, 64, 1 << 12, 1 << 14


class Reader:
    def __init__(self, data):
        self.data, self.position = data, 0

    def take(self, count):
        demand(self.position + count <= len(self.data), "a packet is too short")
        self.position += count
        return self.data[self.position - count : self.position]

    def integer(self, size):
        return int.from_bytes(self.take(size), "little")

    def lenenc(self):
        first = self.integer(1)
        return first if first < 251 else self.integer({252: 2, 253: 3, 254: 8}[first])

    def string(self):
        return self.take(self.lenenc())

    def text_cell(self):
        if self.data[self.position] == 0xFB:
            self.position += 1
            return None
        return self.string()

    def zero(self):
        end = self.data.index(0, self.position)
        return self.take(end - self.position + 1)[:-1]

    @property
    def rest(self):
        return self.data[self.position :]


@dataclass
class Column:
    name: str
    type: int
    charset: int
    flags: int
    decimals: int


INTEGERS = {1: 1, 2: 2, 3: 4, 8: 8, 9: 4, 13: 2}
BINARY_STRINGS = {15, 249, 250, 251, 252, 253, 254, 255, 242}


KINDS = {0: "variable", 1: "schema", 2: "state", 3: "gtid", 4: "characteristics", 5: "transaction"}


def changes(blob):
    reader = Reader(blob)
    while reader.rest:
        kind, body = reader.integer(1), Reader(reader.string())
        if kind == 3:
            body.take(1)
        values = [body.take(len(body.rest)).decode()] if kind == 2 else []
        while body.rest:
            values.append(body.string().decode())
        yield [KINDS.get(kind, str(kind)), *values]


def error_of(packet):
    result = {"code": int.from_bytes(packet[1:3], "little")}
    if packet[3:4] == b"#":
        result["state"] = packet[4:9].decode()
    return {"error": result}


class Talk:
    """One connection's packets, command by command."""

    def __init__(self, client, server):
        self.sent, self.got = list(packets(client)), list(packets(server))
        self.at = self.sent_at = 0
        self.statements, self.columns, self.cursors, self.order = {}, {}, {}, []

    def peek(self):
        if self.at == len(self.got):
            raise Unanswered("the server's answer is missing")
        return self.got[self.at][1]

    def next(self):
        while True:
            packet = self.peek()
            self.at += 1
            if packet[:3] != b"\xff\xff\xff":  # MariaDB's progress report
                return packet

    def login(self):
        """Reads greeting and authentication. Returns ok, an error, "tls" or "compressed"."""
        packet = self.next()
        if packet[0] == 0xFF:
            return error_of(packet)
        reader = Reader(packet)
        demand(reader.integer(1) == 10, "no greeting")
        reader.zero()
        reader.take(13)
        capabilities = reader.integer(2)
        reader.take(3)
        capabilities |= reader.integer(2) << 16
        reader.take(7)
        capabilities |= reader.integer(4) << 32
        self.capabilities = capabilities
        if not self.sent:
            return None
        reply = self.sent[0][1]
        mine = int.from_bytes(reply[:4], "little")
        if not capabilities & CLIENT_MYSQL:
            mine |= int.from_bytes(reply[28:32], "little") << 32
        self.capabilities &= mine
        self.sent_at = 1
        if mine & SSL:
            return "tls"
        reader = Reader(reply)
        reader.take(32)
        self.user = reader.zero().decode()
        reader.string() if mine & LENENC_AUTH else reader.take(reader.integer(1))
        self.database = reader.zero().decode() if mine & CONNECT_WITH_DB else ""
        self.plugin = reader.zero().decode() if mine & PLUGIN_AUTH else ""
        return self.authenticate()

    def authenticate(self):
        path = None
        while True:
            if self.at == len(self.got):
                return "abandoned"
            packet = self.next()
            if packet[0] == 0:
                self.path = path
                return "compressed" if self.capabilities & (COMPRESS | ZSTD) else "ok"
            if packet[0] == 0xFF:
                self.path = path
                return error_of(packet)
            if packet[0] in (2, 0xFE):  # another factor, another plugin
                self.plugin = Reader(packet[1:]).zero().decode()
            elif packet[0] == 1 and len(packet) == 2:
                path = {3: "fast", 4: "full"}.get(packet[1], path)

    def client_packets(self):
        """What the client sent before its next command: answers to authentication, a file."""
        parts = []
        while self.sent_at < len(self.sent) and self.sent[self.sent_at][0] != 0:
            parts.append(self.sent[self.sent_at][1])
            self.sent_at += 1
        return parts

    def commands(self):
        self.client_packets()
        while self.sent_at < len(self.sent):
            packet = self.sent[self.sent_at][1]
            self.sent_at += 1
            yield self.command(packet)
            self.client_packets()

    def command(self, packet):
        code, body = packet[0], packet[1:]
        simple = {2: "useDatabase", 9: "statistics", 14: "ping", 27: "setOption", 31: "resetConnection"}
        if code == 1:
            return {"quit": True}
        if code == 3:
            sql = self.query_text(body)
            try:
                return {"protocol": "text", "sql": sql, "results": self.results(self.text_row)}
            except Unanswered:
                return {"protocol": "text", "sql": sql, "results": []}
        if code == 22:
            return self.prepare(body.decode())
        if code in (23, 250):
            return self.execute(body)
        if code == 28:
            return self.fetch(body)
        if code in (24, 25):
            return {}
        if code == 26:
            return {"results": [self.simple()]}
        if code == 17:
            answer = self.authenticate()
            return {
                "command": "changeUser",
                "results": [{"ok": {}} if answer in ("ok", "compressed") else answer],
            }
        if code == 9:
            self.next()
            return {"command": "statistics", "results": [{"ok": {}}]}
        demand(code in simple, "command", code)
        return {"command": simple[code], "results": [self.simple()]}

    def query_text(self, body):
        if not self.capabilities & QUERY_ATTRIBUTES:
            return body.decode()
        reader = Reader(body)
        count = reader.lenenc()
        reader.lenenc()
        if count:
            reader.take((count + 7) // 8)
            reader.take(1)
            types = []
            for _ in range(count):
                types.append(reader.integer(2))
                reader.string()
            for kind in types:
                reader.take(INTEGERS[kind & 0xFF]) if kind & 0xFF in INTEGERS else reader.string()
        return reader.rest.decode()

    def simple(self):
        packet = self.next()
        return error_of(packet) if packet[0] == 0xFF else {"ok": self.ok(packet)}

    def ok(self, packet):
        reader = Reader(packet)
        header = reader.integer(1)
        if header == 0xFE and not self.capabilities & DEPRECATE_EOF:
            warnings = reader.integer(2) if len(packet) == 5 else 0
            self.status = reader.integer(2) if len(packet) == 5 else 0
            return {"warnings": warnings}
        result = {"affected": reader.lenenc(), "insertId": reader.lenenc()}
        self.status = reader.integer(2)
        result["warnings"] = reader.integer(2)
        result["info"] = (reader.string() if reader.rest else b"").decode()
        if self.capabilities & SESSION_TRACK:
            result["changes"] = list(changes(reader.string())) if self.status & STATE_CHANGED else []
        return result

    def definitions(self, count):
        columns = []
        for _ in range(count):
            reader = Reader(self.next())
            demand(reader.string() == b"def", "not a column definition")
            for _ in range(3):
                reader.string()
            name = reader.string().decode()
            reader.string()
            if self.capabilities & MARIADB_METADATA:
                reader.string()
            demand(reader.lenenc() == 12, "a column definition of another length")
            charset, _, kind = reader.integer(2), reader.integer(4), reader.integer(1)
            columns.append(Column(name, kind, charset, reader.integer(2), reader.integer(1)))
        if count and not self.capabilities & DEPRECATE_EOF:
            self.ok(self.next())
            self.out = self.status & OUT_PARAMETERS
        return columns

    def results(self, row, statement=None):
        found = []
        while True:
            self.out = False
            found.append(self.result(row, statement))
            # MySQL 9.7 forgets MORE_RESULTS after OUT parameters for clients without DEPRECATE_EOF.
            if "error" in found[-1] or not (self.status & MORE_RESULTS or self.out):
                return found

    def result(self, row, statement):
        packet = self.peek()
        if packet[0] == 0xFB:
            self.next()
            self.files = self.client_packets()
            demand(self.files and self.files[-1] == b"", "a file without an end")
            return self.simple()
        if packet[0] == 0 or packet[0] == 0xFF:
            return self.simple()
        reader = Reader(self.next())
        count = reader.lenenc()
        fresh = not self.capabilities & MARIADB_CACHE or statement is None or reader.integer(1)
        if fresh:
            columns = self.definitions(count)
            if statement is not None:
                self.columns[statement] = columns
        else:
            columns = self.columns[statement]
            if not self.capabilities & DEPRECATE_EOF:
                self.ok(self.next())
        if not self.capabilities & DEPRECATE_EOF and self.status & CURSOR_EXISTS and statement is not None:
            return {"columns": [column.name for column in columns], "rows": []}
        return self.rows(columns, row)

    def rows(self, columns, row):
        result = {"columns": [column.name for column in columns], "rows": []}
        while True:
            packet = self.next()
            if packet[0] == 0xFF:
                return {**result, **error_of(packet)}
            if packet[0] == 0xFE and len(packet) < (0xFFFFFF if self.capabilities & DEPRECATE_EOF else 9):
                self.ok(packet)
                return result
            result["rows"].append(row(columns, packet))

    def prepare(self, sql):
        packet = self.next()
        if packet[0] == 0xFF:
            return {"protocol": "binary", "sql": sql, "results": [error_of(packet)]}
        reader = Reader(packet)
        reader.take(1)
        id, columns, parameters = reader.integer(4), reader.integer(2), reader.integer(2)
        self.statements[id] = sql
        self.latest = id
        self.definitions(parameters)
        self.columns[id] = self.definitions(columns)
        return {}

    def execute(self, body):
        id = int.from_bytes(body[:4], "little")
        id = self.latest if id == 0xFFFFFFFF else id
        sql = self.statements.get(id)
        results = self.results(self.binary_row, id)
        entry = {"protocol": "binary", "sql": sql, "results": results}
        if self.status & CURSOR_EXISTS:
            self.cursors[id] = results[0]
        return entry

    def fetch(self, body):
        id = int.from_bytes(body[:4], "little")
        result = self.rows(self.columns[id], self.binary_row)
        self.cursors[id]["rows"] += result["rows"]
        return {}

    def text_row(self, columns, packet):
        reader = Reader(packet)
        cells = [self.text_cell(column, reader.text_cell()) for column in columns]
        demand(not reader.rest, "bytes after a row")
        return cells

    def text_cell(self, column, raw):
        if raw is None:
            return None
        if column.type in INTEGERS:
            return str(int(raw))
        return raw.decode() if column.type in (4, 5, 7, 10, 11, 12) else self.octets(column, raw)

    def octets(self, column, raw):
        if column.type == 16:
            return f"bits:{int.from_bytes(raw, 'big')}"
        if column.type in BINARY_STRINGS and column.charset == 63:
            return "hex:" + raw.hex()
        return raw.decode()

    def binary_row(self, columns, packet):
        demand(packet[0] == 0, "not a row")
        size = (len(columns) + 9) // 8
        nulls = int.from_bytes(packet[1 : 1 + size], "little") >> 2
        reader = Reader(packet[1 + size :])
        cells = [
            None if nulls >> i & 1 else self.binary_cell(column, reader) for i, column in enumerate(columns)
        ]
        demand(not reader.rest, "bytes after a row")
        return cells

    def binary_cell(self, column, reader):
        if column.type in INTEGERS:
            size = INTEGERS[column.type]
            return str(int.from_bytes(reader.take(size), "little", signed=not column.flags & 32))
        if column.type in (4, 5):
            size, format = (4, "<f") if column.type == 4 else (8, "<d")
            return struct.unpack(format, reader.take(size))[0]
        raw = reader.string()
        if column.type in (7, 10, 12):
            year, month, day, hour, minute, second, micros = struct.unpack("<HBBBBBI", raw.ljust(11, b"\0"))
            date = f"{year:04}-{month:02}-{day:02}"
            return (
                date
                if column.type == 10
                else date + f" {hour:02}:{minute:02}:{second:02}" + fraction(column, micros)
            )
        if column.type == 11:
            minus, days, hour, minute, second, micros = struct.unpack("<BIBBBI", raw.ljust(12, b"\0"))
            return "-" * minus + f"{24 * days + hour:02}:{minute:02}:{second:02}" + fraction(column, micros)
        return self.octets(column, raw)


def fraction(column, micros):
    return "." + f"{micros:06}"[: column.decimals] if 0 < column.decimals <= 6 else ""
