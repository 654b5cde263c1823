/// A column type and values for it, written as SQL.
struct TextColumn: Sendable, Codable {
  let type: String
  let values: [String]
  var servers = Servers.both
  /// How the server itself is asked for the value.
  var proof = Proof.text

  enum Servers: String, Codable { case both, mysql, mariadb }

  enum Proof: String, Codable {
    /// The value is a text that a cast to CHAR gives.
    case text
    /// The value is a number that the server compares with the text.
    case number
    /// The value is bytes that HEX gives.
    case hex
  }

  static let all: [TextColumn] =
    integers + numbers + times + strings + binaries + documents

  private static let integers: [TextColumn] =
    [("TINYINT", 8), ("SMALLINT", 16), ("MEDIUMINT", 24), ("INT", 32), ("BIGINT", 64)].flatMap { name, bits in
      let most = UInt64.max >> (64 - bits)
      return [
        TextColumn(type: name, values: ["-\(most / 2 + 1)", "-1", "0", "1", "\(most / 2)", "NULL"]),
        TextColumn(type: name + " UNSIGNED", values: ["0", "1", "\(most / 2 + 1)", "\(most)", "NULL"]),
      ]
    } + [
      TextColumn(type: "INT(5) ZEROFILL", values: ["0", "42", "4294967295"]),
      TextColumn(type: "BOOLEAN", values: ["FALSE", "TRUE", "NULL"]),
      TextColumn(type: "YEAR", values: ["0", "1901", "2155", "NULL"]),
    ]

  private static let nines = String(repeating: "9", count: 65)
  private static let numbers: [TextColumn] = [
    TextColumn(type: "DECIMAL(65,0)", values: [nines, "-" + nines, "0", "-1", "NULL"]),
    TextColumn(
      type: "DECIMAL(65,30)",
      values: [
        nines.prefix(35) + "." + nines.prefix(30), "-0." + String(repeating: "0", count: 29) + "1", "0",
        "1.5",
      ]),
    TextColumn(type: "DECIMAL(30,30)", values: ["0." + nines.prefix(30), "-0." + nines.prefix(30), "0"]),
    TextColumn(type: "DECIMAL(10,2)", values: ["99999999.99", "-99999999.99", "0.01", "-0.01", "NULL"]),
    TextColumn(type: "DECIMAL(8,3) UNSIGNED ZEROFILL", values: ["0", "1.5", "99999.999"]),
    TextColumn(
      type: "DOUBLE",
      values: [
        "0", "-0.0", "0.1", "1e15", "1e16", "-1e-20", "1.7976931348623157e308", "-1.7976931348623157e308",
        "2.2250738585072014e-308", "5e-324", "9007199254740993", "0.30000000000000004", "NULL",
      ], proof: .number),
    TextColumn(
      type: "FLOAT",
      values: ["0", "0.1", "-1.5", "16777216", "3.40282e38", "-3.40282e38", "1.17549e-38", "123456", "NULL"],
      proof: .number),
    TextColumn(type: "BIT(1)", values: ["b'0'", "b'1'", "NULL"], proof: .hex),
    TextColumn(type: "BIT(9)", values: ["0", "256", "511"], proof: .hex),
    TextColumn(type: "BIT(64)", values: ["0", "18446744073709551615", "9223372036854775808"], proof: .hex),
  ]

  private static let times: [TextColumn] =
    [
      TextColumn(
        type: "DATE",
        values: ["'0000-00-00'", "'2024-00-00'", "'2024-02-29'", "'1000-01-01'", "'9999-12-31'", "NULL"]),
      TextColumn(
        type: "TIME",
        values: ["'-838:59:59'", "'838:59:59'", "'00:00:00'", "'-00:00:01'", "'23:59:59'", "NULL"]),
      TextColumn(type: "TIME(6)", values: ["'-00:00:00.000001'", "'12:34:56.789012'", "'838:59:58.999999'"]),
      TextColumn(type: "TIME(3)", values: ["'12:34:56.789'", "'-12:34:56.001'"]),
      TextColumn(type: "TIMESTAMP", values: ["'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'"]),
      TextColumn(type: "TIMESTAMP(6)", values: ["'2024-02-29 12:30:45.000001'"]),
    ]
    + [0, 1, 3, 6].map { digits in
      let fraction = digits == 0 ? "" : "." + "999999".prefix(digits)
      return TextColumn(
        type: "DATETIME(\(digits))",
        values: [
          "'0000-00-00 00:00:00'", "'2024-02-29 23:59:58\(fraction)'", "'9999-12-31 23:59:59\(fraction)'",
          "NULL",
        ])
    }

  private static let long = "REPEAT('ä🐬', \(TestServers.amount(30_000, aByteAtATime: 300)))"
  /// The size of the longest text with a length of 16 bits; one byte more needs a larger type.
  private static let longest16 = TestServers.amount(65_535, aByteAtATime: 2000)
  private static let million = TestServers.amount(1_000_000, aByteAtATime: 3000)
  private static let strings: [TextColumn] = [
    TextColumn(type: "CHAR(10)", values: ["''", "'abc  '", "'ünïcödé'", "'🐬🐬🐬'", "NULL"]),
    TextColumn(
      type: "VARCHAR(300)",
      values: ["''", "' x '", "REPEAT('a', 250)", "REPEAT('a', 251)", "REPEAT('a', 252)", "REPEAT('漢', 300)"]),
    TextColumn(type: "TINYTEXT", values: ["''", "REPEAT('x', 255)"]),
    TextColumn(type: "TEXT", values: ["''", "'NULL'", "REPEAT('x', \(longest16))", "NULL"]),
    TextColumn(type: "MEDIUMTEXT", values: ["REPEAT('x', \(longest16 + 1))", long]),
    TextColumn(type: "LONGTEXT", values: ["REPEAT('x', \(million))", long]),
    TextColumn(type: "VARCHAR(10) CHARACTER SET latin1", values: ["'é€ß'", "''"]),
    TextColumn(type: "ENUM('a','b c','ü','')", values: ["'a'", "'b c'", "'ü'", "''", "NULL"]),
    TextColumn(type: "SET('x','y','z')", values: ["''", "'x'", "'x,y,z'", "NULL"]),
  ]

  private static let everyByte =
    "0x" + (0...255).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  private static let binaries: [TextColumn] = [
    TextColumn(type: "BINARY(8)", values: ["''", "0x00FF00FF", "NULL"], proof: .hex),
    TextColumn(type: "VARBINARY(300)", values: ["''", everyByte, "0x00", "NULL"], proof: .hex),
    TextColumn(type: "TINYBLOB", values: ["0xFB", "0xFE"], proof: .hex),
    TextColumn(type: "BLOB", values: [everyByte, "REPEAT(0xFE, \(longest16))"], proof: .hex),
    TextColumn(type: "MEDIUMBLOB", values: ["REPEAT(0x00, \(longest16 + 1))"], proof: .hex),
    TextColumn(type: "LONGBLOB", values: ["REPEAT(\(everyByte), \(million / 250))"], proof: .hex),
    TextColumn(
      type: "GEOMETRY", values: ["ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('LINESTRING(0 0,1 1)')"],
      proof: .hex),
  ]

  private static let documents: [TextColumn] = [
    TextColumn(type: "JSON", values: ["'{\"a\": [1, 2.5, null, \"ü\"]}'", "'[]'", "'null'", "NULL"]),
    TextColumn(
      type: "VECTOR(3)", values: ["TO_VECTOR('[1,-2.5,3e10]')", "NULL"], servers: .mysql, proof: .hex),
    TextColumn(
      type: "UUID", values: ["'123e4567-e89b-12d3-a456-426614174000'", "NULL"], servers: .mariadb),
    TextColumn(type: "INET6", values: ["'::'", "'2001:db8::ff00:42:8329'"], servers: .mariadb),
    TextColumn(type: "INET4", values: ["'255.255.255.255'", "'0.0.0.0'"], servers: .mariadb),
  ]
}
