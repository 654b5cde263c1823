import Foundation

/// Why a server or proxy of this module could not be started, or why a connection cannot go on.
public enum TestServerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The server was stopped.
  case stopped
  /// The client did not send in time what this side waited for.
  case timedOut
  /// This side has already closed or reset the connection.
  case closed
  /// The client has closed the connection.
  case endOfStream
  /// The client has reset the connection, or is gone so that nothing can be sent to it.
  case reset
  /// The client sent something that is not this protocol.
  case malformed(String)
  /// A value does not fit the column it is sent in.
  case unusableValue(column: String, ServerScript.Cell)
  /// A row does not have a cell for each column.
  case wrongCellCount(Int, columns: Int)
  /// The conversation cannot be replayed.
  case notReplayable(String)
  /// The address is neither an IP address nor `localhost`, or the path is too long.
  case unusableAddress(String)
  /// A system call failed.
  case system(call: String, code: Int32)

  /// The error in a sentence.
  public var description: String {
    switch self {
    case .stopped: "the server was stopped"
    case .timedOut: "the client sent nothing in time"
    case .closed: "the connection was closed on this side"
    case .endOfStream: "the client closed the connection"
    case .reset: "the client broke the connection off"
    case .malformed(let what): "the client sent what cannot be read: \(what)"
    case .unusableValue(let column, let cell): "\(cell) does not fit the column \(column)"
    case .wrongCellCount(let count, let columns): "a row of \(count) cells for \(columns) columns"
    case .notReplayable(let reason): "cannot be replayed: \(reason)"
    case .unusableAddress(let address): "cannot use the address \(address)"
    case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
    }
  }

  /// Returns the error of the last system call, by `errno`.
  static func lastCall(_ call: String) -> Self { .system(call: call, code: errno) }
}
