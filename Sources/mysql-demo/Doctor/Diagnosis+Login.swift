import MySQL

extension Diagnosis {
  /// How the login used TLS, as far as an account may require it.
  enum TLSUse {
    case none
    case withoutCertificate
    case withCertificate
  }

  /// Makes the diagnosis of a login error.
  init(login error: MySQLError, user: String, hasPassword: Bool, tls: TLSUse) {
    guard let server = error.server else {
      self.init(client: error)
      return
    }
    let said = Self.said(server)
    if server.refusesProxyHeader {
      self.init(
        "\(said) A proxy sends a PROXY header, and the server does not accept it from there.",
        (.server, "name the proxy's address in proxy-protocol-networks under [mysqld], then restart it"),
        (.between, "or turn it off in the proxy (send-proxy in haproxy)"))
      return
    }
    switch server.code {
    // 1698 is what MariaDB says where no password could help. A user without an account for this host gets either.
    case .accessDenied, MySQLError.Code(rawValue: 1698):
      self.init(denied: said, user: user, hasPassword: hasPassword, tls: tls)
    case .sessionAborted: self.init(aborted: said)
    case .hostNotAllowed:
      self.init(
        "\(said) No account may connect from this machine.",
        (
          .server,
          "CREATE USER \(user.sqlString)@'this machine, or %' IDENTIFIED BY …; then GRANT it its rights"
        ))
    case .hostBlocked:
      self.init(
        said, (.server, "FLUSH HOSTS (or mysqladmin flush-hosts): too many connections from here failed"))
    case .tooManyConnections, .tooManyUserConnections, .userLimitReached:
      self.init(
        said, (.server, "SHOW PROCESSLIST shows who is connected; max_connections is the limit"),
        (.here, "use fewer connections, or try again"))
    case .secureTransportRequired:
      self.init(said, (.here, "use TLS: --ssl-mode=required"))
    case .mustChangePassword:
      self.init(
        "\(said) The login is accepted, but the password has expired: every statement is refused until it is changed.",
        (
          .here,
          "log in and change it: ALTER USER USER() IDENTIFIED BY … (MySQL), SET PASSWORD = PASSWORD(…) (MariaDB)"
        ),
        (.server, "or as an administrator: ALTER USER \(user.sqlString)@… IDENTIFIED BY a new password"))
    case .passwordExpired:
      self.init(said, (.server, "ALTER USER \(user.sqlString) IDENTIFIED BY a new password"))
    case .accountLocked, .mariaDBAccountLocked:
      self.init(said, (.server, "ALTER USER \(user.sqlString) ACCOUNT UNLOCK"))
    case .pluginNotLoaded:
      self.init(
        "\(said) The account uses a login method that this server does not have.",
        (
          .server,
          "give it one that it has: ALTER USER \(user.sqlString) IDENTIFIED WITH caching_sha2_password BY … (MySQL), or "
            + "VIA ed25519 (MariaDB); or install the plugin"
        ))
    default: self.init(said, (.server, "its error log may say more"))
    }
  }

  /// Returns the server's message as a sentence.
  private static func said(_ server: MySQLError.Server) -> String {
    let words = server.message
    return "The server says: \(words.hasSuffix(".") ? String(words.dropLast()) : words)."
  }

  /// Makes the diagnosis of a connection that the server aborted. The server runs `init_connect` after the login of
  /// every account without administrator's rights, and closes the connection if it fails. The first statement gets the
  /// error.
  private init(aborted said: String) {
    self.init(
      "\(said) The login is accepted. If init_connect failed, that closed the connection.",
      (.server, "SELECT @@init_connect shows it, and the server's error log says what is wrong with it"),
      (.server, "correct it, or leave it out: SET GLOBAL init_connect = ''"))
  }

  private static func advice(_ tls: TLSUse) -> (Machine, String) {
    switch tls {
    case .none:
      (
        .server,
        "does the account demand TLS (REQUIRE SSL)? SHOW CREATE USER; then --ssl-mode=required, since this login "
          + "did not use it"
      )
    case .withoutCertificate:
      (
        .server,
        "does the account demand a client certificate (REQUIRE X509, SUBJECT or ISSUER)? SHOW CREATE USER; then "
          + "--ssl-cert and --ssl-key"
      )
    case .withCertificate:
      (
        .server,
        "does the account demand another client certificate (REQUIRE SUBJECT or ISSUER)? SHOW CREATE USER"
      )
    }
  }

  private init(denied said: String, user: String, hasPassword: Bool, tls: TLSUse) {
    self.init(
      said,
      (.here, hasPassword ? "is the password right?" : "no password was given: add -p"),
      (
        .server,
        "which accounts are there? SELECT user, host, plugin FROM mysql.user WHERE user IN (\(user.sqlString), ''): an account "
          + "is a user at a host, and the most specific host counts. ''@'localhost' (anonymous) or "
          + "\(user.sqlString)@'localhost' is taken before \(user.sqlString)@'%'"
      ),
      Self.advice(tls))
  }

  /// Returns the diagnosis of an anonymous account that the server takes in place of the user's own.
  static func anonymous(_ account: String, user: String) -> Self {
    Self(
      "Access is denied to '\(user)' because the anonymous account \(account) is in the way: its host is more "
        + "specific than that of '\(user)', so the server takes it first, and it has no password.",
      (.server, "DROP USER \(account)"),
      (.server, "or make the user for that host as well: CREATE USER \(user.sqlString)@… IDENTIFIED BY …"))
  }

  private init(client error: MySQLError) {
    switch error.kind {
    case .tls:
      self.init(
        "TLS failed: \(error.message)",
        (.here, "--ssl-ca must be the authority that signed the server's certificate; see --ssl-mode"),
        (.server, "SHOW VARIABLES LIKE '%ssl%' and its error log tell whether TLS is on"))
    case .timeout:
      self.init(
        "The login did not end in time: \(error.message)",
        (.server, "is it overloaded, or does it look up this machine's name (skip-name-resolve)?"))
    case .authentication:
      self.init(
        "The login cannot go on: \(error.message)",
        (.here, "see --help for what the message names"))
    default: self.init("The login failed: \(error.message)", (.server, "its error log may say more"))
    }
  }

  /// Makes the diagnosis of an error that came when the database was chosen.
  init(database error: MySQLError, name: String, user: String) {
    guard let server = error.server else {
      self.init(afterLogin: error, user: user)
      return
    }
    let said = Self.said(server)
    switch server.code {
    case .unknownDatabase:
      self.init(
        "\(said) The login is right; only the database is missing.",
        (.server, "CREATE DATABASE \(name.sqlName), or name another: SHOW DATABASES"))
    case .databaseAccessDenied:
      self.init(
        "\(said) The login is right; only the rights are missing.",
        (.server, "GRANT ALL ON \(name.sqlGrantName).* TO \(user.sqlString)@…"))
    default:
      self.init(
        "\(said) The login is right, but the database cannot be used.",
        (.server, "its error log may say more"))
    }
  }

  /// Makes the diagnosis of an error that came after the login.
  init(afterLogin error: MySQLError, user: String) {
    guard let server = error.server else {
      self.init(
        "The login is right, but then the connection failed: \(error.message)",
        (.server, "its error log may say why: it may have been stopped, or have crashed"),
        (.between, "or something on the way closed the connection: a proxy, a load balancer or a firewall"))
      return
    }
    switch server.code {
    case .sessionAborted, .mustChangePassword:
      self.init(login: error, user: user, hasPassword: true, tls: .none)
    default:
      self.init(
        "The login is right, but then: \(Self.said(server))", (.server, "its error log may say more"))
    }
  }
}

extension MySQLError.Code {
  /// ER_PLUGIN_IS_NOT_LOADED
  fileprivate static let pluginNotLoaded = Self(rawValue: 1524)
  /// ER_NEW_ABORTING_CONNECTION: the server aborted the connection, as it does when `init_connect` fails.
  static let sessionAborted = Self(rawValue: 1184)
}
