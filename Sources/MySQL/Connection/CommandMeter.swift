import MySQLWire
import Synchronization

/// Measures a command for an observer, starting before it is sent.
struct CommandMeter: Sendable {
  private static let lastID = Atomic<UInt64>(0)
  private let observer: any MySQLObserver
  private let command: MySQLCommand
  private let start = ContinuousClock().now
  private let received: Int
  private let sent: Int

  /// Nil if nobody observes the connection.
  init?(_ connection: MySQLConnection, _ name: String, _ work: Work) {
    guard let observer = connection.observer else { return nil }
    self.observer = observer
    var statement: String?
    if case .statement(let work) = work { statement = work.sql }
    let id = Self.lastID.add(1, ordering: .relaxed).newValue
    command = MySQLCommand(
      id: id, connectionID: connection.server.connectionID, name: name, statement: statement)
    (received, sent) = connection.channel.traffic
    observer.commandStarted(command)
  }

  func finish(_ channel: Channel, rows: Int, _ error: MySQLError?) {
    let traffic = channel.traffic
    observer.commandFinished(
      command,
      MySQLCommandOutcome(
        duration: start.duration(to: ContinuousClock().now), rows: rows,
        bytesReceived: traffic.received - received, bytesSent: traffic.sent - sent, error: error))
  }
}

extension MySQLConnection {
  /// Returns the query attributes of a statement: those of the call, then those that the observer adds. The observer's
  /// are left out if they cannot be sent: tracing must not make a statement fail.
  func attributes(of work: StatementWork) -> ParameterList? {
    let own = work.options?.attributes
    guard let observer else { return own }
    let added = observer.attributes(for: work.sql)
    guard !added.isEmpty, let list = try? added.checkedList else { return own }
    var all = own ?? ParameterList()
    all.append(contentsOf: list)
    return all
  }
}
