/// The 128 leading bits of powers of five, used to convert decimal to binary floating point.
enum PowersOfFive {
  /// Every exponent with which a significand of 64 bits can make a finite Double that is not zero.
  static let exponents = -342...308

  /// The exponents whose powers fit into 128 bits with every digit.
  static let exactExponents = 0...55

  /// For each exponent, 5^exponent, divided by the power of two that brings it into 2^127..<2^128, and
  /// rounded down. Computed at first use, in some 130 µs.
  static let leading: [UInt128] = {
    var table = Array(repeating: UInt128(0), count: exponents.count)
    // 5^308 has 716 bits.
    var power: [UInt64] = [1] + Array(repeating: 0, count: 11)
    for exponent in 0...exponents.upperBound {
      table[exponent - exponents.lowerBound] = leadingBits(of: power)
      multiplyByFive(&power)
    }
    // Dividing 2^1023 by five repeatedly rounds like one division by 5^342, and leaves 228 bits of it.
    var reciprocal: [UInt64] = Array(repeating: 0, count: 15) + [1 << 63]
    for exponent in stride(from: -1, through: exponents.lowerBound, by: -1) {
      divideByFive(&reciprocal)
      table[exponent - exponents.lowerBound] = leadingBits(of: reciprocal)
    }
    return table
  }()

  // These numbers store their least significant word first.
  private static func multiplyByFive(_ number: inout [UInt64]) {
    var carry: UInt64 = 0
    for index in number.indices {
      let product = number[index].multipliedFullWidth(by: 5)
      let (low, overflow) = product.low.addingReportingOverflow(carry)
      number[index] = low
      carry = product.high + (overflow ? 1 : 0)
    }
  }

  private static func divideByFive(_ number: inout [UInt64]) {
    var remainder: UInt64 = 0
    for index in number.indices.reversed() {
      let division = UInt64(5).dividingFullWidth((remainder, number[index]))
      number[index] = division.quotient
      remainder = division.remainder
    }
  }

  private static func leadingBits(of number: [UInt64]) -> UInt128 {
    guard let top = number.lastIndex(where: { $0 != 0 }) else { return 0 }
    func word(_ index: Int) -> UInt64 { index >= 0 ? number[index] : 0 }
    let shift = number[top].leadingZeroBitCount
    let leading = UInt128(word(top)) << 64 | UInt128(word(top - 1))
    return leading << shift | UInt128(word(top - 2)) >> (64 - shift)
  }
}
