extension Session {
  /// The first packet of a response, or of one of its results.
  mutating func receiveResponse() throws(Violation) -> Event? {
    guard try skipStrayEOF() else { return .needsInput }
    guard let response = pending.first else { return try receiveUnasked() }
    if case .fetchedRows(let columns) = response.kind {
      phase = .rows(columns)
      return nil
    }
    guard let packet = try nextMessage() else { return .needsInput }
    if packet.isOutOfTurn { return try close(packet.payload) }
    guard let header = packet.payload.first else { throw .truncated }
    if case .ahead(let command) = response.kind {
      try receiveAnswer(packet.payload, to: command)
      return nil
    }
    if header == ErrorPacket.header { return try receiveError(packet.payload) }
    switch response.kind {
    case .ok: return try receiveOK(packet.payload)
    case .statistics:
      completeResponse()
      return .statistics(String(decoding: packet.payload, as: UTF8.self))
    case .preparation: return try receivePreparation(packet.payload)
    case .results(let format, let known):
      return try receiveResult(packet.payload, header: header, format: format, known: known)
    case .fetchedRows, .ahead: return nil
    }
  }

  /// Drops the EOF packet that ends a preparation where there should be none. Its sequence id goes on from the
  /// preparation's, so it is not taken for an answer. False if the rest of it has not arrived.
  private mutating func skipStrayEOF() throws(Violation) -> Bool {
    guard let sequence = strayEOF, let header = try framer.nextHeader() else { return true }
    guard header.length == EOFPacket.size, header.sequence == sequence,
      pending.isEmpty || sequence != framer.sequence
    else {
      strayEOF = nil
      return true
    }
    guard framer.queue.count >= PacketFramer.headerSize + header.length else { return false }
    if framer.firstByte(behind: header) == EOFPacket.header {
      framer.queue.discard(PacketFramer.headerSize + header.length)
    }
    strayEOF = nil
    return true
  }

  /// The answer to a command that went ahead of another.
  private mutating func receiveAnswer(_ payload: [UInt8], to command: CommandAhead) throws(Violation) {
    guard payload.first == ErrorPacket.header else {
      _ = try receiveOK(payload)
      return
    }
    let error = try ErrorPacket(payload: payload, limits: settings.limits)
    if error.refusesExpiredPassword, case .query = command.command {
      ahead.append(command)
    } else if command.isRequired {
      throw .notReady(error)
    }
    completeResponse()
  }

  /// Only an error before closing may arrive where nothing is owed, under whatever sequence id. Anything else
  /// is refused as soon as it begins, however much of it is announced.
  mutating func receiveUnasked(_ subject: Violation.Subject = .response) throws(Violation) -> Event {
    guard let header = try framer.nextHeader() else { return .needsInput }
    guard header.length > 0 else { throw .truncated }
    guard let first = framer.firstByte(behind: header) else { return .needsInput }
    guard first == ErrorPacket.header else { throw .unexpectedPacket(subject, header: first) }
    framer.sequence = header.sequence
    guard let packet = try nextMessage() else { return .needsInput }
    return try close(packet.payload)
  }

  /// The next payload that is neither a row nor a definition.
  mutating func nextMessage() throws(Violation) -> PacketFramer.Packet? {
    try framer.next(upTo: settings.limits.message)
  }

  mutating func close(_ payload: [UInt8]) throws(Violation) -> Event {
    let error = try ErrorPacket(payload: payload, limits: settings.limits)
    phase = .closed
    return .closed(error)
  }

  /// An error ends the response, unless it is MariaDB's way to report progress.
  mutating func receiveError(_ payload: [UInt8]) throws(Violation) -> Event? {
    if capabilities.contains(.mariadbProgress), ProgressReport.matches(payload) {
      return .progress(try ProgressReport(payload: payload))
    }
    let error = try ErrorPacket(payload: payload, limits: settings.limits)
    definitions = []
    completeResponse()
    return .failed(error)
  }

  /// OK; COM_SET_OPTION is answered by EOF where that still exists.
  private mutating func receiveOK(_ payload: [UInt8]) throws(Violation) -> Event {
    let ok =
      EOFPacket.matches(payload)
      ? OKPacket(try EOFPacket(payload: payload))
      : try OKPacket(payload: payload, capabilities: capabilities, limits: settings.limits)
    return try completeCommand(ok)
  }

  /// The end of a command that has no results. A server that announces some all the same is not to be waited for.
  mutating func completeCommand(_ ok: OKPacket) throws(Violation) -> Event {
    guard !ok.status.contains(.moreResults) else { throw .malformed(.okPacket) }
    status = ok.status
    completeResponse()
    return .ok(ok)
  }

  private mutating func receiveResult(
    _ payload: [UInt8], header: UInt8, format: Format, known: PendingResponse.KnownColumns
  ) throws(Violation) -> Event? {
    switch header {
    case OKPacket.header:
      let ok = try OKPacket(payload: payload, capabilities: capabilities, limits: settings.limits)
      endResult(ok)
      return .ok(ok)
    case RawSpan.nullMarker:
      guard capabilities.contains(.localFiles) else {
        throw .unexpectedPacket(.localInfile, header: header)
      }
      phase = .localInfile
      return .localInfile(name: Array(payload.dropFirst()))
    default: return try receiveColumnCount(payload, format: format, known: known)
    }
  }

  /// An OK or the end of rows: another result follows, or the response is complete.
  mutating func endResult(_ ok: OKPacket) {
    status = ok.status
    if ok.status.contains(.moreResults) { phase = .commands } else { completeResponse() }
  }
}
