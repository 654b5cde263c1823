import MySQLWire

/// A row as a `Decoder`: it has keys, or is a single value if it has one column.
struct RowDecoder: Decoder {
  let content: RowContent

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RowContainer<Key>(content: content))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw MySQLError(.decoding, "a row needs a keyed type, such as a struct", reach: .answered)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    guard content.columns.count == 1 else {
      throw MySQLError(
        .decoding, "the row is not a single value: it has \(content.columns.listing)", reach: .answered)
    }
    return CellContainer(cell: try content.cell(0), options: content.options)
  }
}

/// The cells of a row by the names of their columns.
private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let content: RowContent

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { content.columns.columns.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { content.column(named: key.stringValue) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try cell(key).isNull }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try cell(key).decode() }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try cell(key).decode() }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try cell(key).decode() }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try cell(key).decode() }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try cell(key).decode() }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try cell(key).decode() }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try cell(key).decode() }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try cell(key).decode() }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try cell(key).decode() }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try cell(key).decode() }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try cell(key).decode() }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try cell(key).decode() }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try cell(key).decode() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try cell(key).decode() }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try cell(key).decode(type, content.options)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try superDecoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try superDecoder(forKey: key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { RowDecoder(content: content) }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    CellDecoder(cell: try cell(key), options: content.options, type: (any Decodable).self)
  }

  private func cell(_ key: Key) throws(MySQLError) -> MySQLCell { try content.cell(named: key.stringValue) }
}
