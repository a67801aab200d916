-- Which activities took place?
--
-- stored as a view: a list to leaf through, as long as the facts
--
-- column activity     text     one row per activity
-- column unit         text
-- column type         text
-- column held_on      date
-- column is_day_known boolean
-- column topic        text
-- column form         text
-- column recorded_on  date
-- column minutes      double   min
-- column expected     integer  people
-- column attended     integer  people
-- column task         text
select
    activity,
    unit,
    type,
    held_on,
    is_day_known,
    topic,
    form,
    recorded_on,
    minutes,
    expected,
    attended,
    task
from facts.activities
