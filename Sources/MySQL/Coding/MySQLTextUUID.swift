public import Foundation

/// A UUID that is bound as text, as UUID() prints it, for columns like CHAR(36).
public struct MySQLTextUUID: Hashable, Sendable {
  /// The UUID itself.
  public var value: UUID

  /// Wraps a UUID.
  public init(_ value: UUID) { self.value = value }
}

extension MySQLTextUUID: MySQLCodable {
  /// Writes 36 characters, with lowercase letters.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try value.uuidString.lowercased().encode(to: &writer)
  }

  /// Reads what `UUID` reads.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { Self(try UUID.decode(cell)) }
}

extension MySQLTextUUID: Codable {
  /// Reads what `UUID` reads.
  public init(from decoder: any Decoder) throws { value = try UUID(from: decoder) }

  /// Writes what `UUID` writes.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
