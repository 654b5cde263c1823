public import Foundation
import MySQLWire

extension MySQLParameterWriter {
  @inline(__always)
  mutating func write(utf8 text: some Collection<UInt8>) {
    list.append(ParameterType(.varString)) { $0.writeLengthEncoded(bytes: text) }
  }
}

extension String: MySQLEncodable {
  /// Writes text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) { writer.write(utf8: utf8) }
}

extension Substring: MySQLEncodable {
  /// Writes text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) { writer.write(utf8: utf8) }
}

extension URL: MySQLEncodable {
  /// Writes the URL's text, of a relative one the absolute URL.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(utf8: absoluteString.utf8)
  }
}

extension MySQLJSON: MySQLEncodable where Value: Encodable {
  /// Writes the JSON that a `JSONEncoder` makes, as text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    let json: Data
    do {
      json = try JSONEncoder().encode(value)
    } catch {
      throw writer.refuse("\(Value.self) cannot be made JSON: \(error)")
    }
    writer.write(utf8: json)
  }
}
