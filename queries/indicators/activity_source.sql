-- Where does an activity stand in the spreadsheets, and what did the row say?
--
-- param  activity  text  id of the activity
-- param  units  names  units counted
--
-- column file         text
-- column sheet        text
-- column sheet_row    integer    the spreadsheet's own row number, from 1
-- column batch        integer
-- column imported_at  timestamp
-- column source       text       JSON: header → cell as found, personal columns left out
select
    sources.file,
    sources.sheet,
    sources.sheet_row,
    sources.batch,
    sources.imported_at,
    sources.source
from marts.sources as sources
join marts.activities as activities on activities.activity = sources.activity
where sources.activity = $activity and activities.unit in (select unnest($units))
