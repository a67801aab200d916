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
-- column materials    integer  papers, pictures and the like kept of it
-- column satisfaction double   on the ledger's own scale
-- column is_anchored  boolean  has a legitimate season; never counted for a rush
select
    activities.activity,
    activities.unit,
    activities.type,
    activities.held_on,
    activities.is_day_known,
    activities.topic,
    activities.form,
    activities.recorded_on,
    activities.minutes,
    activities.expected,
    activities.attended,
    activities.task,
    activities.materials,
    activities.satisfaction,
    types.anchored as is_anchored
from facts.activities as activities
join facts.types as types on types.type = activities.type
