import Foundation
import MySQL

/// A value of a `Codable` type, and a table for such values.
struct LiveUser: Codable, Equatable {
  enum Role: String, Codable { case admin, guest }
  struct Address: Codable, Equatable { var city: String }
  var id: Int
  var name: String
  var role = Role.guest
  var isActive = true
  var score = 0.1
  var ratio: Float? = 0.1
  var balance = MySQLDecimal(7)
  var price = Foundation.Decimal(sign: .minus, exponent: -2, significand: 125)
  var born: MySQLDate?
  var lap: MySQLTime?
  var createdAt: MySQLDateTime?
  var seenAt: Date?
  var uuid = UUID()
  var photo: Data? = Data([0, 255, 39])
  var homePage = URL(string: "https://example.org/a?b")
  var tags = ["a", "'; --"]
  var address: Address? = Address(city: "Ulm")
  var nickname: String?
}

extension LiveUser {
  static let encoder = MySQLRowEncoder(keys: .snakeCase, timeZone: .gmt)
  static let decoder = MySQLRowDecoder(keys: .snakeCase, timeZone: .gmt)

  static func user(_ id: Int) -> LiveUser {
    var user = LiveUser(id: id, name: "O'Hara \(id)")
    guard id % 3 == 0 else { return user }
    user.role = .admin
    user.isActive = false
    user.ratio = nil
    user.born = MySQLDate("2024-02-29")
    user.lap = MySQLTime("-838:00:00.5")
    user.createdAt = MySQLDateTime("2026-07-01 08:00:00.000001")
    user.seenAt = Date(timeIntervalSince1970: Double(id) + 0.25)
    user.photo = nil
    user.address = nil
    user.nickname = "`\0😀"
    return user
  }

  static func withTable(
    of server: LiveServer, _ body: nonisolated(nonsending) (MySQLConnection, String) async throws -> Void
  ) async throws {
    try await server.withSchema { connection, schema in
      try await connection.execute(
        """
        CREATE TABLE users (nickname VARCHAR(20), id INT PRIMARY KEY, name VARCHAR(50) NOT NULL,
          role ENUM('admin', 'guest'), is_active BOOL, score DOUBLE, ratio FLOAT, balance DECIMAL(65,30),
          price DECIMAL(10,2), born DATE, lap TIME(6), created_at DATETIME(6), seen_at DATETIME(6),
          uuid BINARY(16), photo BLOB, home_page VARCHAR(100), tags JSON, address JSON,
          extra INT DEFAULT 5) CHARACTER SET utf8mb4
        """)
      try await body(connection, schema)
    }
  }

  /// Reads the users in the table by the binary protocol: as text, a FLOAT has six digits.
  static func stored(_ connection: MySQLConnection) async throws -> [LiveUser] {
    let rows = try await connection.query("SELECT * FROM users ORDER BY id", options: .prepared).collect()
    return try rows.map { try $0.decode(LiveUser.self, using: decoder) }
  }
}
