/// Every option, in the order of the manual.
enum OptionGuide {
  static let sections = ofConnections + ofStatements + ofResults + ofSessions

  private static let ofConnections = [
    OptionSection(
      title: "Where the server is",
      entries: [
        .init("host", "h", "NAME", about: "its name or address (localhost: the unix socket)"),
        .init("port", "P", "NUMBER", about: "its port (3306)"),
        .init("socket", "S", "PATH", about: "its unix socket"),
        .init("protocol", nil, "NAME", of: ["tcp", "socket"], about: "tcp: TCP to localhost, too"),
        .init(
          "url", nil, "URL", about: "all in one: mysql://user:password@host:3306/database?option=value"),
        .init("connect-timeout", nil, "SECONDS", about: "how long connecting may take (10)"),
        .init(
          "wait", nil, "SECONDS", optional: true,
          about: "how long to try again while the server is not there (60); -w: without limit"),
      ]),
    OptionSection(
      title: "Who logs in",
      entries: [
        .init("user", "u", "NAME", about: "the account (the system's user)"),
        .init(
          "password", "p", "PASSWORD", optional: true, about: "its password; without one it is asked for"),
        .init("database", "D", "NAME", about: "the database to begin in"),
        .init("get-server-public-key", about: "ask for the key that protects a password where TLS does not"),
        .init("server-public-key-path", nil, "FILE", about: "the file with that key"),
        .init("auth-method", nil, "NAMES", about: "the only login methods that are allowed"),
        .init("enable-cleartext-plugin", about: "let a server have the password itself, over verified TLS"),
        .init("connect-expired-password", about: "log in with an expired password (always)"),
      ]),
    OptionSection(
      title: "TLS",
      entries: [
        .init(
          "ssl-mode", nil, "MODE", of: ["disabled", "preferred", "required", "verify-ca", "verify-identity"],
          about: "how much protection the connection needs"),
        .init("ssl", about: "--skip-ssl: no TLS"),
        .init("ssl-verify-server-cert", about: "check the server's certificate and name"),
        .init("ssl-ca", nil, "FILE", about: "the authorities to trust"),
        .init("ssl-cert", nil, "FILE", about: "the client's certificate"),
        .init("ssl-key", nil, "FILE", about: "its key"),
        .init("ssl-server-name", nil, "NAME", about: "the name in the certificate, if it is not the host's"),
        .init("ssl-fingerprint", nil, "HEX", about: "the SHA-256 of the only certificate to trust"),
        .init("tls-version", nil, "VERSIONS", about: "the versions that are allowed"),
      ]),
  ]
}
