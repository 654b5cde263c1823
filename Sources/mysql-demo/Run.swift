import Foundation
import MySQL

/// One run of the command, from its arguments to its exit code.
struct Run {
  private var arguments: Arguments
  private let output = OutputBuffer(STDOUT_FILENO)

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  private var isInteractive: Bool {
    !arguments.isNonInteractive && arguments.statements == nil && Terminal.isInteractive
  }

  mutating func start() async -> Int32 {
    if arguments.isHelp || arguments.isVersion {
      output.write(text: arguments.isHelp ? Help.text : Help.nameAndVersion + "\n")
      return output.end()
    }
    let interrupts = Interrupts()
    if arguments.rules.ignoresInterrupts {
      signal(SIGINT, SIG_IGN)
    } else {
      interrupts.take()
    }
    for case let tee? in arguments.terminal.tees where !isInteractive { Tee.announce(tee, on: output) }
    let characterSet: SessionCharacterSet
    if let name = arguments.characterSet, name != "auto" {
      guard let named = SessionCharacterSet(named: name) else {
        StandardError.print(
          "ERROR 2019 (00000): Can't initialize character set \(name) (path: compiled_in)")
        return 1
      }
      characterSet = named
    } else {
      characterSet = arguments.format?.isOurs == true ? .utf8mb4 : isInteractive ? .ofTerminal : .ofLocale
    }
    var settings: MySQLConfiguration
    do throws(MySQLError) {
      let isServerNamed: Bool
      (settings, isServerNamed) = try arguments.configuration()
      let isReplay = !isServerNamed && arguments.namesNothing && arguments.subcommand == nil
      guard observe(isReplay ? "a recorded server" : settings.servers) else { return 1 }
      if isReplay {
        return await Demonstration(arguments: arguments, output: output, interrupts: interrupts).run()
      }
    } catch {
      StandardError.print("\(ArgumentError.program): \(error.message)")
      return 1
    }
    if case .prompt = arguments.password { settings.password = MySQLSecret(bytes: PasswordPrompt.ask()) }
    switch arguments.subcommand {
    case .doctor: return await Doctor(settings, patience: arguments.connectTimeout, output).run()
    case .bench: return await LoadTest(arguments, settings, output, interrupts).run()
    case .dump: return await Dump(arguments, settings, interrupts).run()
    case .restore: return await Restore(arguments, settings, interrupts).run()
    case nil: break
    }
    settings.loginCollation = characterSet.collation
    if arguments.format?.isJSON == true, characterSet.kind != .utf8mb4 {
      // Statements are in the named character set, but JSON is UTF-8.
      settings.initCommands.append("SET character_set_results = utf8mb4")
    }
    let wait = ServerWait(settings, seconds: arguments.waitingTime)
    guard let connection = await wait.connection(arguments.observer) else { return 1 }
    let client = Client(arguments, connection, characterSet, output, interrupts)
    if isInteractive {
      var shell = InteractiveShell(client)
      let status = await shell.run()
      await client.connection.close()
      return status
    }
    let lines = arguments.statements.map { LineReader(text: $0) } ?? LineReader(STDIN_FILENO, name: "stdin")
    var status = await client.run(lines)
    if arguments.verbosity > 1 { output.write("Bye\n") }
    status = output.end(status: status)
    await client.connection.close()
    return status
  }

  /// Prepares what `--wire` asks for. Returns whether that is possible.
  private mutating func observe(_ server: String) -> Bool {
    do throws(PageFile.Failure) {
      arguments.observer = try arguments.wire.observer(of: server)
      return true
    } catch {
      StandardError.print("\(ArgumentError.program): \(error)")
      return false
    }
  }
}
