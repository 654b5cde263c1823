extension ByteWriter {
  /// Writes COM_INIT_DB: the database's name.
  mutating func writeInitDatabase(_ name: [UInt8]) {
    write(code: .useDatabase)
    write(name)
  }
}
