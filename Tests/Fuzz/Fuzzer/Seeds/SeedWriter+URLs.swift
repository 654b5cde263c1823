extension SeedWriter {
  /// Adds the tests' URLs, and one for each option and for all of them.
  mutating func addURLs(_ urls: [String]) {
    expect(urls.count > 50, "\(urls.count) URLs in the tests")
    let options = """
      socket=/tmp/a%20b password2=b password3=c ssl-mode=verify-ca ssl-ca=/ca.pem ssl-cert=/c.pem
      ssl-key=/k.pem ssl-server-name=db.example.com ssl-fingerprint=\(String(repeating: "0Fa9", count: 16))
      tls-version=1.2,TLSv1.3 auth-method=client_ed25519,caching-sha2-password allow-cleartext=on
      get-server-public-key=1 server-public-key-path=/k.pem connect-timeout=500ms query-timeout=2m
      cancellation=wait max-connections=20 min-connections=2 acquire-timeout=7us idle-timeout=none
      max-lifetime=1h idle-check=0s tcp-keepalive=9ns charset=UTF8MB4 collation=utf8mb4_bin
      init-command=SET%20%40a=1 init-command=%00 program-name= connection-attributes=a=b%5C,,c=d%5C=
      found-rows=yes multi-statements=true local-infile=no interactive=true redirection=no max-allowed-packet=64M
      pipelining=auto statement-mode=text statement-cache-size=0 event-loops=4
      """.split(whereSeparator: \.isWhitespace)
    let ofHost = options.filter { !$0.hasPrefix("socket=") }.joined(separator: "&")
    let all =
      options.map { "mysql://a@/x?" + $0 } + ["mysql://a:b@[fe80::1%25eth0]:3307/x?" + ofHost]
      + ["mysql://a@b,c:3307,[::1]:3308/x?" + ofHost]
    for url in urls + all { add(Array(url.utf8), to: .url) }
  }
}
