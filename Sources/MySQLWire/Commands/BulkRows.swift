/// Rows of values for COM_STMT_BULK_EXECUTE. An indicator precedes each value, and all values of a column
/// have the same type.
package struct BulkRows: Sendable {
  package private(set) var count = 0
  private var types: [ParameterType] = []
  private var values = ByteWriter()

  package init() {}

  /// The size of the rows in bytes.
  package var size: Int { values.count }

  /// Appends a row that was written with indicators. Returns false if a value has a different type than the
  /// rows before it: such a row must go into another command. NULL fits any type.
  package mutating func append(_ row: ParameterList) -> Bool {
    if count == 0 {
      types.removeAll(keepingCapacity: true)
      for index in 0..<row.count { types.append(row.type(at: index)) }
    } else {
      let null = ParameterType(.null)
      for index in 0..<row.count where !row.isNull(at: index) && row.type(at: index) != types[index] {
        if types[index] != null { return false }
      }
      for index in 0..<row.count where types[index] == null { types[index] = row.type(at: index) }
    }
    row.writeValues(to: &values)
    count += 1
    return true
  }

  package func execution(of statement: UInt32) -> BulkExecution {
    var announced = ByteWriter(reserving: 2 * types.count)
    for type in types { type.write(to: &announced) }
    return BulkExecution(
      statement: statement, flags: .sendsTypes, types: announced.finish(), rows: values.bytes)
  }

  /// Removes the rows but keeps their memory for reuse.
  package mutating func removeAll() {
    count = 0
    values.removeAll()
  }
}
