import Foundation

/// A terminal of 24 rows and 80 columns that runs a program. A test types into it and reads from it.
final class PseudoTerminal {
  private let controller: Int32
  private let process = Process()
  private(set) var output = ""

  // TIOCSPTLCK and TIOCGPTN: the C library's functions for them are not visible from here.
  private static let lock: UInt = 0x4004_5431
  private static let number: UInt = 0x8004_5430

  struct Unavailable: Error {}

  /// Whether setsid is installed. A program must have its own session for Ctrl-C to become a signal.
  static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/setsid")

  init(_ command: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
    controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (locked, number) = (Int32(0), Int32(-1))
    guard controller >= 0, ioctl(controller, Self.lock, &locked) == 0,
      ioctl(controller, Self.number, &number) == 0
    else { throw Unavailable() }
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard terminal >= 0 else { throw Unavailable() }
    let handle = FileHandle(fileDescriptor: terminal, closeOnDealloc: true)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
    process.arguments = ["--ctty", "--wait", command.path] + arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": "C.UTF-8", "TERM": "xterm"]) { $1 }.merging(environment) { $1 }
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    _ = fcntl(controller, F_SETFL, O_NONBLOCK)
  }

  deinit {
    if process.isRunning { process.terminate() }
    close(controller)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(controller, bytes, bytes.count)
  }

  /// Types more than the terminal holds, and reads what it shows meanwhile.
  func typeAll(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      readSome(milliseconds: count > 0 ? 0 : 20)
    }
  }

  /// Reads what has come, as it is.
  func readMore() { readSome(milliseconds: 100) }

  private func readSome(milliseconds: Int32) {
    var entry = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(controller, &bytes, bytes.count)
    if count > 0 { output += String(decoding: bytes[..<count], as: UTF8.self) }
  }

  /// Reads until the text has come, and returns everything since the last call, without the terminal's escape
  /// sequences. Returns nil if the text does not come in time.
  func read(until wanted: String, seconds: Double = 10) -> String? {
    let deadline = Date().addingTimeInterval(seconds)
    while true {
      let text = output.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "")
      var shown = ""
      // A carriage return and a new line together are one Character.
      shown.unicodeScalars.append(contentsOf: text.unicodeScalars.filter { $0 != "\r" })
      if let range = shown.range(of: wanted) {
        output = String(shown[range.upperBound...])
        return String(shown[..<range.upperBound])
      }
      guard Date() < deadline else { return nil }
      readSome(milliseconds: 100)
    }
  }

  /// Sends a signal to the program that has the terminal.
  func send(_ signal: Int32) throws {
    var group = pid_t()
    // TIOCGPGRP. Unless the program has its own group, the signal would go to everybody.
    guard ioctl(controller, 0x540F, &group) == 0, group > 1, group != getpgrp() else { throw Unavailable() }
    kill(group, signal)
  }

  /// How the terminal treats what is typed: whether it shows it, waits for whole lines, and makes signals.
  var modes: [String] {
    var modes = termios()
    guard tcgetattr(controller, &modes) == 0 else { return [] }
    return [("echo", ECHO), ("icanon", ICANON), ("isig", ISIG), ("iexten", IEXTEN)]
      .filter { modes.c_lflag & tcflag_t($0.1) != 0 }.map(\.0)
  }

  /// Waits for the program to end, and returns its exit code; nil if it does not end in time.
  func wait(seconds: Double = 10) -> Int32? {
    let deadline = Date().addingTimeInterval(seconds)
    while process.isRunning, Date() < deadline { usleep(10_000) }
    return process.isRunning ? nil : process.terminationStatus
  }
}
