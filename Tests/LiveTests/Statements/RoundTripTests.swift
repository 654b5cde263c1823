import Foundation
import MySQL
import MySQLTesting
import Testing

extension Live {
  /// Values go in by parameter, by literal and by batch, and come out by the text and the binary protocol. The
  /// server itself says what they are.
  @Suite(.live, .tags(.lengthy, .data)) struct RoundTripTests {
    @Test(arguments: LiveServer.all) func everyValueComesBack(server: LiveServer) async throws {
      let seed = UInt64.random(in: .min ... .max)
      let columns = RandomColumn.all
      // With two servers, this makes 200,000 values.
      let all = TestServers.amount(ProcessStatus.isSanitized ? 5000 : 100_000, aByteAtATime: 2000)
      let count = all / columns.count + 1
      try await server.withSchema({ $0.initCommands = ["SET sql_mode = 'ALLOW_INVALID_DATES'"] }) {
        connection, _ in
        for (number, column) in columns.enumerated() {
          var random = SeededGenerator(seed: seed &+ UInt64(number))
          let values = (0..<count).map { column.value($0, &random) }
          try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, v \(unsafe: column.type) NULL)")
          try await connection.execute("START TRANSACTION")
          try await insert(values, on: connection)
          try await connection.execute("COMMIT")
          for prepared in [false, true] {
            let proof = column.judge == .hex ? "HEX(v)" : "CAST(v AS CHAR)"
            let rows = try await connection.query(
              "SELECT id, v, \(unsafe: proof) FROM t ORDER BY id",
              options: .init(
                prepared: prepared
              )
            ).collect()
            #expect(rows.count == count)
            var wrong = 0
            for (row, value) in zip(rows, values) {
              let text = try row.decode(at: 2, as: String.self)
              let stored = try row[1].value
              if !isRight(stored, value, text, column.judge, prepared), wrong < 3 {
                wrong += 1
                let id = try row.decode(at: 0, as: Int.self)
                Issue.record(
                  "\(column.type) \(id % 3) prepared \(prepared): \(value) is \(stored), \(text.prefix(80)) (seed \(seed))"
                )
              }
            }
          }
          try await connection.execute("DROP TABLE t")
        }
      }
    }

    /// Inserts a third of the values in each way.
    private func insert(_ values: [MySQLValue], on connection: MySQLConnection) async throws {
      try await connection.withStatement("INSERT INTO t VALUES (?, ?)") { statement in
        for id in stride(from: 0, to: values.count, by: 3) { try await statement.execute(id, values[id]) }
      }
      let batch = stride(from: 1, to: values.count, by: 3).map { ($0, values[$0]) }
      try await connection.executeBatch("INSERT INTO t VALUES (?, ?)", batch)
      for start in stride(from: 2, to: values.count, by: 300) {
        let literals = stride(from: start, to: min(start + 300, values.count), by: 3).map {
          "(\($0), \(literal(values[$0])))"
        }
        try await connection.execute("INSERT INTO t VALUES \(unsafe: literals.joined(separator: ", "))")
      }
    }

    private func literal(_ value: MySQLValue) -> String {
      switch value {
      case .null: "NULL"
      case .integer(let value): "\(value)"
      case .unsigned(let value), .bits(let value): "\(value)"
      case .float(let value): "\(value)e0".replacing("e0", with: "\(value)".contains("e") ? "" : "e0")
      case .double(let value): "\(value)e0".replacing("e0", with: "\(value)".contains("e") ? "" : "e0")
      case .decimal(let value): "\(value)"
      case .date(let value): "'\(value)'"
      case .time(let value): "'\(value)'"
      case .dateTime(let value): "'\(value)'"
      case .text(let value): "_utf8mb4 X'\(hex(Array(value.utf8)))'"
      case .bytes(let value): "X'\(hex(value))'"
      case .vector: "NULL"
      }
    }

    private func hex(_ bytes: [UInt8]) -> String {
      bytes.map { String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true) }
        .joined()
    }

    private func isRight(
      _ stored: MySQLValue, _ value: MySQLValue, _ text: String, _ judge: RandomColumn.Judge, _ prepared: Bool
    ) -> Bool {
      switch (judge, value, stored) {
      case (.double, .double(let sent), .double(let found)):
        // MariaDB may turn a negative zero into a zero, and prints it as such.
        return sent == found && Double(text)?.bitPattern == found.bitPattern
      case (.float, .float(let sent), .float(let found)):
        if prepared { return sent == found }
        return Float(text)?.bitPattern == found.bitPattern
      case (.hex, .bits(let sent), _): return stored == value && UInt64(text, radix: 16) == sent
      case (.hex, .text(let sent), .text(let found)):
        return sent.utf8.elementsEqual(found.utf8) && text == hex(Array(sent.utf8))
      case (.hex, .bytes(let sent), _): return stored == value && text == hex(sent)
      default: return stored == value && printed(value) == text
      }
    }

    /// Returns the value as the server prints it in a column with six digits of fraction.
    private func printed(_ value: MySQLValue) -> String {
      switch value {
      case .integer(let value): "\(value)"
      case .unsigned(let value): "\(value)"
      case .decimal(let value): "\(value)"
      case .date(let value): "\(value)"
      case .time(let value): value.microseconds == 0 ? "\(value).000000" : "\(value)"
      case .dateTime(let value): value.microsecond == 0 ? "\(value).000000" : "\(value)"
      default: ""
      }
    }
  }
}
