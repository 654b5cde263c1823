#if os(Linux)
  import Foundation

  /// What the system reports about this process.
  enum ProcessStatus {
    private struct Unreadable: Error {}

    /// Returns the current resident memory in bytes.
    static func residentMemory() throws -> Int { try kibibytes("VmRSS:") << 10 }

    /// Returns the peak of resident memory in bytes.
    static func peakMemory() throws -> Int { try kibibytes("VmHWM:") << 10 }

    /// Resets the peak of resident memory to what is resident now.
    static func forgetPeak() throws {
      try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    }

    static func openDescriptors() throws -> Int { try entries("/proc/self/fd") }
    /// Returns the number of TCP sockets that are open. Foundation keeps descriptors of its own: three for each thread
    /// that has ever run a `Process`.
    static func openTCPSockets() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }.count {
        socket in
        var address = sockaddr()
        var size = socklen_t(MemoryLayout<sockaddr>.size)
        return getsockname(socket, &address, &size) == 0 && address.sa_family == sa_family_t(AF_INET)
      }
    }
    static func threads() throws -> Int { try entries("/proc/self/task") }

    static func processorTime() -> Duration {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Whether this process runs under a sanitizer, which then determines the memory used.
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
