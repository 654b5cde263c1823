extension Fixtures {
  /// The captures that tests of all of them look at: one in `stride`. Debug builds and, except in a long run, sanitizers
  /// take too long for every capture.
  static var sample: [String] { names.enumerated().filter { $0.offset % stride == 0 }.map(\.element) }

  static let stride: Int = {
    #if DEBUG
      8
    #else
      Sanitizer.current != nil && !Pass.isLongRun ? 8 : 1
    #endif
  }()
}
