package import MySQLWire

extension SessionChange {
  package func write(to writer: inout ByteWriter) {
    var data = ByteWriter()
    writer.writeUInt8(writeData(to: &data))
    writer.writeLengthEncoded(bytes: data.bytes)
  }

  /// Writes the data of the change. Returns its kind.
  private func writeData(to data: inout ByteWriter) -> UInt8 {
    switch self {
    case .variable(let name, let value):
      data.writeLengthEncoded(bytes: name.utf8)
      data.writeLengthEncoded(bytes: value.utf8)
      return 0
    case .schema(let name):
      data.writeLengthEncoded(bytes: name.utf8)
      return 1
    case .state(let changed):
      data.writeUInt8(UInt8(ascii: changed ? "1" : "0"))
      return 2
    case .gtids(let text):
      data.writeUInt8(0)
      data.writeLengthEncoded(bytes: text.utf8)
      return 3
    case .transactionCharacteristics(let sql):
      data.writeLengthEncoded(bytes: sql.utf8)
      return 4
    case .transactionState(let state):
      data.writeLengthEncoded(bytes: state.utf8)
      return 5
    case .unknown(let kind, let bytes):
      data.write(bytes)
      return kind
    }
  }
}
