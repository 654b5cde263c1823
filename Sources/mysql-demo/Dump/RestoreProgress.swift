import Foundation

/// The line at a terminal that shows how far a restore has come.
struct RestoreProgress: ~Copyable {
  private var line = StatusLine()
  /// The size of the file; nil if it is not known.
  private let size: Int?
  private let start = ContinuousClock.now
  private var shown = ContinuousClock.now

  init(descriptor: Int32) {
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isFile ? Int(status.st_size) : nil
  }

  mutating func show(_ bytes: Int) {
    let now = ContinuousClock.now
    guard shown.duration(to: now) > .milliseconds(200) else { return }
    shown = now
    let passed = start.duration(to: now)
    line.show(Self.text(bytes, of: size, passed))
  }

  static func text(_ bytes: Int, of size: Int?, _ passed: Duration) -> String {
    guard let size else { return ByteCount.text(bytes) }
    return "\(ByteCount.text(bytes)) of \(ByteCount.text(size))"
      + TimeLeft.text(done: bytes, of: size, passed)
  }
}
