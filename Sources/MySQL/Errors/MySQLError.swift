import MySQLWire

/// The reason why something could not be done. This library throws no other type of error on its own.
///
/// It tells three things: what kind of failure it is (`kind`), what the server said (`server`), and what may
/// be repeated (`retry`). Its description says what happened and what to do about it, and never holds a
/// password or the value of a parameter: what the server quotes is left out, and stays in `server.message`.
public struct MySQLError: Error, Sendable {
  /// Stored behind a reference: each call that can throw reserves space for an error, whether it throws or
  /// not.
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

  /// How much of a batch was done, if the failure concerns one.
  public var batch: MySQLBatchFailure? {
    get { fields.batch }
    set { fields.batch = newValue }
  }

  /// Why the rollback after this error failed, if it did. The connection was then closed, which undoes the
  /// transaction as soon as the server notices.
  public var rollbackFailure: MySQLError? {
    get { fields.rollbackFailure?.error }
    set { fields.rollbackFailure = newValue.map { Box($0) } }
  }

  /// What may be repeated if nothing of the call was carried out, or if the server undid it.
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
    /// The other side is not a MySQL server, or not one this library can talk to.
    case notMySQL
    /// The server broke the protocol. The connection is closed.
    case protocolViolation
    /// TLS could not be used as the settings demand.
    case tls
    /// The login failed or was refused by this side's own rules.
    case authentication
    /// The server refused the statement or command, or refused a connection for a reason other than the
    /// account.
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
    /// The answer to a COMMIT was lost: the transaction may or may not have been committed. It is never tried
    /// again.
    case commitUnknown
  }

  /// How far a command got.
  public enum Reach: Sendable, Hashable {
    /// No byte of it was written: it can be sent again.
    case notSent
    /// The server may or may not have carried it out.
    case unknown
    /// The server replied.
    case answered
  }

  /// Makes an error. Users need this for tests and for their own conformances.
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
  /// The SQLSTATE: five characters, the same for similar errors in all databases. Empty if the server sent
  /// none.
  public var sqlState: String
  /// The server's complete message. It may quote values and pieces of the statement: do not log it where
  /// these must not appear.
  public var message: String
  /// The bytes of the message, where they may not be UTF-8.
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

  /// The error as the `mysql` command prints it, except for `'…'` where the server quotes what may be a
  /// value:
  /// `ERROR 1062 (23000): Duplicate entry '…' for key 'users.email'`.
  public var description: String {
    let state = sqlState.isEmpty ? "" : " (\(sqlState))"
    return "ERROR \(code.rawValue)\(state): \(maskedMessage)"
  }
}
