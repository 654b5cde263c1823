import MySQLWire
import Synchronization

extension ScriptedConnection {
  /// How the rows of a result are written.
  public enum RowFormat: Sendable, Hashable {
    /// In answer to `query`.
    case text
    /// In answer to `execute` and `fetch`.
    case binary

    var format: Format { self == .text ? .text : .binary }
  }

  /// Sends a whole result: columns, rows and end.
  ///
  /// - Parameters:
  ///   - format: `.text` for a query, `.binary` for an execution.
  ///   - status: With `.moreResults`, another result or an OK must follow.
  /// - Throws: Also `.unusableValue` if a cell of a binary row does not fit its column, and `.wrongCellCount` if a row
  ///   does not have a cell for each column.
  public func sendResult(
    columns: [ServerScript.Column], rows: [[ServerScript.Cell]], format: RowFormat = .text,
    warnings: UInt16 = 0, status: ServerStatus = .autocommit
  ) throws(TestServerError) {
    try send { (packets, capabilities) throws(TestServerError) in
      packets.writeColumns(columns.map(\.definition), capabilities)
      try packets.write(rows, columns, format.format)
      packets.writeRowsEnd(Self.end(warnings, status), capabilities)
    }
  }

  /// Begins a result. `sendRows` sends its rows, and `sendEnd` ends it.
  public func sendColumns(
    _ columns: [ServerScript.Column], status: ServerStatus = .autocommit
  ) throws(TestServerError) {
    try send { packets, capabilities in
      packets.writeColumns(columns.map(\.definition), status: status.flags, capabilities)
    }
  }

  /// Sends rows of a result that `sendColumns` began.
  ///
  /// - Throws: Also `.unusableValue` if a cell of a binary row does not fit its column, and `.wrongCellCount` if a row
  ///   does not have a cell for each column.
  public func sendRows(
    _ rows: [[ServerScript.Cell]], of columns: [ServerScript.Column], format: RowFormat = .text
  ) throws(TestServerError) {
    try send { (packets, _) throws(TestServerError) in try packets.write(rows, columns, format.format) }
  }

  /// Ends a result that `sendColumns` began.
  public func sendEnd(
    warnings: UInt16 = 0, status: ServerStatus = .autocommit
  ) throws(TestServerError) {
    try send { packets, capabilities in packets.writeRowsEnd(Self.end(warnings, status), capabilities) }
  }

  /// Answers `prepare` with the statement's id, its parameters, and the columns of its result.
  public func sendPrepared(
    _ statement: UInt32, parameters: [ServerScript.Column] = [], columns: [ServerScript.Column] = []
  ) throws(TestServerError) {
    state.withLock { $0.commands.prepared(statement, parameterCount: parameters.count) }
    try send { packets, capabilities in
      packets.writePrepared(
        statement, parameters: parameters.map(\.definition), columns: columns.map(\.definition), capabilities)
    }
  }

  private static func end(_ warnings: UInt16, _ status: ServerStatus) -> OKPacket {
    OKPacket(EOFPacket(warnings: warnings, status: status.flags))
  }
}

extension ServerPackets {
  fileprivate mutating func write(
    _ rows: [[ServerScript.Cell]], _ columns: [ServerScript.Column], _ format: Format
  ) throws(TestServerError) {
    let definitions = columns.map(\.definition)
    for row in rows {
      guard row.count == columns.count else { throw .wrongCellCount(row.count, columns: columns.count) }
      var values: [Value] = []
      for (cell, column) in zip(row, columns) { values.append(try cell.value(in: column, format)) }
      writeRow(values, definitions, format)
    }
  }
}
