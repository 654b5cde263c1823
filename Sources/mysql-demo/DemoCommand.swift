import Foundation
import MySQL

@main
struct DemoCommand {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    exit(await run(ProcessArguments.take()))
  }

  static func run(_ words: [[UInt8]]) async -> Int32 {
    if words.first == Array("decode".utf8) {
      return Decode.run(Array(words.dropFirst()), OutputBuffer(STDOUT_FILENO))
    }
    var arguments: Arguments
    let asksDoctor = words.first == Array("doctor".utf8)
    do throws(ArgumentError) {
      let (read, warnings) = try ArgumentReader.read(
        asksDoctor ? Array(words.dropFirst()) : words, isTerminal: Terminal.isInteractive)
      for warning in warnings { printError(warning) }
      arguments = read
    } catch {
      printError(error.text)
      return error.exitCode
    }
    arguments.asksDoctor = asksDoctor
    return await Run(arguments).start()
  }

  static func printError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
