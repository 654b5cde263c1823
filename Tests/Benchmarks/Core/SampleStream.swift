import MySQLWire

/// What a server sends for a query with rows, made up in memory.
struct SampleStream {
  let bytes: [UInt8]
  private let format: Format

  private static let types: [(ColumnType, Collation)] = [
    (.longLong, .binary), (.long, .binary), (.varString, .utf8mb4), (.double, .binary), (.dateTime, .binary),
    (.decimal, .binary),
  ]

  init(rows: Int, format: Format) {
    self.format = format
    var packets = ServerPackets()
    packets.write { $0.writeLengthEncoded(Self.types.count) }
    for (type, collation) in Self.types { packets.writeColumn(type, collation) }
    var random = SystemRandomNumberGenerator()
    for row in 0..<rows {
      let values = Self.values(of: row, using: &random)
      packets.write { writer in
        switch format {
        case .text: for value in values { value.writeTextCell(to: &writer) }
        case .binary:
          writer.write([0, 0])
          for (value, type) in zip(values, Self.types) { value.writeBinaryCell(to: &writer, type.0) }
        }
      }
    }
    packets.write { $0.write([EOFPacket.header, 0, 0, 2, 0, 0, 0]) }
    bytes = packets.bytes
  }

  /// Returns a session that has logged in, has sent the query, and waits for these bytes.
  func session() throws -> Session {
    var settings = SessionSettings(user: Array("bench".utf8))
    settings.capabilities = [.protocol41, .secureConnection, .deprecateEOF, .transactions]
    var session = try Session(settings)
    var login = ServerPackets()
    login.writeGreeting(settings.capabilities)
    session.receive(login.bytes.span.bytes)
    _ = try session.next()
    var ok = ServerPackets(sequence: 2)
    ok.write { $0.write([0, 0, 0, 2, 0, 0, 0]) }
    session.receive(ok.bytes.span.bytes)
    _ = try session.next()
    switch format {
    case .text: try session.send(.query(Array("SELECT * FROM sample".utf8)))
    case .binary: try session.send(.execute(Execution(statement: 1)))
    }
    return session
  }

  private static func values(of row: Int, using random: inout some RandomNumberGenerator) -> [Value] {
    let cents = UInt64.random(in: 0...9_999_999_999, using: &random)
    let digits = "\(cents / 100).\(cents % 100 / 10)\(cents % 10)"
    let date = CivilDate(year: 2026, month: 1 + row % 12, day: 1 + row % 28) ?? .zero
    let dateTime = CivilDateTime(date: date, hour: row % 24, minute: row % 60, second: row % 59)
    return [
      .integer(Int64(row + 1)), .integer(Int64(row % 1000)), .text("row \(1_000_000_000_000_000 + row)"),
      .double(Double.random(in: 0..<1000, using: &random)),
      dateTime.map { .dateTime($0) } ?? .null,
      (try? Decimal(text: Array(digits.utf8).span.bytes)).map { .decimal($0) } ?? .null,
    ]
  }
}

/// Packets as a server writes them, each with its header.
private struct ServerPackets {
  private(set) var bytes: [UInt8] = []
  private var sequence: UInt8

  init(sequence: UInt8 = 1) { self.sequence = sequence }

  mutating func write(_ payload: (inout ByteWriter) -> Void) {
    var writer = ByteWriter()
    payload(&writer)
    let length = writer.count
    bytes += [UInt8(length & 0xFF), UInt8(length >> 8 & 0xFF), UInt8(length >> 16), sequence]
    bytes += writer.bytes
    sequence &+= 1
  }

  mutating func writeColumn(_ type: ColumnType, _ collation: Collation) {
    write { writer in
      for text in ["def", "bench", "sample", "sample", "c", "c"] {
        writer.writeLengthEncoded(bytes: text.utf8)
      }
      writer.writeLengthEncoded(12)
      writer.writeInteger(collation.rawValue)
      writer.writeInteger(UInt32(20))
      writer.writeUInt8(type.rawValue)
      writer.write([0, 0, 0, 0, 0])
    }
  }

  mutating func writeGreeting(_ capabilities: Capabilities) {
    sequence = 0
    write { writer in
      writer.writeUInt8(10)
      writer.writeNullTerminated("8.0.0".utf8)
      writer.writeInteger(UInt32(1))
      writer.write(repeatElement(65, count: 8))
      writer.writeUInt8(0)
      writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.shared))
      writer.writeUInt8(45)
      writer.writeInteger(UInt16(2))
      writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.shared >> 16))
      writer.writeUInt8(21)
      writer.write(zeros: 10)
      writer.write(repeatElement(65, count: 12))
      writer.writeUInt8(0)
    }
  }
}

extension Value {
  fileprivate func writeTextCell(to writer: inout ByteWriter) {
    var text = ByteWriter()
    writeText(to: &text)
    writer.writeLengthEncoded(bytes: text.bytes)
  }

  fileprivate func writeBinaryCell(to writer: inout ByteWriter, _ type: ColumnType) {
    if type == .long, case .integer(let value) = self {
      writer.writeInteger(Int32(truncatingIfNeeded: value))
    } else {
      writeParameter(to: &writer)
    }
  }
}
