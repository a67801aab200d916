-- Which notes stand, on which unit and time?
--
-- stored as a view: a note counts the moment it is written
--
-- column note       integer    one row per note that was not withdrawn
-- column unit       text
-- column starts_on  date
-- column ends_on    date
-- column pattern    text       the pattern of rhythm that it explains, for the year it starts in; empty for a plain note
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
from facts.notes
