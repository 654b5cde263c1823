import Foundation
import MySQL

/// `mysql-demo restore`: runs the statements of a dump.
struct Restore {
  private let arguments: Arguments
  private let settings: MySQLConfiguration
  private let interrupts: Interrupts

  init(_ arguments: Arguments, _ settings: MySQLConfiguration, _ interrupts: Interrupts) {
    self.arguments = arguments
    self.interrupts = interrupts
    var settings = settings
    // A dump sets its character sets itself, and more than one.
    settings.loginCollation = SessionCharacterSet.utf8mb4.collation
    self.settings = settings
  }

  private var name: String { arguments.dumpFile ?? "standard input" }

  func run() async -> Int32 {
    let descriptor = arguments.dumpFile.map { open($0, O_RDONLY | O_CLOEXEC) } ?? STDIN_FILENO
    guard descriptor >= 0 else {
      return DumpFailure.reason("\(name) cannot be read: " + String(cString: strerror(errno))).report()
    }
    let wait = ServerWait(settings, seconds: arguments.waitingTime)
    guard let connection = await wait.connection(arguments.observer) else { return 1 }
    interrupts.begin()
    let failure = await run(descriptor, connection)
    await connection.close()
    guard let failure else { return 0 }
    StandardError.print("\(ArgumentError.program): " + failure.text(file: name))
    return 1
  }

  private func run(_ descriptor: Int32, _ connection: MySQLConnection) async -> RestoreFailure? {
    var dump = DumpReader(LineReader(descriptor, name: name, keepsCarriageReturns: true))
    var sender = RestoreSender(connection, interrupts)
    var progress = RestoreProgress(descriptor: descriptor)
    do throws(RestoreFailure) {
      while let step = try dump.next(connection.status) {
        switch step {
        case .statement(let statement): try await sender.take(statement)
        case .use(let name, let statement): try await sender.use(name, statement)
        }
        progress.show(dump.bytesRead)
      }
      try await sender.finish()
    } catch {
      // A statement that was sent earlier may have failed, too.
      await sender.settle()
      return sender.failure ?? error
    }
    if !dump.isComplete {
      StandardError.print(
        "\(ArgumentError.program): warning: \(name) does not end with “\(DumpScript.lastLine)”: "
          + "it may have been cut off")
    }
    return nil
  }
}
