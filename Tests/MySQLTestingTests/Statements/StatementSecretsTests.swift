import MySQLTesting
import Testing

@Suite(.busy) struct StatementSecretsTests {
  @Test func masksWhatStatementsSayOfPasswords() {
    for (sql, masked) in [
      ("CREATE USER a IDENTIFIED BY 'geheim', b", "CREATE USER a IDENTIFIED BY '•••', b"),
      ("SET PASSWORD FOR a = PASSWORD(\"ge\\\"heim\")", "SET PASSWORD FOR a = PASSWORD(\"•••\")"),
      ("ALTER USER a IDENTIFIED WITH x AS 'it''s'", "ALTER USER a IDENTIFIED WITH x AS '•••'"),
      ("CHANGE MASTER TO MASTER_PASSWORD='x'", "CHANGE MASTER TO MASTER_PASSWORD='•••'"),
      ("SELECT 'a', 'it''s'", "SELECT 'a', 'it''s'"),
      ("CREATE USER `o'brien` IDENTIFIED BY 'x'", "CREATE USER `o'brien` IDENTIFIED BY '•••'"),
      ("ALTER USER a IDENTIFIED BY /* it's */ 'x'", "ALTER USER a IDENTIFIED BY /* it's */ '•••'"),
      ("ALTER USER a IDENTIFIED BY -- it's\n'x'", "ALTER USER a IDENTIFIED BY -- it's\n'•••'"),
      ("ALTER USER a /*!50000 IDENTIFIED BY 'x' */", "ALTER USER a /*!50000 IDENTIFIED BY '•••' */"),
      (
        "CREATE SERVER s OPTIONS (USER 'u', PASSWORD'x', HOST 'h')",
        "CREATE SERVER s OPTIONS (USER 'u', PASSWORD'•••', HOST '•••')"
      ),
      ("ALTER USER 'p\\', 'b1' IDENTIFIED BY 'x'", "ALTER USER 'p\\', 'b1' IDENTIFIED BY '•••'"),
      (
        "CREATE TABLE t (i INT) ENGINE=FEDERATED CONNECTION='mysql://u:x:@y@h/d/t'",
        "CREATE TABLE t (i INT) ENGINE=FEDERATED CONNECTION='mysql://u:•••@h/d/t'"
      ),
      ("SELECT 'http://h/a:b', 'a@b', 'mysql://u@h/d'", "SELECT 'http://h/a:b', 'a@b', 'mysql://u@h/d'"),
      ("SET @p = 'x', @q := \"y\"; SELECT 'z'", "SET @p = '•••', @q := \"•••\"; SELECT 'z'"),
      ("SELECT 'x' INTO @p", "SELECT '•••' INTO @p"),
      ("SET @`a b` = 'x', @@sql_mode = 'y'", "SET @`a b` = '•••', @@sql_mode = '•••'"),
      ("SET @@sql_mode = 'ANSI', @@session.x = 'y'", "SET @@sql_mode = 'ANSI', @@session.x = 'y'"),
      ("PREPARE s FROM 'ALTER USER a IDENTIFIED BY ''x'''", "PREPARE s FROM '•••'"),
      ("/* password 'x' */ SELECT 1", "••• SELECT 1"),
      ("SET PASSWORD = 'never closed", "SET PASSWORD = '•••"),
    ] {
      #expect(StatementSecrets.masked(sql) == masked)
      #expect(StatementSecrets.areMentioned(in: sql) == (sql != masked), "\(sql)")
    }
  }
}
