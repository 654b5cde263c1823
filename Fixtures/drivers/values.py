"""Every column type, with its extremes, by both protocols."""

import accounts
from capture import Conversation, capture
from clients import libmariadb, mariadb_cli, mysql_cli, pymysql_client
from steps import NULL, Cell, Table, bits, line, number, octets, point, string, vector


def integer_columns():
    for name, bits_ in [("TINYINT", 8), ("SMALLINT", 16), ("MEDIUMINT", 24), ("INT", 32), ("BIGINT", 64)]:
        yield name.lower() + "_s", name, bits_, True
        yield name.lower() + "_u", name + " UNSIGNED", bits_, False


INTEGERS = Table(
    "integers",
    [(name, kind) for name, kind, _, _ in integer_columns()]
    + [("padded", "INT(5) ZEROFILL"), ("padded_big", "BIGINT(20) UNSIGNED ZEROFILL"), ("truth", "BOOLEAN")],
    [number(2 ** (b - 1) - 1 if s else 2**b - 1) for _, _, b, s in integer_columns()]
    + [number(4294967295), number(2**64 - 1), number(1)],
    [number(-(2 ** (b - 1)) if s else 0) for _, _, b, s in integer_columns()]
    + [number(42), number(7), number(0)],
    [number(0)] * 13,
    [number(-1 if s else 2 ** (b - 1)) for _, _, b, s in integer_columns()]
    + [number(99999), number(1), number(1)],
    [NULL] * 13,
)

# Every FLOAT here is exact in the six digits that the servers print.
FLOATS = Table(
    "floats",
    [("single", "FLOAT"), ("number", "DOUBLE"), ("positive", "DOUBLE UNSIGNED")],
    [number("0"), number("0"), number("0")],
    [number("0.1"), number("0.1"), number("0.1")],
    [number("-1.5"), number("-1.7976931348623157e308"), number("1.7976931348623157e308")],
    [number("123456"), number("0.30000000000000004"), number("123456789.12345679")],
    [number("1.17549e-38"), number("2.2250738585072014e-308"), number("5e-324")],
    [number("3.40282e38"), number("9.007199254740992e15"), number("1e15")],
    [number("-0.25"), number("-0.0000001"), number("1e16")],
    [number("-123.456"), number("-1e-20"), number("1.7976931348623157e308")],
    [NULL, NULL, NULL],
)

NINES = "9" * 35 + "." + "9" * 30
DECIMALS = Table(
    "decimals",
    [
        ("widest", "DECIMAL(65,30)"),
        ("whole", "DECIMAL(65,0)"),
        ("money", "DECIMAL(10,2)"),
        ("fraction", "DECIMAL(30,30)"),
        ("positive", "DECIMAL(5,1) UNSIGNED"),
        ("padded", "DECIMAL(8,3) UNSIGNED ZEROFILL"),
    ],
    [
        number(NINES),
        number("9" * 65),
        number("99999999.99"),
        number("0." + "9" * 30),
        number("9999.9"),
        number("99999.999"),
    ],
    [
        number("-" + NINES),
        number("-" + "9" * 65),
        number("-99999999.99"),
        number("-0." + "9" * 30),
        number("0.0"),
        Cell("1.5", "00001.500"),
    ],
    [
        number("0." + "0" * 30),
        number("0"),
        number("0.00"),
        number("0." + "0" * 29 + "1"),
        number("0.1"),
        Cell("0", "00000.000"),
    ],
    [
        number("-0." + "0" * 29 + "1"),
        number("-1"),
        number("0.01"),
        number("-0.5" + "0" * 29),
        number("1.0"),
        Cell("12", "00012.000"),
    ],
    [NULL] * 6,
)

BITS = Table(
    "bit_fields",
    [("one", "BIT(1)"), ("eight", "BIT(8)"), ("nine", "BIT(9)"), ("all_bits", "BIT(64)")],
    [bits(1), bits(255), bits(511), bits(2**64 - 1)],
    [bits(0), bits(0), bits(0), bits(0)],
    [bits(1), bits(128), bits(256), bits(2**63)],
    [NULL] * 4,
)

STAMPS = "1970-01-01 00:00:01", "2038-01-19 03:14:07"


def temporal(fractions):
    """Date and time values whose fraction is `fractions`, cut to the digits of each column."""
    cut = lambda digits: "." + fractions[:digits] if digits else ""
    return [
        string("2024-02-29"),
        *(string("2024-02-29 23:59:58" + cut(d)) for d in (0, 1, 3, 6)),
        *(string("2024-02-29 12:30:45" + cut(d)) for d in (0, 2, 6)),
        *(string("12:34:56" + cut(d)) for d in (0, 1, 3, 6)),
        number(2024),
    ]


def temporals(mysql):
    most = "838:59:59"
    fraction = (
        "0" if mysql else "9"
    )  # MySQL ends TIME(6) at 838:59:59.000000, MariaDB a microsecond before 839
    nines = lambda digits: "." + fraction * digits if digits else ""
    zero = lambda digits: "." + "0" * digits if digits else ""
    return Table(
        "temporals",
        [
            ("d", "DATE NULL"),
            ("dt0", "DATETIME"),
            ("dt1", "DATETIME(1)"),
            ("dt3", "DATETIME(3)"),
            ("dt6", "DATETIME(6)"),
            ("ts0", "TIMESTAMP NULL"),
            ("ts2", "TIMESTAMP(2) NULL"),
            ("ts6", "TIMESTAMP(6) NULL"),
            ("t0", "TIME"),
            ("t1", "TIME(1)"),
            ("t3", "TIME(3)"),
            ("t6", "TIME(6)"),
            ("y", "YEAR"),
        ],
        temporal("123456"),
        temporal("000001"),
        [
            string("9999-12-31"),
            *(string("9999-12-31 23:59:59" + ("." + "9" * d if d else "")) for d in (0, 1, 3, 6)),
            *(string(STAMPS[1] + ("." + "9" * d if d else "")) for d in (0, 2, 6)),
            *(string(most + nines(d)) for d in (0, 1, 3, 6)),
            number(2155),
        ],
        [
            string("1000-01-01"),
            *(string("1000-01-01 00:00:00" + zero(d)) for d in (0, 1, 3, 6)),
            *(string(STAMPS[0] + zero(d)) for d in (0, 2, 6)),
            *(string("-" + most + nines(d)) for d in (0, 1, 3, 6)),
            number(1901),
        ],
        [
            string("0000-00-00"),
            *(string("0000-00-00 00:00:00" + zero(d)) for d in (0, 1, 3, 6)),
            *(string("0000-00-00 00:00:00" + zero(d)) for d in (0, 2, 6)),
            *(string("00:00:00" + zero(d)) for d in (0, 1, 3, 6)),
            number(0),
        ],
        [
            string("2024-00-00"),
            string("2024-05-00 00:00:00"),
            string("2024-00-00 10:20:30.5"),
            string("0000-01-02 03:04:05.678"),
            string("0001-01-01 00:00:00.000001"),
            string("2000-01-01 00:00:00"),
            string("2000-01-01 00:00:00.50"),
            string("2000-01-01 00:00:00.000001"),
            string("-00:00:01"),
            string("-00:00:00.1"),
            string("24:00:00.001"),
            string("-100:00:00.000001"),
            number(1970),
        ],
        [NULL] * 13,
    )


STRINGS = Table(
    "strings",
    [
        ("fixed", "CHAR(10)"),
        ("vary", "VARCHAR(300)"),
        ("tiny", "TINYTEXT"),
        ("some", "TEXT"),
        ("medium", "MEDIUMTEXT"),
        ("long_text", "LONGTEXT"),
        ("choice", "ENUM('small','größer','')"),
        ("choices", "SET('a','b','ç')"),
        ("latin", "VARCHAR(20) CHARACTER SET latin1"),
    ],
    [
        string("abc"),
        string("héllo"),
        string("naïve"),
        string("日本語"),
        string("Привет"),
        string("עברית"),
        string("größer"),
        string("a,ç"),
        string("Müller"),
    ],
    [
        string(""),
        string(""),
        string(""),
        string(""),
        string(""),
        string(""),
        string(""),
        string(""),
        string(""),
    ],
    [
        string("🐬"),
        string("🐬🦭👩‍👩‍👧"),
        string("𝔘𝔫𝔦"),
        string("a\nb\tc"),
        string('it\'s "q" \\ back'),
        string("NULL"),
        string("small"),
        string("a,b,ç"),
        string("ÿ"),
    ],
    [
        string("x" * 10),
        string("v" * 300),
        string("t" * 255),
        string("s" * 251),
        string("m" * 250),
        string("l" * 252),
        string("small"),
        string("b"),
        string("é" * 20),
    ],
    [NULL] * 9,
)

BINARIES = Table(
    "binaries",
    [
        ("fixed", "BINARY(4)"),
        ("vary", "VARBINARY(300)"),
        ("tiny", "TINYBLOB"),
        ("some", "BLOB"),
        ("medium", "MEDIUMBLOB"),
        ("long_blob", "LONGBLOB"),
    ],
    [
        octets(b"\0\1\2\xff"),
        octets(bytes(range(256))),
        octets(b"\xfb"),
        octets(b"\xfc\xfd\xfe\xff"),
        octets(b"\xf0\x28\x8c\x28"),
        octets(b"\0"),
    ],
    [Cell("x'ab'", "hex:ab000000"), octets(b""), octets(b""), octets(b""), octets(b""), octets(b"")],
    [
        octets(b"\xff" * 4),
        octets(b"\xff" * 300),
        octets(b"\0" * 255),
        octets(b"b" * 251),
        octets(b"\n\r\0\x1a'\"\\"),
        octets("🐬".encode()),
    ],
    [NULL] * 6,
)

# A LONGTEXT under another name on MariaDB. Written as MySQL prints it.
DOCUMENTS = Table(
    "documents",
    [("body", "JSON")],
    [string('{"a": 1, "b": [true, null, "ü🐬"]}')],
    [string("[]")],
    [string("null")],
    [string('"text"')],
    [string("-1.5")],
    [NULL],
)

SHAPES = Table(
    "shapes",
    [("place", "POINT"), ("any_shape", "GEOMETRY"), ("way", "LINESTRING")],
    [point(1, 2), point(-0.5, 1e10), line((0, 0), (1, 1), (2, -3))],
    [point(0, 0), line((1, 2), (3, 4)), line((5, 5), (6, 6))],
    [NULL, NULL, NULL],
)

VECTORS = Table(
    "vectors",
    [("small", "VECTOR(3)"), ("wide", "VECTOR")],
    [vector(1, 2, 3), vector(0.5)],
    [vector(-1, 0, 1.5), vector(*range(100))],
    [NULL, NULL],
)

ADDRESSES = Table(
    "addresses",
    [("key_", "UUID"), ("six", "INET6"), ("four", "INET4")],
    [string("123e4567-e89b-12d3-a456-426655440000"), string("2001:db8::ff00:42:8329"), string("192.0.2.1")],
    [string("00000000-0000-0000-0000-000000000000"), string("::"), string("0.0.0.0")],
    [string("ffffffff-ffff-ffff-ffff-ffffffffffff"), string("::ffff:192.0.2.128"), string("255.255.255.255")],
    [NULL, NULL, NULL],
)


def record(server):
    account = accounts.of(server).app
    kind = server.kind
    cli = mysql_cli if server.is_mysql else mariadb_cli
    plain = {
        "options": [
            "--ssl-mode=DISABLED" if server.is_mysql else "--skip-ssl",
            "--default-character-set=utf8mb4",
        ]
    }

    def both(name, shows, *tables, text_client=pymysql_client, **options):
        setup = ["SET time_zone = '+00:00'"] + [word for table in tables for word in table.setup()]
        if text_client is pymysql_client:
            options = {"init_command": "SET time_zone = '+00:00'"}
        capture(
            f"{kind}-{name}-text",
            server,
            shows + ", as text",
            Conversation(
                text_client, account, [table.as_text() for table in tables], database="fixtures", **options
            ),
            setup=setup,
            stored=setup,
        )
        capture(
            f"{kind}-{name}-binary",
            server,
            shows + ", as binary",
            Conversation(
                libmariadb,
                account,
                [table.as_binary() for table in tables],
                database="fixtures",
                options=["zone"],
            ),
            setup=setup,
        )

    both(
        "integers",
        "integers of every width, signed, unsigned and zero-filled: largest, least, 0, -1, NULL",
        INTEGERS,
    )
    both("floats", "FLOAT and DOUBLE: largest, subnormal, 17 digits, NULL", FLOATS)
    both("decimals", "DECIMAL up to 65 digits, NULL", DECIMALS)
    both("bits", "BIT of 1, 8, 9 and 64 bits, NULL", BITS)
    both(
        "temporals",
        "DATE, DATETIME, TIMESTAMP, TIME and YEAR with 0 to 6 digits, zero and partial dates, NULL",
        temporals(server.is_mysql),
    )
    both(
        "strings",
        "CHAR, VARCHAR, TEXTs, ENUM and SET: empty, 4-byte characters, lengths about 250, NULL",
        STRINGS,
        text_client=cli,
        **plain,
    )
    both("binaries", "BINARY, VARBINARY and BLOBs: every byte, empty, NULL", BINARIES)
    both("documents", "JSON", DOCUMENTS)
    both("shapes", "POINT, GEOMETRY and LINESTRING", SHAPES)
    if server.is_mysql:
        both("vectors", "VECTOR", VECTORS, text_client=cli, **plain)
    else:
        both(
            "addresses",
            "UUID, INET6 and INET4, which MariaDB sends as text with extended metadata",
            ADDRESSES,
        )
