-- Which days are worked, and where does each stand in its year?
--
-- column day         date     one row per day
-- column year        integer
-- column quarter     date     first day of the quarter
-- column month       date     first day of the month
-- column week        integer  week of the year, 1 to 53
-- column weekday     integer  Monday is 1
-- column is_working  boolean
-- column holiday     text
-- column is_known    boolean  false where the year's holidays are not known
-- column is_last_six_weeks  boolean  one of the last 42 days of its year
select
    day,
    year,
    quarter,
    month,
    week,
    weekday,
    is_working,
    holiday,
    is_known,
    date_diff('day', day, make_date(year, 12, 31)) < 42 as is_last_six_weeks
from facts.days
