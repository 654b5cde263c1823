SELECT 1; -- a comment
SELECT 2 -- a comment
;
SELECT 3 # another
;
# alone
-- alone
--
--alone without a space
SELECT 4 --1;
SELECT 5 /* inside */ + 1;
SELECT/**/6;
SELECT 7/* a */AS/* b */seven;
SELECT /* over
several
lines; with ; in it */ 8;
/* before */ SELECT 9;
SELECT 10; /* behind */
/* alone */
/* alone; */
/**/
/*/ odd */ SELECT 11;
/* /* nested */ SELECT 12;
/* a /*/ still */ SELECT 13;
SELECT '/*', 14, '*/';
SELECT 15 /* ' */, 'x' /* " */, "y" /* ` */;
SELECT 16 -- ' quote in comment
, 'y' -- " another
;
SELECT 17 # ; semicolon
;
/*! SELECT 18 */;
/*!50000 SELECT 19 */;
/*!99999 SELECT 20 */;
SELECT 21 /*! , 22 */ /*!99999 , 23 */;
/*M! SELECT 24 */;
SELECT 25 /*M! , 26 */;
SELECT /*+ MAX_EXECUTION_TIME(1000) */ 27;
SELECT 28 /*! + 1 -- x
*/;
SELECT 29/* x */é;
SELECT 30;;
;SELECT 31;
 ; ; SELECT 32 ; ;
SELECT
33

,

34
;
	SELECT 35	;	
SELECT 36;SELECT 37;SELECT 38
;SELECT 39;
SELECT 40\g
SELECT 41\G
SELECT 42\g SELECT 43\G SELECT 44;
SELECT 45 \c
SELECT 46;
SELECT 47 \c SELECT 48;
SELECT 'a\
b', 49;
SELECT 50, \
51;
SELECT `a\`, 1 FROM (SELECT 52 AS `a\`) AS t;
SELECT "a\"; b", 'c\'; d', 53;
SELECT 54\p;
SELECT 55
,56 \p
;
SELECT 57 -- comment \g
;
SELECT 58 -- comment \c
;
SELECT 59 /* \g ; */;
SELECT '\g', '\\g', 60;
SELECT 61 AS `;`, 62 AS `--`, 63 AS `#`, 64 AS `/*`;
DELIMITER //
SELECT 65//
SELECT 66; SELECT 67//
SELECT ';', 68// SELECT 69//
delimiter ;
SELECT 70;
DELIMITER $$
SELECT 71$$
SELECT '$$', 72 $$
DELIMITER ;
delimiter ;;
SELECT 73;;
SELECT 74; SELECT 75;;
delimiter ;
DELIMITER "end"
SELECT 76 end
DELIMITER ';'
SELECT 77;
DELIMITER
DELIMITER a\b
SELECT 78;
DELIMITER // SELECT 79//
SELECT 80//
DELIMITER ; -- comment
SELECT 81;
DELIMITER |
SELECT 1 | 2|
DELIMITER ;
delimiter go
SELECT 82 go
SELECT 83
go
delimiter ;
SELECT 84;
/* unfinished in one line
*/ SELECT 85; -- done
SELECT 86 -- no end
;
SELECT 87 /*! + 1 /* inner */ + 2 */;
SELECT `a\`, "b\\", 'c\\' FROM (SELECT 88 AS `a\`) AS t;
SELECT 89 \d // SELECT 90//
\d ;
SELECT 91;
