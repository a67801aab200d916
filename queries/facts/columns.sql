-- Which columns did the imported sheets have, and how far were they filled?
--
-- column kind       text     one row per kind of sheet and canonical field
-- column field      text
-- column rows_seen  integer  rows of sheets that have the column
-- column filled     integer  of these, rows with a value
select
    kind,
    field,
    sum(rows_seen) as rows_seen,
    sum(filled) as filled
from raw.standing_columns
group by kind, field
