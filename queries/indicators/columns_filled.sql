-- Which optional columns did the imported sheets have?
--
-- column kind       text
-- column field      text
-- column rows_seen  integer  rows of sheets that have the column
-- column filled     integer  of these, rows with a value
select
    kind,
    field,
    rows_seen,
    filled
from marts.columns
order by kind, field
