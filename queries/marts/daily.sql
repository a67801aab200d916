-- How many activities did each unit hold on each day?
--
-- column unit         text     one row per unit, day and type with at least one activity
-- column day          date
-- column month        date     first day of the month
-- column year         integer
-- column week         integer  week of the year, 1 to 53
-- column type         text
-- column is_anchored  boolean  has a legitimate season; never counted for a rush
-- column is_last_six_weeks  boolean  one of the last 42 days of its year
-- column held         integer  activities
select
    activities.unit,
    days.day,
    days.month,
    days.year,
    days.week,
    activities.type,
    types.anchored                                                        as is_anchored,
    date_diff('day', days.day, make_date(days.year, 12, 31)) < 42         as is_last_six_weeks,
    count(*)                                                              as held
from facts.activities as activities
join facts.days as days on days.day = activities.held_on
join facts.types as types on types.type = activities.type
where activities.is_day_known
group by all
