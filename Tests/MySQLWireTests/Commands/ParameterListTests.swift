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
}
