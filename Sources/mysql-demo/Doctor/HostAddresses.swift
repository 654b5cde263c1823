import Foundation

/// The addresses of a host, as the system's resolver returns them.
struct HostAddresses {
  struct Unresolved: Error {
    var reason: String
  }

  private(set) var texts: [String] = []
  private var addresses: [[UInt8]] = []

  init(of host: String, port: UInt16) throws(Unresolved) {
    var hints = addrinfo()
    hints.ai_socktype = Platform.stream
    var list: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &list)
    guard result == 0 else { throw Unresolved(reason: String(cString: gai_strerror(result))) }
    defer { freeaddrinfo(list) }
    var next = list
    while let entry = next?.pointee {
      if let address = entry.ai_addr {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        getnameinfo(address, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        texts.append(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        addresses.append(Array(UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen))))
      }
      next = entry.ai_next
    }
  }

  var count: Int { addresses.count }

  func connect(_ index: Int, seconds: Int) throws(Probe.Failure) -> Probe {
    var storage = sockaddr_storage()
    withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: addresses[index]) }
    let length = socklen_t(addresses[index].count)
    var result: Result<Probe, Probe.Failure> = .failure(.timedOut)
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        do throws(Probe.Failure) {
          result = .success(try Probe(to: address, length, seconds: seconds))
        } catch {
          result = .failure(error)
        }
      }
    }
    return try result.get()
  }
}
