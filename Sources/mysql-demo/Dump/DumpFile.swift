import Foundation

/// Where a dump goes: standard output, or a file that has its name only once it is complete.
struct DumpFile {
  let output: OutputBuffer
  private let descriptor: Int32
  private let path: String?

  /// The name until the dump is complete.
  private static func partial(_ path: String) -> String { path + ".partial" }

  /// - Parameter path: The file; nil for standard output.
  init(_ path: String?) throws(DumpFailure) {
    self.path = path
    guard let path else {
      descriptor = STDOUT_FILENO
      output = OutputBuffer(STDOUT_FILENO)
      return
    }
    // A dump has everybody's data in it, so only its owner may read it.
    descriptor = open(Self.partial(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .reason("\(Self.partial(path)) cannot be written: " + String(cString: strerror(errno)))
    }
    output = OutputBuffer(descriptor)
  }

  /// Completes the file. Returns the exit code.
  func complete() -> Int32 {
    guard output.end() == 0, output.isOpen else {
      remove()
      return 1
    }
    guard let path else { return 0 }
    // After a crash, the name must not be there without the content.
    guard fsync(descriptor) == 0, rename(Self.partial(path), path) == 0 else {
      let reason = String(cString: strerror(errno))
      remove()
      return DumpFailure.reason("\(path) cannot be written: \(reason)").report()
    }
    close(descriptor)
    return 0
  }

  /// Removes what there is of the file. What went to standard output lacks its last line.
  func abandon() {
    // If the output failed, this reports it.
    _ = output.end(status: 1)
    remove()
  }

  private func remove() {
    guard let path else { return }
    close(descriptor)
    unlink(Self.partial(path))
  }
}
