/// The display of a column, on which the text of a value depends besides the value itself.
package struct TextDisplay: Hashable, Sendable {
  /// The number of digits after the point of the seconds: 0...6.
  package var fractionDigits: Int
  /// The width to which an integer column with ZEROFILL is padded.
  package var zerofillWidth: Int
  /// The size of a BIT column in bytes: 1...8.
  package var bitBytes: Int

  package init(fractionDigits: Int = 0, zerofillWidth: Int = 0, bitBytes: Int = 8) {
    self.fractionDigits = fractionDigits
    self.zerofillWidth = zerofillWidth
    self.bitBytes = bitBytes
  }
}
