import Foundation

extension OpenSSL {
  /// The system's library, opened on first use and never closed.
  static let system: Result<OpenSSL, Missing> = Result { () throws(Missing) in
    try OpenSSL(anyOf: names)
  }

  /// Where OpenSSL may be, the newer first. macOS does not let programs open its own, so there it is Homebrew's.
  static let names: [Names] = {
    #if canImport(Darwin)
      ["/opt/homebrew/opt", "/usr/local/opt"].map { folder in
        Names(
          ssl: folder + "/openssl@3/lib/libssl.3.dylib", crypto: folder + "/openssl@3/lib/libcrypto.3.dylib")
      }
    #else
      ["3", "1.1"].map { Names(ssl: "libssl.so.\($0)", crypto: "libcrypto.so.\($0)") }
    #endif
  }()

  /// Why there is no library.
  struct Missing: Error, Equatable {
    var reason: String
  }

  /// The file names of the library's two parts, or their absolute paths: the current folder is never searched.
  struct Names: Sendable {
    var ssl: String
    var crypto: String
  }

  /// Opens the first pair that exists, is complete, and is not too old.
  init(anyOf names: [Names]) throws(Missing) {
    var reasons: [String] = []
    for pair in names {
      do throws(Missing) {
        self = try OpenSSL(Symbols(pair))
        return
      } catch {
        reasons.append(error.reason)
      }
    }
    throw Missing(reason: reasons.joined(separator: "; "))
  }

  /// The functions of an open library, by name.
  struct Symbols {
    private let handles: [UnsafeMutableRawPointer]

    init(_ names: Names) throws(Missing) {
      var handles: [UnsafeMutableRawPointer] = []
      for name in [names.ssl, names.crypto] {
        // Local, so that no other library of the process binds to these functions.
        guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
          throw Missing(reason: dlerror().map { String(cString: $0) } ?? "\(name) cannot be opened")
        }
        handles.append(handle)
      }
      self.handles = handles
    }

    /// Finds a function. The caller gives its true type by what the result is assigned to.
    func find<Function>(_ names: String...) throws(Missing) -> Function {
      for name in names {
        for handle in handles {
          if let symbol = dlsym(handle, name) { return unsafeBitCast(symbol, to: Function.self) }
        }
      }
      throw Missing(reason: "\(names[0]) is not in the library")
    }
  }

  private init(_ symbols: Symbols) throws(Missing) {
    let versionNumber: @convention(c) () -> CUnsignedLong = try symbols.find("OpenSSL_version_num")
    version = UInt(versionNumber())
    // 1.1.1 is the first with TLS 1.3.
    guard version >= 0x1010_1000 else {
      throw Missing(reason: "OpenSSL \(String(version, radix: 16)) is too old")
    }

    clientMethod = try symbols.find("TLS_client_method")
    contextNew = try symbols.find("SSL_CTX_new")
    contextFree = try symbols.find("SSL_CTX_free")
    contextControl = try symbols.find("SSL_CTX_ctrl")
    contextSetOptions = try symbols.find("SSL_CTX_set_options")
    contextLoadAuthorities = try symbols.find("SSL_CTX_load_verify_locations")
    contextUseSystemAuthorities = try symbols.find("SSL_CTX_set_default_verify_paths")
    contextUseCertificateFile = try symbols.find("SSL_CTX_use_certificate_chain_file")
    contextUseKeyFile = try symbols.find("SSL_CTX_use_PrivateKey_file")
    contextSetPasswordCallback = try symbols.find("SSL_CTX_set_default_passwd_cb")

    new = try symbols.find("SSL_new")
    free = try symbols.find("SSL_free")
    setQueues = try symbols.find("SSL_set_bio")
    setConnectState = try symbols.find("SSL_set_connect_state")
    setVerify = try symbols.find("SSL_set_verify")
    control = try symbols.find("SSL_ctrl")
    doHandshake = try symbols.find("SSL_do_handshake")
    read = try symbols.find("SSL_read")
    write = try symbols.find("SSL_write")
    shutdown = try symbols.find("SSL_shutdown")
    getError = try symbols.find("SSL_get_error")
    getVersion = try symbols.find("SSL_get_version")
    getCipher = try symbols.find("SSL_get_current_cipher")
    cipherName = try symbols.find("SSL_CIPHER_get_name")
    setExtraData = try symbols.find("SSL_set_ex_data")
    getExtraData = try symbols.find("SSL_get_ex_data")

    getSession = try symbols.find("SSL_get1_session")
    setSession = try symbols.find("SSL_set_session")
    isSessionReused = try symbols.find("SSL_session_reused")
    isSessionResumable = try symbols.find("SSL_SESSION_is_resumable")
    sessionFree = try symbols.find("SSL_SESSION_free")
    encodeSession = try symbols.find("i2d_SSL_SESSION")
    decodeSession = try symbols.find("d2i_SSL_SESSION")

    queueNew = try symbols.find("BIO_new")
    queueMethod = try symbols.find("BIO_s_mem")
    queueRead = try symbols.find("BIO_read")
    queueWrite = try symbols.find("BIO_write")
    queueCount = try symbols.find("BIO_ctrl_pending")
    queueFree = try symbols.find("BIO_free")

    getParameters = try symbols.find("SSL_get0_param")
    parametersSetHost = try symbols.find("X509_VERIFY_PARAM_set1_host")
    parametersSetAddress = try symbols.find("X509_VERIFY_PARAM_set1_ip_asc")
    parametersSetHostFlags = try symbols.find("X509_VERIFY_PARAM_set_hostflags")
    verifyResult = try symbols.find("SSL_get_verify_result")
    verifyText = try symbols.find("X509_verify_cert_error_string")
    connectionIndex = try symbols.find("SSL_get_ex_data_X509_STORE_CTX_idx")
    storeExtraData = try symbols.find("X509_STORE_CTX_get_ex_data")
    storeCertificate = try symbols.find("X509_STORE_CTX_get_current_cert")

    // In 1.1.1 it has the second name, which 3 no longer has.
    getPeerCertificate = try symbols.find("SSL_get1_peer_certificate", "SSL_get_peer_certificate")
    certificateRetain = try symbols.find("X509_up_ref")
    certificateFree = try symbols.find("X509_free")
    certificateDigest = try symbols.find("X509_digest")
    sha256 = try symbols.find("EVP_sha256")
    certificateSubject = try symbols.find("X509_get_subject_name")
    printName = try symbols.find("X509_NAME_print_ex")
    certificateExtensionIndex = try symbols.find("X509_get_ext_by_NID")
    certificateExtension = try symbols.find("X509_get_ext")
    printExtension = try symbols.find("X509V3_EXT_print")
    certificateStart = try symbols.find("X509_get0_notBefore")
    certificateEnd = try symbols.find("X509_get0_notAfter")
    printTime = try symbols.find("ASN1_TIME_print")

    clearErrors = try symbols.find("ERR_clear_error")
    takeError = try symbols.find("ERR_get_error")
    errorText = try symbols.find("ERR_reason_error_string")
  }
}
