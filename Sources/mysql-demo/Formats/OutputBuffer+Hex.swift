import MySQLWire

extension OutputBuffer {
  /// Writes bytes as one hexadecimal number.
  func write(hex bytes: ArraySlice<UInt8>) {
    write("0x")
    append { buffer in
      for byte in bytes {
        buffer.append((byte >> 4).hexDigit(isUppercase: true))
        buffer.append(byte.hexDigit(isUppercase: true))
      }
    }
  }
}
