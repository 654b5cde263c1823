import MySQL
import MySQLTesting

/// A column type, and values of it that a seed determines: extremes first, then random ones.
struct RandomColumn: Sendable {
  let type: String
  let judge: Judge
  let value: @Sendable (Int, inout SeededGenerator) -> MySQLValue

  /// How the server prints a value, to compare with the value's own text.
  enum Judge: Sendable {
    /// CAST(v AS CHAR)
    case text
    /// HEX(v)
    case hex
    /// The bits of a number: the text that the server prints must read back as the same bits.
    case double
    /// The server prints only six digits.
    case float
  }

  static let all: [RandomColumn] = [
    integer("TINYINT", 8), integer("SMALLINT", 16), integer("MEDIUMINT", 24), integer("INT", 32),
    integer("BIGINT", 64), unsigned("TINYINT UNSIGNED", 8), unsigned("MEDIUMINT UNSIGNED", 24),
    unsigned("INT UNSIGNED", 32), unsigned("BIGINT UNSIGNED", 64),
    RandomColumn(type: "BIT(64)", judge: .hex) { index, random in
      .bits(pick(index, [0, 1, .max, 1 << 63]) ?? .random(in: .min ... .max, using: &random))
    },
    RandomColumn(type: "DOUBLE", judge: .double) { index, random in
      .double(pick(index, doubles) ?? finite(&random))
    },
    RandomColumn(type: "FLOAT", judge: .float) { index, random in
      .float(pick(index, floats) ?? finite(&random))
    },
    decimal("DECIMAL(65,30)", 65, 30), decimal("DECIMAL(18,4)", 18, 4), decimal("DECIMAL(65,0)", 65, 0),
    RandomColumn(type: "DATE", judge: .text) { index, random in
      let text = pick(
        index, ["0000-00-00", "1000-01-01", "9999-12-31", "2024-02-00", "2024-00-00", "2024-02-29"])
      if let text, let date = MySQLDate(text) { return .date(date) }
      return date(&random).map { .date($0) } ?? .null
    },
    RandomColumn(type: "DATETIME(6)", judge: .text) { index, random in
      let texts = ["0000-00-00 00:00:00", "1000-01-01 00:00:00.000001", "9999-12-31 23:59:59.999999"]
      if let text = pick(index, texts), let value = MySQLDateTime(text) { return .dateTime(value) }
      return date(&random).flatMap {
        MySQLDateTime(
          $0, hour: .random(in: 0..<24, using: &random), minute: .random(in: 0..<60, using: &random),
          second: .random(in: 0..<60, using: &random),
          microsecond: Bool.random(using: &random) ? 0 : .random(in: 0..<1_000_000, using: &random))
      }.map { .dateTime($0) } ?? .null
    },
    RandomColumn(type: "TIME(6)", judge: .text) { index, random in
      let texts = ["00:00:00", "-838:59:59", "838:59:59", "838:59:58.999999", "-00:00:00.000001", "24:00:00"]
      if let text = pick(index, texts), let value = MySQLTime(text) { return .time(value) }
      return MySQLTime(
        isNegative: .random(using: &random), hours: .random(in: 0..<838, using: &random),
        minutes: .random(in: 0..<60, using: &random), seconds: .random(in: 0..<60, using: &random),
        microseconds: Bool.random(using: &random) ? 0 : .random(in: 0..<1_000_000, using: &random)
      ).map { .time($0) } ?? .null
    },
    RandomColumn(type: "VARCHAR(200) COLLATE utf8mb4_bin", judge: .hex) { index, random in
      .text(pick(index, ["", " ", "'", "\\", "\0", "😀", "\u{301}"]) ?? text(&random))
    },
    RandomColumn(type: "MEDIUMTEXT", judge: .hex) { index, random in
      .text(pick(index, ["", String(repeating: "ä", count: 3000)]) ?? text(&random))
    },
    RandomColumn(type: "VARBINARY(200)", judge: .hex) { index, random in
      .bytes(pick(index, [[], [0], Array(0...199)]) ?? bytes(&random))
    },
    RandomColumn(type: "BLOB", judge: .hex) { index, random in
      .bytes(pick(index, [[], Array(repeating: 0xFF, count: 60_000)]) ?? bytes(&random))
    },
  ]

  private static let doubles: [Double] = [
    0, -0.0, 0.1, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, 1e22, 1e23, 9_007_199_254_740_991, .pi, 1e15, 1e-5, 123456789.125,
  ]
  private static let floats: [Float] = [
    0, -0.0, 0.1, .leastNormalMagnitude, 16_777_215, 1e10, 3.402_823e38, -3.402_823e38, 1e-37,
  ]

  private static func integer(_ type: String, _ bits: Int) -> RandomColumn {
    RandomColumn(type: type, judge: .text) { index, random in
      let value = pick(index, [Int64.min, .max, -1, 0, 1]) ?? .random(in: .min ... .max, using: &random)
      return .integer(value >> (64 - bits))
    }
  }

  private static func unsigned(_ type: String, _ bits: Int) -> RandomColumn {
    RandomColumn(type: type, judge: .text) { index, random in
      let value = pick(index, [UInt64.max, 0, 1 << 63]) ?? .random(in: .min ... .max, using: &random)
      return .unsigned(value >> (64 - bits))
    }
  }

  private static func decimal(_ type: String, _ digits: Int, _ scale: Int) -> RandomColumn {
    RandomColumn(type: type, judge: .text) { index, random in
      let whole = digits - scale
      let nines =
        String(repeating: "9", count: whole) + (scale > 0 ? "." : "") + String(repeating: "9", count: scale)
      let zeros = "0" + (scale > 0 ? "." : "") + String(repeating: "0", count: scale)
      var text = pick(index, [nines, "-" + nines, zeros])
      if text == nil {
        func some(_ count: Int) -> String {
          String((0..<count).map { _ in Character("\(Int.random(in: 0...9, using: &random))") })
        }
        let front =
          "\(Int.random(in: 1...9, using: &random))" + some(Int.random(in: 0..<whole, using: &random))
        text = (Bool.random(using: &random) ? "-" : "") + front + (scale > 0 ? "." + some(scale) : "")
      }
      return text.flatMap { MySQLDecimal($0) }.map { .decimal($0) } ?? .null
    }
  }

  private static func pick<Value>(_ index: Int, _ values: [Value]) -> Value? {
    index < values.count ? values[index] : nil
  }

  private static func finite<Number: BinaryFloatingPoint>(_ random: inout SeededGenerator) -> Number {
    let bits = UInt64.random(in: .min ... .max, using: &random)
    if Number.self == Float.self {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      // Servers turn denormal numbers into zero.
      return value.isNormal && value.magnitude < 3.4e38 ? Number(value) : 1.5
    }
    let value = Double(bitPattern: bits)
    return value.isNormal ? Number(value) : 0.5
  }

  private static func date(_ random: inout SeededGenerator) -> MySQLDate? {
    MySQLDate(
      year: .random(in: 1000...9999, using: &random), month: .random(in: 1...12, using: &random),
      day: .random(in: 1...28, using: &random))
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let scalars = [
      "a", "é", "'", "\"", "\\", "\0", "\n", "😀", "縗", "%", "`", "?", " ", "\u{301}", "Z", "\u{1A}",
    ]
    return (0..<Int.random(in: 0...40, using: &random)).map { _ in
      scalars[Int.random(in: 0..<scalars.count, using: &random)]
    }.joined()
  }

  private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
    (0..<Int.random(in: 0...60, using: &random)).map { _ in .random(in: .min ... .max, using: &random) }
  }
}
