// Just enough DER to write keys that no tool would write.

func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
  var length: [UInt8] = []
  if content.count < 0x80 {
    length = [UInt8(content.count)]
  } else {
    var rest = content.count
    while rest > 0 {
      length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    }
    length.insert(0x80 | UInt8(length.count), at: 0)
  }
  return [tag] + length + content
}

/// Returns a PKCS #1 key, given the content of its two integers.
func pkcs1(modulus: [UInt8], exponent: [UInt8] = [1, 0, 1], extra: [UInt8] = []) -> [UInt8] {
  der(0x30, der(0x02, modulus) + der(0x02, exponent) + extra)
}

let rsaAlgorithm: [UInt8] = der(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]) + der(0x05, [])

/// Returns a SubjectPublicKeyInfo around a key.
func spki(
  _ key: [UInt8], algorithm: [UInt8] = rsaAlgorithm, unusedBits: UInt8 = 0, extra: [UInt8] = []
) -> [UInt8] {
  der(0x30, der(0x30, algorithm) + der(0x03, [unusedBits] + key) + extra)
}

/// Returns an odd modulus of that many bits.
func modulus(bits: Int) -> [UInt8] {
  var bytes = [UInt8](repeating: 0xA5, count: (bits + 7) / 8)
  bytes[0] = UInt8(0xFF) >> UInt8((8 - bits % 8) % 8)
  return bits % 8 == 0 ? [0] + bytes : bytes
}
