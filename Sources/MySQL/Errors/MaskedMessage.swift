import MySQLWire

extension MySQLError.Server {
  /// The server's message without what it quotes, since that may be a value or a password. Names stay where
  /// they are certain to be names.
  var maskedMessage: String {
    if Self.quotingNames.contains(code.rawValue) { return message }
    let text = Array(message.utf8)
    guard let first = text.indices.first(where: { text.opensQuote(at: $0) }) else { return message }
    let last = text.indices.last { text.closesQuote(at: $0) }
    var rest = text.count
    // Servers cut messages off at 512 bytes, which may be in the middle of a value.
    if let last, last > first, text.count < 500 {
      // The last of these phrases is followed by the name of a key or column, whatever the value before it
      // holds.
      let names = Self.namesFollow.compactMap { text[first...last].lastStart(of: Array($0.utf8)) }.max()
      rest = names ?? last + 1
    }
    return String(decoding: text[..<first], as: UTF8.self) + "'…'"
      + String(decoding: text[rest...], as: UTF8.self)
  }

  private static let namesFollow = [" for key ", " for column "]

  /// The errors whose messages quote only names: of what is in the server, of users and of hosts.
  private static let quotingNames: Set<UInt16> = [
    1007, 1008, 1044, 1045, 1046, 1048, 1049, 1050, 1051, 1052, 1054, 1059, 1060, 1061, 1068, 1072, 1091,
    1109,
    1115, 1130, 1132, 1133, 1142, 1143, 1146, 1153, 1176, 1193, 1203, 1226, 1227, 1243, 1264, 1273, 1290,
    1304,
    1305, 1364, 1406, 1451, 1452, 1698, 3118, 3159, 3819, 4025, 4031, 4151,
  ]
}

extension [UInt8] {
  // An apostrophe between letters (doesn't) is not a quotation mark.
  fileprivate func opensQuote(at index: Int) -> Bool {
    isQuotationMark(at: index) && (index == 0 || !self[index - 1].isASCIILetterOrDigit)
  }

  fileprivate func closesQuote(at index: Int) -> Bool {
    isQuotationMark(at: index) && (index == count - 1 || !self[index + 1].isASCIILetterOrDigit)
  }

  private func isQuotationMark(at index: Int) -> Bool {
    self[index] == UInt8(ascii: "'") || self[index] == UInt8(ascii: "\"")
  }
}
