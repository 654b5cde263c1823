SELECT 1;
connect nosuchdatabase
SELECT 10;
quit
