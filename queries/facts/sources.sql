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
    standing.key         as activity,
    standing.batch,
    batches.imported_at,
    files.name           as file,
    standing.sheet,
    standing.sheet_row,
    standing.source
from raw.standing_activities as standing
join raw.batches as batches on batches.batch = standing.batch
join raw.files as files on files.file = standing.file
