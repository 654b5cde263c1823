import MySQL
import MySQLTesting

extension ScriptedServer {
  var endpoint: MySQLConfiguration.Endpoint { .tcp(host: "127.0.0.1", port: UInt16(port)) }

  /// Returns a server that accepts connections and never says anything.
  static func silent() throws -> ScriptedServer { try ScriptedServer { try $0.stall() } }

  /// Returns a server that refuses each login.
  static func refusing(_ code: UInt16, state: String = "HY000") throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.sendGreeting()
      try connection.readLogin()
      try connection.sendError(code, state: state, message: "no room")
    }
  }
}

extension MySQLConfiguration.Endpoint {
  /// A port at which nothing listens, and which no other test gets.
  static func closed(_ host: String = "127.0.0.1") throws -> Self {
    .tcp(host: host, port: try BoundSocket(at: host).port)
  }
}

extension MySQLConfiguration {
  /// Returns settings for several servers.
  static func several(_ endpoints: [Endpoint], _ change: (inout Self) -> Void = { _ in }) -> Self {
    var settings = Self(user: "test", password: MySQLSecret(canary))
    settings.endpoints = endpoints
    settings.cancellation = .close
    change(&settings)
    return settings
  }
}
