import MySQL
import MySQLTesting
import Testing

/// Whatever breaks, and wherever: a typed error in time, never a hang, and never a wrong or incomplete answer.
@Suite(.serialized, .byPass, .live, .tags(.faults))
struct FaultMatrixTests {
  @Test(arguments: FaultyServer.all, Scenario.all)
  func noFaultHangsOrGivesAWrongAnswer(server: FaultyServer, scenario: Scenario) async throws {
    try await server.withSchema { schema in
      switch scenario.login {
      case .root: try await run(scenario, server, schema, user: nil)
      case .known: try await run(scenario, server, schema, user: schema.makeAccount("known"))
      // Each worker has its own account.
      case .first: try await run(scenario, server, schema, user: "")
      case .byAnotherMethod:
        try await schema.withAccountOfAnotherMethod { try await run(scenario, server, schema, user: $0) }
      }
    }
  }

  private func run(
    _ scenario: Scenario, _ server: FaultyServer, _ schema: FaultSchema, user: String?
  ) async throws {
    var settings = try server.settings()
    settings.database = schema.name
    if let user {
      settings.user = user
      settings.password = MySQLSecret(stringLiteral: FaultSchema.password)
      settings.database = nil
    }
    // For the batches; the proxy keeps their commands apart.
    settings.pipelining = true
    scenario.change(&settings)
    let run = FaultRun(server: server, scenario: scenario, schema: schema, settings: settings)
    try await run.measure()
    let count = try await run.runAll()
    print("\(scenario.name): \(count) faults")
    #expect(count > 20)

    #expect(try await schema.partial(in: "loaded", whole: Scenario.loadedRows) == [])
    #expect(try await schema.partial(in: "ledger", whole: Scenario.insertedRows) == [])
    guard let table = scenario.table else { return }
    let tags = try await schema.tags(in: table)
    let (done, notSent) = run.writes
    print("\(scenario.name): \(done.count) done, \(notSent.count) not sent")
    #expect(done.count > 20)
    #expect(done.isSubset(of: tags), "what was done is lost: \(done.subtracting(tags))")
    #expect(notSent.isDisjoint(with: tags), "what was not sent is there: \(notSent.intersection(tags))")
  }
}
