import Foundation

/// A command that shows one result, such as `less`.
final class Pager {
  let output: OutputBuffer
  private let command: SystemCommand
  private let descriptor: Int32

  /// Starts the command, which has the terminal until `end`. Returns nil if it cannot be started.
  init?(_ name: String, copy: Int32?) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    Terminal.leave()
    guard let command = SystemCommand(name, input: ends[0]) else {
      for end in ends { close(end) }
      Terminal.enter(.running)
      return nil
    }
    close(ends[0])
    self.command = command
    descriptor = ends[1]
    output = OutputBuffer(descriptor)
    output.copy = copy
  }

  /// Writes what is left, and waits until the command has shown it.
  func end() {
    output.flush()
    close(descriptor)
    command.wait()
    Terminal.enter(.running)
  }
}
