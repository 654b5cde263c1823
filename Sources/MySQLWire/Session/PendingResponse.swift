/// A response that the server owes.
struct PendingResponse {
  var kind: Kind
  /// The sequence id of its first packet: one more than the command's last.
  var sequence: UInt8
  /// The columns of the rows, if they are known. The server may then omit the definitions of a result, and it
  /// never sends any with a cursor's rows.
  var columns: ResultColumns?

  // No case holds a reference that would be counted: a response is examined with each of its packets.
  enum Kind {
    /// An OK, or results.
    case results(Format)
    /// The same, for the statement that the preceding command prepares. Its columns are known by then.
    case resultsOfLastPrepared
    case preparation
    /// Rows of a cursor.
    case fetchedRows
    case ok
    /// The reply to a command that was sent ahead of another: an OK, for which there is no event.
    case ahead
    /// A line of text without any header.
    case statistics
  }

  init(_ kind: Kind, sequence: UInt8, columns: ResultColumns? = nil) {
    self.kind = kind
    self.sequence = sequence
    self.columns = columns
  }

  /// Whether the server may ask for a file, in which case anything sent after the command would be taken for the file.
  func mayRequestFile(_ capabilities: Capabilities) -> Bool {
    switch kind {
    case .results, .resultsOfLastPrepared: capabilities.contains(.localFiles)
    default: false
    }
  }
}
