/// The search for the known word that a mistyped one is like.
enum Likeness {
  /// Returns the candidate that the word becomes with the fewest edits, if they are few for its length.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    guard (2...40).contains(word.utf8.count) else { return nil }
    let limit = max(1, word.utf8.count / 3)
    return candidates.map { (name: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
      .filter { $0.distance <= limit }
      .min { $0.distance < $1.distance }?.name
  }

  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var costs = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var corner = costs[0]
      costs[0] = row + 1
      for column in right.indices {
        let replaced = corner + (byte == right[column] ? 0 : 1)
        corner = costs[column + 1]
        costs[column + 1] = min(replaced, costs[column] + 1, corner + 1)
      }
    }
    return costs[right.count]
  }
}
