import MySQLTesting
import MySQLWire
import Testing

@testable import MySQL

/// Query attributes go only to servers that take them: whether one does, it says in its greeting.
@Suite(.timed) struct UnsupportedAttributeTests {
  @Test(arguments: [true, false], ["DO 1", "DO \(1)"] as [MySQLQuery])
  func onlyServersWithQueryAttributesAreSentAny(hasAttributes: Bool, query: MySQLQuery) async throws {
    let server = try ScriptedServer { connection in
      var greeting = ServerGreeting.mysql
      if hasAttributes { greeting.capabilities |= Capabilities.queryAttributes.rawValue }
      try connection.acceptLogin(greeting)
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    let client = try await server.connect()
    try await client.execute(query, options: .attributes(["traceparent": "00-4bf9-01"]))
    await client.close()
    let sent = String(decoding: try await server.connection().received, as: UTF8.self)
    #expect(sent.contains("traceparent") == hasAttributes)
    #expect(sent.contains("00-4bf9-01") == hasAttributes)
    #expect(server.errors.isEmpty)
  }
}
