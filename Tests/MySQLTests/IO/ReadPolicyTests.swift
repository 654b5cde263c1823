import Testing

@testable import MySQL

@Suite(.busy) struct ReadPolicyTests {
  private func received(
    _ policy: inout ReadPolicy, _ count: Int, hasMore: Bool = false, isInRows: Bool = true, owed: Int = 1
  ) -> Bool {
    policy.received(count, hasMore: hasMore, isInRows: isInRows, owedAnswers: owed)
  }

  @Test func aQueryChangesNothing() {
    var policy = ReadPolicy()
    for _ in 0..<1000 {
      let rests = received(&policy, 100, isInRows: false)
      #expect(!rests && policy.interest == .read)
    }
  }

  @Test func restsBetweenThePiecesOfALongResult() {
    var policy = ReadPolicy()
    var rests = 0
    for _ in 0..<15 where received(&policy, 16 << 10) { rests += 1 }
    #expect(rests == 0)
    let begins = received(&policy, 16 << 10)
    #expect(begins && policy.interest.isEmpty)
    policy.endRest()
    #expect(policy.interest == .read)
    // More has arrived already: the next piece is read at once.
    let restsAgain = received(&policy, 64 << 10, hasMore: true)
    #expect(!restsAgain && policy.interest == .read)
    // The next result has to prove long itself.
    let restsAtTheEnd = received(&policy, 100, isInRows: false)
    let restsAfterIt = received(&policy, 16 << 10)
    #expect(!restsAtTheEnd && !restsAfterIt)
  }

  @Test func restsBetweenTheAnswersToManyCommands() {
    var policy = ReadPolicy()
    let rests = [
      received(&policy, 11, isInRows: false, owed: 32), received(&policy, 11, isInRows: false, owed: 33),
    ]
    #expect(rests == [false, true])
  }

  @Test func readsNothingForAConsumerThatHasEnough() {
    var policy = ReadPolicy()
    policy.isPaused = true
    policy.hasOutput = true
    #expect(policy.interest == .write)
    let looks = policy.lookAgain()
    #expect(!looks)
    policy.isPaused = false
    policy.hasOutput = false
    #expect(policy.interest == .read)
  }

  @Test func aDeadlineEndsARest() {
    var policy = ReadPolicy()
    let rests = received(&policy, 1 << 20)
    #expect(rests)
    let looks = [policy.lookAgain(), policy.lookAgain()]
    #expect(looks == [true, false] && policy.interest == .read)
  }
}
