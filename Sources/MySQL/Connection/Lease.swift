import Synchronization

/// Lends connections and takes them back: a pool.
protocol LeaseOwner: AnyObject, Sendable {
  /// Takes a connection back, whose number the owner has given to it.
  func takeBack(_ connection: MySQLConnection, _ id: Int)
}

/// The right to use a pool's connection. The connection goes back when the lease ends, once.
final class Lease: Sendable {
  let connection: MySQLConnection
  /// How long the connection was idle before.
  let idleTime: Nanoseconds
  private let owner: any LeaseOwner
  private let id: Int
  private let isOver = Atomic(false)

  init(_ connection: MySQLConnection, _ id: Int, of owner: any LeaseOwner, idleTime: Nanoseconds) {
    self.connection = connection
    self.id = id
    self.owner = owner
    self.idleTime = idleTime
  }

  deinit {
    end()
  }

  /// Gives the connection back. The holder must not use it any more.
  func end() {
    guard !isOver.exchange(true, ordering: .acquiringAndReleasing) else { return }
    owner.takeBack(connection, id)
  }
}

/// What a connection knows about the pool that it belongs to.
struct PoolMembership: Sendable {
  /// The killer that ends statements of the pool's connections at the server.
  let killer: StatementKiller
  /// Nil if the client has only one server.
  var watch: ServerWatch?
  /// Called when the connection is closed, on the loop's thread.
  let ended: @Sendable () -> Void
}
