import MySQL
import Testing

extension Live {
  @Suite(.live, .tags(.data)) struct LimitTests {
    @Test(arguments: LiveServer.all, [1, 7, 8, 9, 255, 256, TestServers.amount(65_535, aByteAtATime: 1000)])
    func manyParametersArrive(server: LiveServer, count: Int) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (v INT)")
        let values = (0..<count).map { $0 % 3 == 0 ? nil : $0 }
        let sql = "INSERT INTO t VALUES " + Array(repeating: "(?)", count: count).joined(separator: ", ")
        let query = try MySQLQuery(unsafe: sql, values: values)
        for _ in 0..<2 {
          let result = try await connection.execute(query)
          #expect(result.affectedRows == UInt64(count))
        }
        let row = try #require(
          try await connection.query("SELECT COUNT(*), COUNT(v), SUM(v) FROM t").collect().first)
        let (all, some, sum) = try row.decode((Int, Int, Int?).self)
        let known = values.compactMap { $0 }
        #expect(all == 2 * count && some == 2 * known.count && sum ?? 0 == 2 * known.reduce(0, +))
      }
    }

    @Test(arguments: LiveServer.all) func tooManyParametersAreNotSent(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let sql = "DO " + Array(repeating: "?", count: 65_536).joined(separator: ",")
        let query = try MySQLQuery(unsafe: sql, values: Array(repeating: 1, count: 65_536))
        let error = await #expect(throws: MySQLError.self) { try await connection.execute(query) }
        #expect(error?.kind == .encoding && error?.reach == .notSent)
        #expect(try await connection.counts("Com_stmt_prepare") == [0])
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all)
    func aParameterOfSixtyFourMebibytesArrives(server: LiveServer) async throws {
      try await server.withConnection { root in
        let before = try await root.value("SELECT @@GLOBAL.max_allowed_packet", as: Int.self)
        try await root.execute("SET GLOBAL max_allowed_packet = \(128 << 20)")
        var failure: (any Error)?
        do {
          try await server.withSchema { connection, _ in
            let pattern = Array("0123456789abcdef".utf8)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(64 << 20)
            let repeats = TestServers.amount(4 << 20, aByteAtATime: 4 << 10)
            for _ in 0..<repeats { bytes += pattern }
            try await connection.execute("CREATE TABLE t (v LONGBLOB)")
            try await connection.execute("INSERT INTO t VALUES (\(bytes))")
            let same = "SHA2(v, 256) = SHA2(REPEAT('0123456789abcdef', \(repeats)), 256)"
            let rows = try await connection.query("SELECT LENGTH(v), \(unsafe: same) FROM t").collect()
            let (length, isSame) = try #require(rows.first).decode((Int, Bool).self)
            #expect(length == 16 * repeats && isSame)
          }
        } catch {
          failure = error
        }
        try await root.execute("SET GLOBAL max_allowed_packet = \(before)")
        if let failure { throw failure }
      }
    }

    @Test(arguments: LiveServer.all) func zeroAndNULLOfEveryTypeComeBack(server: LiveServer) async throws {
      let types: [(String, any MySQLEncodable, MySQLValue)] = [
        ("TINYINT", 0, .integer(0)), ("SMALLINT", Int16(0), .integer(0)),
        ("MEDIUMINT", Int32(0), .integer(0)),
        ("INT", UInt8(0), .integer(0)), ("BIGINT", Int64(0), .integer(0)),
        ("BIGINT UNSIGNED", UInt64(0), .unsigned(0)), ("BIGINT UNSIGNED", UInt64.max, .unsigned(.max)),
        ("BIGINT UNSIGNED", UInt64(1) << 63, .unsigned(1 << 63)), ("BOOL", false, .integer(0)),
        ("BIT(64)", UInt64(0), .bits(0)), ("BIT(64)", UInt64.max, .bits(.max)), ("YEAR", 0, .unsigned(0)),
        ("FLOAT", Float(0), .float(0)), ("FLOAT", Float(-0.0), .float(-0.0)), ("DOUBLE", 0.0, .double(0)),
        ("DOUBLE", -0.0, .double(-0.0)), ("DECIMAL(65,30)", MySQLDecimal.zero, .decimal(0)),
        ("DATE", MySQLDate.zero, .date(.zero)), ("TIME(6)", MySQLTime.zero, .time(.zero)),
        ("DATETIME(6)", MySQLDateTime.zero, .dateTime(.zero)), ("VARCHAR(9)", "", .text("")),
        ("LONGTEXT", "", .text("")), ("VARBINARY(9)", [UInt8](), .bytes([])),
        ("LONGBLOB", [UInt8](), .bytes([])),
        ("BLOB", [UInt8(0)], .bytes([0])),
      ]
      try await server.withSchema({ $0.initCommands = ["SET sql_mode = ''"] }) { connection, _ in
        for (type, zero, expected) in types {
          try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, v \(unsafe: type) NULL)")
          let none = MySQLValue.null
          try await connection.execute("INSERT INTO t VALUES (1, \(zero)), (2, \(none))")
          try await connection.execute("INSERT INTO t VALUES (3, \(none)), (4, \(zero))")
          try await connection.executeBatch(
            "INSERT INTO t VALUES (?, ?)", [[5, none], [6, zero], [7, none]] as [[any MySQLEncodable]])
          let rows = try await connection.query("SELECT v FROM t ORDER BY id").collect()
          let values = try rows.map { try $0[0].value }
          #expect(values == [expected, .null, .null, expected, .null, expected, .null], "\(type)")
          try await connection.execute("DROP TABLE t")
        }
      }
    }
  }
}
