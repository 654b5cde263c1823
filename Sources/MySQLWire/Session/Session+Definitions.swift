extension Session {
  mutating func receivePreparation(_ frame: PacketFramer.Frame) throws(Violation) -> Event? {
    let ok = try take(frame) { (bytes) throws(Violation) in try PrepareOK(payload: bytes) }
    // Releases the previous columns, which can take as much memory as those that arrive now.
    lastPrepared = nil
    let statement = PreparedStatement(
      id: ok.statement, warnings: ok.warnings, parameters: [], columns: ResultColumns([], format: .binary))
    return begin(
      DefinitionList(missing: ok.parameters, purpose: .parameters(of: statement, columns: ok.columns)))
  }

  mutating func receiveColumnCount(
    _ frame: PacketFramer.Frame, _ format: Format
  ) throws(Violation) -> Event? {
    let (capabilities, limit) = (capabilities, settings.limits.columns)
    let result = try take(frame) { (bytes) throws(Violation) in
      try ColumnCount(payload: bytes, capabilities: capabilities, limit: limit)
    }
    guard result.count > 0 else { throw .malformed(.columnCount) }
    let expected = expectedColumns(format)
    guard let expected, expected.count == result.count else {
      guard result.areDefinitionsSent else { throw .malformed(.columnCount) }
      phase = .definitions(DefinitionList(missing: result.count, purpose: .result(format, expected: nil)))
      return nil
    }
    // For a text result, the server cannot know which columns this client has seen.
    guard result.areDefinitionsSent || format == .binary else { throw .malformed(.columnCount) }
    let areAsExpected = !result.areDefinitionsSent || take(definitionsOf: expected, format)
    if areAsExpected, capabilities.contains(.deprecateEOF) { return beginRows(expected, nil) }
    var list = DefinitionList(missing: result.count, purpose: .result(format, expected: expected))
    if areAsExpected { (list.missing, list.areAsExpected) = (0, true) }
    phase = .definitions(list)
    return nil
  }

  /// Returns the columns that a result may have again. For an execution, the server may omit their definitions.
  private mutating func expectedColumns(_ format: Format) -> ResultColumns? {
    if format == .text { return lastOfText }
    if case .resultsOfLastPrepared = pending.first?.kind { return lastPrepared }
    return pending.first?.columns
  }

  /// The maximum size of definition packets that are kept with the columns. Those of a statement are compared
  /// at each execution, those of the last text result at each query.
  private static var keptPackets: Int { 16 << 10 }
  private static var keptOfText: Int { 4 << 10 }

  /// Takes all definitions of a result at once if they are the expected ones. If they are not, and all have
  /// arrived, keeps their packets for the next time.
  private mutating func takeExpected(_ list: DefinitionList) -> Bool {
    guard case .result(let format, let expected) = list.purpose, definitions.isEmpty else { return false }
    if let expected, take(definitionsOf: expected, format) { return true }
    if let range = framer.rangeOfPackets(list.missing, upTo: Self.keptPackets) {
      definitionPackets = framer.queue.storage.span.bytes.bytes(in: range)
    }
    return false
  }

  @inline(__always)
  private mutating func take(definitionsOf columns: ResultColumns, _ format: Format) -> Bool {
    columns.format == format && framer.take(columns.packets, count: columns.count)
  }

  mutating func receiveDefinition(_ list: DefinitionList) throws(Violation) -> Event? {
    var list = list
    if list.missing > 0, takeExpected(list) {
      list.missing = 0
      list.areAsExpected = true
      phase = .definitions(list)
    }
    guard list.missing > 0 || !capabilities.contains(.deprecateEOF) else { return finish(list, nil) }
    guard let frame = try framer.nextFrame(upTo: settings.limits.definition) else { return .needsInput }
    if frame.isOutOfTurn { return close(try takeError(frame)) }
    if frame.header == ErrorPacket.header { return try receiveError(frame) }
    let isEOF = EOFPacket.matches(size: frame.count, header: frame.header)
    guard list.missing > 0 else {
      guard isEOF else { throw .unexpectedPacket(.columnDefinition, header: frame.header ?? 0) }
      return finish(list, try takeEOF(frame))
    }
    if list.areOfStatement, definitions.isEmpty, isEOF {
      // A definition begins with the length of a short name, so it is never mistaken for an EOF packet.
      guard !list.followsStrayEOF else {
        throw .unexpectedPacket(.columnDefinition, header: EOFPacket.header)
      }
      framer.discard(frame)
      list.followsStrayEOF = true
      phase = .definitions(list)
      return nil
    }
    let capabilities = capabilities
    let definition = try take(frame) { (bytes) throws(Violation) in
      try ColumnDefinition(payload: bytes, capabilities: capabilities)
    }
    list.missing -= 1
    list.size += definition.size
    guard list.size <= settings.limits.definitions else { throw .limitExceeded(.definitions) }
    definitions.append(definition)
    phase = .definitions(list)
    return nil
  }

  /// Begins a list of definitions. An empty list is not followed by an EOF packet.
  private mutating func begin(_ list: DefinitionList) -> Event? {
    guard list.missing == 0 else {
      phase = .definitions(list)
      return nil
    }
    return finish(list, nil)
  }

  private mutating func finish(_ list: DefinitionList, _ end: EOFPacket?) -> Event? {
    let arrived = definitions
    if !arrived.isEmpty { definitions = [] }
    switch list.purpose {
    case .parameters(var statement, let columns):
      statement.parameters = arrived
      return begin(DefinitionList(missing: columns, purpose: .columns(of: statement), size: list.size))
    case .columns(var statement):
      statement.columns = ResultColumns(arrived, format: .binary)
      lastPrepared = statement.columns
      let hasDefinitions = !statement.parameters.isEmpty || !arrived.isEmpty
      strayEOF = capabilities.contains(.deprecateEOF) && hasDefinitions ? framer.sequence : nil
      completeResponse()
      return .prepared(statement)
    case .result(let format, let expected):
      return beginRows(columns(of: list, expected, arrived, format), end)
    }
  }

  private mutating func beginRows(_ columns: ResultColumns, _ end: EOFPacket?) -> Event {
    rowNumber = 0
    // MySQL (5.5 to 9.7) reports OUT parameters, and the OK that follows them, only here.
    statusAfterDefinitions = end.map { $0.status.contains(.outParameters) ? $0.status : [] } ?? []
    if let end, end.status.contains(.cursorExists) {
      phase = .openCursor(OKPacket(end))
    } else {
      phase = .rows(columns)
    }
    return .columns(columns)
  }

  private mutating func columns(
    of list: DefinitionList, _ expected: ResultColumns?, _ arrived: [ColumnDefinition], _ format: Format
  ) -> ResultColumns {
    if list.areAsExpected, let expected { return expected }
    let columns = ResultColumns(arrived, format: format, packets: definitionPackets)
    definitionPackets = []
    if format == .text, 1...Self.keptOfText ~= columns.packets.count { lastOfText = columns }
    return columns
  }
}
