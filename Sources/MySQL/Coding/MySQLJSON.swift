import Foundation
import MySQLWire

/// A value that a column holds as JSON: `let tags = try row[3].decode(MySQLJSON<[String]>.self).value`. The
/// column may be JSON, which MariaDB calls LONGTEXT, or any other text or binary string.
public struct MySQLJSON<Value: Sendable>: Sendable {
  /// The value itself.
  public var value: Value

  /// Wraps a value.
  public init(_ value: Value) { self.value = value }
}

extension MySQLJSON: Equatable where Value: Equatable {}
extension MySQLJSON: Hashable where Value: Hashable {}

extension MySQLJSON: MySQLDecodable where Value: Decodable {
  /// Reads the JSON with a default `JSONDecoder`.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    Self(try cell.decodeJSON(Value.self, nil, as: Self.self))
  }
}

extension MySQLJSON: MySQLEncodable where Value: Encodable {
  /// Writes the JSON that a `JSONEncoder` makes, as text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    let json: Data
    do {
      json = try JSONEncoder().encode(value)
    } catch {
      throw writer.refuse("\(Value.self) cannot be made JSON: \(describe(error))")
    }
    writer.write(utf8: json.span.bytes)
  }
}

extension MySQLJSON: Decodable where Value: Decodable {
  /// Reads the value in the decoder's format.
  public init(from decoder: any Decoder) throws { value = try Value(from: decoder) }
}

extension MySQLJSON: Encodable where Value: Encodable {
  /// Writes the value in the encoder's format.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension MySQLCell {
  /// Decodes the cell's JSON; `wanted` names the target type in errors.
  func decodeJSON<Value: Decodable>(
    _ type: Value.Type, _ json: JSONDecoder?, as wanted: Any.Type
  ) throws(MySQLError) -> Value {
    guard let range = place.range else { throw nullError(as: wanted) }
    guard decoder.kind == .text || decoder.kind == .bytes else { throw mismatchError(as: wanted) }
    do {
      return try (json ?? JSONDecoder()).decode(type, from: Data(block.rows.bytes[range]))
    } catch {
      throw decodingError(as: wanted, describe(error))
    }
  }
}

/// What Foundation says if a text is not JSON at all.
private let brokenJSON = "The given data was not valid JSON."

/// Returns in one line what an encoder or decoder of the standard library reported.
func describe(_ error: any Error) -> String {
  // The text must not contain the value itself.
  if case .invalidValue(_, let context) = error as? EncodingError {
    return describe(context.debugDescription, context.codingPath)
  }
  return switch error as? DecodingError {
  case .keyNotFound(let key, let context): describe("there is no '\(key.stringValue)'", context.codingPath)
  case .valueNotFound(let type, let context): describe("null is not a valid \(type)", context.codingPath)
  case .typeMismatch(let type, let context): describe("the value is not of type \(type)", context.codingPath)
  case .dataCorrupted(let context):
    // Most other descriptions quote the value.
    describe(
      context.debugDescription == brokenJSON ? "it is not valid JSON" : "the value is not valid",
      context.codingPath)
  default: "\(error)"
  }
}

private func describe(_ problem: String, _ path: [any CodingKey]) -> String {
  if path.isEmpty { return problem }
  return "\(problem), at \(path.map(\.stringValue).joined(separator: "."))"
}
