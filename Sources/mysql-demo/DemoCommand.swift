import Foundation
import MySQL

@main
struct DemoCommand {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    holdStandardDescriptors()
    let status = await run(ProcessArguments.take())
    Terminal.leave()
    exit(status)
  }

  static func run(_ words: [[UInt8]]) async -> Int32 {
    if words.first == Array("decode".utf8) {
      return Decode.run(Array(words.dropFirst()), OutputBuffer(STDOUT_FILENO))
    }
    if let status = Manual.print(words) { return status }
    let subcommand = words.first.flatMap {
      Arguments.Subcommand(rawValue: String(decoding: $0, as: UTF8.self))
    }
    let options = subcommand == nil ? words : Array(words.dropFirst())
    let arguments: Arguments
    do {
      if let text = try PrintedDefaults.text(of: words, isTerminal: Terminal.isInteractive) {
        let output = OutputBuffer(STDOUT_FILENO)
        output.write(text)
        return output.end()
      }
      let isTerminal = Terminal.isInteractive
      var (read, warnings) = try ArgumentReader.read(options, isTerminal: isTerminal, for: subcommand)
      if !read.isHelp, !read.isVersion {
        let files = try read.defaults.read()
        (read, warnings) = try ArgumentReader.read(
          options, isTerminal: isTerminal, for: subcommand, over: files)
      }
      for warning in warnings { StandardError.print(warning) }
      arguments = read
    } catch let error as ArgumentError {
      StandardError.print(error.text)
      return error.exitCode
    } catch let error as MySQLError {
      StandardError.print("\(ArgumentError.program): \(error.message)")
      return 1
    } catch {
      StandardError.print("\(ArgumentError.program): \(error)")
      return 1
    }
    var run = Run(arguments)
    return await run.start()
  }

  /// Takes the number of each standard descriptor that is closed, so that no socket or file gets it. Reading or writing
  /// it fails, as it should.
  private static func holdStandardDescriptors() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ]
    where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
  }
}
