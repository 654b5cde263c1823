/// A statement that the server has prepared.
package struct PreparedStatement: Sendable {
  package var id: UInt32
  package var warnings: UInt16
  package var parameters: [ColumnDefinition]
  /// The columns of its result, empty if it has no result.
  package var columns: ResultColumns

  package init(id: UInt32, warnings: UInt16, parameters: [ColumnDefinition], columns: ResultColumns) {
    self.id = id
    self.warnings = warnings
    self.parameters = parameters
    self.columns = columns
  }
}
