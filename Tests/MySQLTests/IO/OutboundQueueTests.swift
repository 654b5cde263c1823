import Foundation
import MySQLTesting
import Testing

@testable import MySQL

@Suite(.busy) struct OutboundQueueTests {
  @Test func sendsAllBytesInOrderHoweverFewTheSocketAccepts() throws {
    let (near, far) = try Socket.pair()
    var queue = OutboundQueue()
    var random = SeededGenerator()
    var (written, received): ([UInt8], [UInt8]) = ([], [])
    // Far more than the socket has room for.
    for number in 0..<200 {
      let piece = [UInt8](repeating: UInt8(number), count: .random(in: 0...30_000, using: &random))
      written += piece
      queue.append(piece)
      try queue.flush(to: near)
      if Bool.random(using: &random) { received += try far.readAll() }
      let isCounted = queue.count <= written.count - received.count && queue.isEmpty == (queue.count == 0)
      #expect(isCounted, "seed \(random.seed)")
    }
    while !queue.isEmpty {
      received += try far.readAll()
      try queue.flush(to: near)
    }
    received += try far.readAll()
    let isWhole = received == written
    #expect(isWhole, "seed \(random.seed)")
  }

  @Test func keepsWhatASocketWithoutRoomDoesNotAccept() throws {
    let (near, far) = try Socket.pair()
    var queue = OutboundQueue()
    queue.append([UInt8](repeating: 1, count: 8 << 20))
    try queue.flush(to: near)
    let rest = queue.count
    #expect(rest > 0 && rest < 8 << 20)
    try queue.flush(to: near)
    #expect(queue.count == rest)
    #expect(try far.readAll().count == (8 << 20) - rest)
  }

  @Test func reportsAPeerThatIsGone() throws {
    let (near, far) = try Socket.pair()
    far.shutDown()
    var queue = OutboundQueue()
    queue.append([1, 2, 3])
    #expect(throws: Socket.SystemError(number: EPIPE)) { try queue.flush(to: near) }
    #expect(queue.count == 3)
  }
}
