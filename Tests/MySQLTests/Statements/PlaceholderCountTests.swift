import Testing

@testable import MySQL

@Suite(.busy) struct PlaceholderCountTests {
  @Test(
    arguments: [
      ("SELECT ?", 1), ("SELECT '?', \"?\", `?`, ?", 1), ("SELECT 'it''s ?', ? -- ?", 1),
      ("SELECT ? # ?\n, ? /* ? */", 2), ("SELECT /*+ x */ ?--?", 2), ("", 0), ("SELECT '' '' ?", 1),
    ])
  func countsPlaceholders(sql: String, count: Int) {
    #expect(SQLScanner.certainPlaceholders(in: sql) == count)
  }

  // Text whose meaning depends on a mode, a version or the server.
  @Test(
    arguments: [
      #"SELECT 'a\'?', ?"#, #"SELECT "\", ?"#, "SELECT /*! ?, */ ?", "SELECT /*M! ?, */ ?", "SELECT $$?$$",
      "SELECT :a, ?",
      "SELECT 'a", "SELECT `a", "SELECT /* ?",
    ])
  func isUncertainWhereServersDiffer(sql: String) {
    #expect(SQLScanner.certainPlaceholders(in: sql) == nil)
  }
}
