/// Suggestions of what an unknown word may mean.
package enum Suggestion {
  /// Returns the candidate with the fewest edits from the word, if they are few for its length.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    // Longer words are not typing errors, and the effort grows with the square of the length.
    guard word.utf8.count <= 40 else { return nil }
    let limit = max(1, word.utf8.count / 3)
    return candidates.map { (name: $0, edits: edits(from: word, to: $0)) }
      .filter { $0.edits <= limit }
      .min { $0.edits < $1.edits }?.name
  }

  /// Returns how many bytes must be inserted, deleted or changed, or swapped with the next one.
  private static func edits(from source: String, to target: String) -> Int {
    let target = Array(target.utf8)
    let all = Array(source.utf8)
    var above: [Int] = []
    var row = Array(0...target.count)
    for (line, byte) in all.enumerated() {
      let last = row
      var diagonal = row[0]
      row[0] = line + 1
      for (column, other) in target.enumerated() {
        let change = diagonal + (byte == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, diagonal + 1)
        if line > 0, column > 0, byte == target[column - 1], all[line - 1] == other {
          row[column + 1] = min(row[column + 1], above[column - 1] + 1)
        }
      }
      above = last
    }
    return row[target.count]
  }
}
