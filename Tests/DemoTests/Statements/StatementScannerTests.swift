import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct StatementScanning {
    /// Returns the statements of some lines.
    private func statements(
      _ lines: [String], _ change: (inout StatementScanner) -> Void = { _ in }
    ) -> [String] {
      var scanner = StatementScanner()
      change(&scanner)
      var statements: [String] = []
      for line in lines {
        scanner.begin(Array(line.utf8))
        while let step = scanner.next() {
          #expect(step == .statement, "\(line)")
          statements.append(String(decoding: scanner.pending, as: UTF8.self))
          scanner.pending = []
        }
      }
      return statements
    }

    @Test func endsStatementsAtDelimitersOutsideOfStringsAndComments() {
      for (lines, expected) in [
        (["SELECT 1; SELECT 2;"], ["SELECT 1", "SELECT 2"]),
        (["SELECT ';', \"a;b\", `c;d`;"], ["SELECT ';', \"a;b\", `c;d`"]),
        (["SELECT 'it''s; so', 'a\\'; b';"], ["SELECT 'it''s; so', 'a\\'; b'"]),
        (["SELECT 1 /* ; */ + 1;"], ["SELECT 1  + 1"]),
        (["SELECT 1 -- ;", ";"], ["SELECT 1 \n"]),
        (["SELECT /*!50000 1 */;"], ["SELECT /*!50000 1 */"]),
        (["SELECT 'a", "b;';"], ["SELECT 'a\nb;'"]),
        (["SELECT 1"], []),
      ] as [([String], [String])] {
        #expect(statements(lines) == expected)
      }
    }

    @Test func keepsCommentsWhereAsked() {
      for (line, expected) in [("SELECT 1 /* x; */;", "SELECT 1 /* x; */"), ("-- x;", "-- x;")] {
        #expect(statements([line]) { $0.keepsComments = true } == [expected])
      }
    }

    @Test func theDelimiterAndTheModeDecideWhereAStatementEnds() {
      #expect(
        statements(["SELECT 1; SELECT 2//"]) { $0.delimiter = Array("//".utf8) } == ["SELECT 1; SELECT 2"])
      #expect(statements(["SELECT 'a\\';"]) == [])
      #expect(statements(["SELECT 'a\\';"]) { $0.hasPlainBackslash = true } == ["SELECT 'a\\'"])
      #expect(statements(["SELECT \"a\\\";"]) { $0.hasQuotedNames = true } == ["SELECT \"a\\\""])
    }

    @Test func findsTheCommandsOfTheClient() {
      var scanner = StatementScanner()
      scanner.begin(Array("SELECT 1\\G rest".utf8))
      let command = scanner.next()
      #expect(command == .command(.ego, line: Array("\\G rest".utf8)))
      #expect(scanner.pending == Array("SELECT 1".utf8) && !scanner.isAtStart)
      scanner = StatementScanner()
      scanner.begin(Array("status;".utf8))
      let pending = scanner.next()
      #expect(pending == .pendingCommand(.status))
      scanner = StatementScanner()
      scanner.begin(Array("\\z".utf8))
      let unknown = scanner.next()
      #expect(unknown == .unknownCommand(UInt8(ascii: "z")))
    }

    @Test func aStringStaysOpenUntilItIsForgotten() {
      var scanner = StatementScanner()
      scanner.begin(Array("SELECT 'a".utf8))
      let step = scanner.next()
      #expect(step == nil && scanner.quote == UInt8(ascii: "'") && !scanner.isAtStart)
      scanner.pending = []
      scanner.forgetString()
      #expect(scanner.isAtStart)
    }
  }
}
