/// The responses that the server owes, the one in progress first. There is usually only one, which needs no array.
struct ResponseQueue {
  private(set) var first: PendingResponse?
  private var others: [PendingResponse] = []
  /// The index of the first element of `others` that has not become `first` yet.
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
    // At most one response is moved for each one removed.
    if head > others.count / 2 {
      others.removeFirst(head)
      head = 0
    }
  }
}
