import MySQLWire

/// A client that does what its scenario says. It reacts to events alone, so that the same bytes make it do the
/// same in whatever pieces they arrive. It checks everything that a session promises.
final class Driver {
  var session: Session
  let scenario: Scenario
  private(set) var events: [SeenEvent] = []
  private(set) var output: [UInt8] = []
  /// The id that the server's next packet must carry.
  private var sequence: UInt8 = 0
  /// The blocks as they arrived.
  private(set) var blocks: [RowBlock] = []

  private var channel: ChannelSecurity
  private var isReady = false
  private var isOver = false
  /// The commands whose responses the server owes.
  private var owed: [Command] = []
  private var rest: ArraySlice<UInt8>
  private var binaryColumns = ResultColumns([definition(.longLong, .binary)], format: .binary)

  init(_ scenario: Scenario) {
    self.scenario = scenario
    channel = scenario.channel
    rest = scenario.commands[...]
    guard let session = try? Session(scenario.settings) else { preconditionFailure("settings of our own") }
    self.session = session
  }

  func feed(_ bytes: [UInt8]) {
    session.receive(bytes.span.bytes)
    drain(byteCount: bytes.count)
    checkIdleness()
  }

  /// Frames a payload as the session expects it, feeds it, and returns the bytes.
  @discardableResult
  func feed(payload: [UInt8]) -> [UInt8] {
    let bytes = packet(payload, sequence: sequence)
    // Unless we send more, the next packet of the same response has the next id.
    sequence &+= 1
    feed(bytes)
    expect(
      session.isIdle == (isReady && owed.isEmpty && !isOver), "idle is \(session.isIdle), owed \(owed.count)")
    return bytes
  }

  private func drain(byteCount: Int) {
    var most = byteCount + output.count + 64
    while !isOver {
      expect(most > 0, "events without end")
      most -= 1
      do {
        let event = try session.next()
        takeOutput()
        if case .needsInput = event { return }
        note(event)
      } catch {
        fail(error)
      }
      takeOutput()
    }
  }

  private func note(_ event: Event) {
    let seen = SeenEvent.list(event)
    events += seen
    switch event {
    case .startTLS: startTLS()
    case .ready:
      isReady = true
      sequence = 0
      sendCommands()
    case .closed:
      isOver = true
      checkClosed()
    case .columns(let columns) where columns.format == .binary: binaryColumns = columns
    case .rows(let block): blocks.append(block)
    case .localInfile: answerFile()
    default: break
    }
    guard isReady, !isOver, let last = seen.last, last.endsResponse(to: owed.first) else { return }
    expect(!owed.isEmpty, "\(seen) that no command asked for")
    owed.removeFirst()
    sequence = 1
    sendCommands()
  }

  private func startTLS() {
    takeOutput()
    channel = .tls(verified: scenario.choices.contains(.verifiesTLS))
    do {
      try session.tlsStarted(verified: scenario.choices.contains(.verifiesTLS))
    } catch {
      fail(error)
    }
  }

  private func answerFile() {
    guard !scenario.choices.contains(.ignoresFiles) else { return }
    do {
      if !scenario.choices.contains(.refusesFiles) {
        try session.sendFile(Array("1\n".utf8))
        try session.sendFile([])
        try session.sendFile(Array("2\n".utf8))
      }
      try session.endFile()
    } catch {
      expect(false, "\(error) upon a request for a file")
    }
  }

  /// Sends a command if no response is owed, and the commands after it that do not wait for its response.
  private func sendCommands() {
    while let code = rest.first, owed.isEmpty || code & 0x80 != 0 {
      let command = scenario.command(code, columns: binaryColumns)
      do {
        try session.send(command)
      } catch {
        if case .changeUser? = owed.last {
          expect(error == .notReady, "\(error) during a login")
        } else {
          expect(error == .busy && !owed.isEmpty, "\(error) for \(command)")
        }
        return
      }
      rest.removeFirst()
      takeOutput()
      switch command {
      case .closeStatement, .sendLongData: break
      case .quit:
        isOver = true
        return checkClosed()
      default:
        if owed.isEmpty { sequence = 1 }
        owed.append(command)
      }
    }
  }

  /// Checks that every packet of the output is complete, and reveals nothing that it must not.
  private func takeOutput() {
    guard session.hasOutput else { return }
    let bytes = session.takeOutput()
    output += bytes
    var rest = bytes[...]
    while let length = rest.first {
      let header = Array(rest.prefix(4))
      expect(header.count == 4, "half a header in the output")
      let count = Int(length) | Int(header[1]) << 8 | Int(header[2]) << 16
      expect(rest.count >= 4 + count, "half a packet in the output")
      sequence = header[3] &+ 1
      rest = rest.dropFirst(4 + count)
    }
    guard contains(bytes, canary) else { return }
    expect(channel.isSecure, "the password in clear text over \(channel)")
    if scenario.allowsOnlyClearPassword {
      expect(channel.isTrusted && scenario.choices.contains(.clearPassword), "the password over \(channel)")
    }
  }

  private func checkIdleness() {
    guard session.isIdle else { return }
    expect(isReady && owed.isEmpty && !isOver, "idle with \(owed.count) responses to come")
    expect(!session.isClosed, "idle and closed")
  }

  private func fail(_ violation: Violation) {
    events.append(.violation(violation))
    isOver = true
    for _ in 0..<2 {
      do {
        let event = try session.next()
        expect(false, "\(event) after \(violation)")
      } catch {
        expect(error == violation, "\(error) after \(violation)")
      }
      session.receive([7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0].span.bytes)
    }
    checkRefusal()
  }

  private func checkClosed() {
    session.receive([7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0].span.bytes)
    if case .needsInput? = try? session.next() {} else { expect(false, "an event after the end") }
    checkRefusal()
  }

  private func checkRefusal() {
    expect(session.isClosed && !session.isIdle, "not closed after the end")
    do {
      try session.send(.ping)
      expect(false, "a command after the end")
    } catch {
      expect(error == .notReady, "\(error) after the end")
    }
  }
}
