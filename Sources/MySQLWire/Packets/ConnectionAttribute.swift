/// A name and value by which the client describes itself, visible in performance_schema.
package struct ConnectionAttribute: Equatable, Sendable {
  package var name: [UInt8]
  package var value: [UInt8]

  package init(name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }
}

extension [ConnectionAttribute] {
  func write(to writer: inout ByteWriter) {
    var pairs = ByteWriter()
    for attribute in self {
      pairs.writeLengthEncoded(bytes: attribute.name)
      pairs.writeLengthEncoded(bytes: attribute.value)
    }
    writer.writeLengthEncoded(bytes: pairs.bytes)
  }
}
