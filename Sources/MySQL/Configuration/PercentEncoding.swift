/// RFC 3986's escapes, strictly.
enum PercentEncoding {
  /// Turns escapes into what they stand for. Nil where a `%` is not followed by two hexadecimal digits, and
  /// where the result is not UTF-8. A `+` is a `+`.
  static func decode(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst()?.hexDigitValue, let low = rest.popFirst()?.hexDigitValue
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Escapes all but letters, digits and `-._~`, and what else is allowed at this place.
  static func encode(_ text: String, alsoAllowing allowed: String = "") -> String {
    var encoded = ""
    let plain = Array(("-._~" + allowed).utf8)
    for byte in text.utf8 {
      if byte.isASCIILetterOrDigit || plain.contains(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}
