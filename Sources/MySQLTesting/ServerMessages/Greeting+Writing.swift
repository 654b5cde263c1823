package import MySQLWire

extension Greeting {
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(10)
    writer.writeNullTerminated(serverVersion.utf8)
    writer.writeInteger(connectionID)
    writer.write(padded(challenge.prefix(8), to: 8))
    writer.writeUInt8(0)
    writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.shared))
    writer.writeUInt8(collation)
    writer.writeInteger(status.rawValue)
    writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.shared >> 16))
    let namesPlugin = capabilities.contains(.pluginAuthentication)
    writer.writeUInt8(namesPlugin ? UInt8(clamping: max(21, challenge.count + 1)) : 0)
    writer.write(zeros: 6)
    writer.writeInteger(capabilities.extended)
    writer.write(padded(challenge.dropFirst(8), to: 12))
    writer.writeUInt8(0)
    if namesPlugin { writer.writeNullTerminated(plugin.utf8) }
  }

  private func padded(_ bytes: ArraySlice<UInt8>, to size: Int) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: max(0, size - bytes.count))
  }
}
