/// What must be known about a server to read its errors.
package struct ErrorSource: Sendable, Hashable {
  package let isMariaDB: Bool
  /// Whether it puts the table before the name of a key, as MySQL does from 8.0.19 on.
  package let qualifiesKeys: Bool

  package init(version: String, isMariaDB: Bool) {
    self.isMariaDB = isMariaDB
    let numbers = version.prefix { $0.isNumber || $0 == "." }.split(separator: ".").map { Int($0) ?? 0 }
    qualifiesKeys = !isMariaDB && !numbers.lexicographicallyPrecedes([8, 0, 19])
  }
}
