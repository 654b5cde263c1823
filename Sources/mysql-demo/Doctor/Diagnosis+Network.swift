extension Diagnosis {
  static func unresolved(_ host: String, _ reason: String) -> Self {
    Self(
      "The name '\(host)' has no address (\(reason)).",
      (.here, "check its spelling, the name servers (/etc/resolv.conf) and /etc/hosts; or give the address"))
  }

  static func refused(_ place: String, _ port: UInt16) -> Self {
    Self(
      "The machine at \(place) answers, but nothing listens on port \(port).",
      (
        .server,
        "is it running? systemctl status mariadb (or mysql); which port? ss -ltnp | grep -E 'maria|mysql'"
      ),
      (
        .server,
        "does it listen for others? bind-address=0.0.0.0 (not 127.0.0.1) and no skip-networking under [mysqld], "
          + "then restart it"
      ),
      (.here, "is the port right? -P \(port)"))
  }

  static func dropped(_ place: String, _ port: UInt16, seconds: Int) -> Self {
    Self(
      "Nothing comes back from \(place) within \(seconds) seconds: packets to port \(port) are dropped on the way.",
      (
        .between,
        "a firewall or a cloud's security group must let TCP port \(port) through, from this machine's address"
      ),
      (.server, "firewalls there: ufw allow \(port)/tcp, or firewall-cmd --add-port=\(port)/tcp"),
      (.here, "is the address right? does anything answer there: ping, or ssh?"))
  }

  static func unreachable(_ place: String, _ reason: String) -> Self {
    Self(
      "\(place) cannot be reached: \(reason).",
      (.here, "check the network: ip route, the VPN, and whether the address is of the right family"))
  }

  static func noSocket(_ path: String, _ reason: String) -> Self {
    Self(
      "The unix socket \(path) cannot be used: \(reason).",
      (.server, "is the server running? its socket's path is what SELECT @@socket says"),
      (.here, "name the path with -S, or use TCP: -h 127.0.0.1"))
  }

  static func wrongService(_ what: String, _ port: UInt16) -> Self {
    Self(
      "What listens on port \(port) is \(what), not a MySQL or MariaDB server.",
      (.here, "give the server's port: 3306, unless it was changed (-P)"),
      (.server, "which port is the server's? SELECT @@port, or ss -ltnp"))
  }

  static func silent(_ port: UInt16) -> Self {
    Self(
      "Something accepts connections on port \(port), but says nothing.",
      (.here, "is it the server's port? A MySQL server speaks first"),
      (
        .server,
        "if it is: it may be looking up this machine's name (skip-name-resolve), or be overloaded, or be a proxy "
          + "with no server behind it"
      ))
  }

  static func hungUp(_ port: UInt16) -> Self {
    Self(
      "The connection to port \(port) is accepted and closed at once, without a word.",
      (.server, "it may be starting or stopping; or a proxy or port forwarding has no server behind it"))
  }

  static func noTLS(_ mode: String) -> Self {
    Self(
      "The server offers no TLS, and ssl-mode=\(mode) demands it.",
      (.server, "give it a certificate: ssl-cert and ssl-key under [mysqld], then restart it"),
      (.here, "where the network is trusted: --ssl-mode=disabled"))
  }
}
