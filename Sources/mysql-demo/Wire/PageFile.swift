import Foundation

/// The file of a page. Only its owner may read it, since a page shows the rows of a session.
final class PageFile {
  let output: OutputBuffer
  private var isReported = false

  /// Why the file could not be opened.
  struct Failure: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path): \(reason)" }
  }

  init(_ path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(path: path, reason: String(cString: strerror(errno))) }
    output = OutputBuffer(descriptor)
  }

  /// Reports on standard error, once, if not everything could be written.
  func reportFailure() {
    guard !output.isOpen, !isReported else { return }
    isReported = true
    _ = output.end()
  }
}
