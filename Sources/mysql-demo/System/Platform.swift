import Foundation

// Every difference between the platforms is here.
enum Platform {
  #if canImport(Darwin)
    static let stream = SOCK_STREAM
    static let sendFlags: Int32 = 0
    static var spawnAttributes: posix_spawnattr_t? { nil }
    static var spawnActions: posix_spawn_file_actions_t? { nil }
  #else
    static let stream = Int32(SOCK_STREAM.rawValue)
    static let sendFlags = Int32(MSG_NOSIGNAL)
    static var spawnAttributes: posix_spawnattr_t { posix_spawnattr_t() }
    static var spawnActions: posix_spawn_file_actions_t { posix_spawn_file_actions_t() }
  #endif
}
