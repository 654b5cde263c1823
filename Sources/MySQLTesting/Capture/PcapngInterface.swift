/// An interface that packets were captured on, as a pcapng file describes it.
struct PcapngInterface {
  let linkType: UInt16
  /// The limit for the captured size of a packet. Zero stands for no limit.
  let snapshotLength: UInt32
  private var ticksPerSecond: UInt64 = 1_000_000
  private var offsetSeconds: Int64 = 0

  /// Returns nil if the block is broken, or if its ticks are so short that 64 bits cannot hold the number of ticks in a
  /// second.
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

  /// Returns the time since 1970 in UTC, limited to what a duration of 64-bit seconds can hold.
  func time(ticks: UInt64) -> Duration {
    let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: ticksPerSecond)
    let product = rest.multipliedFullWidth(by: 1_000_000_000_000_000_000)
    let attoseconds = ticksPerSecond.dividingFullWidth(product).quotient
    let (sum, overflow) = Int64(clamping: seconds).addingReportingOverflow(offsetSeconds)
    return Duration(
      secondsComponent: overflow ? .max : sum, attosecondsComponent: Int64(attoseconds))
  }

  /// Returns the number of ticks in a second. The upper bit of the resolution chooses between a power of two and a
  /// power of ten.
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
