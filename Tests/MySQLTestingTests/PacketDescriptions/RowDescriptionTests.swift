import MySQLTesting
import MySQLWire
import Testing

/// How rows look, to the byte.
@Suite(.busy) struct RowDescriptionTests {
  private typealias Column = ServerScript.Column
  private static let capabilities: Capabilities = [
    .mysql, .protocol41, .secureConnection, .pluginAuthentication, .deprecateEOF,
  ]

  /// Describes a result with these rows. Returns the kind and the fields of each row.
  private func describe(_ format: Format, _ columns: [Column], _ rows: [[UInt8]]) -> [String] {
    var describer = PacketDescriber()
    var greeting = ByteWriter()
    Greeting(
      serverVersion: "8.4.0", connectionID: 1, capabilities: Self.capabilities, collation: 45,
      status: .autocommit, challenge: [UInt8](repeating: 65, count: 20), plugin: "mysql_native_password"
    ).write(to: &greeting)
    _ = describer.receive(framed(greeting.bytes), from: .server)
    var login = ByteWriter()
    HandshakeResponse(
      capabilities: Self.capabilities, maxPacketSize: 1 << 24, collation: 45, user: Array("root".utf8),
      answer: [], database: nil, plugin: "mysql_native_password", attributes: []
    ).write(to: &login)
    _ = describer.receive(framed(login.bytes, sequence: 1), from: .client)
    _ = describer.receive(framed([0, 0, 0, 2, 0, 0, 0], sequence: 2), from: .server)

    let execution: [UInt8] = [0x17, 1, 0, 0, 0, 0, 1, 0, 0, 0]
    let command = format == .text ? [3] + Array("SELECT 1".utf8) : execution
    _ = describer.receive(framed(command), from: .client)
    var response = ServerPackets(sequence: 1)
    response.writeColumns(columns.map(\.definition), Self.capabilities)
    for row in rows { response.write { $0.write(row) } }
    let packets = describer.receive(response.take(), from: .server)
    return packets.dropFirst(1 + columns.count).map { "\($0.kind) \($0.fields)" }
  }

  private func row(_ format: Format, _ columns: [Column], _ values: [Value]) -> [UInt8] {
    var writer = ByteWriter()
    switch format {
    case .text: writer.writeTextRow(values)
    case .binary: writer.writeBinaryRow(values, columns.map(\.definition))
    }
    return writer.bytes
  }

  private static let texts = [
    ("", "''"), ("abc", "'abc'"), ("it's", #"'it\'s'"#), (#"a\b"#, #"'a\\b'"#),
    ("a\nb\u{1B}", #"'a\nb\x1b'"#), ("\u{202E}é", #"'\u{202e}é'"#),
    (x(60), "'\(x(60))'"), (x(61), "'\(x(60))'… and 1 bytes"), (x(1000), "'\(x(60))'… and 940 bytes"),
    // The last character that is shown goes on in the next bytes.
    (x(60) + "\u{301}", "'\(x(60))\u{301}'"), (x(59) + "éy", "'\(x(59))é'… and 1 bytes"),
    (many("é", 200), "'\(many("é", 60))'… and 280 bytes"),
    (many("é", 2000), "'\(many("é", 60))'… and 3880 bytes"),
  ]

  @Test(arguments: texts) func showsTheBeginningOfAText(_ text: String, _ shown: String) {
    for (format, kind) in [(Format.text, "Row"), (.binary, "BinaryRow")] {
      let cells = row(format, ["a", "b"], [.text(text), .text("next")])
      #expect(describe(format, ["a", "b"], [cells]) == ["\(kind) (\(shown), 'next')"])
    }
  }

  @Test func showsBytesAsDigits() {
    let columns = [Column("a", .blob), Column("b", .blob)]
    let values = [Value.bytes([0, 0x1F, 0xFF]), .bytes([UInt8](repeating: 0xAB, count: 31))]
    for (format, kind) in [(Format.text, "Row"), (.binary, "BinaryRow")] {
      #expect(
        describe(format, columns, [row(format, columns, values)])
          == ["\(kind) (0x001fff, 0x\(many("ab", 30))… (31 bytes))"])
    }
  }

  @Test func showsValuesOfEachKind() throws {
    let number = Array("-1.50".utf8)
    let date = try #require(CivilDate(year: 2026, month: 1, day: 2))
    let cells: [(Column.Kind, isUnsigned: Bool, Value, String)] = [
      (.tinyint, false, .integer(-1), "-1"), (.int, false, .integer(0), "0"),
      (.bigint, false, .integer(.min), "-9223372036854775808"),
      (.bigint, true, .unsigned(.max), "18446744073709551615"),
      (.double, false, .double(1.5), "1.5"), (.float, false, .float(0.25), "0.25"),
      (.decimal, false, .decimal(try Decimal(text: number.span.bytes)), "-1.50"),
      (.date, false, .date(date), "2026-01-02"),
      (
        .time, false, .time(try #require(CivilTime(isNegative: true, hours: 1, minutes: 2, seconds: 3))),
        "-01:02:03"
      ),
      (
        .datetime, false,
        .dateTime(try #require(CivilDateTime(date: date, hour: 3, minute: 4, second: 5, microsecond: 6))),
        "2026-01-02 03:04:05.000006"
      ),
      (.bit, false, .bits(5), "b'101'"), (.int, false, .null, "NULL"),
    ]
    let columns = cells.map { Column("c", $0.0, isUnsigned: $0.isUnsigned) }
    #expect(
      describe(.binary, columns, [row(.binary, columns, cells.map(\.2))])
        == ["BinaryRow (\(cells.map(\.3).joined(separator: ", ")))"])
  }

  @Test func leavesOutWhatIsBeyondTheFortiethColumn() {
    let columns = [Column](repeating: "c", count: 42)
    let cells = row(.text, columns, [Value](repeating: .null, count: 42))
    let shown = [String](repeating: "NULL", count: 40).joined(separator: ", ")
    #expect(describe(.text, columns, [cells]) == ["Row (\(shown), … 2 more)"])
  }

  /// Nothing of a row that breaks off is shown, and the next one is shown whole.
  @Test func saysThatARowBreaksOff() {
    let (whole, broken) = ([1, 0x61, 1, 0x62] as [UInt8], [1, 0x61, 9, 0x62] as [UInt8])
    let lines = describe(.text, ["a", "b"], [whole, broken, whole])
    #expect(lines.count == 3 && lines[0] == "Row ('a', 'b')" && lines[2] == lines[0])
    #expect(lines[1].hasPrefix("malformed ") && !lines[1].contains("'a'"))
  }
}

private func x(_ count: Int) -> String { many("x", count) }
private func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
