import MySQLWire
import Testing

@Suite(.busy) struct ByteComparingTests {
  /// Lengths around those of one and of several words.
  @Test(arguments: Array(0...33)) func bytesAreTheSameOnlyIfEachIs(count: Int) {
    let bytes = (0..<count).map { UInt8($0) }
    #expect(Self.isSame(bytes, (bytes + [0])[..<count]))
    #expect(!Self.isSame(bytes, (bytes + [0])[...]))
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 0x80
      #expect(!Self.isSame(bytes, other[...]), "byte \(place)")
    }
  }

  private static func isSame(_ bytes: [UInt8], _ others: ArraySlice<UInt8>) -> Bool {
    bytes.span.bytes.hasSameBytes(as: others.span.bytes)
  }
}
