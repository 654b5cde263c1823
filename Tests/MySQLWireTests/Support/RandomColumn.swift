import MySQLTesting
import MySQLWire

/// A column with extreme and random values.
struct RandomColumn {
  let type: ColumnType
  var flags: ColumnFlags = []
  var collation = Collation.utf8mb4
  let extremes: [Value]
  let random: (inout SeededGenerator) -> Value

  static var all: [RandomColumn] {
    integers + strings + [
      RandomColumn(
        type: .float,
        extremes: [.float(0), .float(-.greatestFiniteMagnitude), .float(.leastNonzeroMagnitude)]
      ) {
        .float(finite { Float(bitPattern: UInt32(truncatingIfNeeded: $0.next())) }(&$0))
      },
      RandomColumn(
        type: .double,
        extremes: [.double(0), .double(.greatestFiniteMagnitude), .double(-.leastNonzeroMagnitude)]
      ) {
        .double(finite { Double(bitPattern: $0.next()) }(&$0))
      },
      RandomColumn(type: .decimal, extremes: decimals(["0", "-0.00", String(repeating: "9", count: 65)])) {
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
      RandomColumn(type: .date, extremes: [.date(.zero)]) { .date(date(&$0)) },
      RandomColumn(type: .dateTime, extremes: [.dateTime(.zero)]) { .dateTime(dateTime(&$0)) },
      RandomColumn(type: .timestamp, extremes: [.dateTime(.zero)]) { .dateTime(dateTime(&$0)) },
      RandomColumn(type: .time, extremes: [.time(.zero), .time(.maximum)]) { .time(time(&$0)) },
      RandomColumn(type: .bit, extremes: [.bits(0), .bits(.max)]) { .bits($0.next()) },
      RandomColumn(type: .vector, extremes: [.vector([])]) { generator in
        .vector(
          (0..<Int.random(in: 1...9, using: &generator)).map { _ in
            Float.random(in: -1...1, using: &generator)
          })
      },
    ]
  }

  private static var integers: [RandomColumn] {
    let widths: [(ColumnType, Int)] = [(.tiny, 8), (.short, 16), (.int24, 24), (.long, 32), (.longLong, 64)]
    let sized = widths.flatMap { type, bits -> [RandomColumn] in
      let unused = 64 - bits
      return [
        RandomColumn(
          type: type,
          extremes: [.integer(.min >> unused), .integer(.max >> unused), .integer(0), .integer(-1)]
        ) {
          .integer(Int64(truncatingIfNeeded: $0.next()) >> unused)
        },
        RandomColumn(type: type, flags: .unsigned, extremes: [.unsigned(.max >> unused), .unsigned(0)]) {
          .unsigned($0.next() >> unused)
        },
      ]
    }
    return sized + [
      RandomColumn(type: .year, flags: .unsigned, extremes: [.unsigned(0), .unsigned(2155)]) {
        .unsigned(UInt64.random(in: 1901...2155, using: &$0))
      }
    ]
  }

  private static var strings: [RandomColumn] {
    let types: [ColumnType] = [.varchar, .varString, .string, .blob, .json, .enumeration, .set]
    let texts = types.map { type in
      RandomColumn(type: type, extremes: [.text(""), .text("\0"), .text("𝄞\u{FFFD}")]) { generator in
        .text(
          String(
            (0..<Int.random(in: 0...30, using: &generator)).map { _ in
              Character(Unicode.Scalar(UInt16.random(in: 0...0xD7FF, using: &generator)) ?? " ")
            }))
      }
    }
    let bytes = [ColumnType.varString, .longBlob, .geometry].map { type in
      RandomColumn(
        type: type, collation: .binary, extremes: [.bytes([]), .bytes(Array(0...255))]
      ) { generator in
        .bytes(
          (0..<Int.random(in: 0...300, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
          })
      }
    }
    return texts + bytes
  }
}
