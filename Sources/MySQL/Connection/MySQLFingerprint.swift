/// The SHA-256 of a certificate, by which a server can be known without a certificate authority.
///
/// `openssl x509 -in server-cert.pem -noout -fingerprint -sha256` prints it.
public struct MySQLFingerprint: Sendable, Hashable {
  package let bytes: [UInt8]
}

extension MySQLFingerprint: LosslessStringConvertible {
  /// Reads 64 hexadecimal digits, in either case, with or without colons between the bytes. Nil for any
  /// other text.
  public init?(_ description: String) {
    let text = Array(description.utf8)
    let stride = text.count == 95 ? 3 : 2
    guard text.count == 95 || text.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for start in Swift.stride(from: 0, to: text.count, by: stride) {
      guard let high = hexDigitValue(text[start]), let low = hexDigitValue(text[start + 1]) else {
        return nil
      }
      if stride == 3, start + 2 < text.count, text[start + 2] != UInt8(ascii: ":") { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  /// 64 lowercase digits.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// What an ASCII hexadecimal digit stands for.
func hexDigitValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
  default: nil
  }
}
