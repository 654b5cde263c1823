extension RawSpan {
  /// Reads `-?digits[.digits][e[+-]digits]` as the nearest Double, ties to even. Refuses numbers that round
  /// to infinity, and inf and nan: no server prints them.
  @inline(__always)
  func textDouble() throws(Violation) -> Double {
    let number = try scanNumber(.double)
    guard number.isExact, let nearest = Double.nearest(number.significand, exponent: number.exponent) else {
      return try textDoubleSlowly()
    }
    guard nearest.isFinite else { throw .malformed(.double) }
    return number.isNegative ? -nearest : nearest
  }

  /// Reads the same format as the nearest Float. Converting by way of a Double would round twice.
  @inline(__always)
  func textFloat() throws(Violation) -> Float {
    let number = try scanNumber(.float)
    guard number.isExact, let nearest = Float.nearest(number.significand, exponent: number.exponent) else {
      return try textFloatSlowly()
    }
    guard nearest.isFinite else { throw .malformed(.float) }
    return number.isNegative ? -nearest : nearest
  }

  // The standard library is exact for any number of digits, and takes some 100 ns. It accepts more forms than
  // the server prints, but the scan has already refused those.
  @inline(never)
  private func textDoubleSlowly() throws(Violation) -> Double {
    guard let value = Double(string(in: 0..<byteCount)), value.isFinite else { throw .malformed(.double) }
    return value
  }

  @inline(never)
  private func textFloatSlowly() throws(Violation) -> Float {
    guard let value = Float(string(in: 0..<byteCount)), value.isFinite else { throw .malformed(.float) }
    return value
  }

  @inline(__always)
  func scanNumber(_ subject: Violation.Subject) throws(Violation) -> DecimalScan {
    var position = 0
    let isNegative = skipMinus(at: &position)
    var significand: UInt64 = 0
    let start = position
    scanDigits(at: &position, into: &significand)
    var count = position &- start
    var exponent = 0
    if skipPoint(at: &position) {
      let pointEnd = position
      scanDigits(at: &position, into: &significand)
      exponent = pointEnd &- position
      count = count &- exponent
    }
    guard count > 0 else { throw .malformed(subject) }
    if count > 19 { count = count &- leadingZeroDigits(from: start) }
    if position < byteCount {
      exponent = exponent &+ (try scanExponent(at: position, subject))
    }
    return DecimalScan(
      isNegative: isNegative, significand: significand, exponent: exponent, isExact: count <= 19)
  }

  @inline(never)
  private func leadingZeroDigits(from start: Int) -> Int {
    var zeros = 0
    for position in start..<byteCount {
      switch byte(at: position) {
      case UInt8(ascii: "0"): zeros += 1
      case UInt8(ascii: "."): continue
      default: return zeros
      }
    }
    return zeros
  }

  /// Reads `e[+-]digits` up to the end. Exponents beyond any floating point number are clamped to ±99999.
  private func scanExponent(at start: Int, _ subject: Violation.Subject) throws(Violation) -> Int {
    var position = start
    guard byte(at: position) | 0x20 == UInt8(ascii: "e") else { throw .malformed(subject) }
    position += 1
    let isNegative = skipMinus(at: &position)
    if !isNegative, position < byteCount, byte(at: position) == UInt8(ascii: "+") { position += 1 }
    guard position < byteCount else { throw .malformed(subject) }
    var exponent = 0
    while position < byteCount {
      let digit = byte(at: position) &- UInt8(ascii: "0")
      guard digit <= 9 else { throw .malformed(subject) }
      exponent = min(exponent * 10 + Int(digit), 99_999)
      position += 1
    }
    return isNegative ? -exponent : exponent
  }
}
