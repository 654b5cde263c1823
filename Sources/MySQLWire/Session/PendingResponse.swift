/// A response that the server owes.
struct PendingResponse {
  var kind: Kind
  /// The sequence id of its first packet: one more than the command's last.
  var sequence: UInt8
  /// The columns of the rows, where they are known: the server may leave the definitions of a result out then, and
  /// sends none of a cursor's rows.
  var columns: ResultColumns?

  // Nothing in here is counted: a response is looked at with each of its packets.
  enum Kind {
    /// An OK, or results.
    case results(Format)
    /// The same of the statement whose preparation the server answers just before: its columns are known.
    case resultsOfLastPrepared
    case preparation
    /// Rows of a cursor.
    case fetchedRows
    case ok
    /// The answer to a command that went ahead of another: an OK, for which there is no event.
    case ahead
    /// A line of text without any header.
    case statistics
  }

  init(_ kind: Kind, sequence: UInt8, columns: ResultColumns? = nil) {
    self.kind = kind
    self.sequence = sequence
    self.columns = columns
  }

  /// Whether the server may ask for a file, so that whatever is sent behind the command would be taken for
  /// the file.
  func mayRequestFile(_ capabilities: Capabilities) -> Bool {
    switch kind {
    case .results, .resultsOfLastPrepared: capabilities.contains(.localFiles)
    default: false
    }
  }
}
