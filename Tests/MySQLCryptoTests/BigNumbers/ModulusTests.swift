import Testing

@testable import MySQLCrypto

@Suite(.busy) struct ModulusTests {
  private func random(_ count: Int) -> [UInt64] { (0..<count).map { _ in .random(in: .min ... .max) } }

  /// Returns a random odd number whose highest limb is not zero.
  private func modulus(_ count: Int) -> Modulus {
    var limbs = random(count)
    limbs[count - 1] = .random(in: 1 ... .max)
    limbs[0] |= 1
    return Modulus(limbs)
  }

  @Test func bytesBecomeLimbsAndBytesAgain() {
    for count in 0..<40 {
      let bytes = (0..<count).map { UInt8($0 + 1) }
      let number = limbs(littleEndian: bytes)
      #expect(number.count == (count + 7) / 8)
      #expect(littleEndianBytes(number, count: count) == bytes)
      #expect(littleEndianBytes(number, count: count + 9) == bytes + [UInt8](repeating: 0, count: 9))
    }
  }

  @Test func theRemainderOfAMultipleAndARestIsTheRest() {
    for count in 1...6 {
      for _ in 0..<50 {
        let modulus = modulus(count)
        var rest = random(count)
        rest[count - 1] = .random(in: 0..<modulus.limbs[count - 1])
        let factor = random(.random(in: 1...6))
        let number = multiply(factor, modulus.limbs, adding: rest)
        #expect(modulus.reduce(number) == rest, "\(factor) × \(modulus.limbs) + \(rest)")
      }
    }
  }

  @Test func powersOfSmallNumbersAreThoseOfUInt128() {
    for _ in 0..<200 {
      let modulus = modulus(1)
      let (base, exponent) = (UInt64.random(in: .min ... .max), UInt64.random(in: 1...100_000))
      let divisor = UInt128(modulus.limbs[0])
      var (power, square, rest) = (1 % divisor, UInt128(base) % divisor, exponent)
      while rest > 0 {
        if rest & 1 == 1 { power = power * square % divisor }
        square = square * square % divisor
        rest >>= 1
      }
      #expect(modulus.power([base], exponent) == [UInt64(power)], "\(base)^\(exponent) modulo \(divisor)")
    }
  }

  @Test func exponentsAddUp() {
    for count in 1...6 {
      let modulus = modulus(count)
      let base = random(count)
      let (first, second) = (UInt64.random(in: 1...1 << 40), UInt64.random(in: 1...1 << 40))
      let product = multiply(modulus.power(base, first), modulus.power(base, second), adding: [])
      let sum = modulus.power(base, first + second)
      #expect(modulus.reduce(product) == sum, "\(base), \(first), \(second), \(modulus.limbs)")
    }
  }
}
