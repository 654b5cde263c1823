import Foundation
import Synchronization

/// Everything that is needed to begin TLS with a server, made before there is a connection.
struct TLSSetup: Sendable {
  private let context: OpenSSLContext
  private let identity: TLSIdentity
  /// The name of the server, under which its sessions are kept.
  private let server: String

  /// Reads the files that the settings name, or reuses what was read for an earlier connection with the same settings
  /// and files. Nil if TLS is disabled, or if it is only preferred and this is a unix socket or OpenSSL is not
  /// installed.
  ///
  /// - Throws: `MySQLError` of the kinds `tls`, if there is no OpenSSL, and `configuration`.
  init?(
    _ configuration: MySQLConfiguration,
    by library: @autoclosure () -> Result<OpenSSL, OpenSSL.Missing> = OpenSSL.system
  ) throws(MySQLError) {
    let (settings, endpoint) = (configuration.tls, configuration.endpoint)
    let mode = settings.effectiveMode(for: endpoint)
    if mode == .disabled { return nil }
    // Nobody else can read what passes through a unix socket: the mysql command does not use TLS there either.
    if mode == .preferred, case .unixSocket = endpoint { return nil }
    switch library() {
    case .success(let library): context = try Self.context(library, settings, mode)
    case .failure(let missing):
      if mode == .preferred { return nil }
      throw MySQLError(
        .tls,
        "ssl-mode=\(mode.rawValue) needs OpenSSL 3 or 1.1.1, which is not installed: install the package "
          + "libssl3 (Debian, Ubuntu), openssl-libs (Fedora, RHEL) or openssl (Alpine, Homebrew). "
          + missing.reason)
    }
    identity = TLSIdentity(settings.serverName ?? endpoint.host)
    server = endpoint.text
  }

  func makeEngine() throws(TLSFailure) -> any TLSEngine & ~Copyable {
    try OpenSSLEngine.make(context, identity, server: server)
  }

  private static let contexts = Mutex<[(key: Key, context: OpenSSLContext)]>([])

  /// Bounds the cache: programs have one or two settings, but one that makes new ones for each connection must not fill
  /// the memory.
  private static var limit: Int { 16 }

  private struct Key: Equatable {
    var settings: MySQLTLS
    var mode: MySQLTLS.Mode
    var files: [FileState?]
  }

  /// The attributes that change when a file is replaced, so that the next connection uses a renewed certificate.
  private struct FileState: Equatable {
    var modified: Date?
    var size: Int?
    var number: Int?

    init?(_ path: String?) {
      guard let path, let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
        return nil
      }
      modified = attributes[.modificationDate] as? Date
      size = attributes[.size] as? Int
      number = attributes[.systemFileNumber] as? Int
    }
  }

  private static func context(
    _ library: OpenSSL, _ settings: MySQLTLS, _ mode: MySQLTLS.Mode
  ) throws(MySQLError) -> OpenSSLContext {
    let files = [settings.caFile, settings.certificateFile, settings.keyFile].map { FileState($0) }
    let key = Key(settings: settings, mode: mode, files: files)
    if let known = contexts.withLock({ $0.first { $0.key == key }?.context }) { return known }
    let context = try OpenSSLContext(library, settings, mode)
    contexts.withLock { contexts in
      if contexts.count == limit { contexts.removeFirst() }
      contexts.append((key, context))
    }
    return context
  }
}
