import Foundation
import Testing

@testable import mysql_demo

extension Demo {
  /// The manual, and the table of options that it is made from.
  @Suite struct Guide {
    private var entries: [OptionEntry] { OptionGuide.sections.flatMap(\.entries) }

    @Test func describesEveryOption() {
      let options =
        CommandOption.all(for: nil) + CommandOption.all(for: .bench) + CommandOption.all(for: .dump)
      // `--print-defaults` comes before all options.
      #expect(Set(entries.map(\.name)) == Set(options.map(\.name)).union(["print-defaults"]))
      #expect(Set(entries.map(\.name)).count == entries.count)
      for entry in entries {
        guard let option = options.first(where: { $0.name == entry.name }) else { continue }
        switch option.effect {
        case .flag: #expect(entry.value == nil, "\(entry.name)")
        case .value: #expect(entry.value != nil && !entry.isOptional, "\(entry.name)")
        case .optionalValue: #expect(entry.value != nil && entry.isOptional, "\(entry.name)")
        }
        #expect(options.contains { $0.name == entry.name && $0.letter == entry.letter }, "\(entry.name)")
        #expect(Help.text.contains(entry.usage), "\(entry.name)")
      }
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completesInShells(_ shell: String) throws {
      let run = try CommandRun.of(CommandRun.demo, ["completions", shell])
      #expect(run.exitCode == 0)
      for word in entries.map(\.name) + Subcommands.all.map(\.name) {
        #expect(run.outputText.contains(word), "\(word)")
      }
      let path = "/usr/bin/\(shell)"
      guard FileManager.default.isExecutableFile(atPath: path) else { return }
      let check = try CommandRun.of(URL(fileURLWithPath: path), ["-n"], input: run.output)
      #expect(check.exitCode == 0 && check.errorText.isEmpty, "\(check.errorText)")
    }

    @Test func bashCompletesOptionsAndTheirValues() throws {
      let script = try CommandRun.of(CommandRun.demo, ["completions", "bash"]).outputText
      func complete(_ words: String) throws -> [String] {
        let text =
          script + "\nCOMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
          + "compopt() { :; }\n_mysql_demo; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
        let run = try CommandRun.of(URL(fileURLWithPath: "/bin/bash"), [], input: Data(text.utf8))
        return run.outputText.split(separator: "\n").map(String.init)
      }
      #expect(try complete("mysql-demo --column-t") == ["--column-type-info"])
      #expect(try complete("mysql-demo --format = js") == ["json", "jsonl"])
      #expect(try complete("mysql-demo doc") == ["doctor"])
      #expect(try complete("mysql-demo --defaults-file = /etc/host").contains("/etc/hosts"))
    }

    @Test func theManualPageIsForMan() throws {
      let page = try CommandRun.of(CommandRun.demo, ["man"])
      #expect(page.exitCode == 0 && page.outputText.hasPrefix(".TH MYSQL-DEMO 1"))
      #expect(page.outputText.contains("\\fB\\-H\\fR, \\fB\\-\\-html\\fR\n"))
      // Outside of macros, no line begins with a mark that roff reads.
      for line in page.outputText.split(separator: "\n") where line.hasPrefix(".") {
        #expect(line.firstMatch(of: /^\.(TH|SH|SS|TP|B|br)\b/) != nil, "\(line)")
      }
    }

    @Test func refusesAnotherShell() throws {
      let run = try CommandRun.of(CommandRun.demo, ["completions", "tcsh"])
      #expect(run.exitCode == 1 && run.errorText.contains("bash, zsh or fish"))
    }
  }
}
