import MySQL
import Testing

@Suite(.busy) struct SuggestionTests {
  @Test(
    arguments: [
      ("ssl-mod", "ssl-mode"), ("protocl", "protocol"), ("usr", "user"),
      ("conect-timeout", "connect-timeout"),
      ("pasword", "password"), ("xort", "port"), ("prot", "port"), ("hsot", "host"),
    ])
  func suggestsTheWordWithTheFewestEdits(word: String, meant: String) {
    let names = ["host", "port", "user", "password", "protocol", "ssl-ca", "ssl-mode", "connect-timeout"]
    #expect(Suggestion.nearest(to: word, among: names) == meant)
  }

  @Test(arguments: ["zzz", "trop", "sslmodus", ""])
  func suggestsNothingThatIsTooDifferentForItsLength(word: String) {
    #expect(Suggestion.nearest(to: word, among: ["port", "ssl-mode", "password"]) == nil)
  }

  @Test func suggestsTheFirstOfEquals() {
    #expect(Suggestion.nearest(to: "cat", among: ["bat", "hat"]) == "bat")
    #expect(Suggestion.nearest(to: "cat", among: ["bat", "cat"]) == "cat")
    #expect(Suggestion.nearest(to: "cat", among: [] as [String]) == nil)
  }

  @Test func leavesLongWordsAlone() {
    for (length, isFound) in [(40, true), (41, false)] {
      let word = String(repeating: "x", count: length)
      #expect((Suggestion.nearest(to: word, among: [word]) != nil) == isFound)
    }
  }
}
