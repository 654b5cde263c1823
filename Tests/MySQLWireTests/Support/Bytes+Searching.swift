extension Bytes {
  /// Whether the given bytes occur anywhere among these.
  func contains(_ bytes: Bytes) -> Bool {
    indices.contains { self[$0...].starts(with: bytes) }
  }
}
