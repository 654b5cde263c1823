/// How results are shown, beyond what `Arguments` itself holds.
struct ResultOptions {
  var isHTML = false
  var isXML = false
  /// Whether bytes are shown as hexadecimal numbers.
  var isHex = false
  var showsColumnTypes = false
  /// Whether rows are written as they arrive, which makes columns as wide as their definitions allow.
  var isQuick = false
  /// The maximum width of a column with `isQuick`.
  var quickWidth = Int.max
  /// Whether results wider than the terminal are written with a line for each cell.
  var isVerticalIfWide = false
}
