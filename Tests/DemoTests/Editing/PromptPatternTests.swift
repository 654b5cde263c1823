import Foundation
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct PromptPatterns {
    @Test(arguments: [
      (#"\N [\d]> "#, "MariaDB [shop]> "), (#"\u@\h:\p \v"#, "app@db.example:3307 10.11.6"),
      (#"\U\_\S\l\t|"#, "app@10.0.0.9 ;//\t|"), (#"\c\\c"#, #"7\c"#), (#"\'\"\x"#, #"'"x"#),
      ("plain", "plain"),
      (#"end\"#, "end"), (#"a\nb"#, "a\nb"),
    ])
    func becomeText(_ pattern: String, _ text: String) {
      var facts = PromptPattern.Facts()
      facts.server = "MariaDB"
      facts.version = "10.11.6"
      facts.database = "shop"
      facts.host = "db.example"
      facts.port = "3307"
      facts.account = "app@10.0.0.9"
      facts.delimiter = "//"
      facts.number = 7
      #expect(PromptPattern(facts: facts).text(Array(pattern.utf8)) == text)
    }

    @Test func showTheTime() {
      var parts = tm()
      (parts.tm_year, parts.tm_mon, parts.tm_mday) = (124, 4, 6)
      (parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_isdst) = (15, 7, 9, -1)
      var facts = PromptPattern.Facts()
      facts.time = Date(timeIntervalSince1970: Double(mktime(&parts)))
      let text = PromptPattern(facts: facts).text(Array(#"\R \r \m \s \y \Y \w \P \o \O|\D"#.utf8))
      #expect(text == "15 03 07 09 24 2024 Mon pm 5 May|Mon May  6 15:07:09 2024")
    }

    @Test func sayWhatIsMissing() {
      let text = PromptPattern(facts: .init()).text(Array(#"\N \d \v"#.utf8))
      #expect(text == "unknown (none) not_connected")
    }
  }
}
