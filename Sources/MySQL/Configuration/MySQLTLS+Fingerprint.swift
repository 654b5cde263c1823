import MySQLWire

extension MySQLTLS {
  /// The SHA-256 of a certificate, which identifies a server without a certificate authority.
  ///
  /// `openssl x509 -in server-cert.pem -noout -fingerprint -sha256` prints it.
  public struct Fingerprint: Sendable, Hashable {
    package let bytes: [UInt8]
  }
}

extension MySQLTLS.Fingerprint: LosslessStringConvertible {
  /// Reads 64 hexadecimal digits, in either case, with or without colons between the bytes. Nil for any
  /// other text.
  public init?(_ description: String) {
    let text = Array(description.utf8)
    let stride = text.count == 95 ? 3 : 2
    guard text.count == 95 || text.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for start in Swift.stride(from: 0, to: text.count, by: stride) {
      guard let high = text[start].hexDigitValue, let low = text[start + 1].hexDigitValue else {
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
