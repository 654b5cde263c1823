import Foundation
import Testing

extension Demo {
  @Suite(.live) struct Formats {
    private static let query =
      "SELECT 1 AS n, 'a\"b,c|d\\ne' AS t, NULL AS x, X'00FF' AS b, 1.50 AS d, 'two' AS n; SELECT 1 AS e LIMIT 0"

    private func run(_ server: DemoServer, _ format: String) throws -> String {
      let run = try CommandRun.of(
        CommandRun.demo, server.arguments + server.ownArguments + ["--format=\(format)", "-e", Self.query])
      #expect(run.exitCode == 0)
      return run.outputText
    }

    @Test(arguments: DemoServer.all)
    func writesJSON(_ server: DemoServer) throws {
      let row = #"{"n": 1, "t": "a\"b,c|d\ne", "x": null, "b": "0x00ff", "d": 1.50, "n_2": "two"}"#
      #expect(try run(server, "json") == "[\n\(row)\n]\n[]\n")
      #expect(try run(server, "jsonl") == row + "\n")
      _ = try JSONSerialization.jsonObject(with: Data(row.utf8))
    }

    @Test(arguments: DemoServer.all)
    func writesCSV(_ server: DemoServer) throws {
      let text = try run(server, "csv")
      #expect(text == "n,t,x,b,d,n\n1,\"a\"\"b,c|d\ne\",,\u{0}\u{FFFD},1.50,two\ne\n")
    }

    @Test(arguments: DemoServer.all)
    func writesMarkdown(_ server: DemoServer) throws {
      let text = try run(server, "markdown")
      #expect(text.hasPrefix("| n | t | x | b | d | n |\n| ---: | --- | ---: | --- | ---: | --- |\n"))
      #expect(text.contains("| 1 | a\"b,c\\|d<br>e | NULL |"))
    }
  }
}
