import Foundation

/// A cell as a `Decoder`: a single value, or JSON if a container with several parts is requested.
struct CellDecoder: Decoder {
  let cell: MySQLCell
  let options: MySQLRowDecoder
  /// The target type, which errors name.
  let type: Any.Type

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try json().container(keyedBy: type)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try json().unkeyedContainer() }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    CellContainer(cell: cell, options: options)
  }

  private func json() throws(MySQLError) -> any Decoder {
    try cell.decodeJSON(Unread.self, options.json, as: type).decoder
  }

  /// Captures the decoder that it is given, for the caller to read from.
  private struct Unread: Decodable {
    let decoder: any Decoder

    init(from decoder: any Decoder) { self.decoder = decoder }
  }
}

/// The value of a cell.
struct CellContainer: SingleValueDecodingContainer {
  let cell: MySQLCell
  let options: MySQLRowDecoder

  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { cell.isNull }
  func decode(_ type: Bool.Type) throws -> Bool { try cell.decode() }
  func decode(_ type: String.Type) throws -> String { try cell.decode() }
  func decode(_ type: Double.Type) throws -> Double { try cell.decode() }
  func decode(_ type: Float.Type) throws -> Float { try cell.decode() }
  func decode(_ type: Int.Type) throws -> Int { try cell.decode() }
  func decode(_ type: Int8.Type) throws -> Int8 { try cell.decode() }
  func decode(_ type: Int16.Type) throws -> Int16 { try cell.decode() }
  func decode(_ type: Int32.Type) throws -> Int32 { try cell.decode() }
  func decode(_ type: Int64.Type) throws -> Int64 { try cell.decode() }
  func decode(_ type: UInt.Type) throws -> UInt { try cell.decode() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try cell.decode() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try cell.decode() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try cell.decode() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try cell.decode() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try cell.decode(type, options) }
}

extension MySQLCell {
  /// Decodes a `MySQLDecodable` type as such, a `Date` in the time zone of the options, and any other type by
  /// using this cell as a `Decoder`.
  func decode<Value: Decodable>(_ type: Value.Type, _ options: MySQLRowDecoder) throws -> Value {
    if let known = type as? any MySQLDecodable.Type, let value = try known.decode(self) as? Value {
      return value
    }
    if type == Date.self, let value = try decodeDate(options.timeZone) as? Value { return value }
    do {
      return try Value(from: CellDecoder(cell: self, options: options, type: type))
    } catch let error as DecodingError {
      throw decodingError(as: type, describe(error))
    }
  }

  private func decodeDate(_ timeZone: TimeZone?) throws(MySQLError) -> Date {
    guard let timeZone else {
      throw decodingError(as: Date.self, "set the time zone of the MySQLRowDecoder, or use MySQLDateTime")
    }
    return try decode(Date.self, timeZone: timeZone)
  }
}
