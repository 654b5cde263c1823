import MySQLWire
import Synchronization

// How a pool's connection is made as good as new for its next holder.
extension MySQLConnection {
  /// What has to be done before the next holder gets the connection.
  enum Renewal {
    /// Nothing: earlier holders left nothing behind.
    case none
    case reset
    /// The connection is closed, or cannot be made as good as new.
    case impossible
  }

  /// The renewal that the connection needs. The caller holds the gate.
  var renewal: Renewal {
    let (isIdle, status, isPrepared) = channel.withSession { ($0.isIdle, $0.status, $0.ahead.isEmpty) }
    guard !isClosed, isIdle, channel.isFlushed else { return .impossible }
    return knowledge.withLock { knowledge in
      if knowledge.session.isForeign { return .impossible }
      // If a reset was due, it is already the first of the commands that go ahead of the next statement.
      let isUsed = knowledge.session.isDirty || status.contains(.inTransaction)
      guard isUsed || !status.contains(.autocommit) && isPrepared else { return .none }
      return knowledge.session.isOfGalera ? .impossible : .reset
    }
  }

  /// Makes the session new ahead of the next command: this saves a round trip where commands may be pipelined.
  func resetAhead() {
    let hasMoved = knowledge.withLock { knowledge in
      knowledge.statements.forgetAll()
      return knowledge.session.hasMoved
    }
    var first = [CommandAhead(.resetConnection)]
    if let database = configuration.database {
      first.append(CommandAhead(.useDatabase(Array(database.utf8)), mustComeFirst: hasMoved))
    }
    let last = configuration.initCommands.map { CommandAhead(.query(Array($0.utf8)), mustComeFirst: true) }
    becomeNew(after: first, before: last)
  }

  /// Soon sends what would go ahead of the next command, unless that command comes first.
  func getReadySoon() {
    // If this fails, the connection is closed, and the next command reports why.
    Task.detached { try? await self.getReadyNow() }
  }

  /// How long the server may take to make a session ready that nobody uses.
  private var upkeepTime: Nanoseconds { min(configuration.connectTimeout.nanoseconds, Shield.time) }

  /// Sends now what would go ahead of the next command, unless that command is already in progress.
  func getReadyNow() async throws(MySQLError) {
    guard try gate.enterNow() else { return }
    gate.setHolder(.upkeep)
    defer { gate.leave() }
    try await getReady(within: upkeepTime)
  }

  /// Whether the server replies within a time.
  func isAlive(within time: Nanoseconds) async -> Bool {
    channel.setTimeLimit(time, for: "the answer to a ping")
    defer { channel.setTimeLimit(nil) }
    do throws(MySQLError) {
      _ = try await Response.begin(.command(.ping), name: "ping", on: self, isObserved: false).finish()
      return true
    } catch {
      channel.fail(error)
      return false
    }
  }
}
