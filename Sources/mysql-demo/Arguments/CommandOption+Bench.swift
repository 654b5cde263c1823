extension CommandOption {
  /// Returns the options that a subcommand takes.
  static func all(for subcommand: Arguments.Subcommand?) -> [Self] {
    switch subcommand {
    case .bench: all + ofBench
    // The first option with a letter has it.
    case .dump: ofDump + all
    case .doctor, .restore, nil: all
    }
  }

  /// Only `bench` takes these: elsewhere they would make short forms of other options ambiguous.
  private static let ofBench: [Self] = [
    number("connections", in: 1...65_535) { $0.load.connections = $1 },
    number("tasks", in: 1...10_000) { $0.load.tasks = $1 },
    number("duration", in: 1...86_400) { $0.load.seconds = $1 },
  ]

  private static func number(
    _ name: String, in range: ClosedRange<Int>, _ set: @escaping @Sendable (inout Arguments, Int) -> Void
  ) -> Self {
    Self(
      name, nil,
      .value { (arguments, bytes) throws(ArgumentError) in
        set(&arguments, try parse(bytes, for: name, in: range))
      })
  }

  static func parse(
    _ bytes: [UInt8], for name: String, in range: ClosedRange<Int>
  ) throws(ArgumentError) -> Int {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let number = Int(text), range.contains(number) else { throw .outOfRange(name, text, range) }
    return number
  }
}
