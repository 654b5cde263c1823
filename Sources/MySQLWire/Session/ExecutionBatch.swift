/// Many executions of a prepared statement, each a separate command, to be sent together.
package struct ExecutionBatch: Sendable {
  private(set) var packets = PacketWriter()
  /// The sequence ids of the responses.
  private(set) var sequences: [UInt8] = []
  private let statement: UInt32
  private let capabilities: Capabilities

  package init(of statement: UInt32, capabilities: Capabilities) {
    self.statement = statement
    self.capabilities = capabilities
  }

  package var count: Int { sequences.count }
  package var size: Int { packets.count }

  package mutating func append(_ parameters: ParameterList) {
    let execution = Execution(statement: statement, parameters: parameters)
    sequences.append(
      packets.write(sequence: 0) { [capabilities] writer in
        writer.writeUInt8(CommandCode.execute.rawValue)
        execution.write(to: &writer, capabilities)
      })
  }

  /// Removes the executions.
  package mutating func removeAll() {
    packets = PacketWriter()
    sequences.removeAll(keepingCapacity: true)
  }
}

extension Session {
  /// Writes the executions to the output. The server replies to each.
  ///
  /// - Parameter columns: The columns from the last execution, for servers that then omit the definitions. If
  ///   the columns may change, one execution must not be queued after another.
  package mutating func send(_ batch: ExecutionBatch, columns: ResultColumns) throws(Misuse) {
    // Nothing can be queued after an execution that may ask for a file.
    guard batch.count <= 1 || !capabilities.contains(.localFiles) else { throw .busy }
    try checkReady()
    output.append(batch.packets)
    let known = columns.count > 0 ? columns : nil
    for sequence in batch.sequences {
      expect(PendingResponse(.results(.binary), sequence: sequence, columns: known))
    }
  }
}
