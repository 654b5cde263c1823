/// The symbols of a range of error numbers.
///
/// Each line of the text has a number and its symbol, and then the symbols of the following numbers.
struct ErrorNames: Sendable {
  private let lines: [(first: UInt16, symbols: Substring)]

  init(_ text: String) {
    lines = text.split(separator: "\n").compactMap { line in
      guard let space = line.firstIndex(of: " "), let first = UInt16(line[..<space]) else { return nil }
      return (first, line[space...].dropFirst())
    }
  }

  /// Returns the symbol of a number, by binary search for its line.
  func name(of number: UInt16) -> String? {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].first <= number { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let line = lines[low - 1]
    let symbols = line.symbols.split(separator: " ")
    let place = Int(number - line.first)
    return place < symbols.count ? String(symbols[place]) : nil
  }
}
