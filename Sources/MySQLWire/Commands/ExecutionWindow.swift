/// Many executions of a prepared statement, each a separate command, to be sent together.
package struct ExecutionWindow: Sendable {
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
      packets.write(sequence: 0) { [capabilities] writer in execution.write(to: &writer, capabilities) })
  }

  /// Removes the executions.
  package mutating func removeAll() {
    packets = PacketWriter()
    sequences.removeAll(keepingCapacity: true)
  }
}
