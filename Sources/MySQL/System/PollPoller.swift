import Foundation

/// poll(2): available everywhere, and as fast as anything else up to about 16 sockets.
struct PollPoller: Poller {
  private var entries: [pollfd] = []

  mutating func watch(_ descriptor: Int32, for interest: Readiness) {
    var events: Int16 = 0
    if interest.contains(.read) { events |= Int16(POLLIN) }
    if interest.contains(.write) { events |= Int16(POLLOUT) }
    if let index = entries.firstIndex(where: { $0.fd == descriptor }) {
      entries[index].events = events
    } else {
      entries.append(pollfd(fd: descriptor, events: events, revents: 0))
    }
  }

  mutating func forget(_ descriptor: Int32) {
    entries.removeAll { $0.fd == descriptor }
  }

  mutating func wait(milliseconds: Int32, into ready: inout [ReadyDescriptor]) {
    guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return }
    for entry in entries where entry.revents != 0 {
      var readiness: Readiness = []
      // An error or a hang-up is reported as soon as the socket is read or written.
      if entry.revents & Int16(POLLIN | POLLERR | POLLHUP | POLLNVAL) != 0 { readiness.insert(.read) }
      if entry.revents & Int16(POLLOUT | POLLERR | POLLHUP | POLLNVAL) != 0 { readiness.insert(.write) }
      ready.append(ReadyDescriptor(descriptor: entry.fd, readiness: readiness))
    }
  }
}
