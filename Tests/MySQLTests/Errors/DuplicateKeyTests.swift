import Testing

@testable import MySQL

@Suite(.busy) struct DuplicateKeyTests {
  private static let mySQL = ErrorSource(version: "9.7.4", isMariaDB: false)
  private static let mariaDB = ErrorSource(version: "10.11.19-MariaDB", isMariaDB: true)

  private static func key(
    _ message: String, _ source: ErrorSource?, code: UInt16 = 1062
  ) -> MySQLError.DuplicateKey? {
    var error = MySQLError.Server(code: MySQLError.Code(rawValue: code), message: message)
    error.source = source
    return error.duplicateKey
  }

  @Test(arguments: [1062, 1586] as [UInt16])
  func theKeyIsReadFromTheMessage(code: UInt16) {
    let qualified = "Duplicate entry 'x' for key 'users.email'"
    let plain = "Duplicate entry 'x' for key 'email'"
    #expect(
      Self.key(qualified, Self.mySQL, code: code) == MySQLError.DuplicateKey(table: "users", name: "email"))
    #expect(Self.key(qualified, nil, code: code) == MySQLError.DuplicateKey(table: "users", name: "email"))
    #expect(Self.key(plain, Self.mariaDB, code: code) == MySQLError.DuplicateKey(name: "email"))
    #expect(Self.key(plain, nil, code: code) == MySQLError.DuplicateKey(name: "email"))
    #expect(Self.key(qualified, Self.mariaDB, code: code) == MySQLError.DuplicateKey(name: "users.email"))
  }

  @Test(arguments: [
    "", "x", "'", "it's", "x' for key 'other.key'", "x' for key 'y' for key '", "' for key '' for key ''",
    "Duplicate entry '1' for key 'a.b'", "ü' for key 'ü",
  ])
  func noValueIsTakenForTheKey(value: String) {
    let message = "Duplicate entry '\(value)' for key 'users.it's'"
    #expect(Self.key(message, Self.mySQL) == MySQLError.DuplicateKey(table: "users", name: "it's"))
    #expect(Self.key(message, Self.mariaDB) == MySQLError.DuplicateKey(name: "users.it's"))
  }

  @Test(arguments: [
    "", "'", "Duplicate entry '", "Duplicate entry 'x", "Duplicate entry 'x'",
    "Duplicate entry 'x' for key 'a.b",
    "Duplicate entry 'x' for key 1", "Duplicate entry 'x' for key '", "Duplicate entry 'x' for key ''",
    "Duplicate entry 'x' for key 'a.b.c'", "Duplicate entry 'x' for key 'a.'",
    "Duplicate entry 'x' for key '.b'",
    "Duplicate entry 'x' for key 'a..b'", "Duplicate entry ' for key 'a.b'",
    "Doppelter Eintrag 'x' für Schlüssel 'a.b'", " Duplicate entry 'x' for key 'a.b'",
    "Duplicate entry 'x' for key 'a.b' ",
    "Duplicate entry '" + String(repeating: "x", count: 480) + "' for key 'a.b'",
  ])
  func whatIsNotCertainIsNil(message: String) {
    #expect(Self.key(message, Self.mySQL) == nil)
    #expect(Self.key(message, nil) == nil)
  }

  @Test func aServerThatAlwaysNamesTheTableIsNotReadWithoutOne() {
    #expect(Self.key("Duplicate entry 'x' for key 'email'", Self.mySQL) == nil)
    #expect(Self.key("Duplicate entry 'x' for key 'users.email'", Self.mySQL, code: 1061) == nil)
  }

  @Test func randomValuesNeverHideTheKey() {
    let pieces = ["'", " for key ", "' for key '", ".", "x", "\"", "`", "é", "\u{0}", "Duplicate entry '"]
    for _ in 0..<5000 {
      let value = (0..<Int.random(in: 0..<12)).map { _ in pieces[Int.random(in: 0..<pieces.count)] }.joined()
      let message = "Duplicate entry '\(value)' for key 't.k'"
      #expect(Self.key(message, Self.mySQL) == MySQLError.DuplicateKey(table: "t", name: "k"), "\(message)")
      let noise = (0..<Int.random(in: 0..<9)).map { _ in pieces[Int.random(in: 0..<pieces.count)] }.joined()
      if let key = Self.key(noise, [nil, Self.mySQL, Self.mariaDB][Int.random(in: 0..<3)]) {
        #expect(noise.hasSuffix(key.name + "'"))
      }
    }
  }
}
