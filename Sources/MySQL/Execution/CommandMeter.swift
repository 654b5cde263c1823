import Synchronization

/// Measures a command for an observer, starting before it is sent.
final class CommandMeter: Sendable {
  private static let lastID = Atomic<UInt64>(0)
  private let observer: any MySQLObserver
  private let command: MySQLCommand
  private let start = ContinuousClock().now
  private let received: Int
  private let sent: Int

  /// Tells the observer that the command starts.
  init(
    _ observer: any MySQLObserver, _ name: String, _ statement: String?, connectionID: UInt32,
    _ channel: Channel
  ) {
    self.observer = observer
    let id = Self.lastID.add(1, ordering: .relaxed).newValue
    command = MySQLCommand(
      id: id, connectionID: connectionID, name: name, statement: statement)
    (received, sent) = channel.traffic
    observer.commandStarted(command)
  }

  func finish(_ channel: Channel, rows: Int, _ error: MySQLError?) {
    let traffic = channel.traffic
    observer.commandFinished(
      command,
      MySQLCommand.Outcome(
        duration: start.duration(to: ContinuousClock().now), rows: rows,
        bytesReceived: traffic.received - received, bytesSent: traffic.sent - sent, error: error))
  }
}
