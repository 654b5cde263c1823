public import Foundation
import MySQLWire

extension MySQLParameterWriter {
  mutating func write(utf8 text: RawSpan) {
    list.append(ParameterType(.varString)) { $0.writeLengthEncoded(span: text) }
  }
}

extension String: MySQLEncodable {
  /// Writes text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    var text = self
    text.withUTF8 { writer.write(utf8: $0.span.bytes) }
  }
}

extension Substring: MySQLEncodable {
  /// Writes text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    var text = self
    text.withUTF8 { writer.write(utf8: $0.span.bytes) }
  }
}

extension URL: MySQLEncodable {
  /// Writes the URL's text; for a relative URL, the absolute one.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try absoluteString.encode(to: &writer)
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
