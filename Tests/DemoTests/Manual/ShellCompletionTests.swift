import Foundation
import Testing

@testable import mysql_demo

extension Demo {
  /// What `completions` prints, as the shells themselves take it.
  @Suite struct ShellScripts {
    private static func script(_ shell: String) throws -> String {
      let run = try CommandRun.of(CommandRun.demo, ["completions", shell])
      #expect(run.exitCode == 0 && run.errors.isEmpty)
      return run.outputText
    }

    /// Runs a shell, which must not complain.
    private static func run(_ shell: String, _ words: [String], input: String = "") throws -> [String] {
      let program = try #require(CommandRun.program(shell))
      let run = try CommandRun.of(program, words, input: Data(input.utf8))
      #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errorText)")
      return run.outputText.split(separator: "\n").map(String.init)
    }

    @Test(arguments: ShellCompletions.allCases) func nameEveryOptionAndSubcommand(
      _ shell: ShellCompletions
    ) throws {
      let script = try Self.script(shell.rawValue)
      for word in OptionGuide.sections.flatMap(\.entries).map(\.name) + Subcommands.all.map(\.name) {
        #expect(script.contains(word), "\(word)")
      }
    }

    @Test(.installed("bash")) func parseInBash() throws {
      #expect(try Self.run("bash", ["-n"], input: Self.script("bash")) == [])
    }

    @Test(.installed("zsh")) func parseInZsh() throws {
      #expect(try Self.run("zsh", ["-f", "-n"], input: Self.script("zsh")) == [])
    }

    @Test(.installed("fish")) func parseInFish() throws {
      #expect(try Self.run("fish", ["--no-config", "--no-execute"], input: Self.script("fish")) == [])
    }

    @Test(.installed("bash")) func completeInBash() throws {
      let script = try Self.script("bash")
      func complete(_ words: String) throws -> [String] {
        try Self.run(
          "bash", [],
          input: script + "\nCOMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
            + "compopt() { :; }\n_mysql_demo; printf '%s\\n' \"${COMPREPLY[@]}\"\n")
      }
      #expect(try complete("mysql-demo --column-t") == ["--column-type-info"])
      #expect(try complete("mysql-demo --format = js") == ["json", "jsonl"])
      #expect(try complete("mysql-demo doc") == ["doctor"])
      #expect(try complete("mysql-demo dump --lock-a") == ["--lock-all-tables"])
      #expect(try complete("mysql-demo --defaults-file = /etc/host").contains("/etc/hosts"))
    }

    @Test(.installed("fish")) func completeInFish() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let script = try folder.write(Self.script("fish"), "mysql-demo.fish")
      func complete(_ line: String) throws -> [String] {
        try Self.run("fish", ["--no-config", "-c", "source \(script); complete -C '\(line)'"]).map {
          candidate in
          String(candidate.prefix { $0 != "\t" })
        }
      }
      #expect(try complete("mysql-demo --column-t") == ["--column-type-info"])
      #expect(try complete("mysql-demo --format=js") == ["--format=json", "--format=jsonl"])
      #expect(try complete("mysql-demo doc") == ["doctor"])
      #expect(try complete("mysql-demo dump --lock-a") == ["--lock-all-tables"])
      #expect(try complete("mysql-demo completions ") == ["bash", "fish", "zsh"])
      #expect(try complete("mysql-demo --defaults-file=/etc/host").contains("--defaults-file=/etc/hosts"))
      #expect(try complete("mysql-demo restore /etc/host").contains("/etc/hosts"))
    }

    /// zsh completes only at a terminal.
    @Test(
      .installed("zsh"), .enabled(if: PseudoTerminal.isAvailable, "setsid is not installed (util-linux)"))
    func completeInZsh() throws {
      let folder = try Folder()
      defer { folder.remove() }
      _ = try folder.write(Self.script("zsh"), "_mysql-demo")
      let program = try #require(CommandRun.program("zsh"))
      let terminal = try PseudoTerminal(
        program, ["-f", "-i"], environment: ["HOME": folder.path, "TERM": "dumb"])
      terminal.type(
        "PS1=; fpath=(\(folder.path) $fpath); autoload -U compinit; compinit -D -u; mysql-demo() :; "
          + "echo rea''dy\r")
      _ = try #require(terminal.read(until: "ready"))
      for (typed, completed) in [
        ("--column-t", "--column-type-info "), ("--format=js", "--format=json"), ("doc", "doctor "),
        ("dump --lock-a", "dump --lock-all-tables "), ("dump shop --no-crea", "dump shop --no-create-info "),
        ("-h db decode /etc/hostn", "-h db decode /etc/hostname "),
      ] {
        // The Tab comes alone, and the line is emptied afterwards.
        for text in ["mysql-demo \(typed)", "\t"] {
          terminal.type(text)
          usleep(200_000)
        }
        #expect(terminal.read(until: "mysql-demo \(completed)") != nil, "\(typed)")
        terminal.type("\u{15}")
      }
    }

    @Test func areNotMadeForAnotherShell() throws {
      let run = try CommandRun.of(CommandRun.demo, ["completions", "tcsh"])
      #expect(run.exitCode == 1 && run.errorText.contains("bash, zsh or fish"))
    }
  }
}

extension Trait where Self == ConditionTrait {
  fileprivate static func installed(_ program: String) -> Self {
    .enabled(if: CommandRun.program(program) != nil, "\(program) is not installed")
  }
}
