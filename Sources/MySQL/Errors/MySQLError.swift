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
    var server: Server?
    var endpoint: String?
    var reach: Reach
    var statement: String?
    var batch: BatchProgress?
    var extent = Retry.statement
    var isServersState = false
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
  public var server: Server? {
    get { fields.server }
    set { fields.server = newValue }
  }

  /// Where the server listens that the call was sent to, as a person would write it, if the settings name several.
  public var endpoint: String? {
    get { fields.endpoint }
    set { fields.endpoint = newValue }
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
  public var batch: BatchProgress? {
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

  /// Whether the server refused because of what it is now, so that another of the client's servers may do it.
  var isServersState: Bool {
    get { fields.isServersState }
    set { fields.isServersState = newValue }
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
    _ kind: Kind, _ message: String, server: Server? = nil, reach: Reach = .notSent,
    statement: String? = nil
  ) {
    contents = Contents(
      Fields(kind: kind, message: message, server: server, reach: reach, statement: statement))
  }
}

extension MySQLError: CustomStringConvertible, CustomDebugStringConvertible {
  /// What happened and what to do, with the server's number and SQLSTATE where it sent them, and the server's address
  /// where there are several.
  public var description: String {
    let place = endpoint.map { " [at \($0)]" } ?? ""
    guard let server else { return message + place }
    return (message.isEmpty ? "\(server)" : "\(server) (\(message))") + place
  }

  /// The description, and the statement.
  public var debugDescription: String {
    statement.map { "\(description) [statement: \($0)]" } ?? description
  }
}
