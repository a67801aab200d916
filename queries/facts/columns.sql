-- Which columns did the imported sheets have, and how far were they filled?
--
-- column kind       text     one row per kind of sheet and canonical field
-- column field      text
-- column rows_seen  integer  rows of sheets that have the column
-- column filled     integer  of these, rows with a value
with standing as (
    select columns.*
    from raw.columns as columns
    join raw.batches as batches on batches.batch = columns.batch
    where batches.undone_at is null
)

select
    kind,
    field,
    sum(rows_seen) as rows_seen,
    sum(filled) as filled
from standing
group by kind, field
