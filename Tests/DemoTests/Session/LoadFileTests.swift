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
      let path = folder.path
      for statements in [
        "delimiter //\nload data local infile '\(path)/a.tsv' into table l; "
          + "load data local infile '\(path)/b.tsv' into table l//",
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
      for (name, isSent) in [("named", true), ("other", false)] {
        let received = Mutex<[UInt8]>([])
        let server = try ScriptedServer { connection in
          _ = try connection.acceptLogin()
          while case .query(let sql) = try connection.readCommand() {
            if sql.hasPrefix("load") {
              try connection.requestFile("\(folder.path)/\(name)")
              let bytes = try connection.readFile()
              received.withLock { $0 = bytes }
            }
            try connection.sendOK()
          }
        }
        defer { server.stop() }
        let run = try CommandRun.of(
          CommandRun.demo,
          [
            "--no-defaults", "-h127.0.0.1", "-P\(server.port)", "--ssl-mode=disabled", "-e",
            "load data local infile '\(folder.path)/named' into table t",
          ])
        #expect(received.withLock { String(decoding: $0, as: UTF8.self) } == (isSent ? "mine\n" : ""))
        #expect(run.exitCode == (isSent ? 0 : 1))
        if !isSent {
          #expect(
            run.errorText.hasSuffix(
              "ERROR 2068 (HY000) at line 1: The server asks for the file '\(folder.path)/other', which the "
                + "statement does not name. It was not sent.\n"))
        }
      }
    }
  }
}
