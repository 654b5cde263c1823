import MySQLWire

extension Capabilities {
  /// What this client and a MySQL server agree on, and what they agreed on while there were EOF packets.
  static let withOK = standard.subtracting([
    .mariadbProgress, .mariadbBulk, .mariadbExtendedMetadata, .mariadbCacheMetadata,
  ])
  static let withEOF = withOK.subtracting(.deprecateEOF)
  /// What this client and a MariaDB server agree on.
  static let mariadb = standard.subtracting([.mysql, .queryAttributes, .multiFactor])

  static let bothEnds = [withOK, withEOF]
}

/// Returns a result of columns that are all strings, in packets.
func result(
  _ capabilities: Capabilities, _ columns: [String], rows: [Bytes], status: StatusFlags = .autocommit
) -> [Bytes] {
  head(capabilities, columns) + rows + [end(capabilities, status: status)]
}

/// Returns what comes before the rows.
func head(_ capabilities: Capabilities, _ columns: [String], status: StatusFlags = .autocommit) -> [Bytes] {
  var count = lengthEncoded(UInt64(columns.count))
  if capabilities.contains(.mariadbCacheMetadata) { count += [1] }
  return [count] + definitions(capabilities, columns, status: status)
}

/// Returns the definitions, and the EOF packet after them if there is one.
func definitions(
  _ capabilities: Capabilities, _ columns: [String], status: StatusFlags = .autocommit
) -> [Bytes] {
  guard !columns.isEmpty else { return [] }
  let definitions = columns.map { definition($0, .varString, capabilities) }
  return capabilities.contains(.deprecateEOF) ? definitions : definitions + [eof(status: status)]
}

extension ReplayEvent {
  static func columns(_ names: String...) throws(Violation) -> ReplayEvent {
    var definitions: [ColumnDefinition] = []
    for name in names { definitions.append(try .expected(name)) }
    return .columns(definitions)
  }

  static func row(_ cells: String?...) -> ReplayEvent { .row(cells.map { $0.map(Value.text) ?? .null }) }

  static func ok(_ status: StatusFlags = .autocommit) throws(Violation) -> ReplayEvent {
    .ok(try .expected(status: status))
  }

  static func rowsEnd(_ status: StatusFlags = .autocommit) throws(Violation) -> ReplayEvent {
    .rowsEnd(try .expected(status: status))
  }
}

extension Dialogue {
  @discardableResult
  func exchange(_ command: Command, _ payloads: [Bytes]) throws -> [ReplayEvent] {
    try send(command)
    _ = session.takeOutput()
    return try hear(packets(payloads))
  }
}
