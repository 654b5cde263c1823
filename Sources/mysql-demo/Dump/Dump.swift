import MySQL

/// `mysql-demo dump`: a logical backup in SQL.
struct Dump {
  private let arguments: Arguments
  private let settings: MySQLConfiguration
  /// The database that `-D` or the URL names.
  private let database: String?
  private let interrupts: Interrupts

  init(_ arguments: Arguments, _ settings: MySQLConfiguration, _ interrupts: Interrupts) {
    self.arguments = arguments
    self.interrupts = interrupts
    database = settings.database
    var settings = settings
    settings.database = nil
    // The session chooses the character sets of its results itself.
    settings.loginCollation = SessionCharacterSet.utf8mb4.collation
    self.settings = settings
  }

  func run() async -> Int32 {
    let file: DumpFile
    let plan: DumpPlan
    do throws(DumpFailure) {
      plan = try checkedPlan()
      file = try DumpFile(plan.output)
    } catch {
      return error.report()
    }
    let wait = ServerWait(settings, seconds: arguments.waitingTime)
    guard let connection = await wait.connection(arguments.observer) else {
      file.abandon()
      return 1
    }
    interrupts.begin()
    let failure = await interrupts.during(connection) { await write(plan, to: file, from: connection) }
    await connection.close()
    guard let failure else { return file.complete() }
    file.abandon()
    return failure.report()
  }

  /// Returns why the dump ends early; nil if it is complete.
  private func write(
    _ plan: DumpPlan, to file: DumpFile, from connection: MySQLConnection
  ) async -> DumpFailure? {
    var session = DumpSession(connection, interrupts)
    do throws(DumpFailure) {
      try await session.begin(lockingAllTables: plan.locksAllTables)
      try await DumpScript(session, plan, to: file.output).write()
      return nil
    } catch {
      return error
    }
  }

  /// Returns the plan with the database that `-D` or the URL names, where the words name none.
  private func checkedPlan() throws(DumpFailure) -> DumpPlan {
    var plan = arguments.dump
    if plan.names.isEmpty, !plan.isOfAllDatabases, !plan.hasUsers, let name = database { plan.names = [name] }
    if plan.isOfAllDatabases, !plan.names.isEmpty { throw .reason("--all-databases takes no names") }
    if plan.names.isEmpty, !plan.isOfAllDatabases, !plan.hasUsers {
      throw .reason("dump takes a database and tables of it, or --databases and several, or --all-databases")
    }
    return plan
  }
}
