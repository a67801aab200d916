-- Which findings did somebody explain, and how?
--
-- stored as a view: a note counts the moment it is written
--
-- column unit          text       one row per unit, year and pattern
-- column year          integer
-- column pattern       text
-- column reason        text
-- column explained_by  text
-- column explained_at  timestamp
select
    unit,
    year,
    pattern,
    reason,
    explained_by,
    explained_at
from raw.explanations
where withdrawn_at is null
