import MySQL

extension Diagnosis {
  /// What an error of the login means.
  init(login error: MySQLError, user: String, hasPassword: Bool) {
    guard let server = error.server else {
      self.init(client: error)
      return
    }
    let said = "The server says: \(server.message)."
    switch server.code {
    case .accessDenied: self.init(denied: said, user: user, hasPassword: hasPassword)
    case .hostNotAllowed:
      self.init(
        "\(said) No account may connect from this machine.",
        (.server, "CREATE USER '\(user)'@'this machine, or %' IDENTIFIED BY …; then GRANT it its rights"))
    case .hostBlocked:
      self.init(
        said, (.server, "FLUSH HOSTS (or mysqladmin flush-hosts): too many connections from here failed"))
    case .tooManyConnections, .tooManyUserConnections, .userLimitReached:
      self.init(
        said, (.server, "SHOW PROCESSLIST shows who is connected; max_connections is the limit"),
        (.here, "use fewer connections, or try again"))
    case .secureTransportRequired:
      self.init(said, (.here, "use TLS: --ssl-mode=required"))
    case .passwordExpired, .mustChangePassword:
      self.init(said, (.server, "ALTER USER '\(user)' IDENTIFIED BY a new password"))
    case .accountLocked, .accountIsLocked:
      self.init(said, (.server, "ALTER USER '\(user)' ACCOUNT UNLOCK"))
    case .pluginNotLoaded:
      self.init(
        "\(said) The account uses a login method that this server does not have.",
        (
          .server,
          "give it one that it has: ALTER USER '\(user)' IDENTIFIED WITH caching_sha2_password BY … (MySQL), or "
            + "VIA ed25519 (MariaDB); or install the plugin"
        ))
    default: self.init(said, (.server, "its error log may say more"))
    }
  }

  private init(denied said: String, user: String, hasPassword: Bool) {
    self.init(
      said,
      (.here, hasPassword ? "is the password right?" : "no password was given: add -p"),
      (
        .server,
        "which accounts are there? SELECT user, host, plugin FROM mysql.user WHERE user IN ('\(user)', ''): an account "
          + "is a user at a host, and the most particular host counts. ''@'localhost' (anonymous) or "
          + "'\(user)'@'localhost' is taken before '\(user)'@'%'"
      ),
      (.server, "does the account demand TLS? SHOW CREATE USER; then --ssl-mode=required"))
  }

  /// An anonymous account answers in place of the user's own.
  static func anonymous(_ account: String, user: String) -> Self {
    Self(
      "Access is denied to '\(user)' because the anonymous account \(account) is in the way: its host is more "
        + "particular than that of '\(user)', so the server takes it first, and it has no password.",
      (.server, "DROP USER \(account)"),
      (.server, "or make the user for that host as well: CREATE USER '\(user)'@… IDENTIFIED BY …"))
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

  /// What an error of choosing the database means.
  init(database error: MySQLError, name: String, user: String) {
    let said = error.server.map { "The server says: \($0.message)." } ?? error.message
    if error.server?.code == .unknownDatabase {
      self.init(
        "\(said) The login is right; only the database is missing.",
        (.server, "CREATE DATABASE `\(name)`, or name another: SHOW DATABASES"))
    } else {
      self.init(
        "\(said) The login is right; only the rights are missing.",
        (.server, "GRANT ALL ON `\(name)`.* TO '\(user)'@…"))
    }
  }
}

extension MySQLErrorCode {
  /// ER_PLUGIN_IS_NOT_LOADED
  fileprivate static let pluginNotLoaded = Self(rawValue: 1524)
}
