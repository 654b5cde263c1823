import MySQLWire
import Testing

/// Whatever bytes a server puts into a cell, reading it gives a value or throws.
@Suite(.busy) struct MalformedCellTests {
  /// The decoders of all types, in both protocols; many types share one.
  private static let decoders = Set(
    (UInt8.min...UInt8.max).map(ColumnType.init(rawValue:)).flatMap { type in
      [Format.text, .binary].flatMap { format in
        [[], ColumnFlags.unsigned].flatMap { flags in
          [Collation.utf8mb4, .binary].map { collation in
            ColumnDecoder(type: type, flags: flags, collation: collation, format: format)
          }
        }
      }
    })

  @Test(arguments: [0x00, 0x01, 0x09, 0x2D, 0x2E, 0x30, 0x39, 0x3A, 0x65, 0x7F, 0x80, 0xC3, 0xFF] as [UInt8])
  func everyLengthOfEveryTypeIsReadOrRefused(fill: UInt8) {
    let bytes = [UInt8](repeating: fill, count: 255)
    for decoder in Self.decoders {
      for length in 0...255 {
        let cell = bytes.span.bytes.extracting(0..<length)
        let outcome = Outcome { () throws(Violation) in try decoder.value(cell) }
        // #expect takes longer than all the reading.
        let isRefused = if case .violation(.malformed) = outcome { true } else { false }
        if !isRefused, !Self.accepts(decoder.kind, length) {
          Issue.record("\(decoder) read \(length) × \(fill) as \(outcome)")
        }
        readEveryWay(decoder, cell)
      }
    }
  }

  /// Whether content of that length can be right at all, in either protocol.
  private static func accepts(_ kind: ColumnDecoder.Kind, _ length: Int) -> Bool {
    switch kind {
    case .null: false
    case .integer, .unsigned, .float, .double, .decimal: length > 0
    case .date: [0, 4, 10].contains(length)
    case .dateTime: [0, 4, 7, 11].contains(length) || 19...26 ~= length
    case .time: [0, 8, 12].contains(length) || 8...17 ~= length
    case .bits: 1...8 ~= length
    case .vector: length % 4 == 0
    case .text, .bytes: true
    }
  }

  @Test func binaryNumbersAreReadOnlyAtTheirExactWidth() {
    let zeros = [UInt8](repeating: 0, count: 255)
    for type in [ColumnType.tiny, .short, .year, .int24, .long, .longLong, .float, .double] {
      guard case .fixed(let width) = BinaryLayout(type) else {
        Issue.record("\(type) has no fixed width")
        continue
      }
      for length in 0...255 {
        let read = try? ColumnDecoder(type, .binary).value(zeros.span.bytes.extracting(0..<length))
        #expect((read != nil) == (length == width), "\(type) of \(length) bytes")
      }
    }
  }

  @Test func everyChangeOfAByteAndEveryTruncationIsReadOrRefused() {
    for (type, format, good) in Self.goodCells {
      let decoder = ColumnDecoder(type, format)
      #expect((try? decoder.value(good)) != nil, "\(type) \(format) \(good)")
      for count in 0...good.count {
        check(decoder, format, Array(good.prefix(count)))
        check(decoder, format, Array(good.suffix(count)))
      }
      for index in good.indices {
        for byte in UInt8.min...UInt8.max {
          var cell = good
          cell[index] = byte
          check(decoder, format, cell)
          cell.insert(byte, at: index)
          check(decoder, format, cell)
        }
      }
    }
  }

  /// Checks that what is read from a text is what the text says.
  private func check(_ decoder: ColumnDecoder, _ format: Format, _ cell: [UInt8]) {
    readEveryWay(decoder, cell.span.bytes)
    guard format == .text, let value = try? decoder.value(cell) else { return }
    let text = String(decoding: cell, as: UTF8.self)
    let isRight =
      switch value {
      case .integer(let value): Int64(text) == value
      case .float(let value): Float(text) == value
      case .double(let value): Double(text) == value
      case .date(let value): value.description == text
      case .dateTime: value.textCell(TextDisplay(fractionDigits: max(0, cell.count - 20))) == cell
      default: true
      }
    if !isRight { Issue.record("\(text) read as \(value)") }
  }

  private static let goodCells: [(ColumnType, Format, [UInt8])] = {
    let texts: [(ColumnType, String)] = [
      (.longLong, "-9223372036854775808"), (.long, "0000000042"), (.double, "-1.2345678901234567e-300"),
      (.float, "3.40282e38"), (.decimal, "-12345678901234567890.123456789012345678901234567890"),
      (.date, "2024-02-29"), (.dateTime, "2024-02-29 23:59:59"), (.dateTime, "2024-02-29 23:59:59.999999"),
      (.time, "-838:59:59.999999"), (.time, "23:59:59"), (.year, "2155"), (.json, #"{"a":[1,2]}"#),
      (.varString, "né𝄞"),
    ]
    let binaries: [(ColumnType, [UInt8])] = [
      (.tiny, [1]), (.short, [1, 2]), (.int24, [1, 2, 3, 0]), (.longLong, [1, 2, 3, 4, 5, 6, 7, 8]),
      (.year, [0x6B, 8]), (.float, [0, 0, 0xC0, 0x3F]), (.double, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]),
      (.date, [0xE8, 7, 2, 29]), (.dateTime, [0xE8, 7, 2, 29, 23, 59, 59, 0x3F, 0x42, 0x0F, 0]),
      (.timestamp, [0xE8, 7, 2, 29, 23, 59, 59]), (.time, [1, 34, 0, 0, 0, 22, 59, 59, 0x3F, 0x42, 0x0F, 0]),
      (.bit, [1, 2, 3, 4, 5, 6, 7, 8]), (.vector, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]),
      (.geometry, [0, 0, 0, 0, 1, 1, 0, 0, 0]),
    ]
    return texts.map { ($0, .text, Array($1.utf8)) } + binaries.map { ($0, .binary, $1) }
  }()
}
