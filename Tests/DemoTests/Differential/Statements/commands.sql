use nosuchdatabase
use
use mysql
SELECT DATABASE();
use information_schema;
SELECT DATABASE();
USE `mysql`
SELECT DATABASE();
\u information_schema
SELECT DATABASE();
\u mysql;
\u
use mysql more words
SELECT 1 UNION SELECT 2; SELECT DATABASE(), ROW_COUNT(), FOUND_ROWS();
warnings
SELECT 1/0;
SELECT CAST('abc' AS SIGNED), CAST('1x' AS DECIMAL);
DROP TABLE IF EXISTS nosuchtable;
SELECT nosuch;
nowarning
SELECT 1/0;
\W
SELECT 1/0, 'x' + 1;
\w
SELECT 1/0;
SHOW WARNINGS;
SHOW COUNT(*) WARNINGS;
SHOW ERRORS;
print
SELECT 1
print;
clear
clear;
SELECT 2
,3\p
\p;
go
ego
SELECT 4
go
;
SELECT 5;
source /nosuch/file
source
source;
\. /nosuch/file
\.
system echo hello from the shell
system echo with a semicolon;
system
\! echo short form
\!
SELECT 6;
\x
SELECT 7\x;
SELECT 8 \y , 9;
prompt new>
prompt
nopager
rehash
rehash;
notee
warnings;
nowarning;
connect mysql
SELECT DATABASE();
connect
SELECT DATABASE();
SELECT 10;
 use mysql
	use mysql
Use mysql
useful
;
uses mysql;
SELECT 11;
select \N;
use 'mysql
use "mysql"
use my\sql
SELECT DATABASE();
quit now
SELECT 12;
\q
SELECT 13;
use 'my''sql'
use `in``formation`
SELECT 1\xÂ;
