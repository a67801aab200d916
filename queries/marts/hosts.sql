-- How often did each person carry an activity?
--
-- column unit   text     one row per unit, month, type and host
-- column month  date     first day of the month
-- column type   text
-- column host   text     salted token, never a name
-- column held   integer  activities
select
    unit,
    make_date(year(held_on), month(held_on), 1) as month,
    type,
    host,
    count(*)                                    as held
from facts.activities
where host is not null
group by all
