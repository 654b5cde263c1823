import Foundation

/// A command of the system's shell, run to its end. It shares the terminal with this process: it is in the same process
/// group, reads the keyboard, and handles Ctrl-C itself.
enum SystemCommand {
  static func run(_ command: String) {
    guard var attributes = Attributes() else { return }
    defer { attributes.destroy() }
    let words = (["sh", "-c", command] as [String]).map { strdup($0) }
    let environment = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") }
    defer { for text in words + environment { free(text) } }
    var process = pid_t()
    let result = posix_spawn(
      &process, "/bin/sh", nil, &attributes.value, words + [nil], environment + [nil])
    // There is no shell. No message about that would help the user.
    guard result == 0 else { return }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
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
