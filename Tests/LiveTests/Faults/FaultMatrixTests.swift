import MySQL
import MySQLTesting
import Synchronization
import Testing

/// Whatever breaks, and wherever: a typed error in time, never a hang, and never a wrong or short answer.
@Suite(.serialized, .byPass, .live, .tags(.faults))
struct FaultMatrixTests {
  @Test(arguments: FaultyServer.all, Scenario.all)
  func noFaultHangsOrGivesAWrongAnswer(server: FaultyServer, scenario: Scenario) async throws {
    try await server.withSchema { schema in
      var settings = try server.settings()
      settings.database = schema.name
      if scenario.login == .known { settings.user = try await schema.makeAccount("known") }
      if scenario.login != .root {
        settings.password = MySQLSecret(stringLiteral: FaultSchema.password)
        settings.database = nil
      }
      // For the batches, whose commands the proxy keeps apart.
      settings.pipelining = true
      scenario.change(&settings)
      let run = FaultRun(server: server, scenario: scenario, schema: schema, settings: settings)
      try await run.measure()
      let count = try await run.runAll()
      print("\(scenario.name): \(count) faults")
      #expect(count > 20)
      #expect(try await schema.partialLoads(whole: Scenario.loadedRows) == [])
    }
  }
}
