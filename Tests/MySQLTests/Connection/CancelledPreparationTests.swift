import Foundation
import MySQL
import MySQLTesting
import Synchronization
import Testing

@Suite(.timed) struct CancelledPreparationTests {
  /// An observer that cancels a task when the server's next answer arrives.
  private final class Canceller: MySQLWireObserver {
    let task = Mutex<Task<Void, any Error>?>(nil)

    func tap() -> @Sendable (_ bytes: [UInt8], _ isFromServer: Bool) -> Void {
      { _, isFromServer in
        guard isFromServer, let task = self.task.withLock({ $0.take() }) else { return }
        Thread.detachNewThread { task.cancel() }
      }
    }
  }

  /// The task is cancelled between two commands of one statement. The error must say so, and not that
  /// somebody else closed the connection.
  @Test func cancellingBetweenPreparingAndExecutingIsReportedAsSuch() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .ping: try connection.sendOK()
        default: continue
        }
      }
    }
    defer { server.stop() }
    for _ in 0..<200 {
      let canceller = Canceller()
      let client = try await MySQLConnection.connect(server.settings(), observer: canceller)
      try await client.ping()
      let (start, continuation) = AsyncStream<Void>.makeStream()
      let query = Task {
        for await _ in start { _ = try await client.execute("DO \(1)") }
      }
      canceller.task.withLock { $0 = query }
      continuation.yield()
      continuation.finish()
      let error = await failure { try await query.value }
      #expect(error?.kind == .cancelled, "\(error as Any)")
      await client.close()
    }
  }
}
