"""The accounts that the scenarios log in with, all from 127.0.0.1 alone."""

from dataclasses import dataclass


@dataclass
class Account:
    user: str
    password: str
    plugin: str
    creation: str = ""

    @property
    def statements(self):
        name = f"'{self.user}'@'127.0.0.1'"
        yield f"DROP USER IF EXISTS {name}"
        yield f"CREATE USER {name} {self.creation}"
        if "locked" not in self.user:
            yield f"GRANT ALL ON fixtures.* TO {name}"
            yield f"GRANT ALL ON nowhere.* TO {name}"  # does not exist: error 1049, not 1044


def mariadb_account(user, password, plugin="mysql_native_password", rest=""):
    return Account(user, password, plugin, rest or f"IDENTIFIED VIA {plugin} USING PASSWORD('{password}')")


def mysql_account(user, password, plugin="caching_sha2_password", rest=""):
    return Account(user, password, plugin, f"IDENTIFIED WITH {plugin} BY '{password}' {rest}")


class MariaDB:
    app = mariadb_account("app_user", "s3cret-app")
    native = mariadb_account("native_user", "s3cret-native")
    empty = mariadb_account("empty_user", "", rest="IDENTIFIED VIA mysql_native_password")
    ed25519 = mariadb_account("ed_user", "s3cret-ed25519", "ed25519")
    ed25519.plugin = "client_ed25519"
    clear = mariadb_account(
        "pam_user", "s3cret-pam", "mysql_clear_password", "IDENTIFIED VIA pam USING 'swift-mysql-fixtures'"
    )
    socket = mariadb_account("socket_user", "s3cret-socket", rest="IDENTIFIED VIA unix_socket")
    locked = mariadb_account(
        "locked_user", "s3cret-locked", rest="IDENTIFIED BY 's3cret-locked' ACCOUNT LOCK"
    )
    expired = mariadb_account(
        "expired_user", "s3cret-expired", rest="IDENTIFIED BY 's3cret-expired' PASSWORD EXPIRE"
    )
    tls = mariadb_account("tls_user", "s3cret-tls", rest="IDENTIFIED BY 's3cret-tls' REQUIRE SSL")
    all = [app, native, empty, ed25519, clear, socket, locked, expired, tls]


class MySQL:
    app = mysql_account("app_user", "s3cret-app")
    caching = mysql_account("caching_user", "s3cret-caching")
    empty = mysql_account("empty_user", "")
    sha256 = mysql_account("sha256_user", "s3cret-sha256", "sha256_password")
    sha256_empty = mysql_account("sha256_empty_user", "", "sha256_password")
    no_login = Account("nologin_user", "s3cret-none", "", "IDENTIFIED WITH mysql_no_login")
    socket = Account("socket_user", "s3cret-socket", "", "IDENTIFIED WITH auth_socket")
    locked = mysql_account("locked_user", "s3cret-locked", rest="ACCOUNT LOCK")
    expired = mysql_account("expired_user", "s3cret-expired", rest="PASSWORD EXPIRE")
    tls = mysql_account("tls_user", "s3cret-tls", rest="REQUIRE SSL")
    second = mysql_account("second_user", "s3cret-first", rest="AND IDENTIFIED WITH authentication_webauthn")
    all = [app, caching, empty, sha256, sha256_empty, no_login, socket, locked, expired, tls, second]


def of(server):
    return MySQL if server.is_mysql else MariaDB


def prepare(server, accounts=None):
    server.admin("CREATE DATABASE IF NOT EXISTS fixtures", database=None)
    server.admin(*(word for account in accounts or of(server).all for word in account.statements))
