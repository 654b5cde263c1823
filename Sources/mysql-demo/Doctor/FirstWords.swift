import MySQLWire

/// What the first words of a service tell about it.
enum FirstWords {
  /// A greeting, and the refusal that some servers send right after it.
  case greeting(Greeting, refusal: ErrorPacket?)
  /// The server refuses at once.
  case refusal(ErrorPacket)
  /// It is something else.
  case other(String)

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("SSH-") {
      self = .other("an SSH server")
    } else if text.hasPrefix("HTTP/") || text.lowercased().contains("<html") {
      self = .other("a web server (HTTP)")
    } else if text.hasPrefix("220 ") || text.hasPrefix("220-") {
      self = .other("a mail or FTP server")
    } else if text.hasPrefix("-ERR") || text.hasPrefix("+OK") || text.hasPrefix("-NOAUTH") {
      self = .other("a Redis or POP3 server")
    } else if bytes.count > 4, bytes[4] == 0x0B, bytes[3] == 0 {
      self = .other("MySQL's X Protocol (mysqlx_port)")
    } else if let greeting = Self.payload(bytes).flatMap({ try? Greeting(payload: $0) }) {
      let rest = Array(bytes.dropFirst(4 + (Self.payload(bytes)?.count ?? 0)))
      self = .greeting(greeting, refusal: Self.payload(rest).flatMap { try? ErrorPacket(payload: $0) })
    } else if let refusal = Self.payload(bytes).flatMap({ try? ErrorPacket(payload: $0) }) {
      self = .refusal(refusal)
    } else {
      let start = text.prefix(24).map { $0.isASCII && !$0.isNewline ? String($0) : "·" }.joined()
      self = .other("some other service (it begins with '\(start)')")
    }
  }

  /// Whether this is the beginning of a first packet whose end has not arrived yet.
  static func isCut(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 4 else { return true }
    let size = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
    return bytes[3] == 0 && size < 1 << 16 && bytes.count < 4 + size
  }

  private static func payload(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 4 else { return nil }
    let size = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
    return bytes.count >= 4 + size ? Array(bytes[4..<4 + size]) : nil
  }
}
