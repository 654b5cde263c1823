extension Session {
  /// Receives the first packet of a response, or of one of its results.
  mutating func receiveResponse() throws(Violation) -> Event? {
    guard try skipStrayEOF() else { return .needsInput }
    guard let kind = pending.first?.kind else { return try receiveUnasked() }
    if case .fetchedRows = kind, let columns = pending.first?.columns {
      phase = .rows(columns)
      return nil
    }
    guard let frame = try nextMessage() else { return .needsInput }
    if frame.isOutOfTurn { return close(try takeError(frame)) }
    guard let header = frame.header else { throw .truncated }
    if case .ahead = kind {
      try receiveAnswerAhead(frame, header: header)
      return nil
    }
    if header == ErrorPacket.header { return try receiveError(frame) }
    switch kind {
    case .ok: return try receiveOK(frame)
    case .statistics:
      let text = take(frame) { $0.string(in: 0..<$0.byteCount) }
      completeResponse()
      return .statistics(text)
    case .preparation: return try receivePreparation(frame)
    case .results(let format): return try receiveResult(frame, header: header, format)
    case .resultsOfLastPrepared: return try receiveResult(frame, header: header, .binary)
    case .fetchedRows, .ahead: return nil
    }
  }

  /// Drops an EOF packet that follows a preparation although there should be none. Its sequence id continues
  /// the preparation's, so it is not mistaken for a reply. Returns false if the rest of it has not arrived.
  private mutating func skipStrayEOF() throws(Violation) -> Bool {
    guard let sequence = strayEOF, let header = try framer.nextHeader() else { return true }
    guard header.length == EOFPacket.size, header.sequence == sequence,
      pending.isEmpty || sequence != framer.sequence
    else {
      strayEOF = nil
      return true
    }
    guard framer.queue.count >= PacketFramer.headerSize + header.length else { return false }
    if framer.firstByte(after: header) == EOFPacket.header {
      framer.queue.discard(PacketFramer.headerSize + header.length)
    }
    strayEOF = nil
    return true
  }

  /// Receives the reply to a command that was sent ahead of another.
  private mutating func receiveAnswerAhead(
    _ frame: PacketFramer.Frame, header: UInt8
  ) throws(Violation) {
    guard header == ErrorPacket.header, let command = sentAhead.first else {
      _ = try receiveOK(frame)
      if !sentAhead.isEmpty { sentAhead.removeFirst() }
      return
    }
    sentAhead.removeFirst()
    let error = try takeError(frame)
    if error.refusesExpiredPassword, case .query = command.command {
      ahead.append(command)
    } else if command.isRequired {
      throw .notReady(error)
    }
    completeResponse()
  }

  /// Receives what the server sends when it owes nothing. That may only be an error before it closes the connection,
  /// with any sequence id. Anything else is refused as soon as it begins, however long it is announced to be.
  mutating func receiveUnasked(_ subject: Violation.Subject = .response) throws(Violation) -> Event {
    guard let header = try framer.nextHeader() else { return .needsInput }
    guard header.length > 0 else { throw .truncated }
    guard let first = framer.firstByte(after: header) else { return .needsInput }
    guard first == ErrorPacket.header else { throw .unexpectedPacket(subject, header: first) }
    framer.sequence = header.sequence
    guard let frame = try nextMessage() else { return .needsInput }
    return close(try takeError(frame))
  }

  /// Returns the next payload that is neither a row nor a definition.
  mutating func nextMessage() throws(Violation) -> PacketFramer.Frame? {
    try framer.nextFrame(upTo: settings.limits.message)
  }

  /// Reads a payload in place, then discards it.
  @inline(__always)
  mutating func take<T, E: Error>(
    _ frame: PacketFramer.Frame, _ read: (RawSpan) throws(E) -> T
  ) throws(E) -> T {
    let result = try framer.read(frame, read)
    framer.discard(frame)
    return result
  }

  mutating func takeBytes(_ frame: PacketFramer.Frame) -> [UInt8] {
    take(frame) { $0.bytes(in: 0..<$0.byteCount) }
  }

  mutating func takeError(_ frame: PacketFramer.Frame) throws(Violation) -> ErrorPacket {
    let limit = settings.limits.errorText
    return try take(frame) { (bytes) throws(Violation) in try ErrorPacket(payload: bytes, textLimit: limit) }
  }

  mutating func takeOK(_ frame: PacketFramer.Frame) throws(Violation) -> OKPacket {
    let (capabilities, limit) = (capabilities, settings.limits.sessionChanges)
    guard frame.count == OKPacket.shortest else {
      return try take(frame) { (bytes) throws(Violation) in
        try OKPacket(payload: bytes, capabilities: capabilities, changesLimit: limit)
      }
    }
    // Most of a session's OKs are the same seven bytes.
    let bytes = try framer.read(frame) { (bytes) throws(Violation) in try bytes.readShortOK() }
    if let last = lastShortOK, last.bytes == bytes {
      framer.discard(frame)
      return last.ok
    }
    let ok = try take(frame) { (bytes) throws(Violation) in
      try OKPacket(payload: bytes, capabilities: capabilities, changesLimit: limit)
    }
    lastShortOK = (bytes, ok)
    return ok
  }

  mutating func takeEOF(_ frame: PacketFramer.Frame) throws(Violation) -> EOFPacket {
    try take(frame) { (bytes) throws(Violation) in try EOFPacket(payload: bytes) }
  }

  mutating func close(_ error: ErrorPacket) -> Event {
    phase = .closed
    return .closed(error)
  }

  /// Receives an error. It ends the response, unless it is a progress report of MariaDB.
  mutating func receiveError(_ frame: PacketFramer.Frame) throws(Violation) -> Event {
    if capabilities.contains(.mariadbProgress), framer.read(frame, { ProgressReport.matches($0) }) {
      return .progress(
        try take(frame) { (bytes) throws(Violation) in try ProgressReport(payload: bytes) })
    }
    let error = try takeError(frame)
    definitions = []
    definitionPackets = []
    completeResponse()
    return .failed(error)
  }

  /// Receives an OK. The reply to COM_SET_OPTION is an EOF packet where those still exist.
  private mutating func receiveOK(_ frame: PacketFramer.Frame) throws(Violation) -> Event {
    let isEOF = EOFPacket.matches(size: frame.count, header: frame.header)
    return try completeCommand(isEOF ? OKPacket(takeEOF(frame)) : takeOK(frame))
  }

  /// Completes a command that has no results. Throws if the server announces some anyway, instead of waiting for them.
  mutating func completeCommand(_ ok: OKPacket) throws(Violation) -> Event {
    guard !ok.status.contains(.moreResults) else { throw .malformed(.okPacket) }
    status = ok.status
    completeResponse()
    return .ok(ok)
  }

  private mutating func receiveResult(
    _ frame: PacketFramer.Frame, header: UInt8, _ format: Format
  ) throws(Violation) -> Event? {
    switch header {
    case OKPacket.header:
      let ok = try takeOK(frame)
      endResult(ok)
      return .ok(ok)
    case LocalInfileRequest.header:
      guard capabilities.contains(.localFiles) else {
        throw .unexpectedPacket(.localInfile, header: header)
      }
      let request = try take(frame) { (bytes) throws(Violation) in try LocalInfileRequest(payload: bytes) }
      phase = .localInfile
      return .localInfile(name: request.name)
    default: return try receiveColumnCount(frame, format)
    }
  }

  /// Handles an OK or the end of rows: another result follows, or the response is complete.
  mutating func endResult(_ ok: OKPacket) {
    status = ok.status
    if ok.status.contains(.moreResults) { phase = .commands } else { completeResponse() }
  }
}

extension RawSpan {
  /// Returns the bytes of an OK without texts as one number, to compare them at once.
  fileprivate func readShortOK() throws(Violation) -> UInt64 {
    var position = 0
    let low: UInt32 = try readInteger(at: &position)
    let high = try readUInt24(at: &position)
    return UInt64(truncatingIfNeeded: low) | UInt64(truncatingIfNeeded: high) << 32
  }
}
