#if os(Linux)
  import Foundation

  /// epoll(7): the cost of its wait does not grow with the number of sockets.
  struct EpollPoller: Poller {
    private let functions: Platform.Epoll
    private let descriptor: Int32
    private var watched: Set<Int32> = []
    private var events = [UInt8](repeating: 0, count: 256 * Platform.Epoll.eventSize)

    private static let read: UInt32 = 0x1
    private static let write: UInt32 = 0x4
    private static let errorOrHangUp: UInt32 = 0x8 | 0x10

    /// Nil where the system has no epoll, or no descriptor for it.
    init?() {
      guard let functions = Platform.Epoll.functions else { return nil }
      let closeOnExec: Int32 = 0o2000000
      descriptor = functions.create(closeOnExec)
      guard descriptor >= 0 else { return nil }
      self.functions = functions
    }

    mutating func watch(_ descriptor: Int32, for interest: Readiness) {
      let (add, modify): (Int32, Int32) = (1, 3)
      var events: UInt32 = 0
      if interest.contains(.read) { events |= Self.read }
      if interest.contains(.write) { events |= Self.write }
      let isNew = watched.insert(descriptor).inserted
      control(isNew ? add : modify, descriptor, events)
    }

    mutating func forget(_ descriptor: Int32) {
      let delete: Int32 = 2
      if watched.remove(descriptor) != nil { control(delete, descriptor, 0) }
    }

    mutating func wait(milliseconds: Int32, into ready: inout [ReadyDescriptor]) {
      let size = Platform.Epoll.eventSize
      let capacity = Int32(events.count / size)
      events.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        let count = functions.wait(descriptor, base, capacity, milliseconds)
        for index in 0..<Int(max(count, 0)) {
          let flags = buffer.loadUnaligned(fromByteOffset: index * size, as: UInt32.self)
          let data = buffer.loadUnaligned(
            fromByteOffset: index * size + Platform.Epoll.dataOffset, as: UInt64.self)
          var readiness: Readiness = []
          if flags & (Self.read | Self.errorOrHangUp) != 0 { readiness.insert(.read) }
          if flags & (Self.write | Self.errorOrHangUp) != 0 { readiness.insert(.write) }
          ready.append(
            ReadyDescriptor(descriptor: Int32(truncatingIfNeeded: data), readiness: readiness))
        }
      }
    }

    private func control(_ operation: Int32, _ target: Int32, _ events: UInt32) {
      var event = [UInt8](repeating: 0, count: Platform.Epoll.eventSize)
      event.withUnsafeMutableBytes { buffer in
        buffer.storeBytes(of: events, as: UInt32.self)
        buffer.storeBytes(
          of: UInt64(UInt32(bitPattern: target)), toByteOffset: Platform.Epoll.dataOffset, as: UInt64.self)
        _ = functions.control(descriptor, operation, target, buffer.baseAddress)
      }
    }
  }
#endif
