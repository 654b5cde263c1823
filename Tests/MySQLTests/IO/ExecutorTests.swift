import MySQLTesting
import Testing

@testable import MySQL

/// An event loop as the executor of a task.
@Suite(.timed) struct ExecutorTests {
  /// Notes which threads read from the server.
  private final class Reader: MySQLWireObserver {
    let threads = Journal<UInt>()
    func tap() -> @Sendable (_ bytes: [UInt8], _ isFromServer: Bool) -> Void {
      { [threads] _, isFromServer in if isFromServer { threads.note(Platform.threadID) } }
    }
  }

  @Test func aTaskOnTheConnectionsLoopRunsOnTheThreadThatReads() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let reader = Reader()
    let client = try await MySQLConnection.connect(server.settings(), observer: reader)
    let threads = Journal<UInt>()
    try await withTaskExecutorPreference(client.executor) {
      for number in 0..<50 {
        threads.note(Platform.threadID)
        let rows = try await client.query("SELECT \(unsafe: "\(number)")").collect()
        threads.note(Platform.threadID)
        #expect(rows.count == 1)
      }
    }
    #expect(Set(threads.entries).count == 1)
    #expect(Set(threads.entries) == Set(reader.threads.entries))
    #expect(!threads.entries.contains(Platform.threadID))
    await client.close()
  }

  @Test func aConnectionThatATaskOnALoopOpensBelongsToThatLoop() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    // Two loops take turns, whatever the number of processors; other tests may take turns in between.
    let settings = try server.settings { $0.eventLoops = 2 }
    let first = try await MySQLConnection.connect(settings)
    var second = try await MySQLConnection.connect(settings)
    for _ in 0..<100 where second.executor === first.executor {
      await second.close()
      second = try await MySQLConnection.connect(settings)
    }
    #expect(first.executor !== second.executor)
    for loop in [first.executor, second.executor] {
      for _ in 0..<3 {
        try await withTaskExecutorPreference(loop) {
          let connection = try await MySQLConnection.connect(settings)
          #expect(connection.executor === loop)
          await connection.close()
        }
      }
    }
    await first.close()
    await second.close()
  }
}
