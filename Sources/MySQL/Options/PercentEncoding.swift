import MySQLWire

/// The escapes of RFC 3986, applied strictly.
enum PercentEncoding {
  /// Decodes the escapes. Returns nil if a `%` is not followed by two hexadecimal digits, or if the result is
  /// not UTF-8. A `+` stays a `+`.
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

  /// Escapes everything but letters, digits, `-._~` and the characters in `allowed`.
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
