import Foundation

/// Whom a server's certificate has to be for: names and addresses are written in different fields of it, and
/// only names are told to the server.
enum TLSIdentity: Equatable, Sendable {
  case name(String)
  case address(String)

  init(_ host: String) {
    // The zone of a link-local address is this machine's own word.
    let address = String(host.prefix { $0 != "%" })
    var storage = in6_addr()
    if inet_pton(AF_INET, address, &storage) == 1 || inet_pton(AF_INET6, address, &storage) == 1 {
      self = .address(address)
    } else {
      // A dot at the end is for the resolver: no certificate has one.
      self = .name(host.hasSuffix(".") ? String(host.dropLast()) : host)
    }
  }

  var text: String {
    switch self {
    case .name(let text), .address(let text): text
    }
  }
}
