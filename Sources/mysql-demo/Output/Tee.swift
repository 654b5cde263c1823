import Foundation

/// The file to which everything that a session shows is appended.
final class Tee {
  let path: String
  let descriptor: Int32

  /// Opens the file, and writes what the official command writes about it.
  init?(_ path: String, announcedOn output: OutputBuffer) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    self.path = path
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      StandardError.print(
        "\(StandardError.program): Can't create/write to file '\(path)' (Errcode: \(errno) \"\(reason)\")")
      output.write(text: "Error logging to file '\(path)'\n")
      return nil
    }
    output.write(text: "Logging to file '\(path)'\n")
  }

  /// Creates the file, as the official command does even in scripts, where it writes nothing into it.
  static func announce(_ path: String, on output: OutputBuffer) {
    _ = Tee(path, announcedOn: output)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
