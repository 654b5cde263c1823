extension CommandOption {
  /// Options of the official command that have no effect here. Scripts that use them work, and a warning says so.
  static let withoutEffect: [Self] = [
    unusedFlag("compress", "C", "packets are not compressed"),
    unusedFlag("debug-check", nil, "nothing is checked at the end"),
    unusedFlag("debug-info", "T", "nothing is measured at the end"),
    unusedFlag("progress-reports", nil, "the status line shows the time and the rows"),
    unused("character-sets-dir", "character sets are built in"),
    unused("default-auth", "the server chooses the login method; --ssl-mode and --auth-method limit it"),
    unused("net-buffer-length", "the buffers grow by themselves"),
    unused("plugin-dir", "login methods are built in"),
    unused("server-arg", "there is no server inside this client"),
    unused("ssl-capath", "--ssl-ca takes a file"), unused("ssl-cipher", "OpenSSL chooses the cipher"),
    unused("ssl-crl", "lists of revoked certificates are not read"),
    unused("ssl-crlpath", "lists of revoked certificates are not read"),
    // Accounts with an expired password can always log in to change it.
    flag("connect-expired-password") { _, _ in },
    // Passwords are never sent in the form of servers before 4.1.
    flag("secure-auth") { _, _ in },
  ]

  private static func unused(_ name: String, _ reason: String) -> Self {
    Self(name, nil, .value { arguments, _ in arguments.warnings.append(warning(name, reason)) })
  }

  private static func unusedFlag(_ name: String, _ letter: Character?, _ reason: String) -> Self {
    flag(name, letter) { if $1 { $0.warnings.append(warning(name, reason)) } }
  }

  private static func warning(_ name: String, _ reason: String) -> String {
    "Warning: \(ArgumentError.program): option '--\(name)' has no effect: \(reason)"
  }
}
