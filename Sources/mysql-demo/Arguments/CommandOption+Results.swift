extension CommandOption {
  /// How results are shown, as in the official command.
  static let ofResults: [Self] = [
    flag("html", "H") { $0.results.isHTML = $1 },
    flag("xml", "X") { $0.results.isXML = $1 },
    flag("binary-as-hex") { $0.results.isHex = $1 },
    flag("column-type-info") { $0.results.showsColumnTypes = $1 },
    flag("quick", "q") { $0.results.isQuick = $1 },
    size("quick-max-column-width") { $0.results.quickWidth = Int(clamping: $1) },
    flag("auto-vertical-output") { $0.results.isVerticalIfWide = $1 },
    // The official command (10.11) accepts these two, but shows line numbers all the same.
    flag("line-numbers") { _, _ in }, flag("skip-line-numbers", "L") { _, _ in },
  ]

  /// Makes an option whose value is a number with or without a suffix such as K for 1024.
  static func size(_ name: String, _ set: @escaping @Sendable (inout Arguments, UInt64) -> Void) -> Self {
    Self(
      name, nil,
      .value { (arguments, bytes) throws(ArgumentError) in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let number = number(text) else { throw .badNumber(name, text) }
        set(&arguments, number)
      })
  }

  private static func number(_ text: String) -> UInt64? {
    let suffixes = "kmgtpe"
    guard let last = text.last?.lowercased(), let power = suffixes.firstIndex(of: Character(last)) else {
      return UInt64(text)
    }
    let factor = UInt64(1) << (10 * (suffixes.distance(from: suffixes.startIndex, to: power) + 1))
    guard let number = UInt64(text.dropLast()) else { return nil }
    let (product, overflows) = number.multipliedReportingOverflow(by: factor)
    return overflows ? UInt64.max : product
  }
}
