-- What did somebody note about these units in this time?
--
-- param  start  date   first day; a note that only touches the span counts
-- param  until  date   last day
-- param  units  names  units asked for
--
-- column note       integer    number of the note
-- column unit       text
-- column starts_on  date
-- column ends_on    date
-- column pattern    text       the finding of rhythm that it explains; empty for a plain note
-- column indicator  text       the chart it was pinned to; empty where it is about the unit as a whole
-- column text       text
-- column noted_by   text
-- column noted_at   timestamp
select
    note,
    unit,
    starts_on,
    ends_on,
    pattern,
    indicator,
    text,
    noted_by,
    noted_at
from marts.notes
where unit in (select unnest($units)) and starts_on <= $until and ends_on >= $start
order by starts_on desc, noted_at desc, note desc
