extension ByteWriter {
  /// Writes COM_QUERY: the attributes, as one set of parameters, if the server takes them, and the text.
  mutating func writeQuery(_ sql: RawSpan, attributes: ParameterList?, _ capabilities: Capabilities) {
    write(code: .query)
    if capabilities.contains(.queryAttributes) {
      writeLengthEncoded(attributes?.count ?? 0)
      writeLengthEncoded(1)
      attributes?.write(to: &self, sendsTypes: true, withNames: true)
    }
    sql.withUnsafeBytes { write(buffer: $0) }
  }
}
