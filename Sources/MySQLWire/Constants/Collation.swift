/// A collation id, which also names its character set. Logins carry its low byte, column definitions all of it.
package struct Collation: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// latin1_swedish_ci
  package static let latin1 = Self(rawValue: 8)
  /// utf8mb3_general_ci
  package static let utf8mb3 = Self(rawValue: 33)
  /// utf8mb4_general_ci: known to every server since 5.5.3, so the one to log in with.
  package static let utf8mb4 = Self(rawValue: 45)
  /// binary: the column holds bytes, not text.
  package static let binary = Self(rawValue: 63)
  /// utf8mb4_0900_ai_ci: the default of MySQL 8.0 and later.
  package static let utf8mb4Unicode900 = Self(rawValue: 255)
}
