-- Where does each activity stand in the spreadsheets?
--
-- stored as a view: a list to leaf through, as long as the facts
--
-- column activity     text       one row per activity
-- column batch        integer
-- column imported_at  timestamp
-- column file         text
-- column sheet        text
-- column sheet_row    integer    the spreadsheet's own row number, from 1
-- column source       text       JSON: header → cell as found, personal columns left out
select
    activity,
    batch,
    imported_at,
    file,
    sheet,
    sheet_row,
    source
from facts.sources
