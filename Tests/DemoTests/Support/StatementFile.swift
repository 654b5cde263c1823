import Foundation

/// A file of statements that both commands run.
struct StatementFile: Sendable {
  let name: String
  let content: Data

  static let all: [StatementFile] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Differential/Statements")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map {
        StatementFile(name: name, content: $0)
      }
    } + generated
  }()

  /// Each line that ends a statement.
  var lines: [Data] {
    content.split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  /// Contents that would make unreadable files.
  private static let generated = [
    StatementFile(
      name: "long lines",
      content: Data(
        """
        SELECT LENGTH('\(String(repeating: "x", count: 200_000))') AS n;
        SELECT '\(String(repeating: "long ", count: 20_000))' AS text;
        SELECT 1\(String(repeating: ", 1", count: 2000));
        SELECT /* \(String(repeating: "; comment ", count: 30_000)) */ 2;
        SELECT \(String(repeating: "(", count: 100))3\(String(repeating: ")", count: 100)) AS deep;
        \(String(repeating: "SELECT 4;", count: 300))
        \(String(repeating: "\n", count: 1000))SELECT nosuch;

        """.utf8)),
    StatementFile(
      name: "other line ends", content: Data("SELECT 1;\r\nSELECT 'a\r\nb';\r\nSELECT nosuch;\r\n".utf8)),
    StatementFile(
      name: "byte order mark", content: Data([0xEF, 0xBB, 0xBF]) + Data("SELECT 1;\nSELECT 2".utf8)),
    StatementFile(
      name: "no UTF-8",
      content: Data("SELECT '".utf8) + Data([0xFF, 0xC3, 0x28]) + Data("' AS x;\nSELECT ".utf8) + Data([0xE9])
        + Data(";".utf8)),
    StatementFile(
      name: "NUL", content: Data("SELECT 1;\nSELECT 'a".utf8) + Data([0]) + Data("b';\nSELECT 2;\n".utf8)),
    StatementFile(name: "nothing", content: Data()),
    StatementFile(name: "blank", content: Data("\n \n\t\n;\n".utf8)),
    StatementFile(name: "open string", content: Data("SELECT 1;\nSELECT 'never closed;\nSELECT 2;\n".utf8)),
    StatementFile(name: "open comment", content: Data("SELECT 1;\n/* never closed;\nSELECT 2;\n".utf8)),
    StatementFile(
      name: "many rows",
      content: Data(
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT a.i, b.i, REPEAT('x', a.i % 50) FROM n a JOIN n b ON b.i < 30;\n"
          .utf8)),
  ]
}
