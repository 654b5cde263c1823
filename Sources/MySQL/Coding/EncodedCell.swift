import Foundation

extension MySQLRowEncoder {
  /// What is bound for a property: what is `MySQLEncodable` as that, a Date in the time zone, and anything
  /// else as the one value that it encodes, or as JSON if it encodes parts.
  func value(of value: some Encodable) throws -> any MySQLEncodable {
    if let known = value as? any MySQLEncodable { return known }
    if let date = value as? Date { return try dateTime(date) }
    let node = EncodedNode()
    try value.encode(to: NodeEncoder(node: node))
    // Of the whole value and not of its parts, for a `JSONEncoder` knows some types.
    return try self.value(of: node, json: value)
  }

  /// What is bound for what was encoded.
  func value(of node: EncodedNode, json: some Encodable) throws -> any MySQLEncodable {
    switch node.content {
    case .nothing: throw MySQLError(.encoding, "it encodes nothing")
    case .null: return MySQLValue.null
    case .value(let value): return try self.value(of: value)
    case .object, .array: return EncodedJSON(bytes: try (self.json ?? JSONEncoder()).encode(json))
    }
  }

  private func dateTime(_ date: Date) throws(MySQLError) -> MySQLDateTime {
    guard let timeZone else {
      throw MySQLError(.encoding, "set the time zone of the MySQLRowEncoder, or use MySQLDateTime")
    }
    guard let dateTime = MySQLDateTime(date, in: timeZone) else { throw .dateOutOfRange }
    return dateTime
  }
}

extension MySQLError {
  static var dateOutOfRange: MySQLError {
    MySQLError(.encoding, "a Date outside of the years 0 to 9999 cannot be sent")
  }
}

/// JSON that is bound as text.
private struct EncodedJSON: MySQLEncodable {
  let bytes: Data

  func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(utf8: bytes.span.bytes)
  }
}
