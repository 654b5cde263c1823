import MySQLWire
import Testing

@Suite(.busy) struct ASCIITests {
  @Test func hexDigitsAreReadBackInEitherCase() {
    for byte in UInt8.min ... .max {
      #expect(byte.hexDigit().hexDigitValue == byte & 15)
      #expect(byte.hexDigit(isUppercase: true).hexDigitValue == byte & 15)
    }
    let values = UInt8(0)..<16
    #expect(values.map { $0.hexDigit() } == Array("0123456789abcdef".utf8))
    #expect(values.map { $0.hexDigit(isUppercase: true) } == Array("0123456789ABCDEF".utf8))
  }
}
