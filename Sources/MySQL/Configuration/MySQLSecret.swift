/// A password that is never shown: printing, dumping, reflecting and interpolating it give `•••`.
///
/// It is made from a string, and can be written as a literal. Only a login reads it.
public struct MySQLSecret: Sendable, Hashable {
  package let bytes: [UInt8]

  /// Keeps a password as UTF-8, which is what the server checks.
  public init(_ password: String) { bytes = Array(password.utf8) }

  /// Keeps a password that need not be UTF-8.
  public init(bytes: [UInt8]) { self.bytes = bytes }
}

extension MySQLSecret: ExpressibleByStringInterpolation {
  /// Keeps a password written as a literal, interpolated or not.
  public init(stringLiteral value: String) { self.init(value) }
}

extension MySQLSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `•••`.
  public var description: String { "•••" }

  /// Always `•••`.
  public var debugDescription: String { "•••" }

  /// A mirror without children, so that `dump` finds nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
