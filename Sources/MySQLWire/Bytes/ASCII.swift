extension UInt8 {
  package var isASCIILetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: isASCIIDigit
    }
  }

  package var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  package var isASCIISpace: Bool { self == UInt8(ascii: " ") || 9...13 ~= self }

  /// The value of a hexadecimal digit, in either case.
  package var hexDigitValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Returns the hexadecimal digit of the lower four bits.
  @inlinable
  package func hexDigit(isUppercase: Bool = false) -> UInt8 {
    let value = self & 15
    let letter = isUppercase ? UInt8(ascii: "A") : UInt8(ascii: "a")
    return value < 10 ? UInt8(ascii: "0") + value : letter + (value - 10)
  }
}
