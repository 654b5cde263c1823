import MySQLWire
import Synchronization

// How a pool's connection is made as good as new for its next holder.
extension MySQLConnection {
  /// What has to be done before the next holder gets the connection.
  enum Renewal {
    /// Earlier holders have left nothing.
    case none
    case reset
    /// It is closed, or cannot be made as new.
    case impossible
  }

  /// The caller holds the gate.
  var renewal: Renewal {
    let (isIdle, status, isPrepared) = channel.withSession { ($0.isIdle, $0.status, $0.ahead.isEmpty) }
    guard !isClosed, isIdle, channel.isFlushed else { return .impossible }
    return knowledge.withLock { knowledge in
      if knowledge.session.isForeign { return .impossible }
      // What goes ahead of the next statement begins with a reset, if one was due.
      let isUsed = knowledge.session.isDirty || status.contains(.inTransaction)
      return isUsed || !status.contains(.autocommit) && isPrepared ? .reset : .none
    }
  }

  /// Has the session made new ahead of the next command: one round trip less where commands may follow each other.
  func resetAhead() {
    knowledge.withLock { $0.statements.forgetAll() }
    var first = [CommandAhead(.resetConnection)]
    if let database = configuration.database {
      first.append(CommandAhead(.useDatabase(Array(database.utf8))))
    }
    let last = configuration.initCommands.map { CommandAhead(.query(Array($0.utf8))) }
    becomeNew(after: first, before: last)
  }

  /// Does soon what would go ahead of the next command, unless that comes first.
  func getReadySoon() {
    // Why it failed is the next command's to find out: the connection is closed.
    Task.detached { try? await self.getReadyNow() }
  }

  /// Does now what would go ahead of the next command, unless that is under way.
  func getReadyNow() async throws(MySQLError) {
    guard try gate.enterNow() else { return }
    gate.become(.upkeep)
    defer { gate.leave() }
    try await getReady()
  }

  /// Whether the server answers within a time.
  func isAlive(within time: Nanoseconds) async -> Bool {
    channel.allow(time, for: "the answer to a ping")
    defer { channel.allow(nil) }
    do throws(MySQLError) {
      _ = try await Response.begin(.command(.ping), name: "ping", on: self, isObserved: false).finish()
      return true
    } catch {
      channel.fail(error)
      return false
    }
  }
}
