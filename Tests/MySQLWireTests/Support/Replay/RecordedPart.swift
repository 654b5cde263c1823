import MySQLWire
import Testing

/// A part of a captured conversation that begins where the session is idle, so that it can be played by
/// itself, unchanged or altered. The first part is the login.
struct RecordedPart: Sendable {
  /// What the session logs in with; nil if it has logged in already.
  private var settings: SessionSettings?
  private var capabilities: Capabilities = []
  var steps: [Step] = []

  enum Step: Sendable {
    case hear(Bytes)
    case send(Command)
    case sendFile(Bytes)
    case endFile

    /// How many bytes go either way, apart from commands.
    var size: Int {
      switch self {
      case .hear(let bytes), .sendFile(let bytes): bytes.count
      case .send, .endFile: 0
      }
    }
  }

  init(settings: SessionSettings) { self.settings = settings }

  init(_ capabilities: Capabilities) { self.capabilities = capabilities }

  /// How many bytes the server sends.
  var size: Int {
    steps.reduce(0) { if case .hear(let bytes) = $1 { $0 + bytes.count } else { $0 } }
  }

  /// Returns a session in the state in which the part begins.
  func session() throws -> Dialogue {
    guard let settings else { return try Dialogue.loggedIn(capabilities) }
    return try Dialogue(settings)
  }

  /// Returns the same part with the server falling silent after `count` bytes.
  func prefix(_ count: Int) -> RecordedPart {
    var cut = self
    cut.steps = []
    var rest = count
    for step in steps {
      guard case .hear(let bytes) = step else {
        cut.steps.append(step)
        continue
      }
      cut.steps.append(.hear(Array(bytes.prefix(rest))))
      rest -= bytes.count
      if rest <= 0 { break }
    }
    return cut
  }

  /// Plays the part as far as the session follows, and decodes every cell of it. What the server sends
  /// may be a violation, and what the client did may no longer fit it; anything else is a failure.
  func play(_ dialogue: Dialogue) { Self.play(steps, to: dialogue) }

  static func play(_ steps: [Step], to dialogue: Dialogue) {
    for step in steps {
      do {
        switch step {
        case .hear(let bytes):
          dialogue.session.receive(bytes.span.bytes)
          try readEvents(dialogue, atMost: 2 * bytes.count + 8)
        case .send(let command): try dialogue.send(command)
        case .sendFile(let bytes): try dialogue.session.sendFile(bytes)
        case .endFile: try dialogue.session.endFile()
        }
      } catch is Violation {
        if !dialogue.isClosed || dialogue.isIdle { Issue.record("goes on after a violation") }
        return
      } catch {
        return
      }
    }
  }

  private static func readEvents(_ dialogue: Dialogue, atMost limit: Int) throws(Violation) {
    for _ in 0..<limit {
      switch try dialogue.session.next().joined() {
      case .needsInput, .startTLS: return
      case .rows(let block): decode(block)
      default: break
      }
    }
    Issue.record("more events than bytes")
  }

  private static func decode(_ block: RowBlock) {
    let storage = block.bytes
    let bytes = storage.span.bytes
    for row in 0..<block.count {
      let range = block.range(ofRow: row)
      var cells = CellReader(range, block.columns)
      for decoder in block.columns.decoders {
        // The session has checked that the cells are all there; only their content may be wrong.
        guard let cell = try? cells.next(in: bytes, block.columns) else { continue }
        if cell.upperBound > range.upperBound { Issue.record("a cell reaches out of its row") }
        _ = try? decoder.value(bytes.extracting(cell))
      }
    }
  }
}

extension Fixture {
  /// Returns all that the fixture's servers sent, in parts, as far as it can be replayed. Other tests report
  /// where that ends early.
  func recordedParts() throws -> [RecordedPart] {
    try conversations().flatMap { conversation, expectation in
      let replay = try Replay(conversation, expectation)
      do {
        try replay.run(.whole)
        // A login that this client refuses to continue ends in a violation, as it should.
        return replay.refusal == nil ? replay.recording : Array(replay.recording.dropLast())
      } catch {
        return Array(replay.recording.dropLast())
      }
    }
  }
}
