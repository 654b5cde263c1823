/// A key of 1024 bits, whose private half is lost.
let publicKey = Array(
  """
  -----BEGIN PUBLIC KEY-----
  MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC32vcHvDgvO9kZlP1uLWFYKooI
  y0KBCkABdnb5bCRIxYmZ72ynSYAfHzqt6/Vr6me5Ke2giGKFgQu9HW7w6IUHZozk
  Bj5GScvHby6bcp8KM8ES77qhVaEN1eM/x7g2fU6KsXf55LBg0ocg++iKa/3NiKAr
  t1x12MqKFE6JXO3c3wIDAQAB
  -----END PUBLIC KEY-----
  """.utf8)
