import MySQLTesting
import MySQLWire
import Testing

/// The same column gives equal values in the text and the binary protocol, and through typed reads.
@Suite(.busy) struct ProtocolAgreementTests {
  private struct Column {
    let type: ColumnType
    var flags: ColumnFlags = []
    var collation = Collation.utf8mb4
    let extremes: [Value]
    let random: (inout SeededGenerator) -> Value
  }

  @Test func randomAndExtremeValuesAreEqualInBothProtocols() throws {
    var generator = SeededGenerator()
    for column in Self.columns {
      let text = ColumnDecoder(column.type, .text, flags: column.flags, collation: column.collation)
      let binary = ColumnDecoder(column.type, .binary, flags: column.flags, collation: column.collation)
      let values = column.extremes + (0..<1000).map { _ in column.random(&generator) }
      for value in values {
        let textCell = value.textCell()
        let binaryCell = value.binaryCell(column.type)
        let read = [
          try text.value(textCell), try binary.value(binaryCell),
          try typed(text, textCell), try typed(binary, binaryCell),
        ]
        #expect(read == Array(repeating: value, count: 4), "\(column.type), seed \(generator.seed)")
      }
    }
  }

  private func typed(_ decoder: ColumnDecoder, _ bytes: [UInt8]) throws -> Value? {
    let cell = bytes.span.bytes
    return switch decoder.kind {
    case .null: nil
    case .integer: try decoder.int64(cell).map(Value.integer)
    case .unsigned: try decoder.uint64(cell).map(Value.unsigned)
    case .float: try decoder.float(cell).map(Value.float)
    case .double: try decoder.double(cell).map(Value.double)
    case .decimal: try decoder.decimal(cell).map(Value.decimal)
    case .date: try decoder.date(cell).map(Value.date)
    case .time: try decoder.time(cell).map(Value.time)
    case .dateTime: try decoder.dateTime(cell).map(Value.dateTime)
    case .bits: try decoder.uint64(cell).map(Value.bits)
    case .text: try decoder.string(cell).map(Value.text)
    case .bytes: try decoder.bytes(cell).map(Value.bytes)
    case .vector: try decoder.vector(cell).map(Value.vector)
    }
  }

  private static var columns: [Column] {
    integers + strings + [
      Column(
        type: .float,
        extremes: [.float(0), .float(-.greatestFiniteMagnitude), .float(.leastNonzeroMagnitude)]
      ) {
        .float(finite { Float(bitPattern: UInt32(truncatingIfNeeded: $0.next())) }(&$0))
      },
      Column(
        type: .double,
        extremes: [.double(0), .double(.greatestFiniteMagnitude), .double(-.leastNonzeroMagnitude)]
      ) {
        .double(finite { Double(bitPattern: $0.next()) }(&$0))
      },
      Column(type: .decimal, extremes: decimals(["0", "-0.00", String(repeating: "9", count: 65)])) {
        generator in
        let digits = (0..<Int.random(in: 1...65, using: &generator)).map { _ in
          String(Int.random(in: 0...9, using: &generator))
        }
        let point = Int.random(in: 0...min(30, digits.count - 1), using: &generator)
        let fraction = point == 0 ? "" : "." + digits.suffix(point).joined()
        return decimals([
          (Bool.random(using: &generator) ? "-" : "") + digits.dropLast(point).joined() + fraction
        ])[0]
      },
      Column(type: .date, extremes: [.date(.zero)]) { .date(date(&$0)) },
      Column(type: .dateTime, extremes: [.dateTime(.zero)]) { .dateTime(dateTime(&$0)) },
      Column(type: .timestamp, extremes: [.dateTime(.zero)]) { .dateTime(dateTime(&$0)) },
      Column(type: .time, extremes: [.time(.zero), .time(.maximum)]) { .time(time(&$0)) },
      Column(type: .bit, extremes: [.bits(0), .bits(.max)]) { .bits($0.next()) },
      Column(type: .vector, extremes: [.vector([])]) { generator in
        .vector(
          (0..<Int.random(in: 1...9, using: &generator)).map { _ in
            Float.random(in: -1...1, using: &generator)
          })
      },
    ]
  }

  private static var integers: [Column] {
    let widths: [(ColumnType, Int)] = [(.tiny, 8), (.short, 16), (.int24, 24), (.long, 32), (.longLong, 64)]
    let sized = widths.flatMap { type, bits -> [Column] in
      let unused = 64 - bits
      return [
        Column(
          type: type,
          extremes: [.integer(.min >> unused), .integer(.max >> unused), .integer(0), .integer(-1)]
        ) {
          .integer(Int64(truncatingIfNeeded: $0.next()) >> unused)
        },
        Column(type: type, flags: .unsigned, extremes: [.unsigned(.max >> unused), .unsigned(0)]) {
          .unsigned($0.next() >> unused)
        },
      ]
    }
    return sized + [
      Column(type: .year, flags: .unsigned, extremes: [.unsigned(0), .unsigned(2155)]) {
        .unsigned(UInt64.random(in: 1901...2155, using: &$0))
      }
    ]
  }

  private static var strings: [Column] {
    let types: [ColumnType] = [.varchar, .varString, .string, .blob, .json, .enumeration, .set]
    let texts = types.map { type in
      Column(type: type, extremes: [.text(""), .text("\0"), .text("𝄞\u{FFFD}")]) { generator in
        .text(
          String(
            (0..<Int.random(in: 0...30, using: &generator)).map { _ in
              Character(Unicode.Scalar(UInt16.random(in: 0...0xD7FF, using: &generator)) ?? " ")
            }))
      }
    }
    let bytes = [ColumnType.varString, .longBlob, .geometry].map { type in
      Column(type: type, collation: .binary, extremes: [.bytes([]), .bytes(Array(0...255))]) { generator in
        .bytes(
          (0..<Int.random(in: 0...300, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
          })
      }
    }
    return texts + bytes
  }

  private static func finite<F: BinaryFloatingPoint>(
    _ make: @escaping (inout SeededGenerator) -> F
  ) -> (inout SeededGenerator) -> F {
    { generator in
      while true {
        let value = make(&generator)
        if value.isFinite { return value }
      }
    }
  }

  private static func decimals(_ texts: [String]) -> [Value] {
    texts.compactMap { text in
      let cell = Array(text.utf8)
      return (try? Decimal(text: cell.span.bytes)).map(Value.decimal)
    }
  }

  private static func date(_ generator: inout SeededGenerator) -> CivilDate {
    CivilDate(
      year: .random(in: 0...9999, using: &generator), month: .random(in: 0...12, using: &generator),
      day: .random(in: 0...31, using: &generator)) ?? .zero
  }

  private static func microsecond(_ generator: inout SeededGenerator) -> Int {
    Bool.random(using: &generator) ? 0 : .random(in: 0...999_999, using: &generator)
  }

  private static func dateTime(_ generator: inout SeededGenerator) -> CivilDateTime {
    let isMidnight = Int.random(in: 0...9, using: &generator) == 0
    return CivilDateTime(
      date: date(&generator), hour: isMidnight ? 0 : .random(in: 0...23, using: &generator),
      minute: isMidnight ? 0 : .random(in: 0...59, using: &generator),
      second: isMidnight ? 0 : .random(in: 0...59, using: &generator), microsecond: microsecond(&generator))
      ?? .zero
  }

  private static func time(_ generator: inout SeededGenerator) -> CivilTime {
    CivilTime(
      isNegative: .random(using: &generator), hours: .random(in: 0...838, using: &generator),
      minutes: .random(in: 0...59, using: &generator), seconds: .random(in: 0...59, using: &generator),
      microseconds: microsecond(&generator)) ?? .zero
  }
}
