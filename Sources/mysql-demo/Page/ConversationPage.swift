import MySQLTesting

/// A web page that shows conversations, packet by packet, and needs nothing apart from itself.
///
/// First comes the page, and then an element for each connection and each packet. HTML lets the last end tags be left
/// out, so the page is complete after each element, however the session ends.
struct ConversationPage {
  private let output: OutputBuffer
  /// When the first packet of each connection was complete.
  private var starts: [Int: Duration] = [:]
  /// The state of each connection's session that was last written.
  private var states: [Int: SessionState] = [:]
  private(set) var connections = 0

  /// - Parameter title: What was recorded.
  init(_ output: OutputBuffer, title: String) {
    self.output = output
    output.write(text: PageShell.text(title: title))
  }

  /// Adds a connection. Returns its number.
  mutating func add(client: String, server: String) -> Int {
    connections += 1
    var line = JSONLine()
    line.add("connection", connections)
    line.add("client", client)
    line.add("server", server)
    write(line)
    return connections
  }

  /// Adds a remark that belongs to no packet.
  func add(note: String) {
    var line = JSONLine()
    line.add("note", note)
    write(line)
  }

  /// - Parameter time: When the packet was complete, since 1970; zero if that is not known.
  mutating func add(_ packet: DescribedPacket, connection: Int, time: Duration) {
    var line = JSONLine()
    line.add("c", connection)
    let start = starts[connection] ?? time
    if starts.updateValue(start, forKey: connection) == nil, time > .zero {
      line.add("w", Int(clamping: time.microseconds / 1000))
    }
    line.add("d", packet.direction == .client ? 0 : 1)
    if let sequence = packet.sequence { line.add("n", Int(sequence)) }
    line.add("z", packet.size)
    line.add("k", packet.kind)
    line.add("s", String(packet.fields.prefix(Self.longestSummary)))
    line.add("t", max(0, Int(clamping: (time - start).microseconds)))
    if let contents = packet.contents { add(contents, connection, to: &line) }
    write(line)
  }

  private static let longestSummary = 240

  private mutating func add(_ contents: PacketContents, _ connection: Int, to line: inout JSONLine) {
    line.add("h", Self.hex(contents))
    line.add("l", contents.size)
    line.add("f", contents.fields) { field, list in
      list.add(field.name)
      list.add(PacketField.Form.allCases.firstIndex(of: field.form) ?? 0)
      list.add(field.value)
      list.add(field.bytes.lowerBound)
      list.add(field.bytes.upperBound)
      if field.isSecret { list.add(1) }
    }
    if contents.fieldsLeftOut > 0 { line.add("m", contents.fieldsLeftOut) }
    guard states[connection] != contents.session else { return }
    states[connection] = contents.session
    line.add("x", contents.session)
  }

  /// Returns two digits for each byte, and two dots for a byte of a secret.
  private static func hex(_ contents: PacketContents) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * contents.bytes.count)
    for byte in contents.bytes {
      for half in [byte >> 4, byte & 15] {
        digits.append(half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10)
      }
    }
    for range in contents.secrets {
      for index in 2 * range.lowerBound..<2 * range.upperBound { digits[index] = UInt8(ascii: ".") }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private func write(_ line: JSONLine) {
    output.write("<script type=\"application/json\" class=\"event\">")
    output.write(line.ended)
    output.write("</script>\n")
    output.flushIfFull()
  }

  func flush() { output.flush() }
}

extension Duration {
  fileprivate var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}

extension JSONLine {
  fileprivate mutating func add(_ name: String, _ state: SessionState) {
    add(name) { object in
      object.add("phase", state.phase.rawValue)
      if let user = state.user { object.add("user", user) }
      if let database = state.database { object.add("database", database) }
      object.add("encrypted", state.isEncrypted ? 1 : 0)
      if let isInTransaction = state.isInTransaction { object.add("transaction", isInTransaction ? 1 : 0) }
      if let isAutocommit = state.isAutocommit { object.add("autocommit", isAutocommit ? 1 : 0) }
      object.add("prepared", state.statements.count)
      object.add("waiting", state.unanswered)
    }
  }
}
