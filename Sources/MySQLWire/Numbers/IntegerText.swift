// Integers as the server prints them: a minus sign if there is one, then digits, padded with zeros on the
// left under ZEROFILL.
extension RawSpan {
  @inline(__always)
  func textInt64() throws(Violation) -> Int64 {
    var position = 0
    let isNegative = skipMinus(at: &position)
    let magnitude = try textMagnitude(from: position)
    if isNegative {
      guard magnitude <= Int64.min.magnitude else { throw .malformed(.integer) }
      return 0 &- Int64(truncatingIfNeeded: magnitude)
    }
    guard let value = Int64(exactly: magnitude) else { throw .malformed(.integer) }
    return value
  }

  @inline(__always)
  func textUInt64() throws(Violation) -> UInt64 {
    try textMagnitude(from: 0)
  }

  @inline(__always)
  private func textMagnitude(from start: Int) throws(Violation) -> UInt64 {
    var position = start
    var value: UInt64 = 0
    scanDigits(at: &position, into: &value)
    guard position == byteCount, position > start else { throw .malformed(.integer) }
    if position &- start > 19 { return try textLongMagnitude(from: start) }
    return value
  }

  /// Reads text that is known to consist of digits, but may need more than 64 bits.
  @inline(never)
  private func textLongMagnitude(from start: Int) throws(Violation) -> UInt64 {
    var value: UInt64 = 0
    for position in start..<byteCount {
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = UInt64(byte(at: position) &- UInt8(ascii: "0"))
      let (sum, carry) = tenfold.addingReportingOverflow(digit)
      guard !overflow, !carry else { throw .malformed(.integer) }
      value = sum
    }
    return value
  }
}
