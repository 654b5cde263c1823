import Testing

@testable import MySQL

@Suite(.busy) struct ErrorSourceTests {
  @Test(arguments: [
    ("8.0.18", false, false), ("8.0.19", false, true), ("8.4.0-commercial", false, true),
    ("9.7.4-2", false, true),
    ("5.7.44-log", false, false), ("8.0", false, false), ("", false, false),
    ("é.99999999999999999999", false, false),
    ("10.11.19-MariaDB", true, false),
  ])
  func theServersThatNameTheTableOfAKeyAreKnown(version: String, isMariaDB: Bool, qualifies: Bool) {
    #expect(ErrorSource(version: version, isMariaDB: isMariaDB).qualifiesKeys == qualifies)
  }
}
