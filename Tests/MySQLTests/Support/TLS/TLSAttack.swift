import MySQL
import MySQLTesting
import Testing

let demandingModes: [MySQLTLS.Mode] = [.required, .verifyCA, .verifyIdentity]

/// Lets a client connect, and returns its error and all that it sent.
func attackTLS(
  _ mode: MySQLTLS.Mode, offersTLS: Bool = true, afterGreeting: [UInt8] = [],
  timeout: Duration = .seconds(10),
  _ script: @escaping @Sendable (ScriptedConnection) throws -> Void
) async throws -> (MySQLError?, [UInt8]) {
  let server = try ScriptedServer { connection in
    var greeting = ServerGreeting.mysql
    if offersTLS { greeting.capabilities |= 1 << 11 }
    try connection.sendGreeting(greeting)
    if !afterGreeting.isEmpty { try connection.send(afterGreeting) }
    try script(connection)
  }
  let user = "canary-user"
  let settings = try server.settings {
    $0.user = user
    $0.connectTimeout = timeout
    $0.tls.mode = mode
  }
  let error = await failure { try await MySQLConnection.connect(settings) }
  let connection = try await server.connection()
  #expect(await connection.waitForEnd(), "the socket is still open")
  let received = connection.received
  if mode != .preferred { #expect(!received.contains(Array(user.utf8))) }
  #expect(!received.contains(Array(canary.utf8)))
  return (error, received)
}

extension [UInt8] {
  /// Whether the bytes are a request for TLS, with nothing in clear text after it. Only handshake records and
  /// alerts may follow.
  var isTLSRequest: Bool {
    guard count >= 36, prefix(4) == [32, 0, 0, 1] else { return false }
    var rest = self[36...]
    while rest.count >= 5 {
      let start = rest.startIndex
      guard [20, 21, 22].contains(rest[start]), rest[start + 1] == 3 else { return false }
      rest = rest.dropFirst(5 + Int(rest[start + 3]) << 8 + Int(rest[start + 4]))
    }
    return rest.isEmpty
  }
}
