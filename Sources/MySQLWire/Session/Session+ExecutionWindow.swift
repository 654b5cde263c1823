extension Session {
  /// Writes the executions to the output. The server replies to each.
  ///
  /// - Parameter columns: The columns from the last execution, for servers that then omit the definitions. If
  ///   the columns may change, one execution must not be queued after another.
  package mutating func send(_ batch: ExecutionWindow, columns: ResultColumns) throws(Misuse) {
    // Nothing can be queued after an execution that may ask for a file.
    guard batch.count <= 1 || !capabilities.contains(.localFiles) else { throw .busy }
    try checkReady()
    output.append(batch.packets)
    let known = columns.count > 0 ? columns : nil
    for sequence in batch.sequences {
      expect(PendingResponse(.results(.binary), sequence: sequence, columns: known))
    }
  }
}
