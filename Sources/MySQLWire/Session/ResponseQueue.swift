/// The responses that the server owes, the one under way first. Mostly there is one, which takes no array.
struct ResponseQueue {
  private(set) var first: PendingResponse?
  private var others: [PendingResponse] = []
  /// Where those begin that have not become the first.
  private var head = 0

  var isEmpty: Bool { first == nil }
  var count: Int { first == nil ? 0 : 1 + others.count - head }
  var last: PendingResponse? { others.last ?? first }

  mutating func append(_ response: PendingResponse) {
    if first == nil { first = response } else { others.append(response) }
  }

  mutating func removeFirst() {
    guard head < others.count else {
      first = nil
      return
    }
    first = others[head]
    head += 1
    // Each is moved at most once more.
    if head > others.count / 2 {
      others.removeFirst(head)
      head = 0
    }
  }
}
