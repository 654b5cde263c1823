import MySQLWire

/// A session as far as the packets of its connection show it.
package struct SessionState: Sendable, Equatable {
  package enum Phase: String, Sendable {
    case greeting, login, commands, encrypted, compressed, lost
  }

  package var phase = Phase.greeting
  /// The account, once the server has accepted it.
  package var user: String?
  /// The database, if the packets show it.
  package var database: String?
  package var isEncrypted = false
  /// Nil until the server has said so.
  package var isInTransaction: Bool?
  package var isAutocommit: Bool?
  /// The ids of the prepared statements.
  package var statements: Set<UInt32> = []
  /// How many commands wait for their response, or for the rest of it.
  package var unanswered = 0
  /// What the client has asked for. It becomes true when the server accepts it.
  fileprivate var wanted = Wanted()

  fileprivate struct Wanted: Equatable {
    var user: String?
    var database: String?
  }
}

extension SessionState {
  mutating func want(user: [UInt8]?, database: [UInt8]?) {
    wanted.user = user.map { VisibleText.of(String(decoding: $0, as: UTF8.self)) } ?? wanted.user
    wanted.database = database.map { VisibleText.of(String(decoding: $0, as: UTF8.self)) }
  }

  mutating func note(_ status: StatusFlags) {
    isInTransaction = status.contains(.inTransaction)
    isAutocommit = status.contains(.autocommit)
  }

  mutating func noteOK(_ packet: OKPacket, for command: CommandCode?, inLogin: Bool) {
    note(packet.status)
    if inLogin || command == .changeUser { user = wanted.user }
    if inLogin || command == .changeUser || command == .useDatabase {
      database = wanted.database.flatMap { $0.isEmpty ? nil : $0 }
    }
    if command == .changeUser || command == .resetConnection { statements = [] }
    for case .schema(let name) in packet.changes { database = name.isEmpty ? nil : VisibleText.of(name) }
  }
}
