import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// A transport without TLS.
@Suite(.busy) struct TransportTests {
  private func session() throws -> Session { try Session(SessionSettings(user: Array("x".utf8))) }

  @Test func sendsWhatWasWrittenWhenItIsFlushed() throws {
    let (near, far) = try Socket.pair()
    var transport = Transport(near)
    try transport.write([1, 2, 3])
    try transport.write([4])
    let (queued, sent) = (transport.outbound.count, transport.sent)
    #expect(queued == 4 && sent == 0)
    #expect(try far.readAll() == [])
    try transport.flush()
    let (left, total) = (transport.outbound.count, transport.sent)
    #expect(left == 0 && total == 4)
    #expect(try far.readAll() == [1, 2, 3, 4])
  }

  @Test func passesWhatArrivesToTheSession() throws {
    let (near, far) = try Socket.pair()
    var transport = Transport(near)
    var session = try session()
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 16)
    defer { scratch.deallocate() }
    let nothing = try transport.read(scratch, into: &session)
    #expect(nothing == .wouldBlock)
    // The header of a packet, and the first byte of an error in place of the greeting.
    try far.write([5, 0, 0, 0, 0xFF])
    let some = try transport.read(scratch, into: &session)
    #expect(some == .bytes(5))
    let early = try session.next()
    if case .needsInput = early {} else { Issue.record("\(early)") }
    try far.write([0x10, 0x04] + Array("no".utf8))
    _ = try transport.read(scratch, into: &session)
    let event = try session.next()
    if case .needsInput = event { Issue.record("the bytes did not arrive") }
    let received = transport.received
    #expect(received == 9)
  }

  @Test func isOverOnceItIsShutDown() throws {
    let (near, far) = try Socket.pair()
    var transport = Transport(near)
    var session = try session()
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 16)
    defer { scratch.deallocate() }
    let (first, second) = (transport.shutDown(), transport.shutDown())
    #expect(first === near && second == nil)
    let transfer = try transport.read(scratch, into: &session)
    #expect(transfer == .end)
    try transport.write([1, 2])
    try transport.flush()
    #expect(try far.readAll() == [])
  }

  @Test func reportsALostConnection() throws {
    let (near, far) = try Socket.pair()
    far.shutDown()
    var transport = Transport(near)
    try transport.write([1])
    var failure: Socket.SystemError?
    do throws(Socket.SystemError) {
      try transport.flush()
    } catch {
      failure = error
    }
    let sent = transport.sent
    #expect(failure == Socket.SystemError(number: EPIPE) && sent == 0)
  }
}
