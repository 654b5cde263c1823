import Foundation
import Testing

/// What a page of the command holds, apart from its look.
struct PageEvents {
  var packets: [(kind: String, text: String)] = []
  /// The kinds that have a sentence.
  var kinds: Set<String> = []

  init(_ page: String) throws {
    let guide = try Self.objects(in: page, between: "<script type=\"application/json\" id=\"guide\">")
    kinds = Set((guide.first?["kinds"] as? [String: Any] ?? [:]).keys)
    for event in try Self.objects(in: page, between: "<script type=\"application/json\" class=\"event\">") {
      if let kind = event["k"] as? String { packets.append((kind, event["s"] as? String ?? "")) }
    }
  }

  private static func objects(in page: String, between start: String) throws -> [[String: Any]] {
    try page.components(separatedBy: start).dropFirst().map { rest in
      let text = try #require(rest.components(separatedBy: "</script>").first)
      return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
  }
}
