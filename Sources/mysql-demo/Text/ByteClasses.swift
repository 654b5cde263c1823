extension UInt8 {
  /// Whether it is a space, as C defines it.
  var isSpace: Bool { self == UInt8(ascii: " ") || 9...13 ~= self }

  var lowercased: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self + 32 : self
  }
}

extension Collection<UInt8> where SubSequence: Collection<UInt8> {
  func begins(with prefix: [UInt8], ignoringCase: Bool = false) -> Bool {
    var index = startIndex
    for byte in prefix {
      guard index != endIndex else { return false }
      let own = self[index]
      guard ignoringCase ? own.lowercased == byte.lowercased : own == byte else { return false }
      formIndex(after: &index)
    }
    return true
  }
}

extension Collection<UInt8> {
  func contains(bytes pattern: [UInt8]) -> Bool {
    guard let first = pattern.first else { return true }
    var rest = self[...]
    while let index = rest.firstIndex(of: first) {
      if rest[index...].begins(with: pattern) { return true }
      rest = rest[self.index(after: index)...]
    }
    return false
  }
}
