public import Foundation

extension URL: MySQLDecodable {
  /// Reads text that is a URL.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    guard let url = URL(string: try cell.text(as: Self.self)) else {
      throw cell.decodingError(as: Self.self, "the text is not a URL")
    }
    return url
  }
}

extension URL: MySQLEncodable {
  /// Writes the URL's text; for a relative URL, the absolute one.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try absoluteString.encode(to: &writer)
  }
}
