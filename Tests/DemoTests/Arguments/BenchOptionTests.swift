import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  /// The options of `bench`, and `--wait`.
  @Suite struct LoadOptions {
    private func read(
      _ words: [String], for subcommand: Arguments.Subcommand? = nil
    ) throws -> Arguments {
      try ArgumentReader.read(words.map { Array($0.utf8) }, isTerminal: false, for: subcommand).0
    }

    @Test func haveDefaults() throws {
      let arguments = try read([], for: .bench)
      #expect(arguments.subcommand == .bench)
      #expect(arguments.load.connections == nil)
      #expect(arguments.load.tasks == 16)
      #expect(arguments.load.seconds == 5)
      #expect(arguments.waitingTime == nil)
      #expect(try arguments.configuration([:]).settings.maxConnections == 10)
    }

    @Test func areTakenTogetherWithThoseOfTheConnection() throws {
      let words = [
        "--connections=3", "--tasks", "40", "--dur=2", "-hdb", "-e", "SELECT {n}", "--wait=7", "shop",
      ]
      let arguments = try read(words, for: .bench)
      #expect(arguments.load.connections == 3)
      #expect(arguments.load.tasks == 40)
      #expect(arguments.load.seconds == 2)
      #expect(arguments.host == "db")
      #expect(arguments.statements == Array("SELECT {n}".utf8))
      #expect(arguments.waitingTime == 7)
      #expect(arguments.database == Array("shop".utf8))
    }

    @Test func refuseWhatIsOutOfRange() throws {
      for word in [
        "--connections=0", "--connections=65536", "--tasks=0", "--tasks=-1", "--tasks=10001", "--duration=0",
        "--duration=1.5", "--duration=", "--duration=86401", "--wait=-1", "--wait=x", "--wait=31536001",
        "--tasks=99999999999999999999",
      ] {
        let error = try #require(throws: ArgumentError.self) { try read([word], for: .bench) }
        #expect(error.exitCode == 9, "\(word)")
        #expect(error.text.contains("it takes a whole number from "), "\(error.text)")
      }
    }

    /// Scripts may already abbreviate other options to prefixes of these.
    @Test func areUnknownElsewhere() throws {
      #expect(try read(["--connect-t=5"]).connectTimeout == 5)
      #expect(try read(["--ta"]).isTable)
      for word in ["--tasks=3", "--connections=3", "--duration=3"] {
        for subcommand in [nil, Arguments.Subcommand.doctor] {
          let error = try #require(throws: ArgumentError.self) { try read([word], for: subcommand) }
          #expect(error.exitCode == 7, "\(word)")
        }
      }
    }

    @Test func aWaitTakesItsSecondsOnlyWhereTheyAreAttached() throws {
      #expect(try read(["--wait"]).waitingTime == 60)
      #expect(try read(["--wait=0"]).waitingTime == 0)
      let arguments = try read(["--wait", "5"])
      #expect(arguments.waitingTime == 60)
      #expect(arguments.database == Array("5".utf8))
    }
  }
}
