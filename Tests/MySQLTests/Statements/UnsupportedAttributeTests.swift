import MySQLTesting
import MySQLWire
import Testing

@testable import MySQL

/// Query attributes go only to servers whose greeting says that they accept them.
@Suite(.timed) struct UnsupportedAttributeTests {
  @Test(arguments: [true, false], ["DO 1", "DO \(1)"] as [MySQLQuery])
  func onlyServersWithQueryAttributesAreSentAny(hasAttributes: Bool, query: MySQLQuery) async throws {
    var greeting = ServerGreeting.mysql
    if hasAttributes { greeting.capabilities |= Capabilities.queryAttributes.rawValue }
    let server = try ScriptedServer.accepting(greeting: greeting)
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
