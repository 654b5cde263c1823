import Foundation

/// A prompt for a password on the terminal, which does not show it.
enum PasswordPrompt {
  static func ask() -> [UInt8] {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    let input = terminal >= 0 ? terminal : STDIN_FILENO
    defer { if terminal >= 0 { close(terminal) } }
    Terminal.enter(.hidden, of: input)
    defer { Terminal.leave() }
    write("Enter password: ", terminal)
    let password = readLine(input)
    write("\n", terminal)
    return password
  }

  private static func write(_ text: String, _ terminal: Int32) {
    let output = OutputBuffer(terminal >= 0 ? terminal : STDERR_FILENO)
    output.write(text: text)
    output.flush()
  }

  /// Reads a line byte by byte, because what follows it is not part of the password and must not be consumed.
  private static func readLine(_ input: Int32) -> [UInt8] {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(input, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1, byte != UInt8(ascii: "\n") else { return line }
      line.append(byte)
    }
  }
}
