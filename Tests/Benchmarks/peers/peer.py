"""The workloads on PyMySQL, which has no prepared statements: it puts values into the text.

    peer.py WORKLOAD COUNT [tls]
"""

import os
import resource
import ssl
import struct
import sys
import time

import pymysql
import pymysql.cursors

SIX_COLUMNS = "SELECT id, n, s, d, t, m FROM rows_of_six"


def connect():
    tls = None
    if "tls" in sys.argv[3:]:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    variable = os.environ.get
    return pymysql.connect(
        host=variable("BENCH_HOST"), port=int(variable("BENCH_PORT")), user=variable("BENCH_USER"),
        password=variable("BENCH_PASSWORD", ""), database=variable("BENCH_DATABASE"), charset="utf8mb4", ssl=tls,
        ssl_disabled=tls is None)


class Meter:
    def __init__(self):
        self.usage, self.start = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()

    def stop(self, count):
        """What was spent, in the words that every peer prints."""
        seconds, before, now = time.monotonic() - self.start, self.usage, resource.getrusage(resource.RUSAGE_SELF)
        cpu = now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime
        with open("/proc/self/status") as status:
            memory = next(line for line in status if line.startswith("VmHWM:")).split()[1]
        return (f"count={count} seconds={seconds:.6f} cpu={cpu:.6f} waits={now.ru_nvcsw - before.ru_nvcsw}"
                f" preempted={now.ru_nivcsw - before.ru_nivcsw} memory={memory}")


class Checksum:
    """A sum over all values of rows."""

    def __init__(self):
        self.rows = self.sum = 0

    def add(self, row):
        id, n, s, d, t, m = row
        self.rows += 1
        self.sum += (id + n + len(s.encode()) + struct.unpack("<Q", struct.pack("<d", d))[0]
                     + t.hour * 3600 + t.minute * 60 + t.second + m.is_signed())

    def __str__(self):
        return f"{self.rows}/{self.sum & 0xFFFF_FFFF_FFFF_FFFF:x}"


def select_one(connection, count):
    """W1"""
    total, meter = 0, Meter()
    with connection.cursor() as cursor:
        for _ in range(count):
            cursor.execute("SELECT 1")
            total += cursor.fetchone()[0]
    print(meter.stop(count), f"checksum={total}")


def read_rows(connection, count, kind):
    """W2, streamed or collected"""
    checksum, meter = Checksum(), Meter()
    with connection.cursor(kind) as cursor:
        cursor.execute(f"{SIX_COLUMNS} LIMIT {count}")
        for row in cursor:
            checksum.add(row)
    print(meter.stop(checksum.rows), f"checksum={checksum}")


def select_by_key(connection, count):
    """W4"""
    checksum, meter = Checksum(), Meter()
    with connection.cursor() as cursor:
        for key in range(1, count + 1):
            cursor.execute(SIX_COLUMNS + " WHERE id = %s", (key,))
            for row in cursor:
                checksum.add(row)
    print(meter.stop(checksum.rows), f"checksum={checksum}")


def read_cells(connection, count, mebibytes):
    """W5"""
    total, meter = 0, Meter()
    with connection.cursor() as cursor:
        for _ in range(count):
            cursor.execute(f"SELECT data FROM cells WHERE id = {mebibytes}")
            (data,) = cursor.fetchone()
            total += sum(data[::4096])
    print(meter.stop(count), f"checksum={total}")


def log_in(count):
    """W6"""
    meter = Meter()
    for _ in range(count):
        connect().close()
    print(meter.stop(count), f"checksum={count}")


def insert_one_by_one(cursor, count):
    """W8a"""
    for id in range(1, count + 1):
        cursor.execute("INSERT INTO inserted VALUES (%s, %s, %s)", (id, id % 1000, f"name {id}"))


def insert_thousands(cursor, count):
    """W8b"""
    for first in range(1, count + 1, 1000):
        ids = range(first, min(first + 1000, count + 1))
        cursor.execute("INSERT INTO inserted VALUES " + ",".join(f"({id},{id % 1000},'name {id}')" for id in ids))


def insert(connection, count, rows):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE TABLE inserted")
        meter = Meter()
        connection.begin()
        rows(cursor, count)
        connection.commit()
        spent = meter.stop(count)
        cursor.execute("SELECT CONCAT(COUNT(*), '/', SUM(id + n + LENGTH(name))) FROM inserted")
        print(spent, f"checksum={cursor.fetchone()[0]}")


def main():
    workload, count = sys.argv[1], int(sys.argv[2])
    if workload == "W6":
        return log_in(count)
    workloads = {
        "W1": lambda connection: select_one(connection, count),
        "W2": lambda connection: read_rows(connection, count, pymysql.cursors.SSCursor),
        "W2c": lambda connection: read_rows(connection, count, pymysql.cursors.Cursor),
        "W4": lambda connection: select_by_key(connection, count),
        "W5": lambda connection: read_cells(connection, count, 64),
        "W5m": lambda connection: read_cells(connection, count, 15),
        "W8a": lambda connection: insert(connection, count, insert_one_by_one),
        "W8b": lambda connection: insert(connection, count, insert_thousands),
    }
    connection = connect()
    workloads[workload](connection)
    sys.stdout.flush()
    connection.close()


main()
