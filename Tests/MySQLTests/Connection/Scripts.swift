import MySQL
import MySQLTesting
import Synchronization
import Testing

/// The error for something that did not end in time. It is left running.
struct Hang: Error {}

/// Returns what the closure returns; throws `Hang` if that takes too long.
func watched<R: Sendable>(
  _ limit: Duration = .seconds(10), _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
  let (outcomes, continuation) = AsyncStream<Result<R, any Error>>.makeStream()
  Task {
    do { continuation.yield(.success(try await body())) } catch { continuation.yield(.failure(error)) }
  }
  let clock = Task {
    try? await Task.sleep(for: limit)
    continuation.yield(.failure(Hang()))
  }
  defer { clock.cancel() }
  for await outcome in outcomes { return try outcome.get() }
  throw Hang()
}

/// Returns the error that the closure throws, or nil if it throws none. The error must be typed, come in time
/// and contain no password.
func failure<R: Sendable>(
  _ limit: Duration = .seconds(10), sourceLocation: SourceLocation = #_sourceLocation,
  _ body: @escaping @Sendable () async throws -> R
) async -> MySQLError? {
  do {
    _ = try await watched(limit, body)
    return nil
  } catch let error as MySQLError {
    let text = "\(error) \(String(reflecting: error)) \(error.message)"
    #expect(!text.contains(canary), "a password in an error", sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
    return nil
  }
}

/// The password of all scripted logins, which no error may show.
let canary = "canary-7f3a91"

extension ScriptedServer {
  /// Returns a server that answers each query with its text, and any other command with OK.
  static func echo() throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .query(let text): try connection.sendResult(columns: ["a"], rows: [[.text(text)]])
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  func settings(_ change: (inout MySQLConfiguration) -> Void = { _ in }) throws -> MySQLConfiguration {
    var settings = try MySQLConfiguration(url: url)
    settings.password = MySQLSecret(stringLiteral: canary)
    // Scripts do not expect a second connection, which would end their statement.
    settings.cancellation = .close
    change(&settings)
    return settings
  }

  func connect(_ change: (inout MySQLConfiguration) -> Void = { _ in }) async throws -> MySQLConnection {
    try await MySQLConnection.connect(settings(change))
  }
}

/// Waits until a condition holds, and returns whether it ever did.
func wait(until isSo: () -> Bool) async -> Bool {
  let deadline = ContinuousClock.now + .seconds(10)
  while !isSo(), deadline > .now { try? await Task.sleep(for: .milliseconds(1)) }
  return isSo()
}

extension ScriptedServer {
  /// Waits until the first connection has sent this text, and a little longer.
  func waitFor(_ text: String) async throws {
    let connection = try await connection()
    #expect(await wait { String(decoding: connection.received, as: UTF8.self).contains(text) })
    try await Task.sleep(for: .milliseconds(50))
  }
}

extension MySQLConnection {

  /// Checks that the connection is closed, and that a call says so at once and has sent nothing.
  @discardableResult
  func expectClosed(sourceLocation: SourceLocation = #_sourceLocation) async -> MySQLError? {
    #expect(await wait { isClosed }, sourceLocation: sourceLocation)
    let error = await failure(sourceLocation: sourceLocation) { [self] in try await ping() }
    #expect(error?.kind == .connectionClosed, sourceLocation: sourceLocation)
    #expect(error?.reach == .notSent, sourceLocation: sourceLocation)
    return error
  }
}

/// A counter that threads share.
final class Counter: Sendable {
  private let state = Atomic<Int>(0)
  func add(_ count: Int) { state.add(count, ordering: .relaxed) }
  var value: Int { state.load(ordering: .relaxed) }
}

/// What happened, in order.
final class Journal<Entry: Sendable>: Sendable {
  private let state = Mutex<[Entry]>([])
  func note(_ entry: Entry) { state.withLock { $0.append(entry) } }
  var entries: [Entry] { state.withLock { $0 } }
}
