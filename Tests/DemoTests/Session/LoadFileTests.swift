import Foundation
import MySQL
import MySQLTesting
import Synchronization
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct Loading {
    @Test func findsTheNamesThatAStatementGivesToLoad() {
      for (sql, plain, names) in [
        ("LOAD DATA LOCAL INFILE 'a.tsv' INTO TABLE t", false, ["a.tsv"]),
        ("load data low_priority local infile \"b\" into table t", false, ["b"]),
        ("load /* 'x' infile */ data local infile 'it''s.tsv' into table t", false, ["it's.tsv"]),
        (#"load data local infile 'a\'b\tc\\d\%e' into table t"#, false, ["a'b\tc\\d\\%e"]),
        (#"load data local infile 'a\' into table t -- '"#, true, [#"a\"#]),
        (
          "load data local infile 'a' into table t; load xml local infile 'b' into table t", false,
          ["a", "b"]
        ),
        (#"load data local infile 'a\b\r\Z\n' into table t"#, false, ["a\u{8}\r\u{1A}\n"]),
        // The servers read names as C strings.
        (#"load data local infile 'a\0b' into table t"#, false, ["a"]),
        (#"load data local infile 'a\0b' into table t"#, true, [#"a\0b"#]),
        (
          "load data local infile 'a' into table t; load data local infile 'a' into table t", false,
          ["a", "a"]
        ),
        ("/*!50000 load data local infile 'v' into table t */", false, ["v"]),
        ("select 'load data local infile ''x'' into table t'", false, []),
        ("# load data local infile 'x'\nselect 1", false, []),
        ("load data infile 'x' into table t", false, []),
        ("load data local infile `x` into table t", false, []),
        ("load data local infile 'open", false, []),
      ] {
        let rules = SQLTokenizer.Rules(hasPlainBackslash: plain)
        let found = LoadFile.names(in: Array(sql.utf8), rules).map { String(decoding: $0, as: UTF8.self) }
        #expect(found == names, "\(sql)")
      }
    }

    @Test(.live, .official, arguments: DemoServer.all)
    func loadsEachFileThatAStatementNames(_ server: DemoServer) async throws {
      let folder = try Folder()
      defer { folder.remove() }
      try folder.write("from_a\n", "a.tsv")
      try folder.write("from_b\n", "b.tsv")
      try folder.write("quoted\n", "it's.tsv")
      try folder.write("wrong\n", "it")
      try folder.write("tab\n", "t\tb")
      try folder.write("controls\n", "c\u{8}\r\u{1A}\n")
      try folder.write("with a NUL\n", "n")
      try folder.write("percent\n", "\\%\\_")
      let path = folder.path
      for statements in [
        "delimiter //\nload data local infile '\(path)/a.tsv' into table l; "
          + "load data local infile '\(path)/b.tsv' into table l//",
        // The same file as often as it is named.
        "delimiter //\nload data local infile '\(path)/a.tsv' into table l; "
          + "load data local infile '\(path)/a.tsv' into table l//",
        "load data local infile '\(path)/c\\b\\r\\Z\\n' into table l;",
        "load data local infile '\(path)/n\\0one' into table l;",
        "load data local infile '\(path)/\\%\\_' into table l;",
        "load data local infile '' into table l;",
        "load data local infile '\\0' into table l;",
        "load data local infile '\(path)/it''s.tsv' into table l;",
        "load data local infile '\(path)/it\\'s.tsv' into table l;",
        "load data local infile '\(path)/t\\tb' into table l;",
        "load /* infile 'x' */ data local infile \"\(path)/a.tsv\" into table l;",
        "load data local infile '\(path)/none' into table l;",
        "load data local infile '\(path)/it\\'s none' into table l;",
        "set sql_mode='NO_BACKSLASH_ESCAPES';\nload data local infile '\(path)/t\\tb' into table l;",
      ] {
        let input = Data((statements + "\nselect t from demo_loading.l order by 1;\n").utf8)
        let options = ["-Ddemo_loading", "-B", "-f", "--local-infile=1"]
        try await reset(server)
        let theirs = try CommandRun.of(
          try #require(CommandRun.official), server.arguments + options, input: input)
        try await reset(server)
        let ours = try CommandRun.of(
          CommandRun.demo, server.arguments + server.ownArguments + options, input: input)
        #expect(ours == theirs, "\(statements): \(ours.outputText)\(ours.errorText)")
      }
      try await server.run("DROP DATABASE demo_loading")
    }

    private func reset(_ server: DemoServer) async throws {
      try await server.run(
        "DROP DATABASE IF EXISTS demo_loading", "CREATE DATABASE demo_loading",
        "CREATE TABLE demo_loading.l (t TEXT)")
    }

    @Test func givesNoFileThatTheStatementDoesNotName() throws {
      let folder = try Folder()
      defer { folder.remove() }
      try folder.write("mine\n", "named")
      try folder.write("secret\n", "other")
      let named = "load data local infile '\(folder.path)/named' into table t"
      // The statement, the files that the server asks for one after the other, and which of them it gets.
      let cases: [(String, [String], Int)] = [
        (named, ["named"], 1), (named, ["other"], 0), (named, ["named", "named"], 1),
        ("\(named); \(named)", ["named", "named"], 2), ("\(named); \(named)", ["named", "other"], 1),
        ("select 1", ["named"], 0),
      ]
      for (statement, names, sent) in cases {
        let received = Mutex<[String]>([])
        let server = try ScriptedServer { connection in
          _ = try connection.acceptLogin()
          while case .query(let sql) = try connection.readCommand() {
            guard sql.hasPrefix("load") || sql == "select 1" else {
              try connection.sendOK()
              continue
            }
            for (index, name) in names.enumerated() {
              try connection.requestFile("\(folder.path)/\(name)")
              let bytes = try connection.readFile()
              received.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
              let isLast = index == names.count - 1
              try connection.sendOK(status: isLast ? .autocommit : [.autocommit, .moreResults])
            }
          }
        }
        defer { server.stop() }
        let run = try CommandRun.of(
          CommandRun.demo,
          [
            "--no-defaults", "-h127.0.0.1", "-P\(server.port)", "--ssl-mode=disabled", "--delimiter=//", "-e",
            statement,
          ])
        let expected = names.indices.map { $0 < sent ? "mine\n" : "" }
        #expect(received.withLock { $0 } == expected, "\(statement), \(names)")
        #expect(run.exitCode == (sent == names.count ? 0 : 1))
        if sent < names.count {
          #expect(
            run.errorText.hasSuffix(
              "ERROR 2068 (HY000) at line 1: The server asks for the file '\(folder.path)/\(names[sent])', which the "
                + "statement does not name. It was not sent.\n"), "\(run.errorText)")
        }
      }
    }
  }
}
