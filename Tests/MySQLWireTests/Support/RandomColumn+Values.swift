import MySQLTesting
import MySQLWire

extension RandomColumn {
  static func finite<F: BinaryFloatingPoint>(
    _ make: @escaping (inout SeededGenerator) -> F
  ) -> (inout SeededGenerator) -> F {
    { generator in
      while true {
        let value = make(&generator)
        if value.isFinite { return value }
      }
    }
  }

  static func decimals(_ texts: [String]) -> [Value] {
    texts.compactMap { text in
      let cell = Array(text.utf8)
      return (try? Decimal(text: cell.span.bytes)).map(Value.decimal)
    }
  }

  static func date(_ generator: inout SeededGenerator) -> CivilDate {
    CivilDate(
      year: .random(in: 0...9999, using: &generator), month: .random(in: 0...12, using: &generator),
      day: .random(in: 0...31, using: &generator)) ?? .zero
  }

  static func microsecond(_ generator: inout SeededGenerator) -> Int {
    Bool.random(using: &generator) ? 0 : .random(in: 0...999_999, using: &generator)
  }

  static func dateTime(_ generator: inout SeededGenerator) -> CivilDateTime {
    let isMidnight = Int.random(in: 0...9, using: &generator) == 0
    return CivilDateTime(
      date: date(&generator), hour: isMidnight ? 0 : .random(in: 0...23, using: &generator),
      minute: isMidnight ? 0 : .random(in: 0...59, using: &generator),
      second: isMidnight ? 0 : .random(in: 0...59, using: &generator), microsecond: microsecond(&generator))
      ?? .zero
  }

  static func time(_ generator: inout SeededGenerator) -> CivilTime {
    CivilTime(
      isNegative: .random(using: &generator), hours: .random(in: 0...838, using: &generator),
      minutes: .random(in: 0...59, using: &generator), seconds: .random(in: 0...59, using: &generator),
      microseconds: microsecond(&generator)) ?? .zero
  }
}
