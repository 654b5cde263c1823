import MySQLCrypto

// The other side of RSA-OAEP, written independently of the code under test: with long division, not
// Montgomery's method.

/// Returns the message, or nil if the padding is wrong.
func decryptOAEP(_ encrypted: [UInt8], modulus: [UInt8], exponent: [UInt8]) -> [UInt8]? {
  guard encrypted.count == modulus.count else { return nil }
  let padded = power(encrypted, exponent, modulo: modulus)
  guard padded[0] == 0 else { return nil }
  let (maskedSeed, maskedBlock) = (Array(padded[1..<21]), Array(padded[21...]))
  let seed = zip(maskedSeed, mask(maskedBlock, count: 20)).map { $0 ^ $1 }
  let block = zip(maskedBlock, mask(seed, count: maskedBlock.count)).map { $0 ^ $1 }
  let rest = block.dropFirst(20).drop { $0 == 0 }
  guard Array(block.prefix(20)) == SHA1.hash([]), rest.first == 1 else { return nil }
  return Array(rest.dropFirst())
}

private func mask(_ seed: [UInt8], count: Int) -> [UInt8] {
  Array((0..<UInt8((count + 19) / 20)).flatMap { SHA1.hash(seed + [0, 0, 0, $0]) }.prefix(count))
}

/// Returns a power modulo a number. All numbers have their highest byte first; the base is below the modulus,
/// whose highest bit is set.
private func power(_ base: [UInt8], _ exponent: [UInt8], modulo modulus: [UInt8]) -> [UInt8] {
  let n = words(modulus)
  let factor = words(base)
  var result = words([UInt8](repeating: 0, count: modulus.count - 1) + [1])
  for bit in exponent.flatMap(bits) {
    result = product(result, result, modulo: n)
    if bit { result = product(result, factor, modulo: n) }
  }
  return result.reversed().flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
  }
}

/// Multiplies word by word from the highest, with a division at each. The loops are plain, because debug builds
/// spend their time here.
private func product(_ a: [UInt32], _ b: [UInt32], modulo n: [UInt32]) -> [UInt32] {
  var rest = [UInt32](repeating: 0, count: n.count)
  for word in a.reversed() {
    rest.insert(0, at: 0)
    reduce(&rest, modulo: n)
    rest.append(addMultiple(UInt64(word), of: b, to: &rest))
    reduce(&rest, modulo: n)
  }
  return rest
}

/// Reduces a number that is one word longer than the modulus, and less than 2^32 times it, to its remainder
/// (Knuth, algorithm D).
private func reduce(_ number: inout [UInt32], modulo n: [UInt32]) {
  let top = n.count - 1
  let quotient = min((UInt64(number[top + 1]) << 32 | UInt64(number[top])) / UInt64(n[top]), 0xFFFF_FFFF)
  var high = Int64(number.removeLast())
  var (i, borrow) = (0, UInt64(0))
  while i < n.count {
    let taken = quotient * UInt64(n[i]) + borrow
    let (difference, isBelow) = number[i].subtractingReportingOverflow(UInt32(truncatingIfNeeded: taken))
    number[i] = difference
    borrow = taken >> 32 + (isBelow ? 1 : 0)
    i += 1
  }
  high -= Int64(borrow)
  // The estimate is too large by at most two.
  while high < 0 { high += Int64(addMultiple(1, of: n, to: &number)) }
}

/// Adds the product to the existing words of the sum, and returns the carry.
private func addMultiple(_ factor: UInt64, of number: [UInt32], to sum: inout [UInt32]) -> UInt32 {
  var (i, carry) = (0, UInt64(0))
  while i < number.count {
    carry += factor * UInt64(number[i]) + UInt64(sum[i])
    sum[i] = UInt32(truncatingIfNeeded: carry)
    carry >>= 32
    i += 1
  }
  return UInt32(carry)
}

private func bits(_ byte: UInt8) -> [Bool] { (0..<8).map { byte >> (7 - $0) & 1 == 1 } }

/// Returns words of 32 bits, the lowest first.
private func words(_ bytes: [UInt8]) -> [UInt32] {
  stride(from: 0, to: bytes.count, by: 4).map { start in
    bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }.reversed()
}
