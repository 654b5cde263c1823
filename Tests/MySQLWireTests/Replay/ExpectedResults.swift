import MySQLWire
import Testing

/// A comparison of what a replay made of a conversation with what the server was asked to store and to answer.
struct ExpectedResults {
  let replay: Replay
  let expectation: ConversationExpectation

  func check(_ fixture: String) {
    checkLogin(fixture)
    // What follows cannot be read.
    if replay.isOpaque { return }
    var rest = replay.exchanges[...]
    for expected in expectation.expect ?? [] {
      guard let index = rest.firstIndex(where: { matches($0, expected) }) else {
        Issue.record("\(fixture): no exchange for \(expected.sql ?? expected.command ?? "?")")
        continue
      }
      let exchange = rest[index]
      rest = rest[(index + 1)...]
      let results = Self.results(of: exchange.events)
      guard results.count == expected.results.count else {
        Issue.record("\(fixture): \(results.count) results of \(exchange.sql), not \(expected.results.count)")
        continue
      }
      for (result, expected) in zip(results, expected.results) {
        if let difference = result.difference(from: expected) {
          Issue.record("\(fixture): \(exchange.sql.prefix(200)): \(difference)")
        }
      }
    }
  }

  private func checkLogin(_ fixture: String) {
    let first = replay.events.first
    switch (expectation.login, first) {
    case (.ok, .ready), (.compressed, .ready), (.tls, .startTLS): break
    // This client leaves where the captured one did, and where a second factor needs a device.
    case (_, nil) where replay.refusal != nil:
      #expect(
        expectation.clientLeaves || expectation.plugin == "authentication_webauthn_client", "\(fixture)")
    case (.error(let expected), .closed(let error)):
      #expect(expected == ErrorExpectation(code: error.code, state: error.sqlState), "\(fixture)")
    default: Issue.record("\(fixture): the login ended in \(String(describing: first))")
    }
    let unasked = replay.events.dropFirst().compactMap { event -> UInt16? in
      guard case .closed(let error) = event else { return nil }
      return error.code
    }
    let isFromCommand = replay.exchanges.contains { $0.events.contains { $0.isClosed } }
    if !isFromCommand { #expect(unasked.first == expectation.unasked?.code, "\(fixture)") }
  }

  private func matches(_ exchange: Replay.Exchange, _ expected: ExchangeExpectation) -> Bool {
    if let command = expected.command {
      return exchange.name.lowercased().hasSuffix(Self.commandNames[command, default: command].lowercased())
    }
    guard exchange.sql == expected.sql else { return false }
    // A statement that cannot be prepared is not executed either.
    if exchange.name == "prepare" { return exchange.hasFailed && expected.protocol != "text" }
    return exchange.isBinary == (expected.protocol != "text")
  }

  /// Commands whose names in the expectations differ from ours.
  private static let commandNames = ["setOption": "setMultiStatements", "resetStatement": "resetStatement"]

  private static func results(of events: [ReplayEvent]) -> [SeenResult] {
    var results: [SeenResult] = []
    var file: String?
    for event in events {
      switch event {
      case .columns(let columns): results.append(SeenResult(columns: columns))
      case .row(let values):
        if let last = results.indices.last { results[last].rows.append(values) }
      case .ok(let ok): results.append(SeenResult(ok: ok, file: file.take()))
      case .failed(let error), .closed(let error):
        // An error among the rows belongs to their result.
        if let last = results.indices.last, results[last].isOpen {
          results[last].error = error
        } else {
          results.append(SeenResult(error: error, file: file.take()))
        }
      case .rowsEnd:
        if let last = results.indices.last { results[last].isEnded = true }
      case .localInfile(let name): file = String(decoding: name, as: UTF8.self)
      case .statistics: results.append(SeenResult(ok: .statistics))
      default: break
      }
    }
    return results
  }
}

extension ReplayEvent {
  fileprivate var isClosed: Bool {
    if case .closed = self { true } else { false }
  }
}

/// One of a command's results as the session saw it.
struct SeenResult {
  var columns: [ColumnDefinition]?
  var rows: [[Value]] = []
  var isEnded = false
  var ok: OKPacket?
  var error: ErrorPacket?
  var file: String?

  var isOpen: Bool { columns != nil && !isEnded }

  func difference(from expected: ResultExpectation) -> String? {
    if let name = expected.localInfile, name != file { return "file \(file ?? "none"), not \(name)" }
    if let expected = expected.error {
      guard let error else { return "no error" }
      guard expected == ErrorExpectation(code: error.code, state: error.sqlState) else { return "\(error)" }
    } else if let error {
      return "\(error)"
    }
    if let expected = expected.ok, let difference = self.difference(from: expected) { return difference }
    if let names = expected.columns {
      guard let columns else { return "no columns" }
      guard columns.map(\.name) == names else { return "columns \(columns.map(\.name)), not \(names)" }
    }
    return expected.rows.flatMap { difference(from: $0) }
  }

  private func difference(from expected: OKExpectation) -> String? {
    guard let ok else { return "no OK" }
    if let affected = expected.affected, affected != ok.affectedRows { return "affected \(ok.affectedRows)" }
    if let id = expected.insertId, id != ok.lastInsertID { return "insert id \(ok.lastInsertID)" }
    if let warnings = expected.warnings, warnings != ok.warnings { return "warnings \(ok.warnings)" }
    if let info = expected.info, info != ok.info { return "info \(ok.info)" }
    return nil
  }

  private func difference(from expected: [[String?]]) -> String? {
    guard rows.count == expected.count else { return "\(rows.count) rows, not \(expected.count)" }
    for (number, (row, expectedRow)) in zip(rows, expected).enumerated() {
      guard row.count == expectedRow.count else { return "\(row.count) cells in row \(number)" }
      for (index, (value, text)) in zip(row, expectedRow).enumerated()
      where !value.isWritten(text, column: columns?[index]) {
        return "row \(number) column \(columns?[index].name ?? ""): \(value), not \(text ?? "NULL")"
      }
    }
    return nil
  }
}

extension Value {
  /// Whether an expectations file writes this value as the text.
  fileprivate func isWritten(_ text: String?, column: ColumnDefinition?) -> Bool {
    guard let text else { return self == .null }
    switch self {
    case .null: return false
    case .integer(let value): return Int64(text) == value
    case .unsigned(let value): return UInt64(text) == value
    case .float(let value): return Float(text)?.bitPattern == value.bitPattern
    case .double(let value): return Double(text)?.bitPattern == value.bitPattern
    // ZEROFILL pads what is printed; the value is the same.
    case .decimal(let value): return text.drop { $0 == "0" } == value.description.drop { $0 == "0" }
    case .date(let value): return text == value.description
    case .time(let value):
      return text == printed { value.write(to: &$0, fractionDigits: column?.fractionDigits ?? 0) }
    case .dateTime(let value):
      return text == printed { value.write(to: &$0, fractionDigits: column?.fractionDigits ?? 0) }
    case .bits(let value): return text == "bits:\(value)"
    case .text(let value): return text == value
    case .bytes(let value): return text == "hex:" + hex(value)
    case .vector(let value):
      return text == "hex:"
        + hex(value.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    }
  }
}

extension ColumnDefinition {
  fileprivate var fractionDigits: Int { decimals <= 6 ? Int(decimals) : 0 }
}

private func printed(_ write: (inout ByteWriter) -> Void) -> String {
  var writer = ByteWriter()
  write(&writer)
  return String(decoding: writer.bytes, as: UTF8.self)
}

extension OKPacket {
  /// A stand-in for the line of text that COM_STATISTICS returns instead of an OK.
  fileprivate static var statistics: OKPacket? {
    try? OKPacket(payload: [OKPacket.header, 0, 0, 0, 0, 0, 0], capabilities: [])
  }
}

extension Replay.Exchange {
  fileprivate var hasFailed: Bool {
    events.contains { if case .failed = $0 { true } else { false } }
  }
}
