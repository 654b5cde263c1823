// Conversions between Decimal and the binary numbers. A conversion that would lose something returns nil,
// except the one to Double, which rounds.
extension Decimal {
  package init(_ value: Int64) {
    self.init(isNegative: value < 0, magnitude: DecimalMagnitude(value.magnitude), scale: 0)
  }

  package init(_ value: UInt64) {
    self.init(isNegative: false, magnitude: DecimalMagnitude(value), scale: 0)
  }

  /// Creates the shortest decimal that reads back as the same Double: 0.1, not 0.1000000000000000055511…
  /// Returns nil if the value is not finite, or needs more than 96 digits or a scale above 255.
  package init?(shortest value: Double) {
    let text = Array(value.description.utf8)
    guard let number = try? text.span.bytes.scanNumber(.double), number.isExact else { return nil }
    var magnitude = DecimalMagnitude(number.significand)
    for _ in 0..<max(0, number.exponent) {
      guard magnitude.multiply(by: 10) else { return nil }
    }
    guard let scale = UInt8(exactly: max(0, -number.exponent)) else { return nil }
    self = Self(isNegative: number.isNegative, magnitude: magnitude, scale: scale).withoutTrailingZeros
  }
}

extension Int64 {
  /// Creates the integer. Returns nil if the number has a fraction or does not fit into 64 bits. 7.00 is 7.
  package init?(exactly value: Decimal) {
    let whole = value.withoutTrailingZeros
    guard whole.scale == 0, let word = whole.magnitude.word else { return nil }
    guard whole.isNegative else {
      self.init(exactly: word)
      return
    }
    guard word <= Int64.min.magnitude else { return nil }
    self = 0 &- Int64(truncatingIfNeeded: word)
  }
}

extension UInt64 {
  /// Creates the integer. Returns nil if the number has a fraction, is negative or does not fit into 64 bits.
  /// 7.00 is 7.
  package init?(exactly value: Decimal) {
    let whole = value.withoutTrailingZeros
    guard whole.scale == 0, !whole.isNegative, let word = whole.magnitude.word else { return nil }
    self = word
  }
}

extension Double {
  /// Creates the nearest Double, ties to even.
  package init(_ value: Decimal) {
    if let word = value.magnitude.word,
      let nearest = Double.nearest(word, exponent: -Int(value.scale))
    {
      self = value.isNegative ? -nearest : nearest
    } else {
      // The text of a decimal is always a number, so the 0 is never used.
      self = Double(value.description) ?? 0
    }
  }
}
