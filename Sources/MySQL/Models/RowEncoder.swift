/// A row as an `Encoder`: it has keys.
struct RowEncoder: Encoder {
  let row: EncodedRow
  let options: MySQLRowEncoder

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RowEncodingContainer<Key>(row: row, options: options))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    NodeEncoder(node: row.refuseShape()).unkeyedContainer()
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    NodeEncoder(node: row.refuseShape()).singleValueContainer()
  }
}

/// The columns of a row by their keys. A nil property keeps its column: synthesized code calls
/// `encodeIfPresent`.
private struct RowEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let row: EncodedRow
  let options: MySQLRowEncoder

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { row.append(key, MySQLValue.null) }

  func encode(_ value: Bool, forKey key: Key) { row.append(key, value) }
  func encode(_ value: String, forKey key: Key) { row.append(key, value) }
  func encode(_ value: Double, forKey key: Key) { row.append(key, value) }
  func encode(_ value: Float, forKey key: Key) { row.append(key, value) }
  func encode(_ value: Int, forKey key: Key) { row.append(key, value) }
  func encode(_ value: Int8, forKey key: Key) { row.append(key, value) }
  func encode(_ value: Int16, forKey key: Key) { row.append(key, value) }
  func encode(_ value: Int32, forKey key: Key) { row.append(key, value) }
  func encode(_ value: Int64, forKey key: Key) { row.append(key, value) }
  func encode(_ value: UInt, forKey key: Key) { row.append(key, value) }
  func encode(_ value: UInt8, forKey key: Key) { row.append(key, value) }
  func encode(_ value: UInt16, forKey key: Key) { row.append(key, value) }
  func encode(_ value: UInt32, forKey key: Key) { row.append(key, value) }
  func encode(_ value: UInt64, forKey key: Key) { row.append(key, value) }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: String?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: Float?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) { row.append(key, value) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) { row.append(key, value) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try row.append(key, encoding: value, options)
  }

  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    guard let value else { return encodeNil(forKey: key) }
    try encode(value, forKey: key)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    NodeEncoder(node: row.begin(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    NodeEncoder(node: row.begin(key)).unkeyedContainer()
  }

  // A class calls this to encode the class that it inherits from: the columns of both belong to one row.
  func superEncoder() -> any Encoder { RowEncoder(row: row, options: options) }
  func superEncoder(forKey key: Key) -> any Encoder { NodeEncoder(node: row.begin(key)) }
}
