import MySQLCrypto

// The other side of RSA-OAEP, written apart from the code under test: plain shifts and subtractions.

/// The message, or nothing if the padding is wrong.
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

/// All numbers have their highest byte first; the base is below the modulus.
private func power(_ base: [UInt8], _ exponent: [UInt8], modulo modulus: [UInt8]) -> [UInt8] {
  let n = words(modulus)
  let factor = words(base)
  var result = words([UInt8](repeating: 0, count: modulus.count - 1) + [1])
  for bit in bits(words(exponent)) {
    result = product(result, result, modulo: n)
    if bit { result = product(result, factor, modulo: n) }
  }
  return result.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
}

private func product(_ a: [UInt32], _ b: [UInt32], modulo n: [UInt32]) -> [UInt32] {
  var sum = [UInt32](repeating: 0, count: n.count)
  for bit in bits(a) {
    add(sum, to: &sum, modulo: n)
    if bit { add(b, to: &sum, modulo: n) }
  }
  return sum
}

// A debug build spends its time here, and a plain loop is several times as fast as one over a reversed range.
private func add(_ a: [UInt32], to b: inout [UInt32], modulo n: [UInt32]) {
  var carry: Int64 = 0
  var i = n.count
  while i > 0 {
    i -= 1
    carry += Int64(a[i]) + Int64(b[i])
    b[i] = UInt32(truncatingIfNeeded: carry)
    carry >>= 32
  }
  guard carry > 0 || !b.lexicographicallyPrecedes(n) else { return }
  carry = 0
  i = n.count
  while i > 0 {
    i -= 1
    carry += Int64(b[i]) - Int64(n[i])
    b[i] = UInt32(truncatingIfNeeded: carry)
    carry >>= 32
  }
}

private func words(_ bytes: [UInt8]) -> [UInt32] {
  stride(from: 0, to: bytes.count, by: 4).map { start in
    bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

private func bits(_ words: [UInt32]) -> [Bool] {
  words.flatMap { word in (0..<32).map { word >> (31 - $0) & 1 == 1 } }
}
