import Foundation
import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct UnaskedBytesTests {
  @Test(arguments: [4031, 1053, 1927] as [UInt16], [0, 1, 7] as [UInt8])
  func theNextCommandSaysWhyTheServerClosed(code: UInt16, sequence: UInt8) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendOK()
      connection.sequence = sequence
      try connection.sendError(code, message: "going away for reason \(code)")
      // The server need not even close.
      try connection.stall()
    }
    let client = try await server.connect()
    try await client.ping()
    let error = await client.expectClosed()
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("\(code)") && text.contains("going away for reason \(code)"), "\(text)")
    #expect(error?.isRetryable == true)
    #expect(try await server.connection().waitForEnd(), "the socket is still open")
  }

  /// What an idle client sees.
  enum Surprise: String, CaseIterable, CustomTestStringConvertible {
    case anAnswer, noise, anotherProtocol, anEmptyPacket, fin, rst

    var testDescription: String { rawValue }

    func send(_ connection: ScriptedConnection) throws {
      switch self {
      case .anAnswer: try connection.sendOK()
      case .noise: try connection.send((0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) })
      case .anotherProtocol: try connection.send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
      case .anEmptyPacket: try connection.send([0, 0, 0, 0])
      case .fin: connection.close()
      case .rst: connection.reset()
      }
    }
  }

  @Test(arguments: Surprise.allCases) func anIdleConnectionIsClosedBySurprises(
    surprise: Surprise
  ) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendOK()
      try surprise.send(connection)
      try connection.stall()
    }
    let client = try await server.connect()
    // The surprise may come along with the answer, or after it.
    _ = await failure { try await client.ping() }
    await client.expectClosed()
    #expect(try await server.connection().received.suffix(5) == [1, 0, 0, 0, 0x0E])
  }

  /// After many quick replies, the event loop still watches the socket, although no command is outstanding.
  @Test func aConnectionThatWasBusyNoticesThatTheServerClosed() async throws {
    let looks = Counter()
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      for _ in 0..<500 {
        _ = try connection.readCommand()
        try connection.sendOK()
      }
      while looks.value == 0 { Thread.sleep(forTimeInterval: 0.0005) }
      try connection.sendError(1053, message: "shutting down")
    }
    let client = try await server.connect()
    for _ in 0..<500 { try await client.ping() }
    #expect(!client.isClosed)
    looks.add(1)
    await client.expectClosed()
  }
}
