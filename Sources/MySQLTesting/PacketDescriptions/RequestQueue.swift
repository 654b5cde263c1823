import MySQLWire

/// The commands that are owed answers, oldest first. Removing the first one does not move the others each time, since a
/// client may send many commands ahead.
struct RequestQueue {
  private var items: [PacketDescriber.Request] = []
  private var start = 0

  var isEmpty: Bool { start == items.count }
  var count: Int { items.count - start }
  var first: PacketDescriber.Request? { isEmpty ? nil : items[start] }

  /// Returns the last request that prepares a statement, or that runs the one prepared last.
  var lastPreparation: PacketDescriber.Request? {
    items[start...].last {
      $0.code == CommandCode.prepare.rawValue || $0.statement == Execution.lastPrepared
    }
  }

  subscript(index: Int) -> PacketDescriber.Request {
    // A request is looked at for each row, and a copy would retain all that it holds.
    _read { yield items[start + index] }
    _modify { yield &items[start + index] }
  }

  mutating func append(_ request: PacketDescriber.Request) { items.append(request) }

  mutating func removeFirst() {
    start += 1
    guard start > items.count / 2 else { return }
    items.removeFirst(start)
    start = 0
  }
}
