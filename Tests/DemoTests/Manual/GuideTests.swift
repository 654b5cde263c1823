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

    @Test func theManualPageIsForMan() throws {
      let page = try CommandRun.of(CommandRun.demo, ["man"])
      #expect(page.exitCode == 0 && page.outputText.hasPrefix(".TH MYSQL-DEMO 1"))
      #expect(page.outputText.contains("\\fB\\-H\\fR, \\fB\\-\\-html\\fR\n"))
      // Outside of macros, no line begins with a mark that roff reads.
      for line in page.outputText.split(separator: "\n") where line.hasPrefix(".") {
        #expect(line.firstMatch(of: /^\.(TH|SH|SS|TP|B|br)\b/) != nil, "\(line)")
      }
    }
  }
}
