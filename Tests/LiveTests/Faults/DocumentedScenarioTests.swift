import Testing

@Suite(.byPass, .busy) struct DocumentedScenarioTests {
  @Test func thePageListsTheScenariosOfTheFaultMatrix() throws {
    let page = try ProjectFile.words(of: "Docs/Testing.md")
    let list = try #require(page.between("**Through a fault matrix** (`faults`): each of ", " is cut"))
    #expect(list.quoted == Scenario.all.map(\.name))
  }
}
