/// A response that the server owes.
struct PendingResponse {
  var kind: Kind
  /// The sequence id of its first packet: one more than the command's last.
  var sequence: UInt8

  enum Kind {
    /// An OK, or results.
    case results(Format, known: KnownColumns)
    case preparation
    /// Rows of a cursor, whose columns are known.
    case fetchedRows(ResultColumns)
    case ok
    /// The answer to a command that went ahead of another: an OK, for which there is no event.
    indirect case ahead(CommandAhead)
    /// A line of text without any header.
    case statistics
  }

  /// The columns of a result whose definitions the server may leave out.
  enum KnownColumns {
    case none
    case columns(ResultColumns)
    /// Those of the statement whose preparation the server answers just before.
    case lastPrepared
  }

  /// Whether the server may ask for a file, so that whatever is sent behind the command would be taken for
  /// the file.
  func mayRequestFile(_ capabilities: Capabilities) -> Bool {
    guard case .results = kind else { return false }
    return capabilities.contains(.localFiles)
  }
}
