// Dates and times as the server prints them. Each group of eight characters is read as one little-endian
// word. `pairs` checks every character of the word and joins the digits two by two.
extension RawSpan {
  /// Reads `YYYY-MM-DD`.
  @inline(__always)
  func textDate() throws(Violation) -> CivilDate {
    guard byteCount == 10, let date = dateText() else { throw .malformed(.date) }
    return date
  }

  /// Reads `YYYY-MM-DD HH:MM:SS[.f]`, with one to six digits of fraction.
  @inline(__always)
  func textDateTime() throws(Violation) -> CivilDateTime {
    guard byteCount >= 19, byte(at: 10) == UInt8(ascii: " "),
      let date = dateText(), let clock = clockText(at: 11), clock.hours <= 23,
      let microseconds = fractionText(at: 19)
    else { throw .malformed(.dateTime) }
    return CivilDateTime(
      uncheckedDate: date, hour: clock.hours, minute: clock.minutes, second: clock.seconds,
      microsecond: microseconds)
  }

  /// Reads `[-]H…H:MM:SS[.f]`, with one to three digits of hours and one to six of fraction.
  @inline(__always)
  func textTime() throws(Violation) -> CivilTime {
    var position = 0
    let isNegative = skipMinus(at: &position)
    var hundreds: UInt16 = 0
    if byteCount &- position >= 7, byte(at: position &+ 1) == UInt8(ascii: ":") {
      return try textTimeOfOneDigit(at: position, isNegative: isNegative)
    }
    if byteCount &- position >= 9, byte(at: position &+ 2) != UInt8(ascii: ":") {
      let digit = byte(at: position) &- UInt8(ascii: "0")
      guard digit <= 8 else { throw .malformed(.time) }
      hundreds = UInt16(digit) &* 100
      position += 1
    }
    guard byteCount &- position >= 8, let clock = clockText(at: position),
      let microseconds = fractionText(at: position &+ 8)
    else { throw .malformed(.time) }
    let hours = hundreds &+ UInt16(clock.hours)
    guard hours <= 838 else { throw .malformed(.time) }
    return CivilTime(
      uncheckedNegative: isNegative, hours: hours, minutes: clock.minutes, seconds: clock.seconds,
      microseconds: microseconds)
  }

  /// Reads `H:MM:SS[.f]`, which servers other than MySQL and MariaDB write.
  @inline(never)
  private func textTimeOfOneDigit(at start: Int, isNegative: Bool) throws(Violation) -> CivilTime {
    var padded = isNegative ? [UInt8(ascii: "-")] : []
    padded.append(UInt8(ascii: "0"))
    padded += bytes(in: start..<byteCount)
    return try padded.span.bytes.textTime()
  }

  @inline(__always)
  private func dateText() -> CivilDate? {
    // "0000-00-" and "00"
    guard
      let yearMonth = pairs(word(at: 0), like: 0x2D30_302D_3030_3030, limits: 0x7F76_767F_7676_7676)
    else { return nil }
    let tens = byte(at: 8) &- UInt8(ascii: "0")
    let ones = byte(at: 9) &- UInt8(ascii: "0")
    guard tens <= 3, ones <= 9 else { return nil }
    let century = UInt16(truncatingIfNeeded: yearMonth & 0xFF)
    let year = century &* 100 &+ UInt16(truncatingIfNeeded: yearMonth >> 16 & 0xFF)
    let month = UInt8(truncatingIfNeeded: yearMonth >> 40)
    let day = tens &* 10 &+ ones
    guard month <= 12, day <= 31 else { return nil }
    return CivilDate(uncheckedYear: year, month: month, day: day)
  }

  /// Reads `HH:MM:SS`. The caller has checked that it lies within the span.
  @inline(__always)
  private func clockText(at position: Int) -> (hours: UInt8, minutes: UInt8, seconds: UInt8)? {
    // "00:00:00"
    guard
      let clock = pairs(word(at: position), like: 0x3030_3A30_303A_3030, limits: 0x7676_7F76_767F_7676)
    else { return nil }
    let hours = UInt8(truncatingIfNeeded: clock)
    let minutes = UInt8(truncatingIfNeeded: clock >> 24)
    let seconds = UInt8(truncatingIfNeeded: clock >> 48)
    guard minutes <= 59, seconds <= 59 else { return nil }
    return (hours, minutes, seconds)
  }

  /// Reads nothing, or a point and one to six digits, up to the end.
  @inline(__always)
  private func fractionText(at position: Int) -> UInt32? {
    if position == byteCount { return 0 }
    return someFractionText(at: position)
  }

  private func someFractionText(at start: Int) -> UInt32? {
    let count = byteCount - start - 1
    guard 1...6 ~= count, byte(at: start) == UInt8(ascii: ".") else { return nil }
    var fraction: UInt32 = 0
    for position in start + 1..<byteCount {
      let digit = byte(at: position) &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      fraction = fraction &* 10 &+ UInt32(digit)
    }
    for _ in count..<6 { fraction = fraction &* 10 }
    return fraction
  }
}

/// Returns ten times each digit plus the next one, in the byte of the digit, or nil if the text does not
/// match the pattern: digits where the pattern has zeros, and the same characters elsewhere. Adding the
/// limits sets the top bit of each byte that does not match: the limit is 0x76 for a digit, to find values
/// above 9, and 0x7F for another character.
@inline(__always)
private func pairs(_ text: UInt64, like pattern: UInt64, limits: UInt64) -> UInt64? {
  let values = text ^ pattern
  guard (values &+ limits | values) & 0x8080_8080_8080_8080 == 0 else { return nil }
  return values &* 10 &+ values >> 8
}
