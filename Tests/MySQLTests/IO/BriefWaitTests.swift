import Testing

@testable import MySQL

@Suite(.busy) struct BriefWaitTests {
  @Test func triesEachTimeWhileAnswersComeInTime() {
    var wait = BriefWait()
    for _ in 0..<1000 {
      let tries = wait.shouldTry()
      #expect(tries)
      wait.succeeded()
    }
    #expect(wait.isConfident)
  }

  @Test func triesEverMoreRarelyWhereAnswersTakeLong() {
    var wait = BriefWait()
    var tries: [Int] = []
    for number in 0..<10_000 where wait.shouldTry() {
      tries.append(number)
      wait.failed()
    }
    #expect(tries.prefix(5) == [0, 2, 5, 10, 19])
    #expect(tries.count < 20)
  }

  @Test func losesConfidenceAtTheFirstFailure() {
    var wait = BriefWait()
    for _ in 0..<10 { wait.succeeded() }
    wait.failed()
    #expect(!wait.isConfident)
    let tries = [wait.shouldTry(), wait.shouldTry()]
    #expect(tries == [false, true])
  }
}
