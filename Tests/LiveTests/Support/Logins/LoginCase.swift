#if os(Linux)
  import Foundation
  import MySQL
  import MySQLTesting

  /// One row of the table of logins, which is tried both by connecting and by changing the user.
  struct LoginCase: Sendable, CustomStringConvertible {
    let plugin: Plugin
    let password: Password
    let channel: ChannelKind
    let cache: Cache

    enum Plugin: String, CaseIterable {
      case cachingSHA2 = "caching_sha2_password"
      case sha256 = "sha256_password"
      case native = "mysql_native_password"
      case ed25519

      var isMariaDBs: Bool { self == .native || self == .ed25519 }

      /// Returns the clause that gives an account this method.
      func account(_ password: String) -> String {
        isMariaDBs
          ? "IDENTIFIED VIA \(rawValue) USING PASSWORD('\(password)')"
          : "IDENTIFIED WITH \(rawValue) BY '\(password)'"
      }
    }

    enum Password: String, CaseIterable {
      case empty, short, utf8, wrong
      /// The longest password that fits into RSA of 2,048 bits with its padding and a NUL, and one byte more.
      case longestInRSA, tooLongForRSA
      /// The longest password that MySQL accepts, and a longer one.
      case longestInMySQL, tooLongForMySQL

      /// The password that the login uses.
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

      /// The password that the account has.
      var ofAccount: String { self == .wrong ? Self.short.text : text }

      private static func long(_ count: Int) -> String {
        String((0..<count).map { Character(Unicode.Scalar(UInt8(97 + $0 % 23))) })
      }
    }

    enum ChannelKind: String, CaseIterable {
      case tcp, tcpAskingForTheKey, tcpWithTheKey, tls, unixSocket

      var isUnixSocket: Bool { self == .unixSocket }

      /// Whether the proxy in between can read what is sent over the channel.
      var isReadable: Bool {
        switch self {
        case .tcp, .tcpAskingForTheKey, .tcpWithTheKey, .unixSocket: true
        case .tls: false
        }
      }

      var tlsMode: MySQLTLS.Mode {
        switch self {
        case .tcp, .tcpAskingForTheKey, .tcpWithTheKey, .unixSocket: .disabled
        case .tls: .required
        }
      }

      /// Returns the options that make the server's own client do the same.
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

    /// Whether the server has seen the account's password since it started.
    enum Cache: String, CaseIterable { case cold, warm }

    var description: String { "\(plugin.rawValue), \(password), \(channel), \(cache)" }

    /// Returns all cases to try with a server.
    static func all(isMariaDB: Bool) -> [LoginCase] {
      var all: [LoginCase] = []
      for plugin in Plugin.allCases where plugin.isMariaDBs == isMariaDB {
        for password in TestServers.areSlow ? [.empty, .short, .wrong] : Password.allCases {
          // MariaDB's methods need no key.
          for channel in isMariaDB ? [.tcp, .tls, .unixSocket] : ChannelKind.allCases {
            // Only one method has a cache.
            for cache in plugin == .cachingSHA2 ? Cache.allCases : [.cold] {
              all.append(LoginCase(plugin: plugin, password: password, channel: channel, cache: cache))
            }
          }
        }
      }
      return all
    }

    /// The cases that the server's own client must decide like this, whatever it does with the others.
    var mustSucceed: Bool { password == .short && channel == .unixSocket }
    var mustFail: Bool { password == .wrong }

    /// Whether MySQL's own client asks any server for its key here, and trusts the reply. This library does so
    /// only if told to.
    var isUnsafe: Bool { plugin == .sha256 && channel == .tcp && password != .empty }
  }
#endif
