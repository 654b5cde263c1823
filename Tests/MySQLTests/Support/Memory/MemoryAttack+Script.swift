import MySQLTesting
import MySQLWire

extension MemoryAttack {
  /// Plays the server's side.
  func play(_ connection: ScriptedConnection) throws {
    let flood = Flood(connection: connection)
    switch stage {
    case .greeting: try attackGreeting(flood)
    case .login:
      try connection.sendGreeting()
      try connection.readLogin()
      try attackLogin(flood)
    case .idle:
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendOK()
      connection.sequence = 0
      try flood.payload([0xFF, 0xBF, 0x0F], size: 100 << 20)
    case .query:
      try connection.acceptLogin(.mariaDB)
      _ = try connection.readCommand()
      try attackQuery(flood)
    case .preparation:
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare: try attackPreparation(flood)
        case .closeStatement: break
        default: return
        }
      }
    case .batch:
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: ["?"])
        case .execute: try flood.payload([0, 0, 0, 2, 0, 0, 0] + lengthEncoded(1 << 20), size: 11 + 1 << 20)
        default: return
        }
      }
    }
    if isUnread { try connection.stall() }
  }

  private func attackGreeting(_ flood: Flood) throws {
    switch self {
    case .longRefusal: try flood.payload([0xFF, 0x10, 0x04], size: 100 << 20)
    default: try flood.payload([10], size: 15 << 20)
    }
  }

  private func attackLogin(_ flood: Flood) throws {
    let connection = flood.connection
    switch self {
    case .endlessLoginPacket: try flood.endless([0xFF, 0x15, 0x04])
    case .longLoginPackets:
      for plugin in loginPlugins {
        try flood.payload([0xFE] + plugin.utf8 + [0], size: 1 << 20)
        connection.sequence &+= 1
      }
    case .authMoreDataForEver:
      try connection.sendAuthSwitch(to: "caching_sha2_password")
      _ = try connection.readPacket()
      try flood.many([1, 3])
    case .switchesForEver: try flood.many([0xFE] + "mysql_native_password\0abcdefghijklmnopqrst\0".utf8)
    case .longMethodName: try flood.payload([0xFE], size: 15 << 20, end: [0])
    case .longKey:
      try connection.sendAuthSwitch(to: "sha256_password")
      _ = try connection.readPacket()
      try flood.payload([1] + "-----BEGIN PUBLIC KEY-----\n".utf8, size: 15 << 20)
    default: try flood.payload(Self.changes(to: 1 << 20), size: 1 << 20, filler: Self.emptyVariables)
    }
  }

  /// Returns the beginning of an OK whose list of session changes fills a payload of that size.
  private static func changes(to size: Int) -> [UInt8] {
    [0, 0, 0, 0x02, 0x40, 0, 0, 0] + [0xFE] + littleEndian(size - 17)
  }

  /// Session variables with empty names and values, 65,536 bytes including what they begin with.
  private static let emptyVariables: [UInt8] =
    [0, 0xFC, 0xFC, 0xFF] + [UInt8](repeating: 0, count: 0xFFFC)

  private static func littleEndian(_ value: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private func attackQuery(_ flood: Flood) throws {
    let connection = flood.connection
    let lie: [UInt8] = [0xFE] + [UInt8](repeating: 0xFF, count: 8)
    switch self {
    case .columnCountOf64Bits: try connection.sendPacket(lie)
    case .columnCountOf32Bits: try connection.sendPacket(lengthEncoded(1 << 32))
    case .cellOf64Bits:
      try connection.sendColumns(["a"])
      try flood.payload(lie, size: 0xFF_FFFF)
    case .endlessAnswer: try flood.endless([0])
    case .endlessRow:
      try connection.sendColumns(["a"])
      try flood.endless([0xFE] + Self.littleEndian(1 << 30))
    case .longError: try flood.payload([0xFF, 0x28, 0x04], size: 100 << 20)
    case .longText:
      try flood.payload([0, 0, 0, 2, 0, 0, 0, 0xFE] + Self.littleEndian((200 << 20) - 16), size: 200 << 20)
    case .sessionChanges:
      // As long as an answer may be.
      try flood.payload(Self.changes(to: 2 << 20), size: 2 << 20, filler: Self.emptyVariables)
    case .longDefinitions:
      try connection.sendPacket(lengthEncoded(65_535))
      for _ in 0..<128 { try define(flood, nameOf: 1 << 19, Flood.filler) }
    case .brokenDefinitions:
      try connection.sendPacket(lengthEncoded(65_535))
      for _ in 0..<128 { try define(flood, nameOf: (1 << 20) - 64, Flood.brokenText) }
    case .manyDefinitions:
      try connection.sendPacket(lengthEncoded(65_535))
      // MariaDB's extended type follows the names.
      try flood.many(Self.names + [0] + Self.types, count: 65_535)
    case .longFileName: try flood.payload([0xFB], size: 100 << 20)
    case .endlessResults:
      try flood.many([0, 0, 0, 0x0A, 0, 0, 0] + lengthEncoded([UInt8](repeating: 0x41, count: 60_000)))
    case .endlessRows, .unreadRows:
      try connection.sendColumns(["a"])
      try flood.many(lengthEncoded([UInt8](repeating: 0x41, count: 1000)))
    default:
      try connection.sendColumns(["a"])
      try connection.sendRows([["x"]], of: ["a"])
      try flood.many(
        [0xFF, 0xFF, 0xFF, 1, 1, 1, 0, 0, 0] + lengthEncoded([UInt8](repeating: 0x41, count: 1 << 20)))
    }
  }

  private func attackPreparation(_ flood: Flood) throws {
    let (parameters, columns): (UInt16, UInt16) = self == .manyPreparations ? (1, 34_000) : (.max, .max)
    try flood.connection.sendPacket(
      [0, 1, 0, 0, 0] + Self.littleEndian(Int(columns)).prefix(2)
        + Self.littleEndian(Int(parameters)).prefix(2)
        + [0, 0, 0])
    try flood.many(Self.names + Self.types, count: Int(parameters) + Int(columns))
    guard self == .manyPreparations, case .execute = try flood.connection.readCommand() else { return }
    try flood.connection.sendOK()
  }

  /// The beginning of a definition, with five texts that are just too long to be stored inside a `String` itself.
  private static let names: [UInt8] = {
    let text = lengthEncoded(Array("sixteen letters!".utf8))
    return lengthEncoded(Array("def".utf8)) + text + text + text + text + text
  }()

  private static let types: [UInt8] = [12, 45, 0, 0, 0, 0, 0, 253, 0, 0, 0, 0, 0]

  private func define(_ flood: Flood, nameOf size: Int, _ filler: [UInt8]) throws {
    let start: [UInt8] = [3, 0x64, 0x65, 0x66, 0, 0, 0] + lengthEncoded(UInt64(size))
    // MariaDB's extended type follows the names.
    let end: [UInt8] = [0, 0] + Self.types
    try flood.payload(start, size: start.count + size + end.count, filler: filler, end: end)
  }
}

private func lengthEncoded(_ value: UInt64) -> [UInt8] {
  var writer = ByteWriter()
  writer.writeLengthEncoded(value)
  return writer.bytes
}

private func lengthEncoded(_ bytes: [UInt8]) -> [UInt8] {
  var writer = ByteWriter()
  writer.writeLengthEncoded(bytes: bytes)
  return writer.bytes
}
