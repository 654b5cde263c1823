import MySQLWire
import Testing

/// Checks that each typed read returns what ``ColumnDecoder/value(_:)`` does, and throws when that does.
func readEveryWay(_ decoder: ColumnDecoder, _ cell: RawSpan) {
  let value = Outcome { () throws(Violation) in try decoder.value(cell) }
  func agree<T: Equatable>(_ typed: Outcome<T>, _ asValue: (T) -> Value) {
    switch typed {
    case .value(let read):
      let expected = Outcome.value(asValue(read))
      // NaN does not equal itself, but its description does.
      if value != expected, "\(value)" != "\(expected)" {
        Issue.record("\(decoder): \(value), but typed \(expected)")
      }
    case .violation(let violation):
      if value != .violation(violation) { Issue.record("\(decoder): \(value), but typed \(violation)") }
    case .otherKind:
      break
    }
  }
  agree(Outcome { () throws(Violation) in try decoder.int64(cell) }) { number in
    switch decoder.kind {
    case .integer: .integer(number)
    case .unsigned: .unsigned(UInt64(bitPattern: number))
    default: .bits(UInt64(bitPattern: number))
    }
  }
  agree(Outcome { () throws(Violation) in try decoder.uint64(cell) }) { number in
    switch decoder.kind {
    case .integer: .integer(Int64(bitPattern: number))
    case .unsigned: .unsigned(number)
    default: .bits(number)
    }
  }
  agree(Outcome { () throws(Violation) in try decoder.double(cell) }) {
    decoder.kind == .float ? .float(Float($0)) : .double($0)
  }
  agree(Outcome { () throws(Violation) in try decoder.float(cell) }, Value.float)
  agree(Outcome { () throws(Violation) in try decoder.date(cell) }, Value.date)
  agree(Outcome { () throws(Violation) in try decoder.time(cell) }, Value.time)
  agree(Outcome { () throws(Violation) in try decoder.dateTime(cell) }, Value.dateTime)
  agree(Outcome { () throws(Violation) in try decoder.string(cell) }, Value.text)
  agree(Outcome { () throws(Violation) in try decoder.vector(cell) }, Value.vector)
  if decoder.kind == .decimal {
    agree(Outcome { () throws(Violation) in try decoder.decimal(cell) }, Value.decimal)
  }
  _ = try? decoder.bytes(cell)
}
