import MySQLTesting
import MySQLWire
import Testing

/// A session through a proxy that breaks at and within every packet of a scenario.
@Suite(.timed) struct FaultScenarioTests {
  private static let rows: [[ServerScript.Cell]] = [[1, "Ada"], [2, nil], [3, "Grace"]]

  @Test(arguments: [StreamDirection.client, .server]) func neverTakesABrokenAnswerForAWholeOne(
    direction: StreamDirection
  ) throws {
    let server = try Self.server()
    let proxy = try FaultProxy(to: server.address)
    try Self.scenario(proxy.port)
    let packets = proxy.packetCount(from: direction)
    // The login, two commands and the farewell; or greeting, OK, two answers.
    #expect(packets == (direction == .client ? 4 : 10))
    for packet in 0..<packets {
      for byte in [0, 2, 4] {
        let point = FaultPlan.Point.packet(packet, byte: byte)
        // Nobody can tell a cut farewell from a whole one.
        if direction == .client, packet == packets - 1 { continue }
        proxy.setPlan(FaultPlan(.cut, at: point, from: direction))
        #expect(throws: SessionClient.Failure.endOfStream, "cut at \(point)") {
          try Self.scenario(proxy.port)
        }
        proxy.setPlan(FaultPlan(.reset, at: point, from: direction))
        #expect(throws: (any Error).self, "reset at \(point)") { try Self.scenario(proxy.port) }
        proxy.setPlan(FaultPlan(.delay(.milliseconds(5)), at: point, from: direction))
        #expect(throws: Never.self, "delay at \(point)") { try Self.scenario(proxy.port) }
      }
    }
  }

  private static func server() throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .query: try connection.sendResult(columns: [.init("id", .int), "name"], rows: rows)
        case .ping: try connection.sendOK()
        default: return
        }
      }
    }
  }

  private static func scenario(_ port: Int) throws {
    let client = try SessionClient(port: port)
    let values = try client.query("SELECT id, name FROM users")
    guard values == [[.integer(1), .text("Ada")], [.integer(2), .null], [.integer(3), .text("Grace")]] else {
      throw WrongAnswer()
    }
    try client.run(.ping)
    try client.send(.quit)
    // The server's FIN follows; anything else is a failure.
    guard try client.socket.receive().isEmpty else { throw WrongAnswer() }
  }

  private struct WrongAnswer: Error {}
}
