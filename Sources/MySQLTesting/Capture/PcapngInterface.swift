/// What a pcapng file says of an interface that packets were captured on.
struct PcapngInterface {
  let linkType: UInt16
  /// Zero stands for no limit.
  let snapshotLength: UInt32
  private var ticksPerSecond: UInt64 = 1_000_000
  private var offsetSeconds: Int64 = 0

  /// Answers nil if the block is broken, or counts in ticks so short that 64 bits cannot hold a second.
  init?(_ block: RawSpan, at start: Int, _ order: ByteOrder) {
    guard
      let linkType = block.integer(UInt16.self, at: start, order),
      let snapshotLength = block.integer(UInt32.self, at: start + 4, order)
    else { return nil }
    self.linkType = linkType
    self.snapshotLength = snapshotLength

    var position = start + 8
    while let code = block.integer(UInt16.self, at: position, order), code != Option.end {
      guard let count = block.integer(UInt16.self, at: position + 2, order) else { return nil }
      let value = position + 4
      guard count <= block.byteCount - value else { return nil }
      switch (code, count) {
      case (Option.timestampResolution, 1):
        guard let exponent = block.integer(UInt8.self, at: value), let ticks = Self.ticks(exponent)
        else { return nil }
        ticksPerSecond = ticks
      case (Option.timestampOffset, 8):
        guard let seconds = block.integer(Int64.self, at: value, order) else { return nil }
        offsetSeconds = seconds
      default:
        break
      }
      position = value + (Int(count) + 3) / 4 * 4
    }
  }

  /// Since 1970 in UTC; what a duration of 64-bit seconds cannot hold is cut off at its limits.
  func time(ticks: UInt64) -> Duration {
    let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: ticksPerSecond)
    let product = rest.multipliedFullWidth(by: 1_000_000_000_000_000_000)
    let attoseconds = ticksPerSecond.dividingFullWidth(product).quotient
    let (sum, overflow) = Int64(clamping: seconds).addingReportingOverflow(offsetSeconds)
    return Duration(
      secondsComponent: overflow ? .max : sum, attosecondsComponent: Int64(attoseconds))
  }

  /// The upper bit chooses between a power of two and a power of ten.
  private static func ticks(_ resolution: UInt8) -> UInt64? {
    let exponent = resolution & 0x7F
    if resolution & 0x80 != 0 { return exponent < 64 ? 1 << UInt64(exponent) : nil }
    guard exponent < 20 else { return nil }
    return (0..<exponent).reduce(1) { ticks, _ in ticks * 10 }
  }

  private enum Option {
    static let end: UInt16 = 0
    static let timestampResolution: UInt16 = 9
    static let timestampOffset: UInt16 = 14
  }
}
