#if os(Linux)
  import Foundation

  /// What the system says of this process.
  enum ProcessStatus {
    private struct Unreadable: Error {}

    /// The resident memory in bytes, now.
    static func residentMemory() throws -> Int { try kibibytes("VmRSS:") << 10 }

    /// The most resident memory there has been, in bytes.
    static func peakMemory() throws -> Int { try kibibytes("VmHWM:") << 10 }

    /// Lets the mark of the most resident memory fall to what is resident now.
    static func forgetPeak() throws {
      try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    }

    static func openDescriptors() throws -> Int { try entries("/proc/self/fd") }
    static func threads() throws -> Int { try entries("/proc/self/task") }

    static func processorTime() -> Duration {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Under a sanitizer memory is the sanitizer's.
    static let isSanitized = Sanitizer.current != nil

    private static func entries(_ folder: String) throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: folder).count
    }

    private static func kibibytes(_ field: String) throws -> Int {
      let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      for line in text.split(separator: "\n") where line.hasPrefix(field) {
        let words = line.split { $0 == " " || $0 == "\t" }
        if words.count > 1, let number = Int(words[1]) { return number }
      }
      throw Unreadable()
    }
  }
#endif
