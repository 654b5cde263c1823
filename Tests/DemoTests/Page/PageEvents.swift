import Foundation
import Testing

/// What a page of the command holds, apart from its look.
struct PageEvents {
  var packets: [(kind: String, text: String)] = []
  /// The kinds that have a sentence.
  var kinds: Set<String> = []

  init(file: String) throws { try self.init(String(contentsOfFile: file, encoding: .utf8)) }

  init(_ page: String) throws {
    // Each of these elements is a line.
    for line in page.components(separatedBy: "\n") where line.hasPrefix(Self.start) {
      let event = try Self.object(in: line, after: Self.start)
      if let kind = event["k"] as? String { packets.append((kind, event["s"] as? String ?? "")) }
    }
    let guide = try #require(
      page.components(separatedBy: "<script type=\"application/json\" id=\"guide\">").last)
    let end = try #require(guide.range(of: "</script>"))
    let sentences = try Self.object(in: String(guide[..<end.upperBound]), after: "")["kinds"]
    kinds = Set((sentences as? [String: Any] ?? [:]).keys)
  }

  private static let start = "<script type=\"application/json\" class=\"event\">"

  private static func object(in line: String, after start: String) throws -> [String: Any] {
    try #require(line.hasSuffix("</script>"))
    let text = line.utf8.dropFirst(start.utf8.count).dropLast("</script>".utf8.count)
    return try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
  }
}
