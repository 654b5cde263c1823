extension Session {
  mutating func receivePreparation(_ payload: [UInt8]) throws(Violation) -> Event? {
    let ok = try PrepareOK(payload: payload)
    // They can take as much memory as those that come now.
    lastPrepared = nil
    let statement = PreparedStatement(
      id: ok.statement, warnings: ok.warnings, parameters: [], columns: ResultColumns([], format: .binary))
    return begin(
      DefinitionList(missing: ok.parameters, purpose: .parameters(of: statement, columns: ok.columns)))
  }

  /// The count that begins a result with rows.
  mutating func receiveColumnCount(
    _ payload: [UInt8], format: Format, known: PendingResponse.KnownColumns
  ) throws(Violation) -> Event? {
    let bytes = payload.span.bytes
    var position = 0
    let count = try bytes.readLengthEncoded(at: &position)
    guard count <= UInt64(settings.limits.columns) else { throw .limitExceeded(.columns) }
    var areDefinitionsSent = true
    if capabilities.contains(.mariadbCacheMetadata) {
      areDefinitionsSent = try bytes.readUInt8(at: &position) != 0
    }
    guard position == payload.count else { throw .trailingBytes(in: .columnCount) }
    guard count > 0 else { throw .malformed(.columnCount) }
    guard !areDefinitionsSent else {
      phase = .definitions(DefinitionList(missing: Int(count), purpose: .result(format, known: nil)))
      return nil
    }
    let columns: ResultColumns? =
      switch known {
      case .none: nil
      case .columns(let columns): columns
      case .lastPrepared: lastPrepared
      }
    guard let columns, columns.count == Int(count) else { throw .malformed(.columnCount) }
    phase = .definitions(DefinitionList(missing: 0, purpose: .result(format, known: columns)))
    return nil
  }

  mutating func receiveDefinition(_ list: DefinitionList) throws(Violation) -> Event? {
    guard list.missing > 0 || !capabilities.contains(.deprecateEOF) else { return finish(list, nil) }
    guard let packet = try framer.next(upTo: settings.limits.definition) else { return .needsInput }
    if packet.isOutOfTurn { return try close(packet.payload) }
    if packet.payload.first == ErrorPacket.header { return try receiveError(packet.payload) }
    guard list.missing > 0 else {
      guard EOFPacket.matches(packet.payload) else {
        throw .unexpectedPacket(.columnDefinition, header: packet.payload.first ?? 0)
      }
      return finish(list, try EOFPacket(payload: packet.payload))
    }
    if list.areOfStatement, definitions.isEmpty, EOFPacket.matches(packet.payload) {
      // A definition begins with the length of a short name, so no definition is taken for an EOF packet.
      guard !list.followsStrayEOF else {
        throw .unexpectedPacket(.columnDefinition, header: EOFPacket.header)
      }
      var rest = list
      rest.followsStrayEOF = true
      phase = .definitions(rest)
      return nil
    }
    let definition = try ColumnDefinition(payload: packet.payload, capabilities: capabilities)
    var rest = list
    rest.missing -= 1
    rest.size += definition.size
    guard rest.size <= settings.limits.definitions else { throw .limitExceeded(.definitions) }
    definitions.append(definition)
    phase = .definitions(rest)
    return nil
  }

  /// A list of none has no EOF behind it.
  private mutating func begin(_ list: DefinitionList) -> Event? {
    guard list.missing == 0 else {
      phase = .definitions(list)
      return nil
    }
    return finish(list, nil)
  }

  private mutating func finish(_ list: DefinitionList, _ end: EOFPacket?) -> Event? {
    let arrived = definitions
    definitions = []
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
    case .result(let format, let known):
      let columns = known ?? ResultColumns(arrived, format: format)
      // MySQL (5.5 to 9.7) tells of OUT parameters, and of the OK that follows them, only here.
      statusBehindDefinitions = end.map { $0.status.contains(.outParameters) ? $0.status : [] } ?? []
      if let end, end.status.contains(.cursorExists) {
        phase = .openCursor(OKPacket(end))
      } else {
        phase = .rows(columns)
      }
      return .columns(columns)
    }
  }
}
