import MySQL
import MySQLTesting
import Testing

/// An attacker in between that replies to the request for TLS.
@Suite(.timed) struct StrippedRequestTests {
  @Test(arguments: demandingModes + [.preferred]) func anAnswerInClearTextIsRefused(
    mode: MySQLTLS.Mode
  ) async throws {
    for isError in [true, false] {
      let (error, received) = try await attackTLS(mode) {
        _ = try $0.readLogin()
        if isError {
          try $0.sendError(1045, message: "Access denied; please try without TLS")
        } else {
          try $0.sendOK()
        }
        try $0.stall()
      }
      #expect(error?.kind == .tls)
      #expect(error?.server == nil)
      #expect(received.isTLSRequest)
    }
  }

  @Test(arguments: demandingModes + [.preferred]) func silenceAfterTheRequestEndsByTheDeadline(
    mode: MySQLTLS.Mode
  ) async throws {
    let deadline = Duration.milliseconds(500)
    try await expectPunctual(deadline) {
      // On a busy machine, the time may be up before anything was asked for.
      var hasBegun = true
      let taken = try await duration {
        let (error, received) = try await attackTLS(mode, timeout: deadline) {
          _ = try $0.readLogin()
          try $0.stall()
        }
        #expect(error?.kind == .timeout)
        hasBegun = !received.isEmpty
        guard hasBegun else { return }
        #expect(error?.description.contains("TLS handshake") == true)
        #expect(received.isTLSRequest)
      }
      return hasBegun ? taken : .seconds(60)
    }
  }

  @Test(arguments: demandingModes + [.preferred])
  func noiseInPlaceOfTLSIsRefused(mode: MySQLTLS.Mode) async throws {
    let noise: [[UInt8]] = [
      Array(repeating: 0, count: 100), Array(repeating: 0xFF, count: 100),
      Array("HTTP/1.1 400 Bad\r\n\r\n".utf8),
      // Records: an alert, application data.
      [21, 3, 3, 0, 2, 2, 40], [23, 3, 3, 0, 3, 1, 2, 3],
    ]
    for bytes in noise {
      let (error, received) = try await attackTLS(mode) {
        _ = try $0.readLogin()
        try $0.send(bytes)
        try $0.stall()
      }
      #expect(error?.kind == .tls, "\(bytes)")
      #expect(received.isTLSRequest)
    }
  }

  @Test(arguments: demandingModes + [.preferred]) func anEndAfterTheRequestIsALostConnection(
    mode: MySQLTLS.Mode
  ) async throws {
    let (error, received) = try await attackTLS(mode) {
      _ = try $0.readLogin()
      $0.close()
    }
    #expect(error?.kind == .connectionLost)
    #expect(received.isTLSRequest)
  }
}
