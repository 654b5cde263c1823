import MySQL
import Testing

@Suite(.busy) struct MaskedMessageTests {
  @Test(arguments: [
    (
      1062, "Duplicate entry 'bob@example.org' for key 'users.email'",
      "Duplicate entry '…' for key 'users.email'"
    ),
    (1062, "Duplicate entry 'a' for key 'b' for key 'k'", "Duplicate entry '…' for key 'k'"),
    (
      1366, "Incorrect integer value: 'it's secret' for column `s`.`t`.`n` at row 1",
      "Incorrect integer value: '…' for column `s`.`t`.`n` at row 1"
    ),
    (1292, "Truncated incorrect DOUBLE value: 'secret'", "Truncated incorrect DOUBLE value: '…'"),
    (
      1064,
      "You have an error in your SQL syntax; check the manual for the right syntax to use near 'IDENTIFIED BY 'secret'' at line 1",
      "You have an error in your SQL syntax; check the manual for the right syntax to use near '…' at line 1"
    ),
    (1231, "Variable 'a' can't be set to the value of 'secret'", "Variable '…'"),
    (
      3140, "Invalid JSON text: \"Invalid value.\" at position 0 in value for column 't.c'",
      "Invalid JSON text: '…' for column 't.c'"
    ),
    (1366, "Incorrect string value: 'secret", "Incorrect string value: '…'"),
    (1146, "Table 'shop.userz' doesn't exist", "Table 'shop.userz' doesn't exist"),
    (1045, "Access denied for user 'app'@'10.0.0.7'", "Access denied for user 'app'@'10.0.0.7'"),
    (
      1205, "Lock wait timeout exceeded; try restarting transaction",
      "Lock wait timeout exceeded; try restarting transaction"
    ),
    (9999, "It doesn't matter, and can't", "It doesn't matter, and can't"),
  ])
  func whatTheServerQuotesIsLeftOutOfDescriptions(code: UInt16, message: String, shown: String) {
    let server = MySQLError.Server(code: MySQLError.Code(rawValue: code), sqlState: "HY000", message: message)
    let error = MySQLError(.server, "", server: server)
    #expect("\(error)" == "ERROR \(code) (HY000): \(shown)")
    #expect("\(server)" == "\(error)")
    #expect(error.server?.message == message)
  }

  @Test func aMessageThatWasCutOffShowsNothingAfterItsFirstQuote() {
    let message = "Incorrect string value: 'a' " + String(repeating: "secret ", count: 70)
    let server = MySQLError.Server(code: MySQLError.Code(rawValue: 1366), message: message)
    #expect("\(server)" == "ERROR 1366: Incorrect string value: '…'")
  }
}
