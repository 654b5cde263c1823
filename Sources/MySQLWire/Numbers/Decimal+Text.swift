extension Decimal {
  /// Reads `-?digits[.digits]`, as the server prints a DECIMAL. Leading zeros (ZEROFILL) do not count toward
  /// the 96 digits. An exponent or a plus sign is refused, because no server sends one here.
  @inline(__always)
  package init(text cell: RawSpan) throws(Violation) {
    var position = 0
    let isNegative = cell.skipMinus(at: &position)
    var digits: UInt64 = 0
    let start = position
    cell.scanDigits(at: &position, into: &digits)
    var count = position - start
    var scale = 0
    if cell.skipPoint(at: &position) {
      let pointEnd = position
      cell.scanDigits(at: &position, into: &digits)
      scale = position - pointEnd
      count += scale
    }
    guard position == cell.byteCount, count > 0 else { throw .malformed(.decimal) }
    if count <= 19 {
      let magnitude = DecimalMagnitude(digits)
      self.init(isNegative: isNegative, magnitude: magnitude, scale: UInt8(truncatingIfNeeded: scale))
    } else {
      try self.init(manyDigits: cell, from: start, scale: scale, isNegative: isNegative)
    }
  }

  /// Reads text that is known to consist of digits and perhaps a point, but has too many digits for one word.
  @inline(never)
  private init(manyDigits cell: RawSpan, from start: Int, scale: Int, isNegative: Bool) throws(Violation) {
    guard let scale = UInt8(exactly: scale) else { throw .malformed(.decimal) }
    var magnitude = DecimalMagnitude(0)
    var chunk: UInt64 = 0
    var factor: UInt64 = 1
    for offset in start..<cell.byteCount {
      let byte = cell.byte(at: offset)
      if byte == UInt8(ascii: ".") { continue }
      chunk = chunk &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
      factor = factor &* 10
      if factor == 10_000_000_000_000_000_000 {
        guard magnitude.multiply(by: factor, adding: chunk) else { throw .malformed(.decimal) }
        chunk = 0
        factor = 1
      }
    }
    guard magnitude.multiply(by: factor, adding: chunk) else { throw .malformed(.decimal) }
    self.init(isNegative: isNegative, magnitude: magnitude, scale: scale)
  }

  /// Writes every digit up to the scale, as the server prints them, with at least one digit before the point.
  package func write(to writer: inout ByteWriter) {
    if isNegative { writer.writeUInt8(UInt8(ascii: "-")) }
    var magnitude = magnitude
    var reversed: [UInt8] = []
    while !magnitude.isZero {
      var chunk = magnitude.divide(by: 10_000_000_000_000_000_000)
      for _ in 0..<19 {
        reversed.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: chunk % 10))
        chunk /= 10
      }
    }
    while reversed.last == UInt8(ascii: "0") { reversed.removeLast() }
    while reversed.count <= Int(scale) { reversed.append(UInt8(ascii: "0")) }
    let digits = reversed.reversed()
    writer.write(digits.prefix(digits.count - Int(scale)))
    guard scale > 0 else { return }
    writer.writeUInt8(UInt8(ascii: "."))
    writer.write(digits.suffix(Int(scale)))
  }
}

extension Decimal: CustomStringConvertible {
  package var description: String {
    String { write(to: &$0) }
  }
}
