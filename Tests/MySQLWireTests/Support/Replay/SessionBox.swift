import MySQLWire

/// A box in which a class can keep a session.
final class SessionBox {
  var value: Session
  init(_ settings: SessionSettings) throws { value = try Session(settings) }
}
