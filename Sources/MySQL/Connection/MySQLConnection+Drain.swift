import MySQLWire
import Synchronization

extension MySQLConnection {
  /// How many bytes of rows are read and dropped, and for how long, to save a connection whose result was
  /// given up.
  private static var drainLimit: Int { 1 << 20 }
  private static var drainTime: Nanoseconds { 2_000_000_000 }

  /// Nobody will read the rest of an answer. A little of it is read and dropped, and then the connection is as
  /// good as new; for more, closing is cheaper. The gate opens in the end.
  ///
  /// - Parameter command: What ends the command early, if anything does.
  func drain(sending command: Command?) {
    gate.become(.drain)
    channel.allow(Self.drainTime, for: "the rest of a result that nobody reads")
    Task.detached {
      var budget = Self.drainLimit
      do throws(MySQLError) {
        if let command {
          try self.channel.send { (session) throws(Misuse) in try session.send(command) }
        }
        while true {
          // Answers that the session has read are in the mailbox by now.
          let owed = self.channel.withSession { $0.owedResponses }
          while let event = try self.channel.take() { try self.drop(event, &budget) }
          if owed == 0 { break }
          try await self.channel.arrival()
        }
        self.channel.allow(nil)
      } catch {
        self.channel.fail(error)
      }
      self.gate.leave()
    }
  }

  private func drop(_ event: Event, _ budget: inout Int) throws(MySQLError) {
    budget -= event.size
    guard budget > 0 else {
      throw MySQLError(
        .connectionClosed, "a large result was not read to its end, so its connection was closed")
    }
    switch event {
    case .closed(let error): throw MySQLError(closing: error)
    case .localInfile:
      throw MySQLError(.connectionClosed, "a load was given up before it began, so its connection was closed")
    case .ok(let ok), .rowsEnd(let ok):
      if ok.hasChanges { keep(.changed(ok.changes), of: nil) }
    default: break
    }
  }
}
