import Foundation
import MySQL
import MySQLTesting

/// The server that the documentation speaks of, `db.internal` with the database `shop` and the account `app`, in front
/// of the server whose unix socket is in EXAMPLES_SOCKET, where EXAMPLES_URL names the account that may do everything.
enum Shop {
  static let password = "s3cret"

  /// Makes the database and the account. Throws if there are such, since they may be somebody's.
  static func open() async throws -> FaultProxy {
    try await MySQLConnection.with(administrator()) { connection in
      let taken = try await connection.query(
        """
        SELECT user FROM mysql.user WHERE user = 'app'
        UNION ALL SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'shop'
        """
      ).collect()
      guard taken.isEmpty else {
        throw MySQLError(.misuse, "the server has a database `shop` or an account `app` already: drop them")
      }
      try await connection.execute("CREATE DATABASE shop")
      try await connection.execute("CREATE USER app@'%' IDENTIFIED BY '\(unsafe: password)'")
      try await connection.execute("GRANT ALL ON shop.* TO app@'%'")
      try await connection.useDatabase("shop")
      for statement in tables + procedures { try await connection.execute("\(unsafe: statement)") }
    }
    return try FaultProxy(to: .unix(path: variable("EXAMPLES_SOCKET")), at: .tcp("127.0.0.1", port: 3306))
  }

  static func close() async throws {
    try await MySQLConnection.with(administrator()) { connection in
      try await connection.execute("DROP DATABASE shop")
      try await connection.execute("DROP USER app@'%'")
    }
  }

  /// Empties the tables and fills them again.
  static func refill() async throws {
    try await MySQLConnection.with(administrator()) { try await $0.execute("CALL shop.refill()") }
  }

  private static func administrator() throws -> MySQLConfiguration {
    var settings = try MySQLConfiguration(url: variable("EXAMPLES_URL"))
    settings.endpoint = .unixSocket(path: try variable("EXAMPLES_SOCKET"))
    return settings
  }

  private static func variable(_ name: String) throws -> String {
    guard let value = ProcessInfo.processInfo.environment[name] else {
      throw MySQLError(.misuse, "\(name) is not set: Tests/Examples/run runs this")
    }
    return value
  }

  private static let tables = [
    """
    CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL, age INT, city VARCHAR(100),
      born DATE, note TEXT, UNIQUE KEY by_name (name))
    """,
    "CREATE TABLE orders (id INT PRIMARY KEY, placed DATETIME NOT NULL)",
    """
    CREATE TABLE articles (id INT PRIMARY KEY, title VARCHAR(100), price DECIMAL(10,2), size ENUM('small', 'large'),
      added DATETIME, stock INT NOT NULL DEFAULT 0)
    """,
    "CREATE TABLE accounts (id INT PRIMARY KEY, balance DECIMAL(10,2))",
    "CREATE TABLE points (x DOUBLE, y DOUBLE)",
    "CREATE TABLE files (name VARCHAR(100), content LONGBLOB)",
    "CREATE TABLE log (day DATE, line TEXT)",
    "CREATE TABLE samples (ratio DOUBLE)",
    "CREATE TABLE t (x INT)",
  ]

  private static let procedures = [
    """
    CREATE PROCEDURE price(IN article INT, OUT price DECIMAL(10,2), INOUT quantity INT)
    BEGIN
      SELECT title FROM articles WHERE id = article;
      SELECT articles.price, stock - quantity INTO price, quantity FROM articles WHERE id = article;
    END
    """,
    """
    CREATE PROCEDURE report(IN year INT)
    BEGIN
      SELECT id FROM orders WHERE YEAR(placed) = year;
      UPDATE samples SET ratio = ratio / 2;
    END
    """,
    """
    CREATE PROCEDURE refill()
    BEGIN
      DELETE FROM users;
      INSERT INTO users VALUES
        (1, 'Ada', 36, 'Oslo', '1990-12-10', NULL), (2, 'Alan', 17, 'Rome', NULL, NULL),
        (7, 'Grace', 45, 'Rome', NULL, NULL);
      DELETE FROM orders;
      INSERT INTO orders VALUES (1, '2026-01-02 03:04:05'), (2, '2026-01-03 04:05:06');
      DELETE FROM articles;
      INSERT INTO articles VALUES (1, 'A lamp', 4.50, 'small', '2026-01-02 03:04:05', 12);
      DELETE FROM accounts;
      INSERT INTO accounts VALUES (1, 1000), (2, 0);
      DELETE FROM points;
      DELETE FROM files;
      DELETE FROM log;
      DELETE FROM samples;
      INSERT INTO samples VALUES (0.5);
      DELETE FROM t;
    END
    """,
  ]
}
