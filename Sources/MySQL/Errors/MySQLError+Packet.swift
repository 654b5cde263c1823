import MySQLWire

extension MySQLError {
  /// Makes the error of a statement that failed.
  init(_ packet: ErrorPacket, statement: String?) {
    let server = Server(packet)
    // An account with an expired password can log in, and then each of its statements fails with this error.
    let hasAdvice = server.code == .mustChangePassword || server.code == .packetTooLarge
    let advice = hasAdvice ? Self.advice(server.code) : nil
    self.init(.server, advice ?? "", server: server, reach: .answered, statement: statement)
  }

  /// Makes the error that the server would report for a command larger than its limit. None of the
  /// command is sent.
  init(size: Int, limit: Int, statement: String?) {
    let server = Server(
      code: .packetTooLarge, sqlState: "08S01", message: "Got a packet bigger than 'max_allowed_packet' bytes"
    )
    let advice = Self.advice(server.code).map { "; \($0)" } ?? ""
    self.init(
      .server, "it has at least \(size) bytes, and the server's limit is \(limit)\(advice)", server: server,
      statement: statement)
  }

  /// Makes an error from the server's reason for closing the connection.
  init(closing packet: ErrorPacket) {
    let server = Server(packet)
    // The server has not read the command to its end.
    if server.code == .packetTooLarge {
      self.init(.server, Self.advice(server.code) ?? "", server: server, reach: .answered)
      return
    }
    self.init(
      .connectionLost, "the server closed the connection", server: server, reach: .unknown)
  }

  /// Makes an error from the server's reason for refusing a connection or login. `isUnproved`: the error
  /// arrived in clear text although TLS was required, so an attacker may have forged it.
  init(refusing server: Server, isUnproved: Bool = false, isEncrypted: Bool = true) {
    let unproved = isUnproved ? "said before TLS, so it may not be the server's own word" : nil
    let unencrypted =
      server.code == .accessDenied && !isEncrypted
      ? "the connection is not encrypted, and an account that has to use TLS (REQUIRE SSL) is refused in these "
        + "words: try ssl-mode=required" : nil
    let parts = [Self.advice(server), unencrypted, unproved].compactMap(\.self)
    let kind: Kind = server.concernsAuthentication ? .authentication : .server
    self.init(kind, parts.joined(separator: "; "), server: server)
  }

  private static func advice(_ server: Server) -> String? {
    server.refusesProxyHeader ? proxyHeaderAdvice : advice(server.code)
  }

  static var proxyHeaderAdvice: String {
    "a proxy in front of the server sends a PROXY header: name the proxy in the server's proxy-protocol-networks, "
      + "or turn send-proxy off in the proxy"
  }

  private static func advice(_ code: Code) -> String? {
    switch code {
    case .accessDenied:
      "check user and password; an account is a user at a host, and the server prefers one with a more specific "
        + "host, even an anonymous one, to 'user'@'%'"
    case .databaseAccessDenied:
      "the login is right, but the account has no rights on the database: GRANT them"
    case .unknownDatabase: "the login is right; CREATE DATABASE, or name another"
    case .tooManyConnections: "all of the server's max_connections are in use: try again, or use fewer"
    case .tooManyUserConnections, .userLimitReached:
      "the account has as many connections as it may (max_user_connections): try again, or use fewer"
    case .hostNotAllowed: "no account may connect from this machine: CREATE USER for this host or for '%'"
    case .hostBlocked:
      "too many connections from this machine failed: find out why, and then FLUSH HOSTS (MariaDB) or TRUNCATE "
        + "TABLE performance_schema.host_cache (MySQL) on the server"
    case .accountLocked, .mariaDBAccountLocked: "ALTER USER … ACCOUNT UNLOCK on the server"
    case .mustChangePassword:
      "the password has expired, and every other statement is refused until it is changed: ALTER USER … IDENTIFIED "
        + "BY (MySQL), SET PASSWORD (MariaDB)"
    case .passwordExpired:
      "the password has expired: an administrator has to ALTER USER … IDENTIFIED BY a new one"
    case .packetTooLarge:
      "nothing was done. Send less at a time, or raise max_allowed_packet on the server and connect again"
    case .secureTransportRequired: "the account may only connect with TLS: set ssl-mode=required or stronger"
    default: nil
    }
  }
}
