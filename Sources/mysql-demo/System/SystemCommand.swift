import Foundation

/// A command of the system's shell. It shares the terminal with this process: it is in the same process group, reads
/// the keyboard, and handles Ctrl-C itself.
struct SystemCommand {
  private let process: pid_t

  /// Runs a command to its end. Returns its exit code, or 128 and the number of the signal that ended it; nil if there
  /// is not a shell.
  @discardableResult
  static func run(_ command: String) -> Int32? { Self(command)?.wait() }

  /// Starts a command.
  ///
  /// - Parameter input: What it reads in place of the keyboard.
  init?(_ command: String, input: Int32? = nil) {
    guard var attributes = Attributes() else { return nil }
    defer { attributes.destroy() }
    var actions = Platform.spawnActions
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    let words = (["sh", "-c", command] as [String]).map { strdup($0) }
    let environment = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") }
    defer { for text in words + environment { free(text) } }
    var process = pid_t()
    // Without a shell, no message would help the user.
    guard
      posix_spawn(&process, "/bin/sh", &actions, &attributes.value, words + [nil], environment + [nil]) == 0
    else { return nil }
    self.process = process
  }

  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// The attributes that reset, for the command, the signals that this process handles or blocks.
  private struct Attributes {
    var value = Platform.spawnAttributes

    init?() {
      guard posix_spawnattr_init(&value) == 0 else { return nil }
      var set = sigset_t()
      sigemptyset(&set)
      posix_spawnattr_setsigmask(&value, &set)
      for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGPIPE] { sigaddset(&set, number) }
      posix_spawnattr_setsigdefault(&value, &set)
      posix_spawnattr_setflags(&value, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    mutating func destroy() { posix_spawnattr_destroy(&value) }
  }
}
