/// Rows of values on their way into COM_STMT_BULK_EXECUTE: each value behind its indicator, and all of a column
/// of one type.
package struct BulkRows: Sendable {
  package private(set) var count = 0
  private var types: [ParameterType] = []
  private var values = ByteWriter()

  package init() {}

  /// How many bytes the rows take.
  package var size: Int { values.count }

  /// Appends a row that was written with indicators. False if the type of a value is another than that of the
  /// rows before: it must go into another command. NULL is of any type.
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

  /// Forgets the rows, and keeps the room they took.
  package mutating func removeAll() {
    count = 0
    values.removeAll()
  }
}
