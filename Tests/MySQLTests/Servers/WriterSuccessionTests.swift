import Testing

@testable import MySQL

@Suite(.busy) struct WriterSuccessionTests {
  private var succession = WriterSuccession()

  private mutating func lend(_ id: Int, isAlone: Bool = true) -> WriterSuccession.Wait? {
    succession.lend(id, isAlone: isAlone)
  }

  @Test mutating func theFirstWriterIsWaitedForByNobody() {
    for _ in 0..<2 { #expect(lend(1) == nil) }
  }

  @Test mutating func anotherWriterIsWaitedForUntilAWaitSucceeds() throws {
    _ = lend(1)
    let wait = try #require(lend(2))
    #expect(lend(2) != nil, "the first wait goes on")
    succession.succeeded(wait)
    #expect(lend(2) == nil)
    #expect(lend(1) != nil)
  }

  @Test mutating func whatAFormerWriterMayStillConfirmIsWaitedForAgain() throws {
    _ = lend(1)
    succession.succeeded(try #require(lend(2, isAlone: false)))
    let wait = try #require(lend(2))
    succession.succeeded(wait)
    #expect(lend(2, isAlone: false) == nil, "what is settled stays settled")
  }

  @Test mutating func aWaitThatFailedLeavesNothingSettled() throws {
    _ = lend(1)
    #expect(lend(2) != nil)
    #expect(lend(1) != nil, "what was written to the other one")
    #expect(lend(2) != nil)
  }

  @Test mutating func aWaitDoesNotCountForTheWritersNextTime() throws {
    _ = lend(1)
    let wait = try #require(lend(2))
    _ = lend(1)
    _ = lend(2)
    succession.succeeded(wait)
    #expect(lend(2) != nil)
  }
}
