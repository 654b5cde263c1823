/// Public keys as OpenSSL 3.0 wrote them.
enum PEMKeys {
  /// One RSA key of 2048 bits in both frames.
  static let rsa2048 = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuVahGgB5enDd/XIN5QJS
    CQTd01j3GUq70v27+JjK+p9ZtSrRWYEAd8d0T2kOPDvObtDdsilEXFlxfzsAVts7
    T8Qv8e2kbQPYNyEfVLV35iuqkXEEP9miRf8l7w8uYlWJ9dQudPlbRR1AcH/xoW4M
    csBqnjsawlEiuRdugE6YMUL0tw6Eo3JvAG33Y91v5Rd9FobpdKF9sS5BNirsAAm5
    AtruxH0/TrCY7LHgXWfQ7oiHwbhs8wmdYmoYtxuclGkclpq/rPNMwADOfSr5JFwv
    rFpukl7vTb2SPhd/uN0TwFSt9ofVywnJgddxiTCRE2yKM27PXVjptWDVq3uW0jgy
    pQIDAQAB
    -----END PUBLIC KEY-----
    """

  static let rsa2048PKCS1 = """
    -----BEGIN RSA PUBLIC KEY-----
    MIIBCgKCAQEAuVahGgB5enDd/XIN5QJSCQTd01j3GUq70v27+JjK+p9ZtSrRWYEA
    d8d0T2kOPDvObtDdsilEXFlxfzsAVts7T8Qv8e2kbQPYNyEfVLV35iuqkXEEP9mi
    Rf8l7w8uYlWJ9dQudPlbRR1AcH/xoW4McsBqnjsawlEiuRdugE6YMUL0tw6Eo3Jv
    AG33Y91v5Rd9FobpdKF9sS5BNirsAAm5AtruxH0/TrCY7LHgXWfQ7oiHwbhs8wmd
    YmoYtxuclGkclpq/rPNMwADOfSr5JFwvrFpukl7vTb2SPhd/uN0TwFSt9ofVywnJ
    gddxiTCRE2yKM27PXVjptWDVq3uW0jgypQIDAQAB
    -----END RSA PUBLIC KEY-----
    """

  /// RSA with 1024 bits and the exponent 3.
  static let rsa1024 = """
    -----BEGIN PUBLIC KEY-----
    MIGdMA0GCSqGSIb3DQEBAQUAA4GLADCBhwKBgQC+dHp3YlsjA1wbosUvO8S9CLjX
    eSdbHP1PL7c32t2XHOJm2K87LaiMF1ACk6bCdpqGF3vYoaXqs5MfswIdHLeyc6Ds
    J0H8EOVwK9fpwCA1XTNJ1DwedcYoUZqGHC4HTmqSnXBAt1q0MgtJJuocUJM3Bl6r
    bt+3i9Z4Me6kNj8gcQIBAw==
    -----END PUBLIC KEY-----
    """

  static let rsa512 = """
    -----BEGIN PUBLIC KEY-----
    MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANjCV7xURn+lBYLoMJTkZ7uxFD0ZleJR
    +U0phq1X454W+5+jiRa71v97FxirZRnspeGN0MO+BWsUNAtwa1yE9l0CAwEAAQ==
    -----END PUBLIC KEY-----
    """

  /// An RSA key that may only sign, with RSASSA-PSS.
  static let rsaPSS = """
    -----BEGIN PUBLIC KEY-----
    MIGdMAsGCSqGSIb3DQEBCgOBjQAwgYkCgYEAoEey5uTTXKN882zZ4cFXcvieaKj/
    QuUm/68ogYOPhe3ENR2Hn0Aby5JPLjeLentB8fOFgthCnLLK5QBZ8ey628MtY6QX
    OVZyANRIG5fKDc9nicawTZhJ5oF02pYmDYfDwl4kv8pS2twkgKO7ojazGQi3ys9H
    kVD3/I5Xl8YyHd8CAwEAAQ==
    -----END PUBLIC KEY-----
    """

  static let p256 = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXyNW3Xq/5fO1VAt1hKkkP0vsBsbv
    yCQ9bYZq8w8yuvxcOJcUCNO9OvJ2y28jKJk+o+zMsTQNj7llEX8jm6EnUA==
    -----END PUBLIC KEY-----
    """

  static let ed25519 = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAOLZx7WFNu3yJ4tObM0LosUzJsbrsHZTGAKUHUrdTPs8=
    -----END PUBLIC KEY-----
    """
}
