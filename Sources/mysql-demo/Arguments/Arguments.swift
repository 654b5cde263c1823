import MySQL

/// What the command line asks for.
struct Arguments {
  var isHelp = false
  var isVersion = false
  var wire = WireOutput.nowhere
  var subcommand: Subcommand?

  var host: String?
  var port: UInt16?
  var socket: String?
  var user: String?
  var password: PasswordChoice?
  var database: [UInt8]?
  var url: String?
  var protocolName: String?
  var defaults = DefaultsFiles()
  /// The options of the connection from option files.
  var fileOptions: [OptionFileEntry] = []
  /// Options that the library reads as it reads option files, such as `ssl-mode`.
  var settings: [(name: String, value: String)] = []
  var characterSet: String?
  var localInfile: Bool?
  var connectTimeout: Int?
  /// How many seconds to wait for a server that is not available; nil for not at all.
  var waitingTime: Int?

  /// The statements of every `-e`, with spaces between them.
  var statements: [UInt8]?
  var isNonInteractive = false
  var silence = 0
  var verbosity = 0
  var showsNames = true
  var isTable = false
  var isVertical = false
  var isRaw = false
  var isForced = false
  var isUnbuffered = false
  var keepsComments = false
  var showsWarnings = false
  var printsFailedQuery = true
  var abortsSourceOnError = false
  var format: ResultFormat?
  var delimiter = Array(";".utf8)
  var initCommand: String?
  var load = LoadPlan()
  var dump = DumpPlan()
  /// The file that `restore` reads; nil for standard input.
  var dumpFile: String?
  var results = ResultOptions()
  var rules = StatementOptions()
  var terminal = TerminalOptions()
  /// What is printed about options that have no effect here.
  var warnings: [String] = []

  /// Whether the command line names no account, database or statements, and does not ask to wait for a server.
  var namesNothing: Bool {
    user == nil && password == nil && database == nil && statements == nil && waitingTime == nil
  }

  /// The observer of all connections, once the run has begun.
  var observer: (any MySQLObserver)?

  /// What is done with the connection that the options describe, instead of running statements.
  enum Subcommand: String {
    /// Finding out why it fails.
    case doctor
    /// A load test.
    case bench
    /// Writing a backup.
    case dump
    /// Running the statements of one.
    case restore
  }

  enum PasswordChoice {
    case prompt
    case given([UInt8])
  }

  /// Which option files are read.
  struct DefaultsFiles {
    var isNone = false
    var only: String?
    var extra: String?
    var groupSuffix: String?
  }
}

extension Int {
  /// The seconds of a wait without a limit.
  static let forever = 31_536_000
}
