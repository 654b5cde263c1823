#if os(Linux)
  import Foundation
  import MySQL
  import MySQLTesting

  /// One row of the table of logins, but for the way in.
  struct LoginCase: Sendable, CustomStringConvertible {
    let plugin: Plugin
    let password: Password
    let channel: Channel
    let cache: Cache

    enum Plugin: String, CaseIterable {
      case cachingSHA2 = "caching_sha2_password"
      case sha256 = "sha256_password"
      case native = "mysql_native_password"
      case ed25519

      var isMariaDBs: Bool { self == .native || self == .ed25519 }

      /// How an account with the method is made.
      func account(_ password: String) -> String {
        isMariaDBs
          ? "IDENTIFIED VIA \(rawValue) USING PASSWORD('\(password)')"
          : "IDENTIFIED WITH \(rawValue) BY '\(password)'"
      }
    }

    enum Password: String, CaseIterable {
      case empty, short, utf8, wrong
      /// As long as fits into RSA of 2,048 bits with its padding and a NUL, and one more.
      case longestInRSA, tooLongForRSA
      /// As long as MySQL takes, and longer.
      case longestInMySQL, tooLongForMySQL

      /// What is logged in with.
      var text: String {
        switch self {
        case .empty: ""
        case .short: "canary-1c0ffee"
        case .utf8: "Kanarienvögel & 🐤 \" 漢字"
        case .wrong: "canary-2wr0ng"
        case .longestInRSA: Self.long(213)
        case .tooLongForRSA: Self.long(214)
        case .longestInMySQL: Self.long(256)
        case .tooLongForMySQL: Self.long(300)
        }
      }

      /// What the account has.
      var ofAccount: String { self == .wrong ? Self.short.text : text }

      private static func long(_ count: Int) -> String {
        String((0..<count).map { Character(Unicode.Scalar(UInt8(97 + $0 % 23))) })
      }
    }

    enum Channel: String, CaseIterable {
      case tcp, tcpAskingForTheKey, tcpWithTheKey, tls, unixSocket

      var isUnixSocket: Bool { self == .unixSocket }

      /// Whether the proxy in between can read what goes over it.
      var isReadable: Bool {
        switch self {
        case .tcp, .tcpAskingForTheKey, .tcpWithTheKey, .unixSocket: true
        case .tls: false
        }
      }

      var tlsMode: MySQLTLSMode {
        switch self {
        case .tcp, .tcpAskingForTheKey, .tcpWithTheKey, .unixSocket: .disabled
        case .tls: .required
        }
      }

      /// What tells the server's own client to do the same.
      func options(isMariaDB: Bool, key: String) -> [String] {
        let noTLS = isMariaDB ? "--skip-ssl" : "--ssl-mode=DISABLED"
        return switch self {
        case .tcp: [noTLS]
        case .tcpAskingForTheKey: [noTLS, "--get-server-public-key"]
        case .tcpWithTheKey: [noTLS, "--server-public-key-path=\(key)"]
        case .tls: [isMariaDB ? "--ssl" : "--ssl-mode=REQUIRED"]
        case .unixSocket: []
        }
      }
    }

    /// Whether the server has seen the account's password since it began.
    enum Cache: String, CaseIterable { case cold, warm }

    var description: String { "\(plugin.rawValue), \(password), \(channel), \(cache)" }

    /// What there is to try with a server.
    static func all(isMariaDB: Bool) -> [LoginCase] {
      var all: [LoginCase] = []
      for plugin in Plugin.allCases where plugin.isMariaDBs == isMariaDB {
        for password in TestServers.areSlow ? [.empty, .short, .wrong] : Password.allCases {
          // MariaDB's methods need no key.
          for channel in isMariaDB ? [.tcp, .tls, .unixSocket] : Channel.allCases {
            // Only one method has a cache.
            for cache in plugin == .cachingSHA2 ? Cache.allCases : [.cold] {
              all.append(LoginCase(plugin: plugin, password: password, channel: channel, cache: cache))
            }
          }
        }
      }
      return all
    }

    /// Whatever the server's own client does with it, it has to know these.
    var mustSucceed: Bool { password == .short && channel == .unixSocket }
    var mustFail: Bool { password == .wrong }

    /// Where MySQL's own client asks any server for its key, and trusts what comes. This library wants to be told
    /// so.
    var isUnsafe: Bool { plugin == .sha256 && channel == .tcp && password != .empty }
  }
#endif
