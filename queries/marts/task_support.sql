-- Which unit's activities served which key task, and when?
--
-- column task   text     one row per task, unit, month and type
-- column unit   text     the unit that held the activities
-- column month  date     first day of the month
-- column type   text
-- column held   integer  activities
select
    links.task,
    activities.unit,
    make_date(year(activities.held_on), month(activities.held_on), 1) as month,
    activities.type,
    count(*)                                                          as held
from facts.task_links as links
join facts.activities as activities on activities.activity = links.activity
group by all
