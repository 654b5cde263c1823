import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct HistorySearches {
    private func search(_ keys: [Key]) -> HistorySearch {
      var search = HistorySearch(history: ["SELECT 1", "UPDATE t", "SELECT 2", "DELETE"])
      for key in keys { #expect(search.press(key) == .goesOn) }
      return search
    }

    private func typing(_ text: String) -> [Key] { text.map { .character($0) } }

    @Test func narrowsWithEachCharacter() {
      #expect(search(typing("e")).text == "DELETE")
      #expect(search(typing("sel")).text == "SELECT 2")
      #expect(search(typing("select 1")).text == "SELECT 1")
      #expect(search(typing("up") + [.backspace, .backspace]).text == nil)
    }

    @Test func goesBackWithEachPress() {
      #expect(search(typing("sel") + [.control("r")]).text == "SELECT 1")
      // If no older entry matches, the current one stays.
      #expect(search(typing("sel") + [.control("r"), .control("r")]).text == "SELECT 1")
    }

    @Test func saysWhatItLooksFor() {
      #expect(search(typing("up")).prompt == "(reverse-i-search)`up': ")
      #expect(search(typing("nosuch")).prompt == "(failed reverse-i-search)`nosuch': ")
      #expect(search(typing("nosuch")).text == nil)
    }

    @Test func endsWithAnyOtherKey() {
      var search = search(typing("up"))
      #expect(search.press(.enter) == .accepted)
      #expect(search.press(.control("g")) == .cancelled)
    }
  }
}
