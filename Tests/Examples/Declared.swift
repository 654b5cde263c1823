import Foundation
import Logging
import Metrics
import MySQL
import ServiceLifecycle
import Testing
import Tracing

// What blocks of the documentation declare, in use.

@Test("Docs/Client.md: rename") func renames() async throws {
  try await Example.run {
    try await rename(1, to: "Augusta", on: db)
    let name = try await db.query("SELECT name FROM users WHERE id = 1").collect()[0].decode(String.self)
    #expect(name == "Augusta")
  }
}

@Test("Docs/Client.md: Database") func endsWithTheService() async throws {
  try await Example.run {
    let service = Task { [client = db] in try await Database(client: client).run() }
    service.cancel()
    _ = await service.result
    await #expect(throws: MySQLError.self) { try await db.query("SELECT 1").collect() }
  }
}

@Test("Docs/Guide.md: products") func storesAndFindsProducts() async throws {
  try await Example.run(prints: ["A chair 9.90"]) {
    let added = Date(timeIntervalSince1970: 1_767_323_045)
    try await products(
      db,
      like: Product(
        id: 2, title: "A chair", price: existing(MySQLDecimal("9.90")), size: .large, added: added))
    try await products(db, like: Product(id: 3, title: "A cup", price: 3, size: nil, added: added))
  }
}

@Test("Docs/Guide.md: SlowStatements") func seesSlowStatements() async throws {
  try await Example.run {
    let client = try observed()
    try await client.query("SELECT SLEEP(1.1)").collect()
    await client.shutdown()
    #expect(
      Example.printed.contains { $0.hasPrefix("slow: SELECT SLEEP(1.1)") },
      "the block printed \(Example.printed)")
  }
}

@Test("Docs/Observing.md: LoggingObserver") func logs() async throws {
  try await observe(with: LoggingObserver())
  let notes = Logging.notes.withLock { $0 }
  #expect(notes.contains("statement") && notes.contains { $0.hasPrefix("a statement failed") }, "\(notes)")
}

@Test("Docs/Observing.md: MetricsObserver") func measures() async throws {
  try await observe(with: MetricsObserver())
  let notes = Metrics.notes.withLock { $0 }
  for label in ["db.client.operation.duration", "db.client.operation.failures"] {
    #expect(notes.contains(label))
  }
}

@Test("Docs/Observing.md: TracingObserver") func traces() async throws {
  try await ServiceContext.$current.withValue(.topLevel) { try await observe(with: TracingObserver()) }
  let notes = Tracing.notes.withLock { $0 }
  #expect(notes.contains("ended") && notes.contains("failed"), "\(notes)")
}

/// Runs a statement that succeeds and one that fails.
private func observe(with observer: any MySQLObserver) async throws {
  try await Example.run {
    let client = try MySQLClient(settings, observer: observer)
    try await client.query("SELECT name FROM users").collect()
    await #expect(throws: MySQLError.self) { try await client.query("SELECT nothing").collect() }
    await client.shutdown()
  }
}

@Test("the doc comments of MySQLDecodable, MySQLEncodable") func convertsValues() async throws {
  try await Example.run {
    let row = try await db.query("SELECT 1, 273.15").collect()[0]
    #expect(try row[0].decode(Priority.self) == .high)
    #expect(try row[1].decode(Kelvin.self).degrees == 273.15)
    let sent = try await db.query(
      "SELECT \(Size.large), \(Fahrenheit(degrees: 98.5)), \(Celsius(degrees: 21.5))"
    ).collect()[0]
    #expect(try sent.decode((String, Double, Double).self) == ("large", 98.5, 21.5))
  }
}
