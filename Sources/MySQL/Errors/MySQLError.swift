import MySQLWire

/// Why something could not be done. One type for everything this library throws on its own.
///
/// Ask it three things: what kind of failure (`kind`), what the server said (`server`), and what may be made again
/// (`retry`). Its description says what happened and what to do about it. It never holds a password or the value
/// of a parameter: what the server quotes is left out of it, and stays in `server.message`.
public struct MySQLError: Error, Sendable {
  /// Behind a reference: each call that can throw has room for an error, whether it throws or not.
  private var contents: Contents

  private struct Fields {
    var kind: Kind
    var message: String
    var server: MySQLServerError?
    var reach: Reach
    var statement: String?
    var batch: MySQLBatchFailure?
    var extent = Retry.statement
    var rollbackFailure: Box?
  }

  /// An error in an error.
  private final class Box: Sendable {
    let error: MySQLError
    init(_ error: MySQLError) { self.error = error }
  }

  private final class Contents: Sendable {
    let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  private var fields: Fields {
    get { contents.fields }
    set { contents = Contents(newValue) }
  }

  /// What went wrong.
  public var kind: Kind {
    get { fields.kind }
    set { fields.kind = newValue }
  }

  /// What happened, and what to do about it, in a sentence or two.
  public var message: String {
    get { fields.message }
    set { fields.message = newValue }
  }

  /// The server's own error, where it sent one.
  public var server: MySQLServerError? {
    get { fields.server }
    set { fields.server = newValue }
  }

  /// Whether the server may have seen the command.
  public var reach: Reach {
    get { fields.reach }
    set { fields.reach = newValue }
  }

  /// The statement, if the failure concerns one. Not part of the description.
  public var statement: String? {
    get { fields.statement }
    set { fields.statement = newValue }
  }

  /// What was done of a batch, if the failure concerns one.
  public var batch: MySQLBatchFailure? {
    get { fields.batch }
    set { fields.batch = newValue }
  }

  /// Why the rollback failed that this error led to, if it did. The connection was closed, which undoes the transaction
  /// as soon as the server notices.
  public var rollbackFailure: MySQLError? {
    get { fields.rollbackFailure?.error }
    set { fields.rollbackFailure = newValue.map { Box($0) } }
  }

  /// What may be made again if nothing of the call was carried out, or the server undid it.
  var extent: Retry {
    get { fields.extent }
    set { fields.extent = newValue }
  }

  /// The kinds of failure.
  public enum Kind: Sendable, Hashable {
    /// A setting or URL that cannot be used.
    case configuration
    /// The host's name has no address.
    case unknownHost
    /// Nothing listens there, or the network refuses.
    case connectionRefused
    /// A deadline passed.
    case timeout
    /// The connection ended before the answer did.
    case connectionLost
    /// The connection was closed by this side, before or during the call.
    case connectionClosed
    /// What answers is not a MySQL server, or not one this library can talk to.
    case notMySQL
    /// The server broke the protocol. The connection is closed.
    case protocolViolation
    /// TLS could not be used as the settings demand.
    case tls
    /// The login failed or was refused by this side's own rules.
    case authentication
    /// The server refused the statement or command, or a connection for a reason that is not the account's.
    case server
    /// The task was cancelled.
    case cancelled
    /// The call does not fit the connection's state, such as a query while rows are unread.
    case misuse
    /// A value could not be turned into the wanted Swift type.
    case decoding
    /// A value cannot be sent as it is.
    case encoding
    /// The source of a LOAD DATA LOCAL failed.
    case localInfile
    /// The answer to a COMMIT was lost: the transaction may have been committed or not. It is never tried again.
    case commitUnknown
  }

  /// How far a command got.
  public enum Reach: Sendable, Hashable {
    /// Not one byte of it was written: it can be sent again.
    case notSent
    /// The server may or may not have carried it out.
    case unknown
    /// The server answered.
    case answered
  }

  /// Makes an error. Users need this for tests and for conformances of their own.
  public init(
    _ kind: Kind, _ message: String, server: MySQLServerError? = nil, reach: Reach = .notSent,
    statement: String? = nil
  ) {
    contents = Contents(
      Fields(kind: kind, message: message, server: server, reach: reach, statement: statement))
  }
}

extension MySQLError: CustomStringConvertible, CustomDebugStringConvertible {
  /// What happened and what to do, with the server's number and SQLSTATE where it sent them.
  public var description: String {
    guard let server else { return message }
    return message.isEmpty ? "\(server)" : "\(server) (\(message))"
  }

  /// The description, and the statement.
  public var debugDescription: String {
    statement.map { "\(description) [statement: \($0)]" } ?? description
  }
}

/// An error as the server reports it.
public struct MySQLServerError: Sendable, Hashable, CustomStringConvertible {
  /// The server's number for it.
  public var code: MySQLErrorCode
  /// Five characters, the same for like errors in all databases. Empty if the server sent none.
  public var sqlState: String
  /// The server's words, all of them. They may quote values and pieces of the statement: do not log them where these
  /// must not go.
  public var message: String
  /// Their bytes, where they may not be UTF-8.
  package var rawMessage: [UInt8]?
  /// The server that sent it, where that is known.
  package var source: ErrorSource?

  /// Makes an error as a server would report it.
  public init(code: MySQLErrorCode, sqlState: String = "", message: String) {
    self.code = code
    self.sqlState = sqlState
    self.message = message
  }

  init(_ packet: ErrorPacket) {
    self.init(
      code: MySQLErrorCode(rawValue: packet.code), sqlState: packet.sqlState ?? "", message: packet.message)
    rawMessage = packet.rawMessage
  }

  /// As the `mysql` command prints it, but for `'…'` where the server quotes what may be a value:
  /// `ERROR 1062 (23000): Duplicate entry '…' for key 'users.email'`.
  public var description: String {
    let state = sqlState.isEmpty ? "" : " (\(sqlState))"
    return "ERROR \(code.rawValue)\(state): \(maskedMessage)"
  }
}
