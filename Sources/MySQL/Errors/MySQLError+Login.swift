extension MySQLError.Server {
  /// Whether the server refuses a login because of the account, its password, or how it logs in. Anything else,
  /// such as too many connections or a proxy that cannot reach its server, has nothing to do with the login.
  var concernsAuthentication: Bool {
    if sqlState == "28000" { return true }
    switch code {
    case .accessDenied, .databaseAccessDenied, .hostNotAllowed, .hostBlocked, .accountLocked,
      .mariaDBAccountLocked, .mustChangePassword, .passwordExpired, .secureTransportRequired:
      return !refusesProxyHeader
    default: return Self.methodFailures.contains(code.rawValue)
    }
  }

  // ER_NOT_SUPPORTED_AUTH_MODE, ER_SERVER_IS_IN_SECURE_AUTH_MODE, ER_PLUGIN_IS_NOT_LOADED,
  // ER_ACCESS_DENIED_NO_PASSWORD_ERROR, ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK.
  private static let methodFailures: Set<UInt16> = [1251, 1275, 1524, 1698, 3955]

  /// Whether MariaDB refuses a connection because a proxy that it does not trust sent a PROXY header. The error
  /// has the number of a host that is not allowed.
  package var refusesProxyHeader: Bool { code == .hostNotAllowed && message.hasPrefix("Proxy header") }
}
