import Testing

@testable import MySQL

@Suite(.busy, .openSSL) struct OpenSSLLoadingTests {
  @Test func withoutALibraryOnlyWhatPrefersTLSGoesOn() throws {
    let missing = Result<OpenSSL, OpenSSL.Missing>.failure(OpenSSL.Missing(reason: "no such file"))
    var configuration = MySQLConfiguration()
    for mode in [MySQLTLS.Mode.disabled, .preferred] {
      configuration.tls.mode = mode
      #expect(try TLSSetup(configuration, by: missing) == nil)
    }
    for mode in [MySQLTLS.Mode.required, .verifyCA, .verifyIdentity] {
      configuration.tls.mode = mode
      let error = #expect(throws: MySQLError.self) { try TLSSetup(configuration, by: missing) }
      #expect(error?.kind == .tls)
      #expect(error?.description.contains("install the package libssl3") == true)
    }
  }

  @Test func aMissingLibrarySaysWhichFilesWereTried() {
    let names = [OpenSSL.Names(ssl: "libssl.so.99", crypto: "libcrypto.so.99")]
    let error = #expect(throws: OpenSSL.Missing.self) { try OpenSSL(anyOf: names) }
    #expect(error?.reason.contains("libssl.so.99") == true)
    // A library that exists, but is not OpenSSL.
    let other = [OpenSSL.Names(ssl: "libc.so.6", crypto: "libc.so.6")]
    let incomplete = #expect(throws: OpenSSL.Missing.self) { try OpenSSL(anyOf: other) }
    #expect(incomplete?.reason.contains("OpenSSL_version_num") == true)
    #expect(throws: Never.self) { try OpenSSL(anyOf: names + OpenSSL.names) }
  }
}
