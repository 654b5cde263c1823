/// The server's reply to COM_STMT_PREPARE. The definitions of parameters and columns follow it.
package struct PrepareOK: Equatable, Sendable {
  package var statement: UInt32
  package var columns: Int
  package var parameters: Int
  package var warnings: UInt16

  package init(statement: UInt32, columns: Int, parameters: Int, warnings: UInt16 = 0) {
    self.statement = statement
    self.columns = columns
    self.parameters = parameters
    self.warnings = warnings
  }

  package init(payload: [UInt8]) throws(Violation) { try self.init(payload: payload.span.bytes) }

  package init(payload bytes: RawSpan) throws(Violation) {
    var position = 0
    guard try bytes.readUInt8(at: &position) == OKPacket.header else { throw .malformed(.prepareResponse) }
    statement = try bytes.readInteger(at: &position)
    columns = Int(try bytes.readInteger(UInt16.self, at: &position))
    parameters = Int(try bytes.readInteger(UInt16.self, at: &position))
    try bytes.skip(1, at: &position)
    warnings = try bytes.readInteger(at: &position)
    guard position == bytes.byteCount else { throw .trailingBytes(in: .prepareResponse) }
  }
}
