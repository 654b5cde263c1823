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
