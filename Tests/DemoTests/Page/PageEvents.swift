import Foundation
import Testing

/// What a page of the command holds, apart from its look.
struct PageEvents {
  var packets: [(kind: String, text: String)] = []
  /// The kinds that have a sentence.
  var kinds: Set<String> = []

  init(file: String) throws { try self.init(Data(contentsOf: URL(fileURLWithPath: file))) }

  init(_ page: Data) throws {
    let guide = try Self.objects(in: page, after: "<script type=\"application/json\" id=\"guide\">")
    kinds = Set((guide.first?["kinds"] as? [String: Any] ?? [:]).keys)
    for event in try Self.objects(in: page, after: "<script type=\"application/json\" class=\"event\">") {
      if let kind = event["k"] as? String { packets.append((kind, event["s"] as? String ?? "")) }
    }
  }

  /// Returns the object of each element that begins so. Searching in bytes is faster than in text.
  private static func objects(in page: Data, after start: String) throws -> [[String: Any]] {
    var objects: [[String: Any]] = []
    var place = page.startIndex
    while let begin = page.range(of: Data(start.utf8), in: place..<page.endIndex) {
      let end = try #require(page.range(of: Data("</script>".utf8), in: begin.upperBound..<page.endIndex))
      let object = try JSONSerialization.jsonObject(with: page[begin.upperBound..<end.lowerBound])
      objects.append(try #require(object as? [String: Any]))
      place = end.upperBound
    }
    return objects
  }
}
