/// Anything that can run statements: a client with its pool, one connection, or a transaction.
///
/// A function that takes `some MySQLQueryable` works with each of them, inside and outside a transaction.
/// With a client, each call uses whatever connection is free, and gives it back once its answer has been
/// read, dropped or cancelled.
///
/// Only the library's own types can conform, since only the library can make a route.
public protocol MySQLQueryable: Sendable {
  /// Where statements go.
  var route: _MySQLRoute { get }
}

extension MySQLConnection: MySQLQueryable {
  /// Statements go over this connection.
  public var route: _MySQLRoute { _MySQLRoute(.connection(self)) }
}
