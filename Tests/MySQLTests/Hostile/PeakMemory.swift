#if os(Linux)
  import Foundation

  /// The resident memory of this process.
  enum PeakMemory {
    private struct Unreadable: Error {}

    /// What is resident now, in bytes. From here on the peak is counted again.
    static func reset() throws -> Int {
      try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
      return try bytes("VmRSS:")
    }

    /// The most that was resident since the last reset, in bytes.
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
