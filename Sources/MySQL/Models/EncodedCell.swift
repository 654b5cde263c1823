import Foundation

extension MySQLRowEncoder {
  /// Returns what to bind for a property: a `MySQLEncodable` value as it is, a `Date` in the encoder's time
  /// zone, and anything else as the single value that it encodes, or as JSON if it encodes several parts.
  func value(of value: some Encodable) throws -> any MySQLEncodable {
    if let known = value as? any MySQLEncodable { return known }
    if let date = value as? Date { return try dateTime(date) }
    let node = EncodedNode()
    try value.encode(to: NodeEncoder(node: node))
    // The JSON is made from the whole value, not from its parts, because `JSONEncoder` treats some types
    // specially.
    return try self.value(of: node, json: value)
  }

  /// Returns what to bind for an encoded node. `json` is the value to encode if that must be JSON.
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
