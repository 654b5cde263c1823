import MySQL
import Testing

@Suite struct RemedyTests {
  @Test(
    arguments: [
      (1040, .wait), (1213, .repeatTransaction), (1205, .repeatTransaction), (1053, .reconnect),
      (1836, .reconnect), (4031, .reconnect), (1062, .change), (1064, .change), (9999, .change),
    ] as [(UInt16, MySQLErrorCode.Remedy)])
  func eachNumberHasItsRemedy(code: UInt16, remedy: MySQLErrorCode.Remedy) {
    #expect(MySQLErrorCode(rawValue: code).remedy == remedy)
  }
}
