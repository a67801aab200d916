-- Where does each activity stand in the spreadsheets, by the newest import that still stands?
--
-- stored as a view: the texts of the rows are many, and only ever asked for one activity at a time
--
-- column activity     text       one row per activity
-- column batch        integer
-- column imported_at  timestamp
-- column file         text       name of the spreadsheet
-- column sheet        text
-- column sheet_row    integer    the spreadsheet's own row number, from 1
-- column source       text       JSON: header → cell as found, personal columns left out
select
    activities.key       as activity,
    batches.batch,
    batches.imported_at,
    files.name           as file,
    activities.sheet,
    activities.sheet_row,
    activities.source
from raw.activities as activities
join raw.batches as batches on batches.batch = activities.batch
join raw.files as files on files.file = activities.file
where batches.undone_at is null
qualify row_number() over (partition by activities.key order by activities.batch desc, activities.record) = 1
