package import MySQLWire

/// Packets as a server writes them, each with its header and the next sequence id.
package struct ServerPackets: Sendable {
  /// The id that the next packet will carry.
  package var sequence: UInt8
  private var writer = PacketWriter()

  package init(sequence: UInt8) { self.sequence = sequence }

  /// Writes one payload, which may be of any size.
  package mutating func write(_ payload: (inout ByteWriter) -> Void) {
    sequence = writer.write(sequence: sequence, payload)
  }

  /// Returns all that was written, and removes it.
  package mutating func take() -> [UInt8] { writer.take() }
}

extension ServerPackets {
  /// Begins a result: writes the number of its columns and their definitions.
  package mutating func writeColumns(
    _ columns: [ColumnDefinition], status: StatusFlags = .autocommit, _ capabilities: Capabilities
  ) {
    write { writer in
      writer.writeLengthEncoded(columns.count)
      // Whether definitions follow.
      if capabilities.contains(.mariadbCacheMetadata) { writer.writeUInt8(1) }
    }
    writeDefinitions(columns, status: status, capabilities)
  }

  /// Writes definitions and the packet that ends them. An empty list has no such packet.
  package mutating func writeDefinitions(
    _ columns: [ColumnDefinition], status: StatusFlags = .autocommit, _ capabilities: Capabilities
  ) {
    for column in columns { write { column.write(to: &$0, capabilities) } }
    guard !columns.isEmpty, !capabilities.contains(.deprecateEOF) else { return }
    write { EOFPacket(status: status).write(to: &$0) }
  }

  package mutating func writeRow(_ row: [Value], _ columns: [ColumnDefinition], _ format: Format) {
    write { writer in
      switch format {
      case .text: writer.writeTextRow(row)
      case .binary: writer.writeBinaryRow(row, columns)
      }
    }
  }

  /// Writes the end of the rows.
  package mutating func writeRowsEnd(_ ok: OKPacket, _ capabilities: Capabilities) {
    write { writer in
      if capabilities.contains(.deprecateEOF) {
        ok.write(to: &writer, capabilities, header: EOFPacket.header)
      } else {
        EOFPacket(warnings: ok.warnings, status: ok.status).write(to: &writer)
      }
    }
  }

  /// Writes the answer to COM_STMT_PREPARE.
  package mutating func writePrepared(
    _ statement: UInt32, parameters: [ColumnDefinition], columns: [ColumnDefinition],
    _ capabilities: Capabilities
  ) {
    let ok = PrepareOK(statement: statement, columns: columns.count, parameters: parameters.count)
    write { ok.write(to: &$0) }
    writeDefinitions(parameters, capabilities)
    writeDefinitions(columns, capabilities)
  }
}
