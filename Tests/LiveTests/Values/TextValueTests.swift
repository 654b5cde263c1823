import MySQL
import Testing

extension Live {
  /// How this library reads a value by either protocol, compared with what the server itself says.
  @Suite(.live, .byBothProtocols, .tags(.data, .indifferent)) struct TextValueTests {
    @Test(arguments: LiveServer.all) func everyTypeIsWhatTheServerSaysItIs(server: LiveServer) async throws {
      // This SQL mode allows zero dates.
      try await server.withSchema({ $0.initCommands = ["SET sql_mode = '', time_zone = '+00:00'"] }) {
        connection, _ in
        for column in TextColumn.all where column.isOn(connection.server) {
          try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, v \(unsafe: column.type) NULL)")
          for (id, value) in column.values.enumerated() {
            try await connection.execute("INSERT INTO t VALUES (\(unsafe: "\(id), \(value)"))")
          }
          let text = column.type.hasPrefix("BIT") || column.proof == .hex ? "''" : "CAST(v AS CHAR)"
          let rows = try await connection.query(
            "SELECT v, \(unsafe: text) AS text, HEX(v) AS hex FROM t ORDER BY id"
          ).collect()
          #expect(rows.count == column.values.count)
          for (row, value) in zip(rows, column.values) {
            try check(row, "\(column.type) \(value.prefix(60))", column.proof)
          }
          try await connection.execute("DROP TABLE t")
        }
      }
    }

    private func check(_ row: MySQLRow, _ name: String, _ proof: TextColumn.Proof) throws {
      let cell = row[0]
      let value = try cell.value
      guard let text = try row.decode(at: 1, as: String?.self),
        let hex = try row.decode(at: 2, as: String?.self)
      else {
        #expect(cell.isNull && value == .null, "\(name)")
        #expect(try cell.decode(String?.self) == nil, "\(name)")
        return
      }
      #expect(!cell.isNull, "\(name)")
      switch proof {
      case .text:
        let decoded = try cell.decode(String.self)
        #expect(decoded == text, "\(name)")
        #expect(
          printed(value).map { $0 == text.trimmingZeros(of: cell) } != false,
          "\(name): \(value) is not \(text)"
        )
      case .number:
        switch value {
        case .double(let number): #expect(number == Double(text) && number.sign == sign(of: text), "\(name)")
        case .float(let number):
          let printed = try #require(Float(text))
          // By the binary protocol a FLOAT has all its digits, but the server prints only six.
          let precision = BothProtocols.areStatementsPrepared ? number.magnitude * 1e-5 : 0
          #expect((number - printed).magnitude <= precision && number.sign == sign(of: text), "\(name)")
        default: Issue.record("\(name) is \(value)")
        }
      case .hex:
        if case .bits(let bits) = value {
          #expect(bits == UInt64(hex, radix: 16), "\(name)")
        } else {
          #expect(cell.bytes.hex == hex, "\(name)")
        }
      }
    }

    private func sign(of text: String) -> FloatingPointSign { text.hasPrefix("-") ? .minus : .plus }

    /// Returns the value as the server would print it, from its parts.
    private func printed(_ value: MySQLValue) -> String? {
      switch value {
      case .integer(let value): "\(value)"
      case .unsigned(let value): "\(value)"
      case .decimal(let value): "\(value)"
      case .date(let value): "\(value)"
      case .text(let value): value
      default: nil
      }
    }

    @Test(arguments: LiveServer.all) func extremesDecodeToSwiftTypes(server: LiveServer) async throws {
      try await server.withConnection { connection in
        try await connection.expect("SELECT -9223372036854775808", Int64.min)
        try await connection.expect("SELECT 9223372036854775807", Int.max)
        try await connection.expect("SELECT 18446744073709551615", UInt64.max)
        try await connection.expect("SELECT 1.7976931348623157e308", Double.greatestFiniteMagnitude)
        try await connection.expect(
          "SELECT CAST('2024-02-29' AS DATE)", MySQLDate(year: 2024, month: 2, day: 29))
        try await connection.expect("SELECT TRUE", true)
        try await connection.expect("SELECT NULL", String?.none)
        try await connection.expect("SELECT x'00ff'", [0, 255] as [UInt8])
        let error = await #expect(throws: MySQLError.self) {
          try await connection.value("SELECT 18446744073709551615 AS big", as: Int.self)
        }
        #expect(error?.kind == .decoding)
        #expect(error?.message.contains("'big'") == true)
      }
    }
  }
}

extension TextColumn {
  fileprivate func isOn(_ server: MySQLServerInfo) -> Bool {
    switch servers {
    case .both: true
    case .mysql: !server.isMariaDB
    case .mariadb: server.isMariaDB
    }
  }
}

extension String {
  /// Returns the text without the zeros with which the server pads a number.
  fileprivate func trimmingZeros(of cell: MySQLCell) -> String {
    guard cell.column.typeName == "DECIMAL" || cell.column.isUnsigned, hasPrefix("0") else { return self }
    let trimmed = drop { $0 == "0" }
    return trimmed.first?.isNumber == true ? String(trimmed) : "0" + trimmed
  }
}

extension [UInt8] {
  fileprivate var hex: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * count)
    let alphabet = Array("0123456789ABCDEF".utf8)
    for byte in self {
      digits.append(alphabet[Int(byte >> 4)])
      digits.append(alphabet[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
