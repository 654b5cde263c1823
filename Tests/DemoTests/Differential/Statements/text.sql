SELECT 'tab\there', 'new\nline', 'nul\0byte', 'back\\slash', 'quote\'s', "double\"s", 'cr\rx', 'bell\bx', 'ctrl-z\Zx', 'percent\%', 'under\_';
SELECT 'a''b', "a""b", 'a"b', "a'b", 'a\'b';
SELECT '	real tab', 'real
newline', 'two

newlines';
SELECT X'00', X'0041', X'09', X'0A', X'5C', X'7F', X'01020304', X'1B5B316D';
SELECT X'FF', X'C3', X'C328', X'E282', X'F09F98', X'80', X'EDA080', X'C0AF';
SELECT CHAR(0, 1, 2, 9, 10, 13, 27, 92, 127), CHAR(128, 255);
SELECT 'é', 'ü', 'ß', 'ñ', 'ø', 'Ω', 'я', 'א', 'ع', '€', '†', '…', '“”';
SELECT 'é' AS é, 'üñ' AS `ü`, 'Ωμέγα' AS `Ωμέγα`, 'яблоко' AS `яблоко`;
SELECT '日本語' AS `日本語`, '한국어' AS k, '中文' AS `c`, 'ｆｕｌｌ' AS w;
SELECT '日本語' AS a UNION ALL SELECT 'abc' UNION ALL SELECT 'é' UNION ALL SELECT NULL UNION ALL SELECT '';
SELECT 'e\u0301', 'é', '́', '​', '‍', '﻿x';
SELECT '👍', '👨‍👩‍👧', '🇩🇪', '𝒳', '𠀀', '😀😀😀';
SELECT '👍' AS `x`, 1 AS n UNION ALL SELECT 'plain', 22;
SELECT _utf8mb4'👍', _latin1'é', _binary'é', CONVERT('é' USING latin1), CONVERT('日' USING utf8mb4), CONVERT('é' USING utf16);
SELECT REPEAT('日本', 50), REPEAT('é', 200);
SELECT 'line1
line2' AS `multi
line`, 'x' AS `tab	name`, 'y' AS `back\slash`;
SELECT LPAD('x', 30, '日'), RPAD('日', 10, 'x'), REVERSE('日本'), UPPER('é'), LENGTH('日'), CHAR_LENGTH('日');
SELECT '\n', '\t', '\\', '\0', '''', '\\n', '\\\\';
SELECT 'a' 'b' 'c', 'a'
'b', N'national', _utf8mb4 'intro';
SELECT CONCAT('a', NULL), CONCAT_WS(',', 'a', NULL, 'b'), GROUP_CONCAT('x');
SELECT HEX('日本'), UNHEX('E697A5'), UNHEX('00FF'), TO_BASE64('日本'), MD5('x'), SHA1('x'), COMPRESS('x') IS NULL;
SELECT 'trailing spaces   ', '   leading', '	tabs	', '

';
SELECT 'NULL', NULL, 'null', '\N', '\\N';
SELECT '-- not a comment', '# not a comment', '/* not a comment */', 'semi;colon', 'delim;;', "semi;colon", `t`.`a;b` FROM (SELECT 1 AS `a;b`) AS t;
SELECT "it's", 'say "hi"', '`ticks`', "`ticks`", `q"'`.x FROM (SELECT 5 AS x) AS `q"'`;
SELECT '|', '+', '-', '| a | b |', '+---+';
SELECT REPEAT('a	b
c\\d', 3);
SELECT CAST('abc' AS BINARY(6)), CAST('日本' AS BINARY), BINARY 'x';
SELECT 'ﬀ', 'ǆ', 'İ', 'ı', 'ẞ', 'Ａ', '〒', '※', '①', '♥', '─', '█', '☃', '⌘', '①②③';
SELECT UUID() IS NOT NULL, INET_NTOA(3520061480), INET6_NTOA(UNHEX('00000000000000000000000000000001'));
SELECT 1 AS `a
b`, 2 AS `日本
x`;
SELECT 1 AS `abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm`;
