import Testing

@testable import MySQLWire

@Suite(.busy) struct ParameterListTests {
  /// Types, names and NULLs of more values than two bytes of the bitmap hold, in a list that is used again.
  @Test func keepsTypesNamesAndNULLsOfManyValues() throws {
    var list = ParameterList()
    list.append(.text("x"), name: [0x61])
    list.removeAll()
    #expect(list == ParameterList())
    let values: [Value] = (0..<6).flatMap { [.text("\($0)"), .unsigned(7), .null] as [Value] }
    for (index, value) in values.enumerated() { list.append(value, name: index == 9 ? [0x6E] : []) }
    #expect(list.count == 18)
    #expect(try list.decoded() == values)

    var writer = ByteWriter()
    list.write(to: &writer, sendsTypes: true, withNames: true)
    var expected: [UInt8] = [0b0010_0100, 0b0100_1001, 0b10, 1]
    for (index, value) in values.enumerated() {
      switch value {
      case .null: expected += [6, 0]
      case .unsigned: expected += [8, 0x80]
      default: expected += [253, 0]
      }
      expected += index == 9 ? [1, 0x6E] : [0]
    }
    var cells = ByteWriter()
    for value in values { value.writeParameter(to: &cells) }
    #expect(writer.bytes == expected + cells.bytes)
  }

  /// With names or without, and with more values than a list holds without another piece of memory.
  @Test(arguments: [1, 8, 9, 20])
  func aCopyIsNotChangedWithTheOriginal(count: Int) throws {
    for name in [[], [0x61]] as [[UInt8]] {
      var list = ParameterList()
      for number in 0..<count { list.append(.unsigned(UInt64(number)), name: name) }
      let copy = list
      list.append(.null, name: name)
      #expect(copy != list && copy.count == count && list.count == count + 1)
      var other = copy
      other.removeAll()
      other.append(.text("x"))
      #expect(try other.decoded() == [.text("x")])
      #expect(try copy.decoded() == (0..<count).map { .unsigned(UInt64($0)) })
      #expect(Set([copy, list, other, copy]).count == 3)
    }
  }
}
