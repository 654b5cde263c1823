import MySQL
import Testing

@Suite(.busy) struct RemedyTests {
  @Test(
    arguments: [
      (1040, .wait), (1213, .repeatTransaction), (1205, .repeatTransaction), (1053, .reconnect),
      (1836, .reconnect), (4031, .reconnect), (1062, .change), (1064, .change), (9999, .change),
    ] as [(UInt16, MySQLError.Code.Remedy)])
  func eachNumberHasItsRemedy(code: UInt16, remedy: MySQLError.Code.Remedy) {
    #expect(MySQLError.Code(rawValue: code).remedy == remedy)
  }
}
