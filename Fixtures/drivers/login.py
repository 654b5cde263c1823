"""Logging in: every authentication plugin, and every way to be turned away."""

import accounts
from capture import Conversation, capture
from clients import connector_c, connector_pure, go, libmariadb, mariadb_cli, mysql_cli, pymysql_client
from steps import error, rows, text

GREETING = [text("SELECT 'here' AS answer", rows("answer", ["here"]))]
NOT_TLS = {"options": ["--ssl-mode=DISABLED"]}
NO_TLS = {"options": ["--skip-ssl"]}
MARIADB_COLLATION = {"charset": "utf8mb4", "collation": "utf8mb4_general_ci"}


def denied(code=1045, state="28000"):
    return error(code, state)


def record(server):
    (record_mysql if server.is_mysql else record_mariadb)(server)
    refusals(server)


def record_mariadb(server):
    a = accounts.MariaDB
    capture(
        "mariadb-login-native",
        server,
        "mysql_native_password by five clients",
        Conversation(pymysql_client, a.native, GREETING),
        Conversation(mariadb_cli, a.native, GREETING, **NO_TLS),
        Conversation(libmariadb, a.native, GREETING, database="fixtures"),
        Conversation(go, a.native, GREETING, database="fixtures"),
        Conversation(connector_pure, a.native, GREETING, **MARIADB_COLLATION),
    )
    capture(
        "mariadb-login-native-wrong",
        server,
        "mysql_native_password with a wrong password, and with none",
        Conversation(pymysql_client, a.native, password="wrong", login=denied()),
        Conversation(libmariadb, a.native, password="wrong", login=denied()),
        Conversation(go, a.native, password="", login=denied()),
    )
    capture(
        "mariadb-login-empty",
        server,
        "an account without a password, and a password for it",
        Conversation(pymysql_client, a.empty, GREETING),
        Conversation(mariadb_cli, a.empty, GREETING, **NO_TLS),
        Conversation(libmariadb, a.empty, GREETING),
        Conversation(go, a.empty, GREETING),
        Conversation(pymysql_client, a.empty, password="surplus", login=denied()),
    )
    capture(
        "mariadb-login-ed25519",
        server,
        "switch from mysql_native_password to client_ed25519",
        Conversation(libmariadb, a.ed25519, GREETING),
        Conversation(pymysql_client, a.ed25519, GREETING),
        Conversation(mariadb_cli, a.ed25519, GREETING, **NO_TLS),
    )
    capture(
        "mariadb-login-ed25519-wrong",
        server,
        "client_ed25519 with a wrong password, and with none",
        Conversation(libmariadb, a.ed25519, password="wrong", login=denied()),
        Conversation(libmariadb, a.ed25519, password="", login=denied()),
    )
    capture(
        "mariadb-login-switch-to-native",
        server,
        "switch from client_ed25519 to mysql_native_password",
        Conversation(libmariadb, a.native, GREETING, options=["plugin=client_ed25519"]),
        Conversation(libmariadb, a.empty, GREETING, options=["plugin=client_ed25519"]),
    )
    capture(
        "mariadb-login-clear",
        server,
        "switch to mysql_clear_password (the PAM plugin asks for it)",
        Conversation(libmariadb, a.clear, GREETING),
        Conversation(pymysql_client, a.clear, GREETING),
        Conversation(go, a.clear, GREETING, options="allowCleartextPasswords=1"),
    )
    capture(
        "mariadb-login-clear-wrong",
        server,
        "mysql_clear_password with a wrong password; a client that refuses it",
        Conversation(libmariadb, a.clear, password="wrong", login=denied()),
        Conversation(go, a.clear, login="abandoned", end="open"),
    )


def record_mysql(server):
    a = accounts.MySQL
    ask_key = {"options": ["--ssl-mode=DISABLED", "--get-server-public-key"]}
    full = {"path": "full", "deterministic": False}
    capture(
        "mysql-login-caching-fast",
        server,
        "caching_sha2_password, the digest being in the server's cache",
        Conversation(mysql_cli, a.caching, GREETING, **NOT_TLS),
        Conversation(pymysql_client, a.caching, GREETING),
        Conversation(libmariadb, a.caching, GREETING, database="fixtures"),
        Conversation(go, a.caching, GREETING),
        Conversation(connector_pure, a.caching, GREETING),
        Conversation(connector_c, a.caching, GREETING),
    )
    capture(
        "mysql-login-caching-full",
        server,
        "caching_sha2_password in full, with the server's RSA key; then fast",
        Conversation(mysql_cli, a.caching, GREETING, **ask_key, **full),
        Conversation(mysql_cli, a.caching, GREETING, **NOT_TLS),
    )
    capture(
        "mysql-login-caching-full-pymysql",
        server,
        "caching_sha2_password in full, with the server's RSA key",
        Conversation(pymysql_client, a.caching, GREETING, **full),
    )
    capture(
        "mysql-login-caching-full-go",
        server,
        "caching_sha2_password in full, with the server's RSA key",
        Conversation(go, a.caching, GREETING, **full),
    )
    capture(
        "mysql-login-caching-full-libmariadb",
        server,
        "caching_sha2_password in full, with the server's RSA key",
        Conversation(libmariadb, a.caching, GREETING, **full),
    )
    capture(
        "mysql-login-caching-wrong",
        server,
        "caching_sha2_password with a wrong password, in full, and with none",
        Conversation(pymysql_client, a.caching, password="wrong", login=denied(), **full),
        Conversation(mysql_cli, a.caching, password="wrong", login=denied(), **ask_key, **full),
        Conversation(pymysql_client, a.caching, password="", login=denied()),
    )
    capture(
        "mysql-login-caching-no-key",
        server,
        "caching_sha2_password in full, but the client refuses a key it " "does not know, and leaves",
        Conversation(mysql_cli, a.caching, login=error(1158, "08S01"), end="open", **NOT_TLS, **full),
    )
    capture(
        "mysql-login-caching-empty",
        server,
        "caching_sha2_password without a password",
        Conversation(mysql_cli, a.empty, GREETING, **NOT_TLS),
        Conversation(pymysql_client, a.empty, GREETING),
        Conversation(libmariadb, a.empty, GREETING),
        Conversation(go, a.empty, GREETING),
    )
    capture(
        "mysql-login-switch-to-caching",
        server,
        "switch from mysql_native_password to caching_sha2_password",
        Conversation(libmariadb, a.caching, GREETING, options=["plugin=mysql_native_password"]),
        Conversation(libmariadb, a.empty, GREETING, options=["plugin=mysql_native_password"]),
    )
    capture(
        "mysql-login-sha256",
        server,
        "switch to sha256_password, with the server's RSA key",
        Conversation(mysql_cli, a.sha256, GREETING, deterministic=False, **ask_key),
        Conversation(pymysql_client, a.sha256, GREETING, deterministic=False),
        Conversation(go, a.sha256, GREETING, deterministic=False),
    )
    capture(
        "mysql-login-sha256-wrong",
        server,
        "sha256_password with a wrong password",
        Conversation(pymysql_client, a.sha256, password="wrong", login=denied(), deterministic=False),
    )
    capture(
        "mysql-login-sha256-empty",
        server,
        "sha256_password without a password",
        Conversation(mysql_cli, a.sha256_empty, GREETING, **NOT_TLS),
        Conversation(pymysql_client, a.sha256_empty, GREETING),
        Conversation(go, a.sha256_empty, GREETING),
    )

    second_factor(server)


def second_factor(server):
    """With no security key at hand: one not registered yet, and one that the client does not find."""
    account = accounts.MySQL.second
    options = ["--ssl-mode=DISABLED", "--get-server-public-key", "--password2=none"]
    capture(
        "mysql-login-second-factor-unregistered",
        server,
        "a second factor that has to be registered first",
        Conversation(
            mysql_cli,
            account,
            [text("SELECT 1", error(4055, "HY000"))],
            plugin="authentication_webauthn_client",
            path="full",
            deterministic=False,
            options=options,
        ),
    )
    device = "$.multi_factor_authentication[0]"
    capture(
        "mysql-login-second-factor",
        server,
        "the server asks for a second factor (AuthNextFactor), and the client " "leaves",
        Conversation(
            mysql_cli,
            account,
            login=error(1158, "08S01"),
            plugin="authentication_webauthn_client",
            path="full",
            deterministic=False,
            end="open",
            options=options,
        ),
        setup=[
            "UPDATE mysql.user SET user_attributes = JSON_SET(user_attributes, "
            f"'{device}.requires_registration', 0, '{device}.authentication_string', "
            f"TO_BASE64(REPEAT('k', 100))) WHERE user = '{account.user}'"
        ],
    )


def refusals(server):
    a, kind = accounts.of(server), server.kind
    mysql = server.is_mysql
    nobody = accounts.Account("nobody_known", "s3cret", "")
    full = {"path": "full", "deterministic": False} if mysql else {}
    capture(
        f"{kind}-login-unknown-user",
        server,
        "a user that does not exist",
        Conversation(pymysql_client, nobody, login=denied(), deterministic=not mysql),
        Conversation(libmariadb, nobody, password="", login=denied()),
    )
    capture(
        f"{kind}-login-unknown-database",
        server,
        "a database that does not exist, or that is not ours",
        Conversation(
            libmariadb,
            a.app,
            database="nowhere",
            login=denied(1049, "42000"),
            **({"path": "fast"} if mysql else {}),
        ),
        Conversation(
            pymysql_client,
            a.app,
            database="mysql",
            login=denied(1044, "42000"),
            **({"path": "fast"} if mysql else {}),
        ),
    )
    donald = (accounts.mysql_account if mysql else accounts.mariadb_account)("donald", "s3cret-donald")
    capture(
        f"{kind}-login-anonymous",
        server,
        "the account ''@'127.0.0.1' gets in the way of 'donald'@'%'",
        Conversation(pymysql_client, donald, login=denied(), plugin="", deterministic=not mysql),
        setup=["CREATE USER ''@'127.0.0.1'", f"CREATE USER donald@'%' {donald.creation}"],
    )
    server.admin("DROP USER IF EXISTS ''@'127.0.0.1', donald@'%'", "FLUSH PRIVILEGES")
    away = {"end": "server", "plugin": "", "login": error(1130, None)}
    capture(
        f"{kind}-login-host-refused",
        server,
        "a host that no account is for: an error instead of a greeting",
        Conversation(pymysql_client, a.app, bind_address="127.0.0.2", **away),
        Conversation(libmariadb, a.app, options=["from=127.0.0.2"], **away),
    )
    capture(
        f"{kind}-login-locked",
        server,
        "a locked account",
        Conversation(
            pymysql_client, a.locked, login=denied(*((3118, "HY000") if mysql else (4151, "HY000"))), **full
        ),
    )
    capture(
        f"{kind}-login-socket-account",
        server,
        "an account for the unix socket, over TCP",
        Conversation(pymysql_client, a.socket, login=denied(1698), plugin=""),
    )
    capture(
        f"{kind}-login-tls-account",
        server,
        "an account that must use TLS, without it",
        Conversation(pymysql_client, a.tls, login=denied(), **full),
    )
    sandbox = [text("SELECT 1", error(1820, "HY000"))]
    if mysql:
        capture(
            "mysql-login-expired",
            server,
            "an expired password: refused, and let in for nothing but a new one",
            Conversation(pymysql_client, a.expired, login=denied(1862, "HY000"), **full),
            Conversation(
                mysql_cli,
                a.expired,
                sandbox,
                deterministic=False,
                path="fast",
                options=["--ssl-mode=DISABLED", "--connect-expired-password"],
            ),
        )
        capture(
            "mysql-login-no-login",
            server,
            "an account that nobody can log in to",
            Conversation(pymysql_client, a.no_login, login=denied(), plugin=""),
        )
    else:
        capture(
            "mariadb-login-expired",
            server,
            "an expired password: let in for nothing but a new one; refused",
            Conversation(pymysql_client, a.expired, sandbox),
        )
        server.admin("SET GLOBAL disconnect_on_expired_password = ON")
        capture(
            "mariadb-login-expired-refused",
            server,
            "an expired password, refused",
            Conversation(pymysql_client, a.expired, login=denied(1862, "HY000")),
        )
        server.admin("SET GLOBAL disconnect_on_expired_password = OFF")
    too_many(server)


def too_many(server):
    """Ten places and one for an administrator: whoever comes next is refused after the login, or at once."""
    a = accounts.of(server)
    (limit,) = server.admin("SELECT @@max_connections")[0]
    server.admin("SET GLOBAL max_connections = 10")
    crowd = [server.connect() for _ in range(10)]
    refused = {"login": error(1040, "08004"), "plugin": ""}
    capture(
        f"{server.kind}-login-too-many",
        server,
        "too many connections, but for an administrator: an error after " "the login",
        Conversation(pymysql_client, a.app, **refused),
        Conversation(libmariadb, a.app, **refused),
    )
    crowd.append(server.connect())
    refused["login"] = error(1040, None)
    capture(
        f"{server.kind}-login-too-many-at-once",
        server,
        "too many connections: an error instead of a greeting",
        Conversation(pymysql_client, a.app, **refused),
        Conversation(libmariadb, a.app, **refused),
    )
    for connection in crowd:
        connection.close()
    server.admin(f"SET GLOBAL max_connections = {limit}")
