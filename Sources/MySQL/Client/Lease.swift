import Synchronization

/// The right to use a pool's connection. The connection goes back when the lease ends, once.
final class Lease: Sendable {
  let connection: MySQLConnection
  /// How long the connection was idle before.
  let idleTime: Nanoseconds
  private let pool: Pool
  private let id: Int
  private let isOver = Atomic(false)

  init(_ connection: MySQLConnection, _ id: Int, of pool: Pool, idleTime: Nanoseconds) {
    self.connection = connection
    self.id = id
    self.pool = pool
    self.idleTime = idleTime
  }

  deinit {
    end()
  }

  /// Gives the connection back. The holder must not use it any more.
  func end() {
    guard !isOver.exchange(true, ordering: .acquiringAndReleasing) else { return }
    pool.takeBack(connection, id)
  }
}

/// Where in a program a connection was leased.
struct LeaseHolder: Sendable, Hashable {
  let file: StaticString
  let line: UInt

  init(_ file: StaticString, _ line: UInt) {
    self.file = file
    self.line = line
  }

  var text: String { "\(file):\(line)" }

  static func == (left: Self, right: Self) -> Bool { left.line == right.line && left.text == right.text }
  func hash(into hasher: inout Hasher) { hasher.combine(line) }
}

/// What a connection knows about the pool that it belongs to.
struct PoolMembership: Sendable {
  /// The killer that ends statements of the pool's connections at the server.
  let killer: StatementKiller
  /// Called when the connection is closed, on the loop's thread.
  let ended: @Sendable () -> Void
}
