import MySQLTesting
import Testing

@testable import MySQL

@Suite(.busy) struct AlarmQueueTests {
  private let start = Deadline.now

  private func deadline(_ milliseconds: Int) -> Deadline {
    var deadline = start
    deadline.move(by: Int64(milliseconds) * 1_000_000)
    return deadline
  }

  @Test func keepsOneDeadlineForEachKey() {
    var queue = AlarmQueue<Int, String>()
    queue.set(deadline(5), for: 1, "early")
    queue.set(deadline(9), for: 1, "late")
    #expect(queue.count == 1 && queue.earliest == deadline(9))
    #expect(queue.removeFirst(by: deadline(8)) == nil)
    #expect(queue.removeFirst(by: deadline(9)) == "late")
    #expect(queue.earliest == nil)
  }

  @Test func behavesLikeAListThatIsSortedEachTime() {
    var random = SeededGenerator(seed: 15)
    var queue = AlarmQueue<Int, Int>()
    var model: [Int: Int] = [:]
    for _ in 0..<20_000 {
      let key = Int.random(in: 0..<200, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        queue.remove(key)
        model[key] = nil
      case 1:
        let now = Int.random(in: 0..<1000, using: &random)
        let first = model.values.min() ?? .max
        let removed = queue.removeFirst(by: deadline(now))
        #expect((removed != nil) == (first <= now))
        guard let removed else { continue }
        #expect(model[removed] == first)
        model[removed] = nil
      default:
        let time = Int.random(in: 0..<1000, using: &random)
        queue.set(deadline(time), for: key, key)
        model[key] = time
      }
      #expect(queue.count == model.count)
      #expect(queue.earliest == model.values.min().map(deadline))
    }
  }
}
