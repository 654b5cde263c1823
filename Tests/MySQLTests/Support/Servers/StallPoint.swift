import MySQLTesting
import Testing

/// Where a server falls silent while a client connects.
enum StallPoint: String, CaseIterable, CustomTestStringConvertible {
  case withoutGreeting, inTheGreeting, afterTheLogin, afterAnAuthSwitch, inTheOK, afterAnInitCommand

  var testDescription: String { rawValue }

  func server() throws -> ScriptedServer {
    try ScriptedServer { connection in
      try play(on: connection)
      try connection.stall()
    }
  }

  private func play(on connection: ScriptedConnection) throws {
    switch self {
    case .withoutGreeting: return
    case .inTheGreeting: try connection.send([0x4A, 0, 0, 0, 10] + Array("8.4.0".utf8))
    case .afterAnInitCommand:
      try connection.acceptLogin()
      _ = try connection.readCommand()
    case .afterTheLogin, .afterAnAuthSwitch, .inTheOK:
      try connection.sendGreeting()
      try connection.readLogin()
      if self == .inTheOK { try connection.send([7, 0, 0, 2, 0, 0]) }
      guard self == .afterAnAuthSwitch else { return }
      try connection.sendAuthSwitch(to: "mysql_native_password")
      _ = try connection.readPacket()
    }
  }
}
