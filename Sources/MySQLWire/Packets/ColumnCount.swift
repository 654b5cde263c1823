/// The packet that begins a result with rows.
struct ColumnCount: Equatable, Sendable {
  var count: Int
  /// Whether the definitions of the columns follow. A server can omit them only under MARIADB_CLIENT_CACHE_METADATA.
  var areDefinitionsSent: Bool

  init(payload bytes: RawSpan, capabilities: Capabilities, limit: Int) throws(Violation) {
    var position = 0
    let count = try bytes.readLengthEncoded(at: &position)
    guard count <= UInt64(limit) else { throw .limitExceeded(.columns) }
    self.count = Int(count)
    let isTold = capabilities.contains(.mariadbCacheMetadata)
    areDefinitionsSent = isTold ? try bytes.readUInt8(at: &position) != 0 : true
    guard position == bytes.byteCount else { throw .trailingBytes(in: .columnCount) }
  }
}
