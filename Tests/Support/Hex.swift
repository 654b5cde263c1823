/// Returns the bytes that the hexadecimal digits spell. White space between them is skipped.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap { $0.hexDigitValue }
  var bytes: [UInt8] = []
  for place in stride(from: 1, to: digits.count, by: 2) {
    bytes.append(UInt8(digits[place - 1] * 16 + digits[place]))
  }
  return bytes
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
