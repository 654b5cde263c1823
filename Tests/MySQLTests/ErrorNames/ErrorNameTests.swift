import Testing

@testable import MySQL

@Suite(.busy) struct ErrorNameTests {
  @Test(
    arguments: [
      (1005, "ER_CANT_CREATE_TABLE", "ER_CANT_CREATE_TABLE"), (1062, "ER_DUP_ENTRY", "ER_DUP_ENTRY"),
      (1146, "ER_NO_SUCH_TABLE", "ER_NO_SUCH_TABLE"), (1213, "ER_LOCK_DEADLOCK", "ER_LOCK_DEADLOCK"),
      (1265, "WARN_DATA_TRUNCATED", "WARN_DATA_TRUNCATED"), (1000, "ER_HASHCHK", nil),
      (1236, "ER_MASTER_FATAL_ERROR_READING_BINLOG", "ER_SOURCE_FATAL_ERROR_READING_BINLOG"),
      (1927, "ER_CONNECTION_KILLED", nil), (3024, nil, "ER_QUERY_TIMEOUT"),
      (4031, "ER_REFERENCED_TRG_DOES_NOT_EXIST", "ER_CLIENT_INTERACTION_TIMEOUT"),
      (4151, "ER_ACCOUNT_HAS_BEEN_LOCKED", "ER_BULK_PARSER_INCOMPLETE_ESCAPE_SEQUENCE"),
      (0, nil, nil), (999, nil, nil), (2013, nil, nil), (9999, nil, nil), (65535, nil, nil),
    ] as [(UInt16, String?, String?)])
  func eachServerHasItsName(number: UInt16, onMariaDB: String?, onMySQL: String?) {
    let code = MySQLError.Code(rawValue: number)
    #expect(code.name(onMariaDB: true) == onMariaDB)
    #expect(code.name(onMariaDB: false) == onMySQL)
    #expect(
      code.name == (onMariaDB == onMySQL || onMySQL == nil ? onMariaDB : onMariaDB == nil ? onMySQL : nil))
    var error = MySQLError.Server(code: code, message: "")
    #expect(error.name == code.name)
    error.source = ErrorSource(version: "10.11.19-MariaDB", isMariaDB: true)
    #expect(error.name == onMariaDB)
    error.source = ErrorSource(version: "9.7.4", isMariaDB: false)
    #expect(error.name == onMySQL)
  }

  @Test func everyNumberHasOneNameOrNone() {
    for isMariaDB in [true, false] {
      let codes = (0...UInt16.max).map { MySQLError.Code(rawValue: $0) }
      let names = codes.compactMap { $0.name(onMariaDB: isMariaDB) }
      #expect(names.count == (isMariaDB ? 1188 : 1947))
      #expect(Set(names).count == names.count)
      #expect(
        names.allSatisfy {
          $0.utf8.allSatisfy { $0 == 95 || (48...57).contains($0) || (65...90).contains($0) }
        })
    }
  }

  @Test func linesOfATableAreInOrderAndReadWhole() {
    let names = ErrorNames("5 A B C\n9 D\n65535 E")
    let found = [4, 5, 7, 8, 9, 10, 65534, 65535].map { names.name(of: $0) ?? "-" }
    #expect(found == ["-", "A", "C", "-", "D", "-", "-", "E"])
    #expect(ErrorNames("").name(of: 1) == nil && ErrorNames("x\ny z\n1").name(of: 1) == nil)
  }
}
