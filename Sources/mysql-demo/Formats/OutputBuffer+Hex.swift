extension OutputBuffer {
  /// Writes bytes as one hexadecimal number.
  func write(hex bytes: ArraySlice<UInt8>) {
    write("0x")
    let digits = Array("0123456789ABCDEF".utf8)
    append { buffer in
      for byte in bytes {
        buffer.append(digits[Int(byte >> 4)])
        buffer.append(digits[Int(byte & 15)])
      }
    }
  }
}
