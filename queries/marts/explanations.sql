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
    year(starts_on) as year,
    pattern,
    text            as reason,
    noted_by        as explained_by,
    noted_at        as explained_at
from facts.notes
where pattern is not null
