import MySQLWire
import Testing

@Suite(.busy) struct BulkRowsTests {
  private func row(_ values: Value...) -> ParameterList {
    var row = ParameterList(hasIndicators: true)
    for value in values { row.append(value) }
    return row
  }

  @Test func eachValueFollowsItsIndicator() {
    var rows = BulkRows()
    let areTaken = [rows.append(row(.integer(1), .text("a"))), rows.append(row(.null, .text("")))]
    let execution = rows.execution(of: 7)
    #expect(areTaken == [true, true] && rows.count == 2 && rows.size == execution.rows.count)
    #expect(execution.statement == 7 && execution.flags == .sendsTypes)
    #expect(execution.types == [8, 0, 253, 0])
    #expect(execution.rows == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x61] + [1, 0, 0])
  }

  @Test func aColumnThatBeginsWithNULLHasTheTypeOfItsFirstValue() {
    var rows = BulkRows()
    let areTaken = [row(.null), row(.unsigned(5)), row(.null)].map { rows.append($0) }
    #expect(areTaken == [true, true, true])
    #expect(rows.execution(of: 1).types == [8, 0x80])
  }

  @Test func aValueOfAnotherTypeGoesIntoAnotherCommand() {
    var rows = BulkRows()
    var areTaken = [row(.null, .integer(1)), row(.text("a"), .text("b"))].map { rows.append($0) }
    #expect(areTaken == [true, false] && rows.count == 1)
    // The refused row has left nothing behind.
    #expect(rows.execution(of: 1).types == [6, 0, 8, 0])
    rows.removeAll()
    areTaken = [row(.text("a"), .text("b"))].map { rows.append($0) }
    #expect(areTaken == [true] && rows.execution(of: 1).types == [253, 0, 253, 0])
  }
}
