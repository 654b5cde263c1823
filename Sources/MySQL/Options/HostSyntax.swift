import MySQLWire

/// The syntax of a host. Whether the host exists is for the resolver to say.
enum HostSyntax {
  static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || "-._".utf8.contains(byte)
  }

  /// Whether it has the characters of an IPv6 address, with or without a zone (`fe80::1%eth0`).
  static func isIPv6(_ text: String) -> Bool {
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first, address.filter({ $0 == ":" }).count >= 2 else { return false }
    let isAddress = address.utf8.allSatisfy {
      $0.hexDigitValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
    }
    return isAddress && (parts.count == 1 || !parts[1].isEmpty && parts[1].utf8.allSatisfy(isNameByte))
  }
}
