import Foundation

/// A database with one of everything that a dump must bring back, as input for the official command.
enum EverythingInADatabase {
  static func statements(isMariaDB: Bool) -> Data {
    var data = Data((settings + columns + tables).utf8)
    // MariaDB has the attribute before the default, MySQL after it.
    let invisible = isMariaDB ? "INVISIBLE DEFAULT 5" : "DEFAULT 5 INVISIBLE"
    data += Data(generated.replacing("{invisible}", with: invisible).utf8)
    data += latin1
    data += Data((programs + (isMariaDB ? ofMariaDB : ofMySQL)).utf8)
    return data
  }

  private static let settings = "SET NAMES utf8mb4; SET sql_mode = ''; SET time_zone = '+00:00';\n"

  private static let columns = #"""
    CREATE TABLE types (id INT PRIMARY KEY AUTO_INCREMENT, ti TINYINT, su SMALLINT UNSIGNED ZEROFILL,
      b BIGINT UNSIGNED, de DECIMAL(30,10), f FLOAT, f2 FLOAT(10,3), d DOUBLE, bi1 BIT(1), bi BIT(37), y YEAR,
      da DATE, t TIME(3), dt DATETIME(6), ts TIMESTAMP(6) NULL, c CHAR(10), bin BINARY(6), vb VARBINARY(300),
      bl LONGBLOB, tx LONGTEXT, l1 VARCHAR(50) CHARACTER SET latin1, sj VARCHAR(50) CHARACTER SET sjis,
      gr VARCHAR(50) CHARACTER SET greek, u16 VARCHAR(50) CHARACTER SET utf16, e ENUM('a','é','it''s'),
      s SET('x','y','z'), j JSON, g GEOMETRY);
    INSERT INTO types (id) VALUES (1);
    INSERT INTO types VALUES (2, -128, 7, 18446744073709551615, -12345678901234567890.0123456789, 3.14159274,
      1234.567, -0e0, b'1', b'1010101010101010101010101010101010101', 2026, '2026-11-22', '-838:59:59.123',
      '9999-12-31 23:59:59.999999', '2026-06-01 12:00:00.123456', 'a''b\\c\n', 0x00FF27, 0x000102270D0A1A5C,
      REPEAT(0x00FF, 10), 'line\r\nline\\ ''q'' "d" \0 \Z 🙂', 0x80E9FF, CONVERT(0x838A5C815C USING sjis),
      CONVERT(0xC1AA USING greek), 'é🙂', 'é', 'x,z', '{"a": [1, 2.5, "é\\n"]}', ST_GeomFromText('POINT(1 2)'));
    INSERT INTO types (id, f, d, da, dt, c, vb, bl, tx, e) VALUES
      (3, -0e0, 1.7976931348623157e308, '0000-00-00', '0000-00-00 00:00:00', '', '', '', '', 'nosuch'),
      (4, 1e-38, 2.2250738585072014e-308, '2026-02-31', NULL, 'NULL', 'NULL', 'NULL', 'NULL', 3),
      (5, 16777217, 0.1, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (6, 0.1, 1e15, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

    """#

  private static let tables = """
    CREATE TABLE parent (id INT PRIMARY KEY, child INT, KEY (child));
    CREATE TABLE child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES parent (id));
    INSERT INTO parent VALUES (1, 1), (0, 1);
    INSERT INTO child VALUES (1, 1);
    ALTER TABLE parent ADD FOREIGN KEY (child) REFERENCES child (id);
    CREATE TABLE parts (a INT, b INT) PARTITION BY RANGE (a)
      (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
    INSERT INTO parts VALUES (1, 1), (100, 2);
    CREATE TABLE numbered (id INT AUTO_INCREMENT PRIMARY KEY, t TEXT);
    SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
    INSERT INTO numbered VALUES (0, 'zero'), (7, 'seven');
    SET sql_mode = '';
    CREATE TABLE log (n INT);
    CREATE TABLE `none``of, these` (a INT);
    CREATE TABLE outside (a INT) ENGINE = MyISAM;
    INSERT INTO outside VALUES (1);
    CREATE TABLE large (id INT PRIMARY KEY, b LONGBLOB, t LONGTEXT, l LONGTEXT CHARACTER SET latin1,
      s LONGTEXT CHARACTER SET sjis);
    INSERT INTO large VALUES
      (1, REPEAT(0x00FF27, 1500000), REPEAT('é''🙂\\\\', 450000), REPEAT('ä', 500000), REPEAT('リ', 100000)),
      (2, 0x01, 'small', 'small', 'small');

    """

  private static let generated = """
    CREATE TABLE gen (a INT, b INT GENERATED ALWAYS AS (a * 2) VIRTUAL, c INT GENERATED ALWAYS AS (a + 1) STORED,
      `we``ird, name` TEXT, inv INT {invisible}, ex DATETIME DEFAULT (NOW()));
    INSERT INTO gen (a, `we``ird, name`, inv) VALUES (1, 'x', 9), (2, NULL, NULL);
    CREATE FUNCTION twice (x INT) RETURNS INT DETERMINISTIC RETURN 2 * x;
    CREATE VIEW zv AS SELECT a, b, twice(a) AS t FROM gen WHERE a > 0;
    CREATE VIEW av AS SELECT a + 1 AS a1, t FROM zv;

    """

  /// A view and a procedure of a client whose character set is latin1, with an é as one byte.
  private static var latin1: Data {
    let text = """
      SET NAMES latin1; SET collation_connection = latin1_german1_ci;
      CREATE VIEW lv AS SELECT 'é' AS `col_é`, a FROM gen;
      DELIMITER //
      CREATE PROCEDURE latin () BEGIN /* comment */ -- line; 'comment'
        SELECT 'é', CHARSET('x'); SELECT ';;';
      END//
      DELIMITER ;
      SET NAMES utf8mb4;

      """
    return text.data(using: .isoLatin1) ?? Data()
  }

  private static let programs = #"""
    CREATE DEFINER = 'nobody'@'nowhere' TRIGGER tr2 BEFORE INSERT ON log FOR EACH ROW SET NEW.n = NEW.n + 1;
    CREATE TRIGGER tr1 BEFORE INSERT ON log FOR EACH ROW PRECEDES tr2 SET NEW.n = NEW.n * 10;
    SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT';
    CREATE TRIGGER tr3 AFTER INSERT ON log FOR EACH ROW SET @x = 'a\' || 'b''c';
    CREATE EVENT ev ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE COMMENT 'it''s'
      DO INSERT INTO log VALUES (1);
    SET time_zone = '+05:00', sql_mode = '';
    CREATE EVENT ev2 ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO INSERT INTO log VALUES (1);
    SET time_zone = '+00:00';
    ALTER DATABASE COLLATE utf8mb4_bin;
    CREATE FUNCTION binf (s VARCHAR(10)) RETURNS VARCHAR(10) DETERMINISTIC RETURN s;
    ALTER DATABASE COLLATE utf8mb4_general_ci;

    """#

  private static let ofMySQL = """
    CREATE TABLE vectors (v VECTOR(3));
    INSERT INTO vectors VALUES (TO_VECTOR('[1,2.5,3]'));

    """

  private static let ofMariaDB = """
    CREATE SEQUENCE sq START WITH 10 INCREMENT BY 3 MAXVALUE 1000 CYCLE;
    SELECT NEXTVAL(sq), NEXTVAL(sq);
    CREATE TABLE addresses (id INT, u UUID, i INET6, i4 INET4);
    INSERT INTO addresses VALUES (1, '7d444840-9dc0-11d1-b245-5ffdce74fad2', '::1', '10.0.0.1');
    CREATE TABLE versioned (a INT) WITH SYSTEM VERSIONING;
    INSERT INTO versioned VALUES (5);
    UPDATE versioned SET a = 6;
    CREATE TABLE explicit (a INT, r1 TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
      r2 TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME(r1, r2)) WITH SYSTEM VERSIONING;
    INSERT INTO explicit VALUES (1);
    SET sql_mode = ORACLE;
    DELIMITER //
    CREATE PACKAGE pk AS FUNCTION f1 RETURN INT; END; //
    CREATE PACKAGE BODY pk AS FUNCTION f1 RETURN INT AS BEGIN RETURN 1; END; END; //
    DELIMITER ;

    """
}
