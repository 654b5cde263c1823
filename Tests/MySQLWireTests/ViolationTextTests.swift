import MySQLWire
import Testing

/// Violations end up in the messages that users read.
@Suite(.busy) struct ViolationTextTests {
  static let violations: [Violation] =
    [
      .truncated, .sequence(expected: 2, received: 1), .notMySQL, .unsupportedProtocol(version: 9),
      .missingCapability(.tls), .bytesBeforeTLS,
    ]
    + Violation.Subject.allCases.flatMap {
      [.trailingBytes(in: $0), .malformed($0), .unexpectedPacket($0, header: 254)]
    }
    + Violation.Limit.allCases.map { .limitExceeded($0) }
    + [
      .unknownPlugin("x"), .pluginNotAllowed("x"), .insecureChannel("x"), .publicKeyRetrievalNotAllowed,
      .unusablePublicKey, .missingFactor(2), .unusablePassword,
    ].map { .authentication($0) }

  @Test(arguments: violations) func noneReadsAsSwiftWouldPrintIt(violation: Violation) {
    let text = "\(violation)"
    // Signs of the names of types and cases: a dot or a capital within a word, a parenthesis, a quote around a value.
    #expect(!text.contains(/[a-z][A-Z][a-z]|\w\.\w|\(|"/), "\(text)")
    #expect(text.contains(" "), "\(text)")
  }

  @Test func noTwoViolationsReadTheSame() {
    let texts = Self.violations.map { "\($0)" }
    #expect(Set(texts).count == texts.count)
  }
}
