import MySQL
import MySQLTesting
import Testing

/// What observers learn of each command.
@Suite(.timed) struct CommandNameTests {
  private final class Names: MySQLObserver {
    let started = Journal<String>()
    /// The names of commands that came with a statement.
    let withStatement = Journal<String>()

    func commandStarted(_ command: MySQLCommand) {
      started.note(command.name)
      if command.statement != nil { withStatement.note(command.name) }
    }
  }

  @Test func commandsHaveTheNamesThatTheDocumentationLists() async throws {
    let server = try ScriptedServer.accepting()
    defer { server.stop() }
    let names = Names()
    let settings = try server.settings()
    let client = try await MySQLConnection.connect(settings, observer: names)
    try await client.execute("DO 1")
    try await client.execute("DO \(1)")
    _ = try await client.query("DO 2").collect()
    _ = try await client.call("CALL p(\(1))")
    for try await _ in try await client.results(of: "DO 3") {}
    _ = try await client.withStatement("DO ?") { try await $0.execute(4) }
    _ = try await client.warnings()
    try await client.executeBatch("DO ?", [1, 2])
    try await client.ping()
    try await client.useDatabase("shop")
    try await client.reset()
    try await client.changeUser("ada")
    await client.close()

    let source = try ProjectFile.text(of: "Sources/MySQL/Observation/MySQLCommand.swift")
    let documented = try #require(source.between("What is done: ", "\n")).quoted
    #expect(Set(names.started.entries) == Set(documented))
    #expect(Set(names.withStatement.entries) == ["query", "batch"])
  }
}
