import Foundation

/// The identity that a server's certificate has to be for. A certificate has separate fields for names and addresses,
/// and only names are sent to the server.
enum TLSIdentity: Equatable, Sendable {
  case name(String)
  case address(String)

  init(_ host: String) {
    // The zone of a link-local address has a meaning only on this machine.
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
