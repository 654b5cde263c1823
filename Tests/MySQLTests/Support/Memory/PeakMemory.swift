#if os(Linux)
  import Foundation

  /// The resident memory of this process.
  enum PeakMemory {
    private struct Unreadable: Error {}

    /// Returns how many bytes are resident now, and starts measuring the peak again.
    static func reset() throws -> Int {
      try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
      return try bytes("VmRSS:")
    }

    /// Returns the most bytes that were resident since the last reset.
    static func read() throws -> Int { try bytes("VmHWM:") }

    private static func bytes(_ field: String) throws -> Int {
      let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      for line in text.split(separator: "\n") where line.hasPrefix(field) {
        let words = line.split { $0 == " " || $0 == "\t" }
        if words.count > 1, let number = Int(words[1]) { return number << 10 }
      }
      throw Unreadable()
    }
  }
#endif
