-- When was each activity held, and when was its record written?
--
-- column activity     text     one row per activity with both days
-- column unit         text
-- column type         text
-- column held_on      date
-- column recorded_on  date
-- column lag          integer  working days from the activity to its record
select
    activities.activity,
    activities.unit,
    activities.type,
    activities.held_on,
    activities.recorded_on,
    recorded.worked - held.worked as lag
from facts.activities as activities
join facts.days as held on held.day = activities.held_on
join facts.days as recorded on recorded.day = activities.recorded_on
where activities.is_day_known
