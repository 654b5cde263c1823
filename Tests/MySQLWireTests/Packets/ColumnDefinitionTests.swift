import MySQLWire
import Testing

@Suite(.busy) struct ColumnDefinitionTests {
  @Test func readsEveryField() throws {
    let column = try ColumnDefinition(payload: definition("c", .longLong), capabilities: [])
    #expect(column.schema == "s" && column.table == "t" && column.originalTable == "u")
    #expect(column.name == "c" && column.originalName == "o")
    #expect(column.collation == .utf8mb4 && column.length == 80 && column.type == .longLong)
    #expect(column.flags == .notNull && column.decimals == 0)
    #expect(column.extendedType == "" && column.extendedFormat == "")
  }

  @Test(
    arguments: [
      ([], "", ""), ([0, 4, 0x75, 0x75, 0x69, 0x64], "uuid", ""),
      ([1, 4, 0x6A, 0x73, 0x6F, 0x6E], "", "json"),
      ([9, 1, 0, 1, 1, 0x66, 0, 1, 0x74], "t", "f"),
    ] as [(Bytes, String, String)])
  func readsExtendedMetadata(bytes: Bytes, type: String, format: String) throws {
    let capabilities = Capabilities.mariadbExtendedMetadata
    let payload = definition("c", .string, capabilities, extended: bytes)
    let column = try ColumnDefinition(payload: payload, capabilities: capabilities)
    #expect(column.extendedType == type && column.extendedFormat == format && column.name == "c")
  }

  @Test func refusesExtendedMetadataThatLies() {
    for bytes in [[0], [0, 2, 65], [0, 0xFE, 255, 255, 255, 255, 255, 255, 255, 255]] as [Bytes] {
      let payload = definition("c", .string, .mariadbExtendedMetadata, extended: bytes)
      #expect(throws: Violation.truncated) {
        try ColumnDefinition(payload: payload, capabilities: .mariadbExtendedMetadata)
      }
    }
  }

  @Test func refusesDefinitionsCutShortOrTooLong() {
    let payload = definition("c")
    for count in 0..<payload.count {
      #expect(throws: Violation.truncated) {
        try ColumnDefinition(payload: Array(payload[..<count]), capabilities: [])
      }
    }
    #expect(throws: Violation.trailingBytes(in: .columnDefinition)) {
      try ColumnDefinition(payload: payload + [0], capabilities: [])
    }
  }
}
