import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Every column type against every Swift type: which of them go together.
@Suite(.busy) struct ConversionTests {
  private enum Size: String, Decodable, MySQLDecodable { case small }

  private static let types: [(name: String, type: any MySQLDecodable.Type)] = [
    ("Bool", Bool.self), ("Int8", Int8.self), ("Int16", Int16.self), ("Int32", Int32.self), ("Int", Int.self),
    ("Int64", Int64.self), ("UInt8", UInt8.self), ("UInt16", UInt16.self), ("UInt32", UInt32.self),
    ("UInt", UInt.self), ("UInt64", UInt64.self), ("Double", Double.self), ("Float", Float.self),
    ("String", String.self), ("[UInt8]", [UInt8].self), ("Data", Data.self), ("[Float]", [Float].self),
    ("Decimal", Foundation.Decimal.self), ("MySQLDecimal", MySQLDecimal.self), ("MySQLDate", MySQLDate.self),
    ("MySQLTime", MySQLTime.self), ("MySQLDateTime", MySQLDateTime.self), ("UUID", UUID.self),
    ("URL", URL.self), ("Size", Size.self), ("MySQLJSON", MySQLJSON<Int>.self),
    ("MySQLValue", MySQLValue.self),
  ]

  private static let integers = [
    "Bool", "Int8", "Int16", "Int32", "Int", "Int64", "UInt8", "UInt16", "UInt32", "UInt", "UInt64",
  ]
  private static let decimals = ["Decimal", "MySQLDecimal"]
  private static let bytes = ["[UInt8]", "Data"]

  private static func columns() throws -> [(name: String, column: Column, value: Value, to: [String])] {
    let number = integers + ["Double", "String"] + decimals
    let signed = [ColumnType.tiny, .short, .int24, .long, .longLong].flatMap { type in
      [
        ("signed \(type.rawValue)", Column(type: type), Value.integer(1), number),
        ("unsigned \(type.rawValue)", Column(type: type, flags: .unsigned), .unsigned(1), number),
      ]
    }
    return signed + [
      ("YEAR", Column(type: .year, flags: .unsigned, length: 4), .unsigned(100), number),
      ("FLOAT", Column(type: .float), .float(0.5), ["Double", "Float", "String"]),
      ("DOUBLE", Column(type: .double), .double(0.5), ["Double", "String"]),
      ("DECIMAL(9,0)", Column(type: .decimal), try decimal("1"), number.filter { $0 != "Bool" }),
      ("DECIMAL(9,2)", Column(type: .decimal), try decimal("1.00"), ["Double", "String"] + decimals),
      ("DATE", Column(type: .date), .date(date(2026, 7, 1)), ["MySQLDate", "String"]),
      ("TIME", Column(type: .time, decimals: 6), .time(.maximum), ["MySQLTime", "String"]),
      (
        "DATETIME", Column(type: .dateTime), dateTime(date(2026, 7, 1), 1, 2, 3), ["MySQLDateTime", "String"]
      ),
      (
        "TIMESTAMP", Column(type: .timestamp), dateTime(date(2026, 7, 1), 1, 2, 3),
        ["MySQLDateTime", "String"]
      ),
      ("BIT", Column(type: .bit), .bits(1), integers + bytes),
      ("VARCHAR", .text(), .text("small"), ["String", "Size", "URL"] + bytes),
      ("TEXT", Column(type: .blob, collation: .utf8mb4), .text("7"), ["String", "MySQLJSON", "URL"] + bytes),
      (
        "CHAR(36)", Column(type: .string, collation: .utf8mb4),
        .text("550e8400-e29b-41d4-a716-446655440000"), ["String", "UUID", "URL"] + bytes
      ),
      ("JSON", Column(type: .json), .text("7"), ["String", "MySQLJSON", "URL"] + bytes),
      ("VARBINARY", Column(type: .varString), .bytes([0xFF, 0, 1]), bytes),
      ("BINARY(16)", Column(type: .string), .bytes(Array(240...255)), ["UUID", "[Float]"] + bytes),
      ("BLOB of UTF-8", Column(type: .blob), .bytes([0x37]), ["String", "MySQLJSON", "URL"] + bytes),
      ("GEOMETRY", Column(type: .geometry), .bytes([0xFF]), bytes),
      ("VECTOR", Column(type: .vector), .vector([1, -2]), ["[Float]"] + bytes),
      ("NULL", Column(type: .null), .null, []),
    ]
  }

  @Test(arguments: [Format.text, .binary]) func everyColumnTypeConvertsToTheTypesThatHoldIt(
    format: Format
  ) throws {
    for (name, column, value, expected) in try Self.columns() {
      let cell = try makeCell(format, column, value)
      let converted = Self.types.filter { (try? $0.type.decode(cell)) != nil }.map(\.name)
      #expect(Set(converted) == Set(expected + ["MySQLValue"]), "\(name)")
    }
  }

  @Test func bothProtocolsGiveTheSameValueToEveryType() throws {
    for (name, column, value, _) in try Self.columns() {
      for (swiftName, type) in Self.types {
        let text = (try? type.decode(makeCell(.text, column, value))).map { "\($0)" }
        let binary = (try? type.decode(makeCell(.binary, column, value))).map { "\($0)" }
        #expect(text == binary, "\(name) as \(swiftName)")
      }
    }
  }

  @Test(arguments: [Format.text, .binary]) func nullIsNilAndFitsNothingElse(format: Format) throws {
    for (name, column, _, _) in try Self.columns() {
      let cell = try makeCell(format, column, .null)
      for (swiftName, type) in Self.types where swiftName != "MySQLValue" {
        #expect(
          message { try type.decode(cell) }
            == "column 'c' (index 0, \(cell.column.typeName), row 0) is NULL: decode it as Optional<\(type)>",
          "\(name)")
        #expect(try optional(type, cell), "\(name) as \(swiftName)?")
      }
      #expect(try cell.value == .null)
      #expect(try cell.decode(Date?.self, timeZone: .gmt) == nil)
    }
  }

  private func optional<T: MySQLDecodable>(_ type: T.Type, _ cell: MySQLCell) throws -> Bool {
    try cell.decode(T?.self) == nil
  }
}
